"""Who orders the priority areas, how an order is made, and how each area stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from coprod.areas.models import Ordering, Proposal, SetAside, Taken
from coprod.core.answers import YES, Answer, no
from coprod.gatherings import rules as gatherings
from coprod.gatherings.models import GatheringKind
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.workstreams.models import Kind, Role, Workstream, WorkstreamState
from coprod.workstreams.rules import gathers, is_of_groups, membership_of, rests

LEADS = frozenset({Role.CHAIR, Role.FACILITATOR})
MOST_WORDS = 60
WAITS_FOR_A_CHECK = "waiting for a check"
MOVED_TWICE = "Two areas cannot stand in one place. Look at number {}."


class Standing(StrEnum):
    """How an area stands today; worked out, never stored."""

    WAITS = "not taken up yet"
    PROPOSED = "proposed"
    TAKEN = "taken up"
    ASIDE = "set aside"
    LOOK = "look again now"
    ENDED = "worked on before"


@dataclass(frozen=True)
class Area:
    """One priority area where it stands now, and what came of it."""

    priority: Priority
    place: int
    was: int | None = None
    taken: Sequence[Taken] = ()
    aside: SetAside | None = None
    proposals: Sequence[Proposal] = ()
    today: date = field(default=date.max, repr=False)

    @property
    def at_work(self) -> list[Taken]:
        """List who works on it; a table that has closed, or never came about, does not any more."""
        return [one for one in self.taken if one.workstream.state != WorkstreamState.CLOSED]

    @property
    def standing(self) -> Standing:
        """Answer how it stands: what came of it says more than that it once waited."""
        if self.at_work:
            return Standing.TAKEN
        if self.aside is not None:
            return Standing.LOOK if is_to_be_looked_at(self.aside, self.today) else Standing.ASIDE
        if self.proposals:
            return Standing.PROPOSED
        return Standing.ENDED if self.taken else Standing.WAITS


# --- Who may.


def may_lead(person: Person, steering: Workstream) -> Answer:
    """The steering group's chair and facilitators write down what the group decides about the areas."""
    held = membership_of(person, steering)
    who = YES if held and held.role in LEADS else no("Only the chair or a facilitator can do this.")
    return who & (no(f"This group is {steering.state}.") if rests(steering) else YES)


def sits_at(person: Person, table: Workstream) -> bool:
    """Answer whether somebody sits at this table now."""
    return membership_of(person, table) is not None


def belong_here(areas: Collection[Priority], steering: Workstream) -> Answer:
    """Answer whether these are areas of the programme this group steers, one at least."""
    if not areas:
        return no("Choose one area or more.")
    same = all(area.programme_id == steering.programme_id for area in areas)
    return YES if same else no("This area belongs to another programme.")


# --- The order.


def in_order(priorities: Iterable[Priority], places: Mapping[UUID, int]) -> list[Priority]:
    """Put the areas in the order they were given; what came since stands behind, by its number."""
    return sorted(priorities, key=lambda one: (places.get(one.id, len(places) + 1), one.number))


def moved(now: Sequence[UUID], wanted: Mapping[UUID, int]) -> list[UUID]:
    """Answer the new order: what was given another number stands there, and the others make room for it."""
    placed = {place: key for key, place in wanted.items() if now.index(key) + 1 != place}
    others = iter([key for key in now if key not in placed.values()])
    return [placed.get(place) or next(others) for place in range(1, len(now) + 1)]


def can_be_moved(now: Sequence[UUID], wanted: Mapping[UUID, int]) -> Answer:
    """Answer whether these numbers make an order: known areas, places that are there, and each given once."""
    if not set(wanted) <= set(now) or not all(1 <= place <= len(now) for place in wanted.values()):
        return no(f"Write a number from 1 to {len(now)}.")
    asked = [place for key, place in wanted.items() if now.index(key) + 1 != place]
    twice = next((place for place in asked if asked.count(place) > 1), None)
    return no(MOVED_TWICE.format(twice)) if twice else YES


def says_something_new(wanted: Sequence[UUID], last: Ordering | None) -> Answer:
    """The first order may be the one they were counted in; later ones move something, or place what is new."""
    same = last is not None and [place.priority_id for place in last.places] == list(wanted)
    return no("Nothing has moved. Write a new number beside an area.") if same else YES


def moved_by(wanted: Mapping[UUID, int], stood: Mapping[UUID, int]) -> dict[UUID, int]:
    """Answer what a writer gave another number than the one she read beside it."""
    return {key: place for key, place in wanted.items() if stood.get(key) != place}


