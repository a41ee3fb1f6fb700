"""Who is who at a table, who may be asked to it, and the life of the table itself."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person, Side
from coprod.programmes.rules import is_admin as is_admin
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

OF_GROUPS = frozenset({Kind.GATHERING, Kind.JOINED})
HERE = frozenset({MembershipState.JOINED, MembershipState.PAUSED})
COMING_OR_HERE = HERE | {MembershipState.INVITED, MembershipState.THINKING}


# --- Who is who.


def membership_of(person: Person, stream: Workstream) -> Membership | None:
    """Answer the seat this person holds here now, if any."""
    return next((m for m in seated(stream) if m.person_id == person.id), None)


def seated(stream: Workstream) -> list[Membership]:
    """List the memberships of people who have joined and not left."""
    return [m for m in stream.memberships if m.state == MembershipState.JOINED]


def is_member(person: Person, stream: Workstream) -> Answer:
    """Everybody who has joined may."""
    return YES if membership_of(person, stream) else no(f"Only people in {stream.name} can do this.")


def is_facilitator(person: Person, stream: Workstream) -> Answer:
    """Facilitators may."""
    held = membership_of(person, stream)
    return YES if held and held.role == Role.FACILITATOR else no("Only a facilitator can do this.")


def is_chair(person: Person, stream: Workstream) -> Answer:
    """The chair may."""
    held = membership_of(person, stream)
    return YES if held and held.role == Role.CHAIR else no("Only the chair can do this.")


def voters(stream: Workstream) -> list[Membership]:
    """List who is on the roll if a vote opens now: everybody who has joined but the facilitators (B1)."""
    return [m for m in seated(stream) if m.role != Role.FACILITATOR]


def on_side(memberships: list[Membership], side: Side) -> list[Membership]:
    """List the memberships of one side."""
    return [m for m in memberships if m.side == side]


def keeps(person: Person, stream: Workstream) -> Answer:
    """Facilitators of the table and programme admins may."""
    may = bool(is_admin(person)) or bool(is_facilitator(person, stream))
    return YES if may else no("Only a facilitator or a programme admin can do this.")


# --- The life of a table.


def is_of_groups(stream: Workstream) -> bool:
    """Answer whether several groups come together at this table."""
    return stream.kind in OF_GROUPS


def gathers(stream: Workstream) -> bool:
    """Answer whether several groups are to come together at this table, and its checks still wait."""
    return is_of_groups(stream) and stream.state == WorkstreamState.PROPOSED


def meets_once(stream: Workstream) -> bool:
    """Answer whether groups meet at this table for one evening or one day: no weeks are planned there."""
    return stream.kind == Kind.GATHERING


def rests(stream: Workstream) -> bool:
    """Answer whether nothing new is planned at this table: it is paused or closed, or its checks still wait."""
    return stream.state in (WorkstreamState.PAUSED, WorkstreamState.CLOSED) or gathers(stream)


def may_plan_a_day(person: Person, stream: Workstream) -> Answer:
    """Facilitators may plan something, unless the table rests."""
    return is_facilitator(person, stream) & (no(f"This stream is {stream.state}.") if rests(stream) else YES)


def may_plan_weeks(person: Person, stream: Workstream) -> Answer:
    """Facilitators may plan weeks, where people were asked for more than one meeting."""
    once = no("People were asked to meet here once, so no weeks are planned.") if meets_once(stream) else YES
    return may_plan_a_day(person, stream) & once


def _admin(person: Person, stream: Workstream) -> Answer:
    by_itself = no("It begins by itself, once every check is made.") if gathers(stream) else YES
    return is_admin(person) & by_itself


def _by_itself(person: Person | None, _: Workstream) -> Answer:
    """Groups come together by the clock, a steering group takes a table up by its own deed; nobody presses this."""
    return YES if person is None else no("This comes by itself.")


LIFECYCLE = Lifecycle[Workstream](
    [
        Move(
            "prioritised",
            frozenset({WorkstreamState.PROPOSED, WorkstreamState.CLOSED}),
            WorkstreamState.PRIORITISED,
            _admin,
            "Put it among the next to start",
        ),
        Move("started", frozenset({WorkstreamState.PRIORITISED}), WorkstreamState.ACTIVE, _admin, "Start it"),
        Move("paused", frozenset({WorkstreamState.ACTIVE}), WorkstreamState.PAUSED, keeps, "Pause it"),
        Move("taken up again", frozenset({WorkstreamState.PAUSED}), WorkstreamState.ACTIVE, keeps, "Take it up again"),
        Move(
            "closed",
            frozenset({WorkstreamState.ACTIVE, WorkstreamState.PAUSED}),
            WorkstreamState.CLOSED,
            _admin,
            "Close it",
        ),
        Move("taken up", frozenset({WorkstreamState.PROPOSED}), WorkstreamState.PRIORITISED, _by_itself),
        Move("came together", frozenset({WorkstreamState.PROPOSED}), WorkstreamState.ACTIVE, _by_itself),
        Move("called off", frozenset({WorkstreamState.PROPOSED}), WorkstreamState.CLOSED, _by_itself),
        Move(
            "joined with another group",
            frozenset({WorkstreamState.ACTIVE, WorkstreamState.PAUSED}),
            WorkstreamState.CLOSED,
            _by_itself,
        ),
        Move("ended with its day", frozenset({WorkstreamState.ACTIVE}), WorkstreamState.CLOSED, _by_itself),
    ]
)


# --- Who may be asked to the table.


def may_invite(person: Person, stream: Workstream) -> Answer:
    """Facilitators and programme admins may, until the table is closed."""
    is_open = no("It is closed.") if stream.state == WorkstreamState.CLOSED else YES
    return keeps(person, stream) & is_open


def may_seat(person: Person, stream: Workstream, guest: Person, seat: Seat, role: Role) -> Answer:
    """Answer whether this person may give this guest this seat and this role here."""
    return (
        may_invite(person, stream) & is_not_in(guest, stream) & seat_fits(guest, seat) & role_fits(person, stream, role)
    )


def is_not_in(guest: Person, stream: Workstream) -> Answer:
    """Nobody has two seats at one table."""
    known = any(m.person_id == guest.id for m in stream.memberships)
    return no(f"{guest.alias} has a place here already.") if known else YES


def seat_fits(guest: Person, seat: Seat) -> Answer:
    """A seat belongs to one of the two sides, and so does everybody."""
    return YES if seat.side == guest.side else no(f"The seat “{seat}” is not on {guest.alias}’s side of the table.")


def role_fits(person: Person, stream: Workstream, role: Role) -> Answer:
    """Facilitators ask members; who runs or chairs a table is for a programme admin to say."""
    if role == Role.CHAIR and stream.kind != Kind.STEERING:
        return no("Only a steering group has a chair.")
    if role != Role.MEMBER and not person.is_admin:
        return no("Only a programme admin can choose who runs or chairs a group.")
    return YES


# --- Another seat, another role.


def may_reseat(person: Person, place: Membership, seat: Seat, role: Role) -> Answer:
    """Answer whether this person may give somebody who sits here another seat on their side, or another role."""
    sits = YES if place.state in HERE else no(f"{place.person.alias} does not sit here now.")
    another = YES if (seat, role) != (place.seat, place.role) else no("That is what they have now.")
    return (
        keeps(person, place.workstream) & sits & another & seat_fits(place.person, seat) & may_be(person, place, role)
    )


def may_be(person: Person, place: Membership, role: Role) -> Answer:
    """Who may make a facilitator or a chair may also end it; a seat alone is for whoever keeps the table."""
    if role == place.role:
        return YES
    ended = role_fits(person, place.workstream, place.role)
    return ended & role_fits(person, place.workstream, role)
