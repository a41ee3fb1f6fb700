"""Letting go of what has been kept long enough: each kind and each thing by itself, past whatever fails (L4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select

from coprod.action_import import queries as imports
from coprod.action_import import services as import_services
from coprod.actions import queries as actions
from coprod.actions.models import OutsideOwner
from coprod.agreements.models import BreachNote
from coprod.assistance.models import Act, Assisted
from coprod.contacts.models import ChangeState, ContactChange
from coprod.core import once, security_log
from coprod.core.clock import now, today
from coprod.core.db import Base, db
from coprod.cycles.models import Session
from coprod.evidence import queries as testimonies
from coprod.evidence import services as evidence
from coprod.interests.models import Interest, InterestState
from coprod.messages.models import Message, MessageState
from coprod.my_data import services as my_data
from coprod.my_data.models import DataAsk
from coprod.payments import queries as paid
from coprod.payments import services as payments
from coprod.people import services as people
from coprod.people.models import Hit, Person, SignedIn, Ticket
from coprod.people.sealing import real_now
from coprod.retention import queries, rules
from coprod.retention.models import RetentionRun
from coprod.rsvp import services as rsvp
from coprod.safeguarding import services as safeguarding
from coprod.supporters.models import Support
from coprod.wellbeing.models import CallBack, CheckIn, CheckInCall


@dataclass(frozen=True)
class Chore:
    """One kind: what is due of it, and how one thing of it is let go of."""

    due: Callable[[], Sequence[Any]]
    let_go: Callable[[Any], object]


def run() -> RetentionRun:
    """Let go of everything that is due, and write down how many of what kind, and which kinds failed."""
    this = RetentionRun(began_at=now())
    db.session.add(this)
    db.session.flush()
    let_go, failed = {}, []
    for kind in CHORES:
        gone, fine = _do(kind)
        let_go[kind] = gone
        if not fine:
            failed.append(kind)
    this.let_go = {kind: gone for kind, gone in let_go.items() if gone and kind not in UNCOUNTED}
    this.failed, this.finished_at = failed, now()
    my_data.make_up_for_a_crash()
    evidence.make_up_for_a_crash()
    if this.let_go:
        my_data.wiping_is_due()
    return this


def _do(kind: str) -> tuple[int, bool]:
    """Do one kind; answer how many went, and whether all of it did."""
    chore, gone, fine = CHORES[kind], 0, True
    try:
        with db.session.begin_nested():
            due = chore.due()
    except Exception as error:
        return _note(kind, error)
    for thing in due:
        try:
            with db.session.begin_nested():
                chore.let_go(thing)
            gone += 1
        except Exception as error:
            _, fine = _note(kind, error)
    return gone, fine


def _note(kind: str, error: Exception) -> tuple[int, bool]:
    """Log what kind of failure it was, never its words: they can hold anybody's (L1)."""
    current_app.logger.error("Could not let go of all %s: %s", kind, type(error).__name__)
    return 0, False


# --- What is due.


def _day(kind: str) -> Any:
    return today() - rules.limit(kind).lasts


def _moment(kind: str) -> datetime:
    return now() - rules.limit(kind).lasts


def _rows(kind: str, model: type[Base], column: Any, *which: Any, moment: bool = False) -> Chore:
    """Make the chore of a kind whose rows go whole once a column says they are old enough."""

    def due() -> list[Any]:
        return queries.older(model, column, _moment(kind) if moment else _day(kind), *which)

    return Chore(due, lambda key: _drop(model, key))


def _drop(model: Any, key: Any) -> None:
    db.session.execute(delete(model).where(model.id == key), execution_options={"synchronize_session": False})


def _at_once() -> list[str]:
    """Answer what is due of a kind that goes in one statement, because nothing in it can fail by itself."""
    return ["all of them"]


# --- How it is let go of.


def _forget_how_to_reach(key: Any) -> None:
    person = db.session.get_one(Person, key)
    for model in queries.PRIVATE:
        db.session.execute(delete(model).where(model.person_id == key))
    person.email, person.phone = None, None
    people.renew_rights(person, "contacts let go of")


