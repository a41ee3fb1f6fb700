"""Pages about what people say, the themes it is sorted into, and what the group shares."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import leaves_no_event, me
from coprod.statements import forms, queries, rules, services
from coprod.statements.models import Statement, StatementState, Theme
from coprod.voting import rules as voting
from coprod.voting.models import Poll
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by

bp = Blueprint("statements", __name__)
Page = Response | str | tuple[str, int]


# --- Saying it.


@bp.get("/workstreams/<uuid:key>/statements")
def index(key: UUID) -> str:
    """Show what was said, by nobody and in no order, and ask for one sentence more."""
    return _index(one_seen_by(me(), key), forms.SayForm())


@bp.post("/workstreams/<uuid:key>/statements")
@leaves_no_event
def say(key: UUID) -> Page:
    """Put it with the others."""
    stream, form = one_seen_by(me(), key), forms.SayForm()
    if not form.validate_on_submit():
        return _index(stream, form), 422
    services.say(stream, form.words.data or "", by=me())
    flash("Your sentence is with the others now.")
    return redirect(url_for(".index", key=key), 303)


def _index(stream: Workstream, form: forms.SayForm) -> str:
    heard = queries.heard_in(stream)
    return render_template(
        "statements/index.html",
        stream=stream,
        group_name=stream.neutral_name,
        heard=heard,
        form=form,
        may_say=rules.may_say(me(), stream, len(heard)),
        may_add=rules.may_add(me(), stream, len(heard)),
        runs_it=workstreams.is_facilitator(me(), stream),
    )


@bp.get("/workstreams/<uuid:key>/statements/from-paper")
def from_paper(key: UUID) -> str:
    """Ask for what stands on slips of paper."""
    stream = one_seen_by(me(), key)
    require(rules.may_add(me(), stream))
    return _from_paper(stream, forms.PaperForm())


@bp.post("/workstreams/<uuid:key>/statements/from-paper")
@leaves_no_event
def add(key: UUID) -> Page:
    """Put it all with the others, or show it again with what does not fit."""
    stream, form = one_seen_by(me(), key), forms.PaperForm()
    require(rules.may_add(me(), stream))
    if not form.validate_on_submit():
        return _from_paper(stream, form), 422
    new = services.add(stream, form.read, by=me())
    there = len(form.read) - new
    flash(f"{_sentences(new)} added." + (f" {_sentences(there)} stood there already." if there else ""))
    return redirect(url_for(".index", key=key), 303)


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


def _from_paper(stream: Workstream, form: forms.PaperForm) -> str:
    return render_template("statements/from_paper.html", stream=stream, form=form)


# --- Sorting it.


@bp.get("/workstreams/<uuid:key>/themes")
def themes(key: UUID) -> str:
    """Show every statement with the themes to choose from, and what somebody else was faster with."""
    stream = one_seen_by(me(), key)
    said, named = queries.said_in(stream), queries.themes_of(stream)
    return _sheet(stream, said, named, forms.sort_form(said, named))


@bp.post("/workstreams/<uuid:key>/themes")
def sort(key: UUID) -> Page:
    """Keep where each one goes."""
    stream = one_seen_by(me(), key)
    require(rules.may_sort(me(), stream))
    said, named = queries.said_in(stream), queries.themes_of(stream)
    form = forms.sort_form(said, named)
    if not form.validate_on_submit():
        return _sheet(stream, said, named, form), 422
    new = services.name_theme(stream, form.theme.data, by=me()) if form.theme.data else None
    late = services.sort(stream, form.wishes(new.id if new else None), by=me())
    _say_kept(len(late))
    told = [f"{wish.statement.hex}.{wish.to.hex if wish.to else ''}" for wish in late]
    return redirect(url_for(".themes", key=key, told=told), 303)


def _say_kept(late: int) -> None:
    flash("Kept." if not late else "Kept, but for what somebody else moved at the same time. Look below.")


def _sheet(stream: Workstream, said: Sequence[Statement], named: Sequence[Theme], form: forms.SortForm) -> str:
    heard = [statement for statement in said if statement.state == StatementState.HEARD]
    aside = [statement for statement in said if statement.state == StatementState.SET_ASIDE]
    asked = queries.asked_among(aside)
    return render_template(
        "statements/themes.html",
        stream=stream,
        group_name=stream.neutral_name,
        form=form,
        themes=named,
        parts=rules.by_theme(heard, named),
        told=_told(named),
        set_aside=[(one, rules.may_take_out(me(), one, asked=one.id in asked)) for one in aside],
        may_sort=rules.may_sort(me(), stream),
    )


def _told(named: Sequence[Theme]) -> dict[str, str]:
    """Answer where she wanted the statements that somebody else moved meanwhile, by their keys."""
    names = {theme.id.hex: f"“{theme.name}”" for theme in named} | {"": "“Not sorted yet”"}
    wanted = [told.partition(".") for told in request.args.getlist("told")]
    return {statement: names.get(theme, "a theme that is gone") for statement, _, theme in wanted}


@bp.get("/themes/<uuid:key>")
def theme(key: UUID) -> str:
    """Ask what a theme should be called, or whether it should go."""
    found = queries.one_theme_seen_by(me(), key)
    require(rules.may_sort(me(), found.workstream))
    return _theme(found, forms.ThemeForm(data={"name": found.name, "read": found.name}))


@bp.post("/themes/<uuid:key>")
def rename(key: UUID) -> Page:
    """Give it another name, unless somebody else did (R4)."""
    found, form = queries.one_theme_seen_by(me(), key), forms.ThemeForm()
    require(rules.may_sort(me(), found.workstream))
    if not form.validate_on_submit():
        return _theme(found, form), 422
    try:
        services.rename(found, form.name.data or "", read=form.read.data or "", by=me())
    except rules.Overtaken:
        form.read.data = found.name
        form.name.errors = [f"Somebody else called it “{found.name}” meanwhile. Send yours again if you want it."]
        return _theme(found, form), 422
    flash("The theme has its name.")
    return redirect(url_for(".themes", key=found.workstream_id), 303)


def _theme(found: Theme, form: forms.ThemeForm) -> str:
    group = found.workstream
    return render_template("statements/theme.html", theme=found, group_name=group.neutral_name, form=form)


@bp.post("/themes/<uuid:key>/remove")
def remove(key: UUID) -> Response:
    """Take it away; what stood under it is not sorted again."""
    found = queries.one_theme_seen_by(me(), key)
    stream = found.workstream_id
    services.remove(found, by=me())
    flash("The theme is gone. What stood under it is not sorted now.")
    return redirect(url_for(".themes", key=stream), 303)


@bp.get("/statements/<uuid:key>/aside")
def aside(key: UUID) -> str:
    """Ask why a statement is set aside."""
    statement = queries.one_statement_seen_by(me(), key)
    require(rules.may_sort(me(), statement.workstream))
    return _aside(statement, forms.AsideForm())


@bp.post("/statements/<uuid:key>/aside")
@leaves_no_event
def set_aside(key: UUID) -> Page:
    """Set it aside."""
    statement, form = queries.one_statement_seen_by(me(), key), forms.AsideForm()
    require(rules.may_sort(me(), statement.workstream))
    if not form.validate_on_submit():
        return _aside(statement, form), 422
    services.set_aside(statement, form.why.data or "", by=me())
    flash("The sentence is set aside. You can bring it back.")
    return redirect(url_for(".themes", key=statement.workstream_id), 303)


def _aside(statement: Statement, form: forms.AsideForm) -> str:
    group = statement.workstream
    return render_template("statements/aside.html", statement=statement, group_name=group.neutral_name, form=form)


@bp.post("/statements/<uuid:key>/back")
@leaves_no_event
def bring_back(key: UUID) -> Response:
    """Put it back with the others."""
    statement = queries.one_statement_seen_by(me(), key)
    services.bring_back(statement, by=me())
    flash("The sentence is back with the others.")
    return redirect(url_for(".themes", key=statement.workstream_id), 303)


@bp.post("/statements/<uuid:key>/take-out")
@leaves_no_event
def take_out(key: UUID) -> Response:
    """Take it out for good."""
    statement = queries.one_statement_seen_by(me(), key)
    stream = statement.workstream_id
    services.take_out(statement, by=me())
    flash("The sentence is gone for good.")
    return redirect(url_for(".themes", key=stream), 303)


# --- Asking the group.


@bp.get("/workstreams/<uuid:key>/statements/ask")
def ask(key: UUID) -> str:
    """Ask which statements are put to the group, and when the vote closes."""
    stream = one_seen_by(me(), key)
    require(workstreams.is_facilitator(me(), stream))
    return _ask(stream, _ask_form(stream))


@bp.post("/workstreams/<uuid:key>/statements/ask")
def put(key: UUID) -> Page:
    """Open the vote."""
    stream = one_seen_by(me(), key)
    require(rules.may_ask(me(), stream))
    form = _ask_form(stream)
    if not form.validate_on_submit():
        return _ask(stream, form), 422
    chosen = queries.chosen_in(stream, form.chosen)
    poll = services.ask(stream, form.question.data or "", chosen, form.moment(), by=me(), **form.terms())
    flash("The group is asked. Nobody sees any answer before it closes.")
    return redirect(url_for("voting.show", key=poll.id), 303)


def _ask_form(stream: Workstream) -> forms.AskForm:
    return forms.ask_form(queries.heard_in(stream), workstreams.voters(stream))


def _ask(stream: Workstream, form: forms.AskForm) -> str:
    lived, professionals = form.sizes()
    parts = rules.by_theme(queries.heard_in(stream), queries.themes_of(stream))
    return render_template(
        "statements/ask.html",
        stream=stream,
        form=form,
        parts=[part for part in parts if part[1]],
        most=rules.MOST_ASKED,
        may_ask=rules.may_ask(me(), stream),
        is_more_open=bool(form.voters.errors or form.quorum.errors),
        lived=lived,
        professionals=professionals,
        shown=voting.shown_form(lived, professionals),
    )


# --- What came of it.


@bp.get("/workstreams/<uuid:key>/common-ground")
def common(key: UUID) -> str:
    """Show what the group shares and where it parts, by the latest counted vote."""
    stream = one_seen_by(me(), key)
    polls = queries.counted_in(stream)
    return _common(stream, polls, polls[0] if polls else None)


@bp.get("/votes/<uuid:key>/common-ground")
def earlier(key: UUID) -> str:
    """Show the same of one vote."""
    poll = queries.one_counted_seen_by(me(), key)
    return _common(poll.workstream, queries.counted_in(poll.workstream), poll)


def _common(stream: Workstream, polls: Sequence[Poll], poll: Poll | None) -> str:
    return render_template(
        "statements/common.html",
        stream=stream,
        group_name=stream.neutral_name,
        poll=poll,
        grounds=rules.grounds(queries.asked_in(poll), apart=rules.looks_at_sides(poll)) if poll else [],
        apart=poll is not None and rules.looks_at_sides(poll),
        others=[other for other in polls if other is not poll],
    )
