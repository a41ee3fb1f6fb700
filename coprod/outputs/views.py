"""Pages about what groups make: a film, a map, a leaflet."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.outputs import forms, queries, rules, services
from coprod.outputs.models import Output, OutputVersion, Use
from coprod.workstreams.models import Kind, Workstream
from coprod.workstreams.queries import one_seen_by as table_seen_by

bp = Blueprint("outputs", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/workstreams/<uuid:key>/outputs")
def index(key: UUID) -> str:
    """List what a group makes; to the steering group, what all groups brought out."""
    stream = table_seen_by(me(), key)
    return render_template(
        "outputs/index.html",
        stream=stream,
        group_name=stream.neutral_name,
        outputs=[(one, rules.list_words(one, today())) for one in queries.of_table(me(), stream)],
        of_all=stream.kind == Kind.STEERING,
        may_make=rules.may_make(me(), stream),
    )


@bp.get("/workstreams/<uuid:key>/outputs/new")
def new(key: UUID) -> str:
    """Ask what it is."""
    stream = _makes(key)
    return _new(stream, forms.OutputForm(queries.asked_for_by(stream), formdata=None))


@bp.post("/workstreams/<uuid:key>/outputs/new")
def begin(key: UUID) -> Page:
    """Begin to make it."""
    stream = _makes(key)
    form = forms.OutputForm(queries.asked_for_by(stream))
    if not form.validate():
        return _new(stream, form), 422
    try:
        output = services.begin(stream, by=me(), **form.said)
    except services.NameTaken:
        form.say_taken()
        return _new(stream, form), 422
    flash("It stands in the list. Write down its first version when there is one.")
    return _to(output)


def _makes(key: UUID) -> Workstream:
    stream = table_seen_by(me(), key)
    require(rules.may_make(me(), stream))
    return stream


def _new(stream: Workstream, form: forms.OutputForm) -> str:
    return render_template("outputs/new.html", stream=stream, form=form)


@bp.get("/outputs/<uuid:key>")
def show(key: UUID) -> str:
    """Show one thing: how far it is, its versions, who tried them, and where it is used."""
    output = queries.one_seen_by(me(), key)
    return render_template(
        "outputs/show.html",
        output=output,
        group_name=output.workstream.neutral_name,
        kind=rules.KINDS[output.kind],
        steps=rules.steps(output),
        launch=rules.launch_words(output, today()),
        untried=rules.untried_words(output),
        uses=[(use, rules.use_words(use)) for use in output.uses],
        asked=output.recommendation if rules.shows_what_it_came_of(me(), output) else None,
        sits_here=rules.sits_at(me(), output.workstream),
        may_change=rules.may_change(me(), output),
        may_add=rules.may_add_to(me(), output),
        may_be_used=rules.may_be_used(me(), output),
        may_plan=rules.may_plan(me(), output),
        may_launch=rules.may_launch(me(), output),
        moves=rules.buttons(me(), output),
    )


@bp.get("/outputs/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask what should read otherwise."""
    output = _asked(key, rules.may_change)
    known = {"read": str(output.edits), "name": output.name, "kind": output.kind.value, "what_for": output.what_for}
    known["recommendation"] = str(output.recommendation_id or "")
    return _edit(output, forms.OutputForm(queries.asked_for_by(output.workstream), formdata=None, data=known))


@bp.post("/outputs/<uuid:key>/edit")
def change(key: UUID) -> Page:
    """Change it, or show both where somebody else was faster (R4)."""
    output = _asked(key, rules.may_change)
    form = forms.OutputForm(queries.asked_for_by(output.workstream))
    if not form.validate():
        return _edit(output, form), 422
    try:
        services.change(output, by=me(), read=form.read.data or "", **form.said)
    except services.NameTaken:
        form.say_taken()
        return _edit(output, form), 422
    except Overtaken:
        return _both(output, form), 422
    flash("It is changed.")
    return _to(output)


def _both(output: Output, form: forms.OutputForm) -> str:
    """Show what stands there now above what was typed; the next save is of what is shown here."""
    form.read.data = str(output.edits)
    return _edit(output, form, rules.theirs_beside(output, **form.said))


def _edit(output: Output, form: forms.OutputForm, theirs: Mapping[str, str] | None = None) -> str:
    return render_template("outputs/edit.html", output=output, form=form, theirs=theirs or {})


# --- Versions, and who tried them.


@bp.get("/outputs/<uuid:key>/versions/new")
def new_version(key: UUID) -> str:
    """Ask what is new, and where it can be looked at."""
    return _version(_asked(key, rules.may_add_to), forms.VersionForm(today(), formdata=None, on=today()))


@bp.post("/outputs/<uuid:key>/versions/new")
def add_version(key: UUID) -> Page:
    """Keep the version."""
    output = _asked(key, rules.may_add_to)
    form = forms.VersionForm(today())
    if not form.validate():
        return _version(output, form), 422
    where = form.address.data or ""
    version = services.add_version(output, form.new.data or "", by=me(), on=form.day, address=where, file=form.taken)
    flash(f"Version {version.number} is kept.")
    return _to(output)


