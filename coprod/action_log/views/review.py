"""The review at a meeting: one action at a time on the wall, from late to closed."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.action_log import queries
from coprod.action_log.rules import Part
from coprod.action_log.views.blueprint import bp
from coprod.action_log.views.log import Page
from coprod.actions import queries as actions
from coprod.actions import rules, services
from coprod.actions.forms import AgreeForm, DateForm, DoneForm, NotDoneForm, NoteForm
from coprod.actions.models import Action
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.steering.queries import steering_of
from coprod.workstreams.models import Workstream


@bp.get("/action-log/review")
def review() -> str:
    """Show how much there is to go through, since the last meeting and until the next."""
    table = steering_of(me())
    return render_template("action_log/review.html", table=table, view=queries.review(table, today()), parts=Part)


@bp.get("/action-log/review/<int:number>")
def look(number: int) -> str:
    """Show one action of the review: what, who, when, every date it had, and what can be done."""
    return _page(steering_of(me()), number)


@bp.post("/action-log/review/<int:number>/done")
def review_done(number: int) -> Page:
    """Say in the meeting that it is done, and go on."""
    table, form = steering_of(me()), DoneForm()
    if not form.validate():
        return _page(table, number, done=form), 422
    services.say_done(_one(table, number), by=me(), evidence=form.evidence.data or "")
    flash("Said to be done. A second person agrees.")
    return _onward(table, number)


@bp.post("/action-log/review/<int:number>/agreed-done")
def review_agree(number: int) -> Page:
    """Agree in the meeting, as the second person, that it is done, and go on."""
    table = steering_of(me())
    action = _one(table, number)
    require(rules.LIFECYCLE.may(me(), "agreed done", action))
    form = AgreeForm(action.evidence)
    if not form.validate():
        return _page(table, number, agree=form), 422
    following = services.agree_done(action, by=me(), evidence=form.evidence.data or "")
    flash(f"It is done.{rules.what_follows(action, following)}")
    return _onward(table, number)


@bp.post("/action-log/review/<int:number>/not-done-yet")
def review_not_done(number: int) -> Page:
    """Say in the meeting that it is not done yet, and stay, unless it is due so late that nobody looks at it now."""
    table, form = steering_of(me()), NotDoneForm()
    if not form.validate():
        return _page(table, number, not_done=form), 422
    services.find_not_done(_one(table, number), by=me(), why=form.why.data or "")
    flash("It is open again.")
    is_in_it = queries.is_in_review(table, number, today(), queries.time_of_review(table, today()))
    return redirect(url_for(".look", number=number) if is_in_it else url_for(".review"), 303)


@bp.post("/action-log/review/<int:number>/new-date")
def review_date(number: int) -> Page:
    """Give it a new date in the meeting, and go on."""
    table = steering_of(me())
    action = _one(table, number)
    form = DateForm(action.due)
    if not form.validate():
        return _page(table, number, new_date=form), 422
    services.move_date(action, form.due.data, form.reason.data, by=me())
    flash("It has a new date. The old one is kept.")
    return _onward(table, number)


@bp.post("/action-log/review/<int:number>/notes")
def review_note(number: int) -> Page:
    """Write something beside it in the meeting, and stay."""
    table, form = steering_of(me()), NoteForm()
    if not form.validate():
        return _page(table, number, note=form), 422
    services.note(_one(table, number), form.words.data, by=me())
    flash("It is written down.")
    return redirect(url_for(".look", number=number), 303)


def _one(table: Workstream, number: int) -> Action:
    return actions.one_seen_by(me(), queries.one_at(table, number).id)


def _onward(table: Workstream, number: int) -> Response:
    here = queries.look(me(), table, number, today(), queries.time_of_review(table, today()))
    if here.onward is None:
        return redirect(url_for(".review"), 303)
    return redirect(url_for(".look", number=here.onward.number), 303)


def _page(table: Workstream, number: int, **typed: Form) -> str:
    view = queries.review(table, today())
    here = queries.look(me(), table, number, today(), view.time)
    action = actions.one_seen_by(me(), here.line.action.id)
    forms = {
        "done": DoneForm(formdata=None),
        "agree": AgreeForm(action.evidence, formdata=None),
        "not_done": NotDoneForm(formdata=None),
        "new_date": DateForm(action.due, formdata=None),
        "note": NoteForm(formdata=None),
    }
    shown: dict[str, Any] = {
        "table": table,
        "view": view,
        "parts": Part,
        "here": here,
        "action": action,
        "moves": {move.name for move in rules.LIFECYCLE.open_to(me(), action)},
        "may_say_done": rules.LIFECYCLE.may(me(), "said done", action),
        "may_agree": rules.LIFECYCLE.may(me(), "agreed done", action),
        "may_move_date": rules.may_move_date(me(), action),
        "times_moved": rules.times_moved(action),
        "form": next(iter(typed.values()), None),
    }
    return render_template("action_log/look.html", **shown | forms | typed)
