"""Who may word principles and priorities, and what a wording nobody published is called."""

from collections.abc import Iterable

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.principles.models import Principle, Priority
from coprod.workstreams.models import Membership, Role


def may_word(person: Person, seats: Iterable[Membership]) -> Answer:
    """Programme admins may, and whoever facilitates a group; `seats` are where this person sits now."""
    facilitates = any(seat.role == Role.FACILITATOR for seat in seats)
    allowed = person.is_admin or facilitates
    return YES if allowed else no("Only a facilitator or a programme admin can do this.")


def example_wording(kind: str, number: int) -> str:
    """Say what stands for a wording that was counted but never published."""
    return f"{kind} {number} (example wording)"


def is_untouched(thing: Principle | Priority) -> bool:
    """Answer whether nobody has worded this one since it was only counted."""
    return thing.is_example and thing.wording == example_wording(type(thing).__name__, thing.number)
