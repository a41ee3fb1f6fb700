"""Get support, calls back, a private word before or after, the call on the next day (journey 11)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.web import me, public
from coprod.cycles.models import Session
from coprod.cycles.queries import one_session_seen_by
from coprod.people import doors
from coprod.wellbeing import forms, queries, rules, services
from coprod.wellbeing.models import Feeling
from coprod.wellbeing.rules import Choice, Wish
from coprod.workstreams.queries import days_off

bp = Blueprint("wellbeing", __name__)


# --- Get support: there for everybody, signed in or out.


@bp.get("/support")
@public
def support() -> str:
    """Say whom to ring now, what to do in the next five minutes, and offer who is signed in a call."""
    line = rules.local_line(current_app.config.get("SUPPORT_LINE", ""))
    # Whoever came by a text's link is shown nobody's name (A3).
    mine = _mine() if current_user.is_authenticated and not doors.is_for_one_task() else None
    return render_template("wellbeing/support.html", line_near=line if line[1] else None, mine=mine)


def _mine() -> dict[str, Any]:
    choices = queries.choices_of(me())
    days = [(wish, _when(due)) for wish, due in rules.offered(now(), days_off(today()))]
    return {"choices": choices, "waits": queries.awaited_by(me(), choices, today()), "days": days}


def _when(due: Any) -> str:
    return rules.on_day(due, today())


@bp.post("/calls")
def ask() -> Response:
    """Ask one of those who can be asked to ring."""
    choice = _chosen(queries.choices_of(me()), request.form.get("who", ""))
    wish = Wish.TODAY if request.form.get("when") == Wish.TODAY else Wish.NEXT
    call = services.ask_to_ring(me(), choice.person, wish, by=me())
    flash(f"{choice.called} rings you {_when(call.due)}.")
    return redirect(url_for(".support"), 303)


def _chosen(choices: list[Choice], key: str) -> Choice:
    found = next((choice for choice in choices if str(choice.person.id) == key), None)
    if found is None:
        raise NoResultFound
    return found


@bp.post("/calls/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Ask for it no longer."""
    services.take_back(queries.own_call(me(), key), by=me())
    flash("That is fine. No one will ring you.")
    return redirect(url_for(".support"), 303)


# --- What the signed-in person was asked for.


@bp.get("/calls")
def calls() -> str:
    """Show whom this person was asked to ring, and what she was told in private."""
    return render_template(
        "wellbeing/calls.html",
        person=me(),
        asked=queries.to_ring_back(me(), today()),
        after=queries.to_ring_after(me(), today()),
        told=queries.check_ins_for(me()),
        moves=rules.CALL.moves.values(),
    )


@bp.post("/calls/<uuid:key>/rung")
def rung(key: UUID) -> Response:
    """Note that somebody was rung."""
    call = queries.one_asked_of(me(), key)
    services.rang(call, by=me())
    flash(f"You rang {call.person.alias}.")
    return redirect(url_for(".calls"), 303)


@bp.post("/check-in-calls/<uuid:key>")
def tick(key: UUID) -> Response:
    """Note that the call after a session was made, or was not wanted."""
    call = queries.one_to_be_made_by(me(), key)
    services.tick(call, request.form.get("name", ""), by=me())
    flash(f"{call.person.alias}: that is ticked.")
    return redirect(url_for(".calls"), 303)


# --- How somebody is, before or after a session.


@bp.get("/evenings/<uuid:key>/how-are-you")
def check_in(key: UUID) -> str:
    """Ask somebody how she is, and who may know; and show what she said, for as long as it is kept."""
    session = one_session_seen_by(me(), key)
    require(rules.may_take_back_said(me(), session, queries.check_ins_of(session, me()), today()))
    last = queries.check_in_of(session, me(), rules.moment_of(session, now()))
    return _check_in(session, forms.check_in_form(queries.choices_in(me(), session), last))


@bp.post("/evenings/<uuid:key>/how-are-you")
def send_check_in(key: UUID) -> Response | tuple[str, int]:
    """Tell the one person who was chosen."""
    session = one_session_seen_by(me(), key)
    require(rules.may_check_in(me(), session, today()))
    choices = queries.choices_in(me(), session)
    form = forms.check_in_form(choices)
    if not form.validate_on_submit():
        return _check_in(session, form), 422
    chosen = _chosen(choices, str(form.reader))
    services.check_in(session, chosen.person, Feeling(form.feeling.data), form.words.data or "", by=me())
    flash(f"Thank you. Only {chosen.called} can read it.")
    wants_to_talk = form.feeling.data == Feeling.NEED_TO_TALK
    return redirect(url_for(".support") if wants_to_talk else url_for("cycles.evening", key=key), 303)


@bp.post("/evenings/<uuid:key>/how-are-you/take-back")
def remove_check_in(key: UUID) -> Response:
    """Take it back."""
    services.remove_check_ins(one_session_seen_by(me(), key), by=me())
    flash("That is fine. It is gone.")
    return redirect(url_for("cycles.evening", key=key), 303)


def _check_in(session: Session, form: forms.CheckInForm) -> str:
    return render_template(
        "wellbeing/check_in.html",
        session=session,
        form=form,
        said=queries.check_ins_of(session, me()),
        may=rules.may_check_in(me(), session, today()),
        moment=rules.moment_of(session, now()),
        group_name=session.cycle.workstream.neutral_name,
    )