def places_of(ordering: Ordering | None) -> dict[UUID, int]:
    """Answer where each area stands in this order; nowhere while there is none."""
    return {place.priority_id: place.place for place in ordering.places} if ordering else {}


# --- Taking up, and setting aside.


def can_take_up(table: Workstream, steering: Workstream) -> Answer:
    """A table of this programme that is still going may take an area up; the steering group decides, and takes none."""
    if table.programme_id != steering.programme_id or table.kind == Kind.STEERING:
        return no("Choose another group.")
    return no(f"{table.name} is closed.") if table.state == WorkstreamState.CLOSED else YES


def is_new_work(table: Workstream) -> bool:
    """Answer whether it was only proposed so far: it stands among the next to start once it takes up an area."""
    return table.state == WorkstreamState.PROPOSED and not is_of_groups(table)


def can_be_set_aside(area: Area) -> Answer:
    """What is worked on is not set aside, and nothing twice."""
    if area.at_work:
        return no("A group works on this area.")
    return no("It is set aside already.") if area.aside is not None else YES


def can_be_brought_back(area: Area) -> Answer:
    """Only what is set aside can come back."""
    return YES if area.aside is not None else no("It is not set aside.")


def look_again_fault(on: date | None, today: date) -> str:
    """Say why it cannot be looked at again on this day, or nothing where it can."""
    return "Write a day that is still to come." if on is not None and on <= today else ""


def is_to_be_looked_at(aside: SetAside, today: date) -> bool:
    """Answer whether the day has come on which the group looks again."""
    return aside.look_again_on is not None and aside.look_again_on <= today


# --- Groups that are to come together.


def can_be_proposed(groups: Sequence[Workstream], steering: Workstream, kind: GatheringKind) -> Answer:
    """Two groups or more of this programme that meet now; one that decides stays a group of its own."""
    if len({group.id for group in groups}) < gatherings.LEAST_GROUPS:
        return no("Choose two groups or more.")
    if any(group.programme_id != steering.programme_id for group in groups):
        return no("This group belongs to another programme.")
    rests_now = next((group for group in groups if group.state != WorkstreamState.ACTIVE), None)
    if rests_now:
        return no(f"{rests_now.name} is {rests_now.state}.")
    steers = kind == GatheringKind.MERGED and any(group.kind == Kind.STEERING for group in groups)
    return no("The steering group stays a group of its own.") if steers else YES


def is_open(proposal: Proposal) -> Answer:
    """A proposal waits until it is brought about or let go."""
    if proposal.gathering_id is not None:
        return no("This was brought about already.")
    return no("This proposal was let go.") if proposal.let_go_on is not None else YES


def may_let_go(person: Person, proposal: Proposal) -> Answer:
    """Who leads the steering group may let its proposal go while it waits."""
    return may_lead(person, proposal.workstream) & is_open(proposal)


def may_bring_about(person: Person, proposal: Proposal, waiting: Collection[UUID]) -> Answer:
    """Who runs every one of the groups, or a programme admin, may bring them together."""
    groups = proposal.groups
    return gatherings.may_bring_together(person, groups, proposal.kind, waiting) & is_open(proposal)


# --- In words.


KINDS = {
    GatheringKind.MERGED: "become one group",
    GatheringKind.JOINT_SESSION: "meet for one evening",
    GatheringKind.DEVELOPMENT_DAY: "spend a development day together",
}


def names(groups: Sequence[Workstream]) -> str:
    """Name the groups in one breath, each in its marks: a group's name may hold an "and" of its own."""
    told = [f"“{name}”" for name in sorted(group.name for group in groups)]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else "".join(told)


def proposal_words(proposal: Proposal) -> str:
    """Say what is proposed."""
    return f"{names(proposal.groups)} {KINDS[proposal.kind]}"


def proposal_state(proposal: Proposal) -> str:
    """Say where it has got to; whether a check waits reads the same whoever asked to be kept apart (P3)."""
    if proposal.let_go_on is not None:
        return "let go"
    return str(proposal.gathering.state) if proposal.gathering is not None else "waiting"


STATES = {
    WorkstreamState.PROPOSED: "still to be talked about",
    WorkstreamState.PRIORITISED: "among the next to start",
    WorkstreamState.ACTIVE: "at work now",
    WorkstreamState.PAUSED: "taking a break",
    WorkstreamState.CLOSED: "closed",
}


def table_state(table: Workstream) -> str:
    """Say where a table has got to that took an area up."""
    return WAITS_FOR_A_CHECK if gathers(table) else STATES[table.state]


def numbers(ordering: Ordering) -> str:
    """Name an order by the numbers the areas were counted with: 4, 1, 3, 2."""
    return ", ".join(str(place.priority.number) for place in ordering.places)
