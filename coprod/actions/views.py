"""Pages about actions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.actions import queries, rules, services
from coprod.actions.forms import (
    AgreeForm,
    DateForm,
    DoneForm,
    NewActionForm,
    NotDoneForm,
    NoteForm,
    OwnerForm,
    ReopenForm,
)
from coprod.actions.models import Action, Repeat
from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.people.models import Person
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Workstream

bp = Blueprint("actions", __name__)
Page = Response | tuple[str, int]


@bp.get("/actions/<uuid:key>")
def show(key: UUID) -> str:
    """Show one: who, by when, every date it had, what was written beside it, and what can be done about it."""
    return _page(queries.one_seen_by(me(), key))


@bp.get("/workstreams/<uuid:key>/actions/new")
def new(key: UUID) -> str:
    """Ask for a new action at this table."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.leads(me(), table))
    return _asked(table, _new_form(table, formdata=None))


@bp.post("/workstreams/<uuid:key>/actions/new")
def create(key: UUID) -> Page:
    """Open it."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.leads(me(), table))
    form = _new_form(table)
    owner = _owner(form) if form.validate() else None
    if owner is None:
        return _asked(table, form), 422
    repeats = Repeat(form.repeats.data)
    action = services.open_action(table, form.what.data, owner, form.due.data, by=me(), repeats=repeats)
    flash(f"It is in the log. {action.owner.alias} does it.")
    return _to(action)


@bp.post("/actions/<uuid:key>/done")
def say_done(key: UUID) -> Page:
    """Say it is done."""
    action, form = queries.one_seen_by(me(), key), DoneForm()
    if not form.validate():
        return _page(action, done=form), 422
    services.say_done(action, by=me(), evidence=form.evidence.data or "")
    flash("Thank you. A second person will agree that it is done.")
    return _to(action)


@bp.post("/actions/<uuid:key>/agreed-done")
def agree_done(key: UUID) -> Page:
    """Agree that it is done."""
    action = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "agreed done", action))
    form = AgreeForm(action.evidence)
    if not form.validate():
        return _page(action, agree=form), 422
    following = services.agree_done(action, by=me(), evidence=form.evidence.data or "")
    flash(f"It is done.{rules.what_follows(action, following)}")
    return _to(action)


@bp.post("/actions/<uuid:key>/not-done-yet")
def find_not_done(key: UUID) -> Page:
    """Say it is not done yet."""
    action, form = queries.one_seen_by(me(), key), NotDoneForm()
    if not form.validate():
        return _page(action, not_done=form), 422
    services.find_not_done(action, by=me(), why=form.why.data or "")
    flash("It is open again.")
    return _to(action)


@bp.post("/actions/<uuid:key>/new-date")
def move_date(key: UUID) -> Page:
    """Give it a new date."""
    action = queries.one_seen_by(me(), key)
    form = DateForm(action.due)
    if not form.validate():
        return _page(action, new_date=form), 422
    services.move_date(action, form.due.data, form.reason.data, by=me())
    flash("It has a new date. The old one is kept.")
    return _to(action)


@bp.post("/actions/<uuid:key>/notes")
def note(key: UUID) -> Page:
    """Write something beside it."""
    action, form = queries.one_seen_by(me(), key), NoteForm()
    if not form.validate():
        return _page(action, note=form), 422
    services.note(action, form.words.data, by=me())
    flash("It is written down.")
    return _to(action)


@bp.get("/actions/<uuid:key>/owner")
def owner(key: UUID) -> str:
    """Ask who is to do it from now on."""
    action = queries.one_seen_by(me(), key)
    require(rules.may_hand_over(me(), action))
    return _asked_who(action, _owner_form(action, formdata=None))


@bp.post("/actions/<uuid:key>/owner")
def hand_over(key: UUID) -> Page:
    """Give it to somebody else."""
    action = queries.one_seen_by(me(), key)
    require(rules.may_hand_over(me(), action))
    form = _owner_form(action)
    other = _owner(form) if form.validate() else None
    if other is None:
        return _asked_who(action, form), 422
    services.hand_over(action, other, by=me())
    flash(f"{other.alias} does it from now on.")
    return _to(action)


@bp.post("/actions/<uuid:key>/last-turn")
def stop_repeating(key: UUID) -> Response:
    """Say that it does not come again."""
    action = queries.one_seen_by(me(), key)
    services.stop_repeating(action, by=me())
    flash("It does not come again after this.")
    return _to(action)


@bp.post("/actions/<uuid:key>/cancelled")
def cancel(key: UUID) -> Response:
    """Let it go."""
    action = queries.one_seen_by(me(), key)
    services.cancel(action, by=me())
    flash("It is cancelled. It stays in the log.")
    return _to(action)


@bp.post("/actions/<uuid:key>/opened-again")
def reopen(key: UUID) -> Page:
    """Open again what was settled."""
    action, form = queries.one_seen_by(me(), key), ReopenForm()
    require(rules.LIFECYCLE.may(me(), "opened again", action))
    if not form.validate():
        return _page(action, again=form), 422
    services.reopen(action, form.why.data, by=me())
    flash("It is open again.")
    return _to(action)


def _new_form(table: Workstream, **given: Any) -> NewActionForm:
    return NewActionForm(rules.may_own(table), queries.owners_from_outside(table), **given)


def _owner_form(action: Action, **given: Any) -> OwnerForm:
    table = action.workstream
    return OwnerForm(rules.may_own(table, action.recommendation), queries.owners_from_outside(table), **given)


def _owner(form: OwnerForm) -> Person | None:
    """Answer who was chosen or written down; nobody where the address is refused, which then stands beside it."""
    if form.chosen:
        return form.chosen
    try:
        return services.outside_owner(form.outside_name.data or "", form.outside_email.data or "", by=me())
    except Refused as refused:
        form.outside_email.errors = [str(refused)]
        return None


def _asked(table: Workstream, form: NewActionForm) -> str:
    return render_template("actions/new.html", table=table, form=form)


def _asked_who(action: Action, form: OwnerForm) -> str:
    return render_template("actions/owner.html", action=action, form=form)


def _page(action: Action, **typed: Form) -> str:
    forms = {
        "done": DoneForm(formdata=None),
        "agree": AgreeForm(action.evidence, formdata=None),
        "not_done": NotDoneForm(formdata=None),
        "new_date": DateForm(action.due, formdata=None),
        "note": NoteForm(formdata=None),
        "again": ReopenForm(formdata=None),
    }
    shown: dict[str, Any] = {
        "action": action,
        "status": rules.status(action, today()),
        "times_moved": rules.times_moved(action),
        "is_outside": queries.is_outside(action.owner),
        "sources": queries.sources(me(), [action])[action.id],
        "next_turn": queries.turn_after(action),
        "moves": {move.name for move in rules.LIFECYCLE.open_to(me(), action)},
        "may_agree": rules.LIFECYCLE.may(me(), "agreed done", action),
        "may_move_date": rules.may_move_date(me(), action),
        "may_note": rules.may_note(me(), action),
        "may_hand_over": rules.may_hand_over(me(), action),
        "may_stop_repeating": rules.may_stop_repeating(me(), action),
        "form": next(iter(typed.values()), None),
    }
    return render_template("actions/show.html", **shown | forms | typed)


def _to(action: Action) -> Response:
    return redirect(url_for("actions.show", key=action.id), 303)
