"""Who is who at a table, and how people come to it and leave it."""

from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person, Side
from coprod.programmes.rules import is_admin as is_admin
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

WAITING = "Waiting for a check"
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


def _admin(person: Person, _: Workstream) -> Answer:
    return is_admin(person)


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


# --- The own-case check (domain rule 2).


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


# --- The life of a membership.


def _own(person: Person, membership: Membership) -> Answer:
    return YES if membership.person_id == person.id else no("Only the person themself can say this.")


def _own_and_checked(person: Person, membership: Membership) -> Answer:
    is_open = no("It is closed.") if membership.workstream.state == WorkstreamState.CLOSED else YES
    return _own(person, membership) & is_open & is_checked(membership)


def _keeper(person: Person, membership: Membership) -> Answer:
    return keeps(person, membership.workstream)


def _inviter(person: Person, membership: Membership) -> Answer:
    return may_invite(person, membership.workstream)


_S = MembershipState
MEMBERSHIP = Lifecycle[Membership](
    [
        Move("thinking", frozenset({_S.INVITED}), _S.THINKING, _own, "Maybe"),
        Move("joined", frozenset({_S.INVITED, _S.THINKING, _S.PAUSED}), _S.JOINED, _own_and_checked, "Yes"),
        Move("paused", frozenset({_S.JOINED}), _S.PAUSED, _own, "Take a break"),
        Move("left", frozenset({_S.INVITED, _S.THINKING, _S.JOINED, _S.PAUSED}), _S.LEFT, _own, "No thanks"),
        Move("invited again", frozenset({_S.LEFT}), _S.INVITED, _inviter, "Invite again"),
        Move("taken back", frozenset({_S.INVITED, _S.THINKING}), _S.LEFT, _keeper, "Take the invitation back"),
    ]
)


def standing(membership: Membership) -> str:
    """Say where somebody stands, to those who keep the table: the same words for everybody who waits (P3)."""
    if membership.state in {_S.INVITED, _S.THINKING} and unchecked(membership):
        return WAITING
    return {
        _S.INVITED: "Invited",
        _S.THINKING: "Thinking about it",
        _S.JOINED: "In the group",
        _S.PAUSED: "Taking a break",
        _S.LEFT: "Not in the group now",
    }[membership.state]


def places(stream: Workstream) -> list[tuple[str, Membership]]:
    """List everybody who has a place here and is not at the table now, with where they stand."""
    away = [m for m in stream.memberships if m.state != _S.JOINED]
    return [(standing(m), m) for m in sorted(away, key=lambda m: (m.state == _S.LEFT, m.person.alias, m.id))]


def question_to(membership: Membership) -> str:
    """Say what a person is asked about her own place."""
    return {
        _S.INVITED: "Do you want to join this group?",
        _S.THINKING: "Do you want to join this group?",
        _S.JOINED: "Do you want a break, or to leave?",
        _S.PAUSED: "Do you want to come back?",
        _S.LEFT: "You are not in this group now.",
    }[membership.state]


def thanks(membership: Membership) -> str:
    """Say what a person's word about her own place has done."""
    return {
        _S.INVITED: "You are invited.",
        _S.THINKING: "Take the time you need. No is fine too.",
        _S.JOINED: "You are in the group.",
        _S.PAUSED: "You are taking a break. Come back when you like.",
        _S.LEFT: "You are not in the group now. That is fine.",
    }[membership.state]
