"""The library of templates: outlines of whole cycles and of single sessions."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.library import queries, services
from coprod.library.forms import HOUSE, KINDS, ItemForm, NewForm, PlaceForm, StepForm, TemplateForm, WeekForm
from coprod.library.models import Stage, Template, TemplateKind, TemplateStep, TemplateWeek
from coprod.library.rules import house, templates
from coprod.library.rules.templates import TemplatePart
from coprod.workstreams.queries import memberships_of
from coprod.workstreams.rules import may_plan_weeks

bp = Blueprint("library", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/templates/")
def index() -> str:
    """Lay out what the house offers, one's own, and what others share."""
    return render_template("library/index.html", shelves=queries.shelves(me()), size=templates.size, kinds=KINDS)


@bp.get("/templates/new")
def new() -> str:
    """Ask what is to be kept."""
    queries.must_use(me())
    return render_template("library/new.html", form=NewForm())


@bp.post("/templates/new")
def keep() -> Page:
    """Keep it, begun from what the house offers."""
    queries.must_use(me())
    form = NewForm()
    if not form.validate():
        return render_template("library/new.html", form=form), 422
    kept = services.start(TemplateKind(form.kind.data), form.name.data, by=me(), note=form.note.data or "")
    flash("Kept. Nobody else sees it until you share it.")
    return redirect(url_for(".show", key=kept.id))


@bp.get("/templates/<uuid:key>")
def show(key: UUID) -> str:
    """Show what a template holds."""
    return _show(queries.one_seen_by(me(), key))


def _show(found: Template) -> str:
    is_cycle, streams = found.kind == TemplateKind.CYCLE, [seat.workstream for seat in memberships_of(me())]
    return render_template(
        "library/show.html",
        template=found,
        is_offered=house.is_offered(found),
        may_change=templates.may_change(me(), found),
        size=templates.size(found),
        lent_with=queries.lent_with(found),
        runs=[stream for stream in streams if is_cycle and may_plan_weeks(me(), stream)],
        weeks=[(week, templates.PHASES[week.phase], templates.outline_for(week, me())) for week in found.weeks],
        steps={stage.value: templates.steps_of(found, stage) for stage in templates.STEP_STAGES},
    )


