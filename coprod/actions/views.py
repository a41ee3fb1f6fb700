"""Pages about actions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.actions import queries, rules, services
from coprod.actions.forms import ActionForm, DateForm, DoneForm
from coprod.actions.models import Action
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Workstream

bp = Blueprint("actions", __name__)


@bp.get("/actions/<uuid:key>")
def show(key: UUID) -> str:
    """Show one: who, by when, every date it had, and what can be done about it."""
    return _page(queries.one_seen_by(me(), key))


@bp.get("/workstreams/<uuid:key>/actions/new")
def new(key: UUID) -> str:
    """Ask for a new action at this table."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.leads(me(), table))
    return _asked(table, ActionForm(rules.may_own(table), formdata=None))


@bp.post("/workstreams/<uuid:key>/actions/new")
def create(key: UUID) -> Response | tuple[str, int]:
    """Open it."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.leads(me(), table))
    form = ActionForm(rules.may_own(table))
    if not form.validate():
        return _asked(table, form), 422
    action = services.open_action(table, form.what.data, form.people[form.owner.data], form.due.data, by=me())
    flash(f"It is in the log. {action.owner.alias} does it.")
    return _to(action)


@bp.post("/actions/<uuid:key>/done")
def say_done(key: UUID) -> Response | tuple[str, int]:
    """Say it is done."""
    action, form = queries.one_seen_by(me(), key), DoneForm()
    if not form.validate():
        return _page(action, done=form), 422
    services.say_done(action, by=me(), evidence=form.evidence.data or "")
    flash("Thank you. A second person will agree that it is done.")
    return _to(action)


@bp.post("/actions/<uuid:key>/agreed-done")
def agree_done(key: UUID) -> Response:
    """Agree that it is done."""
    action = queries.one_seen_by(me(), key)
    services.agree_done(action, by=me())
    flash("It is done.")
    return _to(action)


@bp.post("/actions/<uuid:key>/not-done-yet")
def find_not_done(key: UUID) -> Response:
    """Say it is not done yet."""
    action = queries.one_seen_by(me(), key)
    services.find_not_done(action, by=me())
    flash("It is open again.")
    return _to(action)


@bp.post("/actions/<uuid:key>/new-date")
def move_date(key: UUID) -> Response | tuple[str, int]:
    """Give it a new date."""
    action = queries.one_seen_by(me(), key)
    form = DateForm(action.due)
    if not form.validate():
        return _page(action, new_date=form), 422
    services.move_date(action, form.due.data, form.reason.data, by=me())
    flash("It has a new date. The old one is kept.")
    return _to(action)


@bp.post("/actions/<uuid:key>/cancelled")
def cancel(key: UUID) -> Response:
    """Let it go."""
    action = queries.one_seen_by(me(), key)
    services.cancel(action, by=me())
    flash("It is cancelled. It stays in the log.")
    return _to(action)


def _asked(table: Workstream, form: ActionForm) -> str:
    return render_template("actions/new.html", table=table, form=form)


def _page(action: Action, *, done: DoneForm | None = None, new_date: DateForm | None = None) -> str:
    shown: dict[str, Any] = {
        "action": action,
        "status": rules.status(action, today()),
        "moves": {move.name for move in rules.LIFECYCLE.open_to(me(), action)},
        "may_agree": rules.LIFECYCLE.may(me(), "agreed done", action),
        "may_move_date": rules.may_move_date(me(), action),
        "done": done or DoneForm(formdata=None),
        "new_date": new_date or DateForm(action.due, formdata=None),
        "form": done or new_date,
    }
    return render_template("actions/show.html", **shown)


def _to(action: Action) -> Response:
    return redirect(url_for("actions.show", key=action.id), 303)
