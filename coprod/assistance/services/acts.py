"""Doing a listed thing for a member who asked, by the rules of the thing itself; and taking it back.

Who really did it is kept here, where she can read it, and in the journal, which says nothing of what it was about.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from coprod.agreements import services as agreements
from coprod.agreements.models import Agreement
from coprod.assistance import rules
from coprod.assistance.models import Act, Assisted
from coprod.assistance.services.doings import DOINGS
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.needs import services as needs
from coprod.needs.rules import Slot, Wanted
from coprod.payments import services as payments
from coprod.payments.models import Payment
from coprod.payments.rules import Says
from coprod.people import services as people
from coprod.people.models import Person
from coprod.rsvp import services as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership
from coprod.workstreams.services import when_left

# --- Doing it.


def answer(place: Membership, name: str, *, by: Person) -> None:
    """Answer for a member what she said about her place: yes, maybe, no, a break, coming back."""
    act = rules.act_of(place, name)

    def do() -> None:
        require(rules.may_answer(place, name))
        workstreams.move(place, name, by=place.person)

    _do(place, act, place.id, do, by=by)


def change_needs(place: Membership, wanted: Wanted, *, by: Person) -> None:
    """Keep for a member what would help her to come."""
    _do(place, Act.CHANGE_NEEDS, place.person_id, lambda: needs.say(place.person, wanted, by=place.person), by=by)


def change_never_times(place: Membership, slots: Collection[Slot], *, by: Person) -> None:
    """Keep for a member which parts of the week never work."""
    person = place.person
    _do(place, Act.CHANGE_NEVER_TIMES, person.id, lambda: needs.say_never(person, slots, by=person), by=by)


def change_reach(place: Membership, said: Mapping[str, Any], *, by: Person) -> None:
    """Keep for a member how she may be reached."""
    person = place.person
    _do(place, Act.CHANGE_REACH, person.id, lambda: messages.set_reach(person, by=person, **said), by=by)


def stop_texts(place: Membership, *, by: Person) -> None:
    """Send a member no more texts."""
    _do(place, Act.STOP_TEXTS, place.person_id, lambda: people.stop_texts(place.person, True), by=by)


def say_coming(place: Membership, session: Session, said: ComingAnswer, *, by: Person, **ticked: bool) -> None:
    """Say for a member whether she comes."""
    person = place.person
    _do(place, Act.SAY_COMING, session.id, lambda: rsvp.answer(session, person, said, by=person, **ticked), by=by)


def say_yes(place: Membership, agreement: Agreement, *, by: Person) -> None:
    """Say for a member that she is OK with the agreement."""
    person = place.person
    _do(place, Act.SAY_YES, agreement.id, lambda: agreements.say_yes(agreement, person, by=person), by=by)


def answer_offer(place: Membership, payment: Payment, says: Says, pence: int | None, *, by: Person) -> None:
    """Answer for a member what she is offered."""
    person = place.person
    _do(place, Act.ANSWER_OFFER, payment.id, lambda: payments.answer(payment, says, pence, by=person), by=by)


def _do(place: Membership, act: Act, thing: UUID, do: Callable[[], None], *, by: Person) -> None:
    """Ask our own rule first, then let the thing's own rules speak; where nothing changed, nothing was done."""
    require(rules.may_help(by, place))
    stands, member = DOINGS[act].stands, place.person
    before = stands(member, thing)
    do()
    after = stands(member, thing)
    if before == after:
        return
    assisted = Assisted(
        member_id=member.id, by_id=by.id, act=act, thing_id=thing, before=before, after=after, done_on=today()
    )
    db.session.add(assisted)
    db.session.flush()
    record(by, "did for a member", assisted)


# --- Taking it back.


def take_back(assisted: Assisted, *, by: Person) -> None:
    """Let the member put back what stood before, unless something newer stands there."""
    lock(assisted)
    require(rules.may_take_back(by, assisted))
    doing = DOINGS[assisted.act]
    require(rules.is_latest(assisted, doing.stands(by, assisted.thing_id), doing.words))
    doing.put_back(by, assisted.thing_id, assisted.before)
    assisted.undone_on = today()
    db.session.flush()
    record(by, "took back", assisted)


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    """With the last place goes what was private, and so does what was written down of it."""
    if last:
        private = Assisted.member_id == membership.person_id, Assisted.act.in_(rules.PRIVATE)
        db.session.execute(delete(Assisted).where(*private))