@bp.get("/templates/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask what it is called now."""
    found = queries.one_seen_by(me(), key)
    require(templates.may_change(me(), found))
    return render_template("library/edit.html", template=found, form=TemplateForm(obj=found))


@bp.post("/templates/<uuid:key>/edit")
def change(key: UUID) -> Page:
    """Keep the name and the note."""
    found, form = queries.one_seen_by(me(), key), TemplateForm()
    require(templates.may_change(me(), found))
    if not form.validate():
        return render_template("library/edit.html", template=found, form=form), 422
    services.change(found, name=form.name.data, note=form.note.data or "", by=me())
    flash("Kept.")
    return redirect(url_for(".show", key=key))


@bp.post("/templates/<uuid:key>/copy")
def copy(key: UUID) -> Response:
    """Make it one's own."""
    kept = services.copy(queries.one_seen_by(me(), key), by=me())
    flash("This copy is yours. Change it as you like.")
    return redirect(url_for(".show", key=kept.id))


@bp.post("/templates/<uuid:key>/share")
def share(key: UUID) -> Response:
    """Let everybody who runs a group read it."""
    services.share(queries.one_seen_by(me(), key), by=me())
    flash("Shared. Everybody who runs a group can read and copy it.")
    return redirect(url_for(".show", key=key))


@bp.post("/templates/<uuid:key>/stop-sharing")
def stop_sharing(key: UUID) -> Response:
    """Keep it to oneself again."""
    services.stop_sharing(queries.one_seen_by(me(), key), by=me())
    flash("Only you see it now. Copies others made stay theirs.")
    return redirect(url_for(".show", key=key))


@bp.get("/templates/<uuid:key>/delete")
def ask_to_delete(key: UUID) -> str:
    """Ask once more."""
    found = queries.one_seen_by(me(), key)
    require(templates.may_change(me(), found))
    return render_template("library/delete.html", template=found)


@bp.post("/templates/<uuid:key>/delete")
def delete(key: UUID) -> Response:
    """Take it away."""
    services.delete(queries.one_seen_by(me(), key), by=me())
    flash("Deleted. Weeks that were planned from it stay as they are.")
    return redirect(url_for(".index"))


# --- What a template holds.


@bp.get("/templates/<uuid:key>/parts/new")
def new_part(key: UUID) -> str:
    """Ask what to add: a session, a step, or a part of the evening."""
    found = queries.one_seen_by(me(), key)
    require(templates.may_change(me(), found))
    return _ask(found, _form_to_add(found, request.args.get("of", "")))


@bp.post("/templates/<uuid:key>/parts/new")
def add_part(key: UUID) -> Page:
    """Add it."""
    found = queries.one_seen_by(me(), key)
    require(templates.may_change(me(), found))
    form = _form_to_add(found, request.form.get("of", ""))
    if not form.validate():
        return _ask(found, form), 422
    added = _add(found, form)
    flash("Added.")
    return redirect(url_for(".show", key=key, _anchor=f"part-{added.id}"))


def _form_to_add(found: Template, of: str) -> Form:
    if found.kind == TemplateKind.SESSION:
        return ItemForm()
    if of == "step":
        return StepForm()
    last = found.weeks[-1].phase if found.weeks else 1
    return _week_form(WeekForm(data={"phase": str(last), "evening": HOUSE}))


def _week_form(form: WeekForm) -> WeekForm:
    return form.offer(queries.names_of(me(), TemplateKind.SESSION))


def _add(found: Template, form: Form) -> TemplatePart:
    if isinstance(form, WeekForm):
        return services.add_week(found, int(form.phase.data), _evening(form), by=me())
    if isinstance(form, StepForm):
        return services.add_step(found, Stage(form.stage.data), form.title.data, by=me())
    return services.add_item(found, by=me(), **form.words)


def _evening(form: WeekForm) -> Template | None:
    return queries.one_seen_by(me(), UUID(form.evening.data)) if form.evening.data != HOUSE else None


def _ask(found: Template, form: Form, part: TemplatePart | None = None) -> str:
    may_remove = templates.may_remove(me(), found, part) if part else None
    return render_template("library/part.html", template=found, form=form, part=part, may_remove=may_remove)


@bp.get("/templates/<uuid:key>/parts/<uuid:part>")
def part(key: UUID, part: UUID) -> str:
    """Show a part to be changed."""
    found, one = queries.one_part_seen_by(me(), key, part)
    require(templates.may_change(me(), found))
    return _ask(found, _form_of(one), one)


@bp.post("/templates/<uuid:key>/parts/<uuid:part>")
def change_part(key: UUID, part: UUID) -> Page:
    """Keep the change."""
    found, one = queries.one_part_seen_by(me(), key, part)
    require(templates.may_change(me(), found))
    form = _form_of(one)
    if not form.validate():
        return _ask(found, form, one), 422
    services.change_part(found, one, by=me(), **_words(form))
    flash("Kept.")
    return redirect(url_for(".show", key=key, _anchor=f"part-{part}"))


def _form_of(one: TemplatePart) -> Form:
    if isinstance(one, TemplateWeek):
        kept = templates.outline_for(one, me())
        return _week_form(WeekForm(data={"phase": str(one.phase), "evening": str(kept.id) if kept else HOUSE}))
    if isinstance(one, TemplateStep):
        form = StepForm(data={"stage": str(one.stage), "title": one.title})
        del form.stage
        return form
    return ItemForm(obj=one)


def _words(form: Form) -> dict[str, object]:
    if isinstance(form, WeekForm):
        return {"phase": int(form.phase.data), "outline": _evening(form)}
    return {"title": form.title.data} if isinstance(form, StepForm) else form.words


@bp.post("/templates/<uuid:key>/parts/<uuid:part>/place")
def place_part(key: UUID, part: UUID) -> Response:
    """Move it up or down."""
    (found, one), form = queries.one_part_seen_by(me(), key, part), PlaceForm()
    require(templates.may_change(me(), found))
    if form.validate():
        services.place_part(found, one, form.position.data, by=me())
    else:
        flash("Press up or down.", "look")
    return redirect(url_for(".show", key=key, _anchor=f"part-{part}"))


@bp.post("/templates/<uuid:key>/parts/<uuid:part>/remove")
def remove_part(key: UUID, part: UUID) -> Response:
    """Take it away."""
    services.remove_part(*queries.one_part_seen_by(me(), key, part), by=me())
    flash("Taken away.")
    return redirect(url_for(".show", key=key))