def _version(output: Output, form: forms.VersionForm) -> str:
    return render_template("outputs/new_version.html", output=output, form=form)


@bp.get("/outputs/versions/<uuid:key>/trials/new")
def new_trial(key: UUID) -> str:
    """Ask who tried this version, and what they found."""
    version = _tried(key)
    return _trial(version, forms.TrialForm(version, today(), formdata=None, on=today()))


@bp.post("/outputs/versions/<uuid:key>/trials/new")
def add_trial(key: UUID) -> Page:
    """Write it down."""
    version = _tried(key)
    form = forms.TrialForm(version, today())
    if not form.validate():
        return _trial(version, form), 422
    services.add_trial(version, form.who.data or "", form.found.data or "", by=me(), on=form.day)
    flash("It is written down who tried it.")
    return _to(version.output)


def _tried(key: UUID) -> OutputVersion:
    version = queries.version_seen_by(me(), key)
    require(rules.may_add_to(me(), version.output))
    return version


def _trial(version: OutputVersion, form: forms.TrialForm) -> str:
    return render_template("outputs/new_trial.html", version=version, output=version.output, form=form)


# --- The launch.


@bp.get("/outputs/<uuid:key>/launch-plan")
def plan(key: UUID) -> str:
    """Ask for which day the launch is planned."""
    output = _asked(key, rules.may_plan)
    return _plan(output, forms.PlanForm(formdata=None, on=output.launch_planned))


@bp.post("/outputs/<uuid:key>/launch-plan")
def plan_launch(key: UUID) -> Page:
    """Keep the day, or that there is none."""
    output, form = _asked(key, rules.may_plan), forms.PlanForm()
    if not form.validate() or not form.stands(rules.can_be_planned(form.on.data, today())):
        return _plan(output, form), 422
    services.plan_launch(output, form.on.data, by=me())
    flash("The day of the launch is kept." if form.on.data else "There is no day for the launch now.")
    return _to(output)


def _plan(output: Output, form: forms.PlanForm) -> str:
    return render_template("outputs/plan.html", output=output, form=form)


@bp.get("/outputs/<uuid:key>/launch")
def going_out(key: UUID) -> str:
    """Ask on which day it went out; where nobody tried it, why untried."""
    output = _asked(key, rules.may_launch)
    return _launch(output, forms.LaunchForm(output, today(), formdata=None, on=today()))


@bp.post("/outputs/<uuid:key>/launch")
def launch(key: UUID) -> Page:
    """Let it go out."""
    output = _asked(key, rules.may_launch)
    form = forms.LaunchForm(output, today())
    if not form.validate():
        return _launch(output, form), 422
    services.launch(output, form.day, by=me(), because=form.reason)
    flash("It is out. Say where it is used, when it is.")
    return _to(output)


def _launch(output: Output, form: forms.LaunchForm) -> str:
    return render_template("outputs/launch.html", output=output, form=form)


@bp.post("/outputs/<uuid:key>/move")
def move(key: UUID) -> Response:
    """Make one of its moves."""
    output = queries.one_seen_by(me(), key)
    services.move(output, request.form.get("name", ""), by=me())
    flash(f"{output.name}: {output.state}.")
    return _to(output)


# --- Where it is used.


@bp.get("/outputs/<uuid:key>/uses/new")
def new_use(key: UUID) -> str:
    """Ask where it is used, and since when."""
    return _use(_asked(key, rules.may_be_used), forms.UseForm(formdata=None, since=today()))


@bp.post("/outputs/<uuid:key>/uses/new")
def begin_use(key: UUID) -> Page:
    """Write it down."""
    output, form = _asked(key, rules.may_be_used), forms.UseForm()
    if not form.validate() or not form.stands(rules.has_come(form.since.data or today(), today())):
        return _use(output, form), 422
    services.begin_use(output, form.place.data or "", form.since.data or today(), by=me())
    flash("It is written down where it is used.")
    return _to(output)


def _use(output: Output, form: forms.UseForm) -> str:
    return render_template("outputs/new_use.html", output=output, form=form)


@bp.get("/outputs/uses/<uuid:key>/end")
def ending(key: UUID) -> str:
    """Ask until when it was used there."""
    use = _used(key)
    return _end(use, forms.EndForm(use, today(), formdata=None, until=today()))


@bp.post("/outputs/uses/<uuid:key>/end")
def end_use(key: UUID) -> Page:
    """Write down that it is not used there any more."""
    use = _used(key)
    form = forms.EndForm(use, today())
    if not form.validate():
        return _end(use, form), 422
    services.end_use(use, form.day, by=me())
    flash("It is written down until when it was used there.")
    return _to(use.output)


def _used(key: UUID) -> Use:
    use = queries.use_seen_by(me(), key)
    require(rules.may_change(me(), use.output))
    return use


def _end(use: Use, form: forms.EndForm) -> str:
    return render_template("outputs/end_use.html", use=use, output=use.output, form=form)


# --- What all of them need.


def _asked(key: UUID, may: rules.May) -> Output:
    output = queries.one_seen_by(me(), key)
    answer: Answer = may(me(), output)
    require(answer)
    return output


def _to(output: Output) -> Response:
    return redirect(url_for(".show", key=output.id), 303)
