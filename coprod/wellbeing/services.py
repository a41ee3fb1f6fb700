"""Asking for a call, saying how one is, offering the call of the next day; no journal ever speaks of it."""

from uuid import UUID

from sqlalchemy import delete, select

from coprod.agreements.services import rings
from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.db import db, lock
from coprod.cycles.models import Cycle, Session
from coprod.messages.models import Way
from coprod.messages.rules import Purpose
from coprod.messages.services import announce, queue, withdraw
from coprod.people.models import Person
from coprod.wellbeing import queries, rules
from coprod.wellbeing.models import CallBack, CheckIn, CheckInCall, Feeling
from coprod.wellbeing.rules import Wish
from coprod.workstreams.models import Membership
from coprod.workstreams.queries import days_off
from coprod.workstreams.services import when_left

# It goes by e-mail or not at all: a list of what is done by hand would show it to others.
SOMEBODY_ASKED = Purpose(
    "calls",
    text="Somebody asked you to ring. Please sign in and look. {link}",
    email="Somebody asked you to ring. Please sign in and look.\n\n{link}\n",
    endpoint="wellbeing.calls",
    any_hour=True,
    about="Look at your calls",
)


def _address(person: Person, _: UUID) -> tuple[Way, str] | None:
    return (Way.EMAIL, person.email) if person.email else None


announce(SOMEBODY_ASKED, queries.is_asked, _address)


# --- Calls back: between two people.


def ask_to_ring(person: Person, asked: Person, wish: Wish, *, by: Person) -> CallBack:
    """Ask somebody to ring; asked again, the sooner day counts, and after a call that did not come a new one."""
    lock(person)
    require(rules.may_ask(by, person, asked.id, queries.choices_of(person)))
    due = rules.due_on(wish, now(), days_off(today()))
    call = queries.standing_between(person, asked) or CallBack(person=person, asked=asked, due=due)
    call.due = rules.counts(call.due, due, today())
    db.session.add(call)
    db.session.flush()
    queue(SOMEBODY_ASKED, asked, call.id)
    return call


@rings
def _about_the_agreement(person: Person, asked: Person) -> None:
    """Whoever would rather talk than write about the agreement is rung on the next working day."""
    ask_to_ring(person, asked, Wish.NEXT, by=person)


def take_back(call: CallBack, *, by: Person) -> None:
    """Ask for it no longer; nothing of it is kept."""
    lock(call)
    require(rules.may_take_back(by, call))
    withdraw(call.asked, call.id)
    db.session.delete(call)


def rang(call: CallBack, *, by: Person) -> None:
    """Note that somebody was rung."""
    lock(call)
    rules.CALL_BACK.make(by, "rung", call)
    call.done_on = today()
    withdraw(by, call.id)


# --- The call on the day after a session.


def offer_call(session: Session, person: Person, *, by: Person) -> CheckInCall:
    """Note that somebody would like a call on the day after this session; offered twice is offered once."""
    lock(session)
    require(rules.may_offer(by, session, person, today(), days_off(today())))
    call = queries.calls_of(session).get(person.id)
    if call is None:
        call = CheckInCall(session=session, person=person, due=rules.day_after(session))
        db.session.add(call)
        db.session.flush()
    return call


def tick(call: CheckInCall, name: str, *, by: Person) -> None:
    """Note that the call was made, or was not wanted after all."""
    lock(call)
    rules.CALL.make(by, name, call)
    call.done_on = today()


# --- How somebody is.


def check_in(session: Session, to: Person, feeling: Feeling, words: str, *, by: Person) -> CheckIn:
    """Tell one person how one is, before or after a session; said again, the last answer counts."""
    lock(by)
    require(rules.may_check_in(by, session, today()))
    require(rules.may_ask(by, by, to.id, queries.choices_in(by, session)))
    moment = rules.moment_of(session, now())
    said = queries.check_in_of(session, by, moment) or CheckIn(session=session, person=by, moment=moment)
    said.to, said.feeling, said.words, said.on = to, feeling, words, today()
    db.session.add(said)
    db.session.flush()
    return said


def remove_check_ins(session: Session, *, by: Person) -> None:
    """Take back all that one said of oneself about this session."""
    lock(by)
    said = queries.check_ins_of(session, by)
    require(rules.may_take_back_said(by, session, said, today()))
    for one in said:
        db.session.delete(one)


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    """What was asked of a group's people in private goes with the place; with the last one, all of it."""
    person = membership.person
    there = select(Session.id).join(Session.cycle).where(Cycle.workstream_id == membership.workstream_id)
    for kind in (CheckIn, CheckInCall):
        where = [] if last else [kind.session_id.in_(there)]
        _delete(kind, kind.person_id == person.id, *where)
    known = [] if last else [choice.person.id for choice in queries.choices_of(person)]
    _delete(CallBack, CallBack.person_id == person.id, CallBack.asked_id.not_in(known))


def _delete(kind: type[CallBack | CheckIn | CheckInCall], *where: object) -> None:
    db.session.execute(delete(kind).where(*where), execution_options={"synchronize_session": "fetch"})  # type: ignore[arg-type]
