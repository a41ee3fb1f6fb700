"""Pages about principles and priorities."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.principles import queries, rules, services
from coprod.principles.forms import PriorityForm, RatifyForm, WordingForm
from coprod.principles.models import Principle, Priority
from coprod.programmes import queries as programmes
from coprod.programmes.models import Programme
from coprod.workstreams.queries import memberships_of

bp = Blueprint("principles", __name__)


@bp.get("/programmes/<uuid:key>/principles")
def index(key: UUID) -> str:
    """List both, numbered, with the links between them."""
    programme = programmes.one_seen_by(me(), key)
    principles = queries.principles_of(programme)
    waiting = any(rules.waits_for_a_yes(principle) for principle in principles)
    return render_template(
        "principles/index.html",
        programme=programme,
        principles=principles,
        priorities=queries.priorities_of(programme),
        choices=queries.choices_of(programme, me()),
        may_word=_may_word(programme.id),
        may_ratify=waiting and queries.facilitated_by(me(), programme),
    )


@bp.get("/principles/<uuid:key>")
def show(key: UUID) -> str:
    """Show one principle, and all it ever said."""
    principle = queries.one_principle(key)
    may_word, said = _may_word(principle.programme_id), rules.ever_said(principle)
    return render_template("principles/show.html", principle=principle, said=said, may_word=may_word)


@bp.get("/programmes/<uuid:key>/principles/new")
def new(key: UUID) -> str:
    """Ask for the words of a new principle."""
    programme = _programme(key)
    return _asked_new("principles/new.html", programme, WordingForm(formdata=None))


@bp.post("/programmes/<uuid:key>/principles/new")
def add(key: UUID) -> Response | tuple[str, int]:
    """Add it under the next number."""
    programme, form = _programme(key), WordingForm()
    if not form.validate():
        return _asked_new("principles/new.html", programme, form), 422
    services.add_principle(programme, form.wording.data, is_example=not form.is_agreed.data, by=me())
    flash("The principle is added.")
    return redirect(url_for(".index", key=programme.id), 303)


@bp.get("/programmes/<uuid:key>/priorities/new")
def new_priority(key: UUID) -> str:
    """Ask for the words of a new priority, and which principles it comes from."""
    programme = _programme(key)
    form = PriorityForm(queries.principles_of(programme), formdata=None)
    return _asked_new("principles/new_priority.html", programme, form)


@bp.post("/programmes/<uuid:key>/priorities/new")
def add_priority(key: UUID) -> Response | tuple[str, int]:
    """Add it under the next number."""
    programme = _programme(key)
    form = PriorityForm(queries.principles_of(programme))
    if not form.validate():
        return _asked_new("principles/new_priority.html", programme, form), 422
    priority = services.add_priority(programme, form.wording.data, is_example=not form.is_agreed.data, by=me())
    services.link(priority, form.chosen, by=me())
    flash("The priority is added.")
    return redirect(url_for(".index", key=programme.id), 303)


@bp.get("/programmes/<uuid:key>/principles/ratify")
def ask_ratified(key: UUID) -> str:
    """Ask which principles a group said yes to, and on which day."""
    programme = programmes.one_seen_by(me(), key)
    return _asked_ratified(programme, _ratify_form(programme, formdata=None, data={"on": today()}))


@bp.post("/programmes/<uuid:key>/principles/ratify")
def ratify(key: UUID) -> Response | tuple[str, int]:
    """Write it down, for each of them."""
    programme = programmes.one_seen_by(me(), key)
    form = _ratify_form(programme)
    if not form.validate():
        return _asked_ratified(programme, form), 422
    for principle in form.chosen:
        services.ratify(principle, form.groups[form.group.data], form.on.data, by=me())
    flash("It is written down what the group said yes to.")
    return redirect(url_for(".index", key=programme.id), 303)


@bp.get("/principles/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask for the words of one principle."""
    principle = queries.one_principle(key)
    require(_may_word(principle.programme_id))
    return _asked("principles/edit.html", principle, WordingForm(formdata=None, data=_words_of(principle)))


@bp.post("/principles/<uuid:key>/edit")
def save(key: UUID) -> Response | tuple[str, int]:
    """Keep them, or show both where somebody else was faster (R4)."""
    principle, form = queries.one_principle(key), WordingForm()
    require(_may_word(principle.programme_id))
    if not form.validate():
        return _asked("principles/edit.html", principle, form), 422
    try:
        _word(principle, form)
    except Overtaken:
        return _both("principles/edit.html", principle, form), 422
    return _kept(principle, "Principle")


@bp.get("/priorities/<uuid:key>/edit")
def edit_priority(key: UUID) -> str:
    """Ask for the words of one priority, and which principles it comes from."""
    priority = queries.one_priority(key)
    require(_may_word(priority.programme_id))
    linked = [str(principle.id) for principle in priority.principles]
    data = _words_of(priority) | {"principles": linked, "linked": " ".join(linked)}
    form = PriorityForm(_principles(priority), formdata=None, data=data)
    return _asked("principles/edit_priority.html", priority, form)


@bp.post("/priorities/<uuid:key>/edit")
def save_priority(key: UUID) -> Response | tuple[str, int]:
    """Keep both, or show both wordings where somebody else was faster (R4)."""
    priority = queries.one_priority(key)
    require(_may_word(priority.programme_id))
    form = PriorityForm(_principles(priority))
    if not form.validate():
        return _asked("principles/edit_priority.html", priority, form), 422
    try:
        _word(priority, form)
    except Overtaken:
        return _both("principles/edit_priority.html", priority, form), 422
    services.link(priority, form.chosen, read=form.was_linked, by=me())
    return _kept(priority, "Priority")


def _may_word(programme: UUID) -> Answer:
    return rules.may_word(me(), memberships_of(me()), programme)


def _word(thing: Principle | Priority, form: WordingForm) -> None:
    is_example = not form.is_agreed.data
    services.word(thing, form.wording.data or "", is_example=is_example, read=form.read.data or "", by=me())


def _both(template: str, thing: Principle | Priority, form: WordingForm) -> str:
    form.read.data = thing.wording
    return render_template(template, thing=thing, form=form, theirs=thing.wording)


def _programme(key: UUID) -> Programme:
    programme = programmes.one_seen_by(me(), key)
    require(_may_word(programme.id))
    return programme


def _principles(priority: Priority) -> list[Principle]:
    return queries.principles_of(priority.programme)


def _ratify_form(programme: Programme, **kwargs: Any) -> RatifyForm:
    groups = queries.facilitated_by(me(), programme)
    require(rules.facilitates_one_of(groups))
    waiting = [one for one in queries.principles_of(programme) if rules.waits_for_a_yes(one)]
    return RatifyForm(waiting, groups, today(), **kwargs)


def _words_of(thing: Principle | Priority) -> dict[str, Any]:
    return {"wording": thing.wording, "read": thing.wording, "is_agreed": not thing.is_example}


def _asked(template: str, thing: Principle | Priority, form: WordingForm) -> str:
    return render_template(template, thing=thing, form=form, theirs="")


def _asked_new(template: str, programme: Programme, form: WordingForm) -> str:
    return render_template(template, programme=programme, form=form)


def _asked_ratified(programme: Programme, form: RatifyForm) -> str:
    return render_template("principles/ask_ratified.html", programme=programme, form=form)


def _kept(thing: Principle | Priority, kind: str) -> Response:
    flash(f"{kind} {thing.number} is kept.")
    return redirect(url_for(".index", key=thing.programme_id), 303)
