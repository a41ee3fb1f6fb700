"""What a meeting's agenda is built from, in which order, and what can become of an item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from coprod.actions.rules import leads
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.steering.models import ItemKind, ItemState, Meeting, MeetingItem, MeetingState
from coprod.steering.rules.meetings import TO_ANSWER, TO_DECIDE, can_decide, chair_of, quorum, staying
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import seated

IN_SHORT = {
    ItemKind.MINUTES: "We look if they are right",
    ItemKind.CONTESTED: "The group asks us to look again",
    ItemKind.PUT_OFF: "Put off until now",
    ItemKind.RECOMMENDATION: "A group asks us",
    ItemKind.PILOT: "A pilot to look at",
    ItemKind.REVIEW: "A decision to look at again",
    ItemKind.OVERDUE_REPLY: "A group waits for its answer",
    ItemKind.OTHER: "",
}
TAGS = {
    ItemState.WAITING: "waiting",
    ItemState.DECIDED: "done",
    ItemState.TALKED_ABOUT: "done",
    ItemState.CARRIED_OVER: "soon",
    ItemState.TAKEN_OFF: "plain",
}
"""Which shape the tag of an item has."""
ORDER = [
    ItemKind.MINUTES,
    ItemKind.CONTESTED,
    ItemKind.PUT_OFF,
    ItemKind.RECOMMENDATION,
    ItemKind.PILOT,
    ItemKind.REVIEW,
    ItemKind.OVERDUE_REPLY,
    ItemKind.OTHER,
]
DECIDABLE = TO_DECIDE | {ItemKind.REVIEW}
DECLARED = "Declared an interest"
"""What stands there where somebody says no more than that; nobody has to."""


@dataclass(frozen=True)
class Waits:
    """Something that waits for a steering group: what kind of thing, which one, and who speaks to it."""

    kind: ItemKind
    thing_id: UUID | None
    title: str
    speaker: str = ""
    recommendation_id: UUID | None = None

    @property
    def key(self) -> tuple[ItemKind, UUID | None, str]:
        """Answer what makes it one and the same; what nobody knows goes by its title."""
        return self.kind, self.thing_id, "" if self.thing_id else self.title


def key_of(item: MeetingItem) -> tuple[ItemKind, UUID | None, str]:
    """Answer what makes an item one and the same with what waits."""
    return item.kind, item.thing_id, "" if item.thing_id else item.title


def missing(items: Iterable[MeetingItem], waits: Iterable[Waits]) -> list[Waits]:
    """List what waits and is not on an agenda yet, in the order of an agenda."""
    known = {key_of(item) for item in items}
    answered = {item.recommendation_id for item in items if item.kind in TO_ANSWER}
    found = [one for one in waits if one.key not in known]
    found = [one for one in found if one.kind not in TO_ANSWER or one.recommendation_id not in answered]
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def gone(items: Iterable[MeetingItem], waits: Iterable[Waits]) -> list[MeetingItem]:
    """List the items that were built from what waited, and no longer does."""
    known = {one.key for one in waits}
    built = (item for item in items if item.kind != ItemKind.OTHER and item.state == ItemState.WAITING)
    return [item for item in built if key_of(item) not in known]


def renamed(items: Iterable[MeetingItem], waits: Iterable[Waits]) -> list[tuple[MeetingItem, Waits]]:
    """List the pilots still to be looked at, each as what is to be done with it is called now."""
    now = {one.key: one for one in waits if one.kind == ItemKind.PILOT}
    still = [item for item in items if item.state == ItemState.WAITING]
    return [(item, now[key_of(item)]) for item in still if key_of(item) in now]


def place_for(kind: ItemKind, items: list[MeetingItem]) -> int:
    """Answer where a new item goes: after the last of its kind, or of a kind that comes before it."""
    before = [place for place, item in enumerate(items, 1) if ORDER.index(item.kind) <= ORDER.index(kind)]
    return max(before, default=0)


def before_the_end(meeting: Meeting) -> Answer:
    """An agenda stays as it is once the meeting is closed."""
    return no("The meeting is closed.") if meeting.state == MeetingState.CLOSED else YES


@dataclass(frozen=True)
class Row:
    """An item with its place on the agenda, and when it begins where nothing runs late."""

    item: MeetingItem
    number: int
    starts: time


def running_order(meeting: Meeting) -> list[Row]:
    """Lay out what a meeting deals with, one item after the other."""
    rows: list[Row] = []
    at = datetime.combine(meeting.on, meeting.starts_at)
    for item in meeting.items:
        if item.state != ItemState.TAKEN_OFF:
            rows.append(Row(item, len(rows) + 1, at.time()))
            at += timedelta(minutes=item.minutes)
    return rows


def ends_at(meeting: Meeting) -> time:
    """Answer when a meeting is over where nothing runs late."""
    takes = sum(item.minutes for item in meeting.items if item.state != ItemState.TAKEN_OFF)
    return (datetime.combine(meeting.on, meeting.starts_at) + timedelta(minutes=takes)).time()


def taken_off(meeting: Meeting) -> list[MeetingItem]:
    """List what was taken off an agenda, each with its reason."""
    return [item for item in meeting.items if item.state == ItemState.TAKEN_OFF]


def leaving(item: MeetingItem) -> list[str]:
    """List by name who leaves the room for an item."""
    return sorted(interest.membership.person.alias for interest in item.interests if interest.leaves)


def may_arrange(person: Person, meeting: Meeting) -> Answer:
    """The chair or a facilitator sets the agenda, until the meeting is closed."""
    return leads(person, meeting.workstream) & before_the_end(meeting)


def _during(meeting: Meeting) -> Answer:
    return YES if meeting.state == MeetingState.OPEN else no("This is for a meeting that is open.")


def _decider(person: Person, item: MeetingItem) -> Answer:
    ours = YES if item.kind in DECIDABLE else no("This is talked about. There is nothing to decide.")
    return can_decide(person, item.meeting, item) & ours


def _talker(person: Person, item: MeetingItem) -> Answer:
    ours = no("This needs an answer, not only talk.") if item.kind in TO_DECIDE else YES
    return chair_of(person, item.meeting) & _during(item.meeting) & ours


def _carrier(person: Person, item: MeetingItem) -> Answer:
    here = item.kind in TO_ANSWER and quorum(item.meeting, item).answer
    ours = no("This needs an answer at this meeting: enough people are here to decide.") if here else YES
    return chair_of(person, item.meeting) & _during(item.meeting) & ours


def _remover(person: Person, item: MeetingItem) -> Answer:
    ours = no("People wait for an answer to this, so it stays.") if item.kind in TO_DECIDE else YES
    return chair_of(person, item.meeting) & before_the_end(item.meeting) & ours


def _returner(person: Person, item: MeetingItem) -> Answer:
    return chair_of(person, item.meeting) & before_the_end(item.meeting)


WAITING = frozenset({ItemState.WAITING})
ITEMS = Lifecycle[MeetingItem](
    [
        Move("decided", WAITING | {ItemState.CARRIED_OVER}, ItemState.DECIDED, _decider),
        Move("talked about", WAITING, ItemState.TALKED_ABOUT, _talker, "We talked about it"),
        Move("carried over", WAITING, ItemState.CARRIED_OVER, _carrier, "Carry it over"),
        Move("taken off", WAITING, ItemState.TAKEN_OFF, _remover, "Take it off"),
        Move(
            "put back",
            frozenset({ItemState.TALKED_ABOUT, ItemState.CARRIED_OVER, ItemState.TAKEN_OFF}),
            ItemState.WAITING,
            _returner,
            "Put it back",
        ),
    ]
)
BY_HAND = ("talked about", "carried over", "taken off", "put back")
"""The moves made by a button on the item's own page; a decision is a page of its own."""


def may_declare(person: Person, item: MeetingItem, held: Membership) -> Answer:
    """Anybody at the table declares for herself; the chair or a facilitator for somebody who is in the room."""
    at_table = any(place.id == held.id for place in seated(item.meeting.workstream))
    ours = YES if at_table else no(f"{held.person.alias} does not sit at this table.")
    waits = YES if item.state == ItemState.WAITING else no("This item is over, so what was declared stays.")
    return _declarer(person, item, held) & ours & before_the_end(item.meeting) & waits


def _declarer(person: Person, item: MeetingItem, held: Membership) -> Answer:
    if held.person_id == person.id:
        return YES
    here = any(place.id == held.id for place in staying(item.meeting))
    in_room = YES if here else no(f"{held.person.alias} is not in the room.")
    return leads(person, item.meeting.workstream) & in_room


def to_declare(person: Person, item: MeetingItem) -> list[Membership]:
    """List for whom this person may declare an interest in this item."""
    return [held for held in seated(item.meeting.workstream) if may_declare(person, item, held)]
