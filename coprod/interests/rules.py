"""Who may read who would like to join, what becomes of it, and which seats are looked for."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.interests.models import Interest, InterestState, Whose
from coprod.people.models import Person, Side
from coprod.people.rules import Limit
from coprod.workstreams.models import LIVED_SEATS, Membership, Role, Seat, Workstream
from coprod.workstreams.rules import may_invite
from coprod.workstreams.rules.hello import neutral

FROM_HERE = Limit("join from here", 5, timedelta(hours=1))
AT_ALL = Limit("join at all", 60, timedelta(hours=1))

SEATS = {
    Whose.PARENT: frozenset(LIVED_SEATS),
    Whose.HEALTH: frozenset({Seat.MIDWIFE, Seat.HEALTH, Seat.PUBLIC_HEALTH}),
    Whose.COUNCIL: frozenset({Seat.MANAGER, Seat.PRACTITIONER, Seat.LEADER}),
    Whose.CHARITY: frozenset({Seat.THIRD_SECTOR}),
    Whose.LAW: frozenset({Seat.JUDICIARY, Seat.LEGAL}),
    Whose.OTHER: frozenset(Seat) - LIVED_SEATS,
}
"""Which seats somebody could take who said this of themself."""


def side_of(whose: Whose) -> Side:
    """Answer on which side of the table somebody would sit."""
    return Side.LIVED if whose == Whose.PARENT else Side.PROFESSIONAL


def may_read(person: Person, seats: Iterable[Membership]) -> Answer:
    """Programme admins and facilitators may."""
    runs = any(seat.role == Role.FACILITATOR for seat in seats)
    return YES if person.is_admin or runs else no("Only a facilitator or a programme admin can do this.")


def _reader(person: Person, interest: Interest) -> Answer:
    """Whoever finds it may close it: nobody else is shown it."""
    return YES if person.active else no("Only a facilitator or a programme admin can do this.")


def _admin(person: Person, _: Interest) -> Answer:
    return YES if person.is_admin else no("Only a programme admin can make accounts.")


LIFECYCLE = Lifecycle[Interest](
    [
        Move(
            "invited", frozenset({InterestState.WAITING}), InterestState.INVITED, _admin, "Make an account and invite"
        ),
        Move("closed", frozenset({InterestState.WAITING}), InterestState.CLOSED, _reader, "Close it"),
    ]
)


def may_place(person: Person, interest: Interest, stream: Workstream, seat: Seat) -> Answer:
    """Answer whether this person may make an account for somebody who wants to join, with this seat at this table."""
    fits = YES if seat.side == side_of(interest.whose) else no(f"The seat “{seat}” is on the other side of the table.")
    return LIFECYCLE.may(person, "invited", interest) & may_invite(person, stream) & fits


def may_mark(person: Person, interest: Interest, stream: Workstream) -> Answer:
    """Answer whether this person may say for which table somebody is thought of."""
    waits = YES if interest.state == InterestState.WAITING else no("This is answered.")
    return may_invite(person, stream) & waits


def by_seat(interests: Sequence[Interest]) -> list[tuple[Whose, list[Interest]]]:
    """Group the waiting list by whose seat it is about; who has waited longest comes first."""
    grouped = {whose: [one for one in interests if one.whose == whose] for whose in Whose}
    return [(whose, found) for whose, found in grouped.items() if found]


def looked_for(streams: Iterable[Workstream]) -> list[str]:
    """Say which seats are looked for, in words that name no programme and tell a passer-by nothing."""
    wanted = {Seat(seat) for stream in streams for seat, number in stream.open_seats.items() if number}
    return neutral(wanted)


def open_for(whose: Whose, streams: Iterable[Workstream]) -> list[Workstream]:
    """List the tables that look for somebody like this."""
    return [stream for stream in streams if any(Seat(seat) in SEATS[whose] for seat in stream.open_seats)]
