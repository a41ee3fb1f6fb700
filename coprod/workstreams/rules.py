"""Who is who at a table, and how people come to it and leave it."""

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream


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


def is_admin(person: Person) -> Answer:
    """Programme admins may."""
    return YES if person.is_admin else no("Only a programme admin can do this.")


def voters(stream: Workstream) -> list[Membership]:
    """List who is on the roll if a vote opens now: everybody who has joined but the facilitators (B1)."""
    return [m for m in seated(stream) if m.role != Role.FACILITATOR]


def on_side(memberships: list[Membership], side: Side) -> list[Membership]:
    """List the memberships of one side."""
    return [m for m in memberships if m.side == side]
