"""Who may word and ratify principles and priorities, and what a wording nobody published is called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.principles.models import Principle, PrincipleVersion, Priority
from coprod.workstreams.models import Membership, Role, Workstream
from coprod.workstreams.rules import is_facilitator


@dataclass(frozen=True)
class ChosenIn:
    """The vote in which a group chose a priority."""

    poll_id: UUID
    group: str
    on: date


def may_word(person: Person, seats: Iterable[Membership], programme: UUID) -> Answer:
    """Programme admins may, and whoever facilitates a group of the programme; `seats` are where this person sits."""
    facilitates = any(seat.role == Role.FACILITATOR and seat.workstream.programme_id == programme for seat in seats)
    allowed = person.is_admin or facilitates
    return YES if allowed else no("Only a facilitator or a programme admin can do this.")


def facilitates_one_of(groups: Iterable[Workstream]) -> Answer:
    """Whoever facilitates a group of the programme may write down what it said yes to; `groups` are those."""
    return YES if any(groups) else no("Only a facilitator of one of the groups can do this.")


def may_ratify(person: Person, stream: Workstream, on: date, today: date) -> Answer:
    """Whoever facilitates this group may write down that it said yes, once the day has come."""
    return is_facilitator(person, stream) & (YES if on <= today else no("This day has not come yet."))


def can_be_ratified(principle: Principle, stream: Workstream) -> Answer:
    """Answer whether a group of the same programme can say yes to these words: agreed ones, not ratified so far."""
    if principle.programme_id != stream.programme_id:
        return no("This group belongs to another programme.")
    if principle.is_example:
        return no("This is still example wording. Give it the agreed words first.")
    return no("These words are ratified already.") if principle.ratified_on else YES


def waits_for_a_yes(principle: Principle) -> bool:
    """Answer whether the words are agreed and no group has ratified them yet."""
    return not principle.is_example and principle.ratified_on is None


def example_wording(kind: str, number: int) -> str:
    """Say what stands for a wording that was counted but never published."""
    return f"{kind} {number} (example wording)"


def is_untouched(thing: Principle | Priority) -> bool:
    """Answer whether nobody has worded this one since it was only counted."""
    return thing.is_example and thing.wording == example_wording(type(thing).__name__, thing.number)


def ever_said(principle: Principle) -> list[PrincipleVersion]:
    """List the wordings a principle has had, the latest first; that it was once only counted says nothing."""
    counted = example_wording("Principle", principle.number)
    return [said for said in reversed(principle.versions) if not (said.is_example and said.wording == counted)]