def _end_support(key: Any) -> None:
    support = db.session.get_one(Support, key)
    supporter = db.session.get_one(Person, support.supporter_id)
    db.session.delete(support)
    db.session.flush()
    if queries.helps_nobody(supporter):
        _forget_how_to_reach(supporter.id)


def _forget_sign_ins(_: Any) -> None:
    for kind in (Ticket, SignedIn, Hit):
        db.session.execute(delete(kind).where(kind.ends <= real_now()))


def _forget_concerns(_: Any) -> None:
    safeguarding.forget_closed_before(_day("concerns"))


def _forget_security_events(_: Any) -> None:
    security_log.forget_before(_moment("security log"))


# --- Files of a demonstration.


def _old_files() -> list[Path]:
    oldest = (real_now() - rules.limit("message files").lasts).timestamp()
    return [file for file in my_data.message_files() if file.stat().st_mtime < oldest]


_ITS_SESSION = select(Session.on).where(Session.id == Assisted.thing_id).scalar_subquery()
_SAID_COMING = Assisted.act == Act.SAY_COMING
_SENT = Message.state.in_((MessageState.SENT, MessageState.WITHDRAWN, MessageState.GIVEN_UP))
CHORES: dict[str, Chore] = {
    "leavers": Chore(lambda: queries.leavers(_day("leavers")), _forget_how_to_reach),
    "closed accounts": Chore(lambda: queries.closed_accounts(_moment("closed accounts")), _forget_how_to_reach),
    "supporters": Chore(lambda: queries.older(Support, Support.ended_on, _day("supporters")), _end_support),
    "answered interests": _rows(
        "answered interests", Interest, Interest.told_on, Interest.state != InterestState.WAITING
    ),
    "waiting interests": _rows("waiting interests", Interest, Interest.told_on),
    "outside owners": Chore(
        lambda: actions.unneeded_addresses(_day("outside owners")), lambda key: _drop(OutsideOwner, key)
    ),
    "unfinished imports": Chore(
        lambda: imports.unfinished(_day("unfinished imports")), import_services.drop_unfinished
    ),
    "messages": _rows("messages", Message, Message.due, _SENT, moment=True),
    "coming": Chore(lambda: rsvp.due_to_go(_day("coming")), rsvp.forget),
    "coming, said by another": _rows("coming, said by another", Assisted, _ITS_SESSION, _SAID_COMING),
    "message files": Chore(_old_files, lambda file: file.unlink(missing_ok=True)),
    "sign-ins": Chore(_at_once, _forget_sign_ins),
    "sent forms": Chore(_at_once, lambda _: once.forget_old()),
    "contact changes": _rows(
        "contact changes",
        ContactChange,
        func.coalesce(ContactChange.effective_at, ContactChange.asked_at),
        ContactChange.state.in_((ChangeState.MADE, ChangeState.STOPPED)),
        moment=True,
    ),
    "ways to be paid": Chore(lambda: paid.unneeded_methods(_day("ways to be paid")), payments.forget_method),
    "offers": Chore(lambda: paid.unneeded_offers(_day("offers")), payments.forget_payment),
    "payments": Chore(lambda: paid.settled_by(_day("payments")), payments.forget_payment),
    "expenses": Chore(lambda: paid.expenses_settled_by(_day("expenses")), payments.forget_expense),
    "done for members": _rows("done for members", Assisted, Assisted.done_on),
    "check-ins": _rows("check-ins", CheckIn, CheckIn.on),
    "calls back": _rows("calls back", CallBack, CallBack.done_on),
    "calls after sessions": _rows("calls after sessions", CheckInCall, CheckInCall.done_on),
    "testimonies": Chore(lambda: testimonies.ended_before(_day("testimonies")), evidence.end),
    "breach notes": _rows("breach notes", BreachNote, BreachNote.seen_to_on),
    "data requests": _rows("data requests", DataAsk, DataAsk.answered_on),
    "concerns": Chore(_at_once, _forget_concerns),
    "security log": Chore(_at_once, _forget_security_events),
    "runs": _rows("runs", RetentionRun, RetentionRun.began_at, moment=True),
}
UNCOUNTED = {kind for kind, chore in CHORES.items() if chore.due is _at_once}
"""Kinds that go in one statement; how many that were nobody counts, and of concerns nobody may (P7)."""
