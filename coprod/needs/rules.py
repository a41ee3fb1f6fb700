"""What helps people to come, said in words; who may say it; and what is to be arranged."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from coprod.core.answers import YES, Answer, no
from coprod.messages.models import PartOfDay
from coprod.needs.models import Help, Needs
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Workstream

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = tuple(PartOfDay)
MOST_PLACES = 12
NOON, FIVE = time(12), time(17)
COMING = frozenset({MembershipState.INVITED, MembershipState.THINKING, MembershipState.JOINED})

Slot = tuple[int, PartOfDay]
"""A part of the week: the day, Monday being 0, and the part of that day."""


@dataclass(frozen=True)
class Wanted:
    """Everything somebody says would help her to come."""

    helps: tuple[Help, ...] = ()
    places: int = 0
    language: str = ""
    food: str = ""


@dataclass(frozen=True)
class Clash:
    """How many of how many members can never come in one part of the week: two numbers, and no names."""

    count: int
    of: int

    @property
    def words(self) -> str:
        """Say it."""
        return f"{self.count} of {self.of} parents can’t do this slot."


def may_say(by: Person, person: Person, in_a_group: bool) -> Answer:
    """A member may, of herself, while she is in a group or on her way to one: nothing is kept for nobody's use."""
    herself = YES if by.id == person.id and person.is_lived else no("Only the member herself says this.")
    return herself & (YES if in_a_group else no("You are not in a group now. So we ask for nothing, and keep nothing."))


def coming(stream: Workstream) -> list[Membership]:
    """List the members with lived experience who are in this group or on their way to it, by name."""
    expected = [m for m in stream.memberships if m.person.is_lived and m.state in COMING]
    return sorted(expected, key=lambda m: (m.person.alias, m.id))


def wanted(needs: Needs | None) -> Wanted:
    """Answer what somebody said would help; nothing, where nothing is kept."""
    if needs is None:
        return Wanted()
    helps = tuple(each for each in Help if each in needs.helps)
    return Wanted(helps, needs.places_in_creche, needs.language, needs.food)


def to_arrange(wants: Wanted) -> list[str]:
    """List what is to be arranged for one person each time the group meets."""
    places = "1 place" if wants.places == 1 else f"{wants.places} places"
    more = [
        f"{places} in the crèche" if wants.places else "",
        f"An interpreter: {wants.language}" if wants.language else "",
        f"Food: {wants.food}" if wants.food else "",
    ]
    return [*(each.capitalize() for each in wants.helps), *(line for line in more if line)]


def totals(wants: Sequence[Wanted]) -> list[tuple[str, int]]:
    """Count what the whole group needs, for those who book it."""
    counts = Counter(each for one in wants for each in one.helps)
    rows = [(each.capitalize(), counts[each]) for each in Help]
    rows.append(("Places in the crèche", sum(one.places for one in wants)))
    rows.append(("Interpreters", sum(bool(one.language) for one in wants)))
    return [(what, count) for what, count in rows if count]


def part_of(at: time) -> PartOfDay:
    """Answer which part of the day starts this hour belongs to: the start decides (domain guide, section 6)."""
    return PartOfDay.MORNING if at < NOON else PartOfDay.AFTERNOON if at < FIVE else PartOfDay.EVENING


def code(slot: Slot) -> str:
    """Write a part of the week as a form's value: 0-morning."""
    return f"{slot[0]}-{slot[1]}"


def slot_of(typed: str) -> Slot:
    """Read one again."""
    day, _, part = typed.partition("-")
    return int(day), PartOfDay(part)


def in_words(slots: Collection[Slot]) -> list[str]:
    """Say parts of the week shortly: Mondays, Tuesday mornings."""
    return [words for day in range(len(DAYS)) for words in _of_day(day, slots)]


def _of_day(day: int, slots: Collection[Slot]) -> Iterable[str]:
    parts = [part for part in PARTS if (day, part) in slots]
    if len(parts) == len(PARTS):
        return [f"{DAYS[day]}s"]
    return [f"{DAYS[day]} {part}s" for part in parts]
