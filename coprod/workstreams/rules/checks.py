"""The two checks before anybody takes a place: own-case (domain rule 2) and separation (rule 3, P3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days
from coprod.workstreams.models import CheckAnswer, Membership, MembershipState, Workstream
from coprod.workstreams.rules.tables import COMING_OR_HERE, HERE, gathers, keeps

WAITING = "Waiting for a check"
COMING = frozenset({MembershipState.INVITED, MembershipState.THINKING})
DAYS_TO_HEAR = 2
"""Working days after which everybody hears, whichever way the separation check went (P3)."""


# --- Own-case: a professional works on no family's case here.


def unchecked(membership: Membership) -> list[Membership]:
    """List the people across the table for whom the own-case check with this one is still to be confirmed.

    A professional is checked against every lived-experience member who is here or coming, a lived-experience member
    against every professional who is here. So whoever of two comes second waits, and nobody waits for ever.
    """
    across = HERE if membership.side == Side.LIVED else COMING_OR_HERE
    checked = {(check.professional_id, check.lived_id) for check in membership.checks}
    return [
        other
        for other in membership.workstream.memberships
        if other.side != membership.side and other.state in across and _pair(membership, other) not in checked
    ]


def _pair(one: Membership, other: Membership) -> tuple[UUID, UUID]:
    lived, professional = (one, other) if one.side == Side.LIVED else (other, one)
    return professional.person_id, lived.person_id


def is_checked(membership: Membership) -> Answer:
    """Nobody joins before the own-case check is confirmed; the words are the same for everybody (P3)."""
    return no(f"{WAITING}.") if unchecked(membership) else YES


def to_confirm(stream: Workstream) -> list[Membership]:
    """List the professionals here or coming of whom it is still to be confirmed that they work on no case here."""
    professionals = [m for m in stream.memberships if m.side == Side.PROFESSIONAL and m.state in COMING_OR_HERE]
    return [m for m in professionals if unchecked(m)]


def may_confirm(person: Person, professional: Membership) -> Answer:
    """A facilitator or a programme admin may confirm it, but nobody for themselves."""
    own = no("Somebody else confirms this for you.") if person.id == professional.person_id else YES
    return keeps(person, professional.workstream) & own


# --- Separation: whom a member cannot be in a room with.


def is_together(membership: Membership) -> Answer:
    """Nobody joins before the separation check says that they can be together; a place once held was checked."""
    if membership.state not in COMING:
        return YES
    answered = membership.separation is not None and membership.separation.answer == CheckAnswer.TOGETHER
    return YES if answered else no(f"{WAITING}.")


def answer_by(membership: Membership, holidays: Sequence[Holiday]) -> date:
    """Answer the morning on which everybody hears who was asked on the same day."""
    return add_working_days(membership.asked_on, DAYS_TO_HEAR, holidays)


def hears_on(membership: Membership, holidays: Sequence[Holiday]) -> date | None:
    """Answer from which morning the separation check counts: never on the day it is made, and never early (P3)."""
    if membership.separation is None:
        return None
    return max(answer_by(membership, holidays), membership.separation.checked_on + timedelta(1))


def counts(membership: Membership, today: date, holidays: Sequence[Holiday]) -> bool:
    """Answer whether the separation check of somebody who is coming counts by now, whatever it says.

    Where groups come together, none counts before all are made: everybody hears at one time.
    """
    heard = hears_on(membership, holidays)
    told = heard is not None and heard <= today and not gathers(membership.workstream)
    return membership.state in COMING and told


def is_kept_apart(membership: Membership, today: date, holidays: Sequence[Holiday]) -> bool:
    """Answer whether this place comes to nothing now."""
    apart = membership.separation is not None and membership.separation.answer == CheckAnswer.APART
    return apart and counts(membership, today, holidays)


def is_ready(membership: Membership, today: date, holidays: Sequence[Holiday]) -> Answer:
    """Nobody joins before both checks are answered and everybody's time to hear has come (P3)."""
    in_time = membership.state not in COMING or counts(membership, today, holidays)
    return is_checked(membership) & is_together(membership) if in_time else no(f"{WAITING}.")


def to_separate(stream: Workstream) -> list[Membership]:
    """List the places of which nobody has looked yet whether they can be taken."""
    return [m for m in stream.memberships if m.state in COMING and m.separation is None]


def looked_at(stream: Workstream, holidays: Sequence[Holiday]) -> list[tuple[Membership, date]]:
    """List the places that were looked at, and from when that counts; what came of it is not said."""
    coming = [(m, hears_on(m, holidays)) for m in stream.memberships if m.state in COMING]
    return [(m, heard) for m, heard in coming if heard is not None]


def may_look(person: Person, stream: Workstream) -> Answer:
    """Those who keep the table may read what was asked in private, but nobody who waits for a check here herself."""
    own = any(m.person_id == person.id for m in to_separate(stream))
    return keeps(person, stream) & (no("Somebody else makes the checks while you wait for one.") if own else YES)


def may_check(person: Person, membership: Membership) -> Answer:
    """Answer whether this person may say whether this place can be taken: once for each time it is offered."""
    due = membership.state in COMING and membership.separation is None
    return may_look(person, membership.workstream) & (YES if due else no("This check is made."))


def asked_in_private(stream: Workstream) -> list[Membership]:
    """List the lived-experience members here or coming: each of them is asked before anybody new comes (P3)."""
    return [m for m in stream.memberships if m.side == Side.LIVED and m.state in COMING_OR_HERE]


def may_ask_apart(person: Person) -> Answer:
    """Members who are here for their lived experience may say whom they cannot be in a room with."""
    return YES if person.is_lived else no("This page is for members.")


def is_self(by: Person, person: Person) -> Answer:
    """Only the person herself may."""
    return YES if by.id == person.id else no("Only the person themself can say this.")
