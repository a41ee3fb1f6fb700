"""Building a meeting's agenda from what waits, setting it, and saying what became of each item."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.steering import queries, rules
from coprod.steering.models import Decision, ItemInterest, ItemKind, ItemState, Meeting, MeetingItem, MeetingState
from coprod.steering.rules import Waits
from coprod.steering.services.holding import hold
from coprod.workstreams.models import Membership, Workstream

Source = Callable[[Workstream, date], Sequence[Waits]]
SOURCES: list[Source] = []
LONGEST_TITLE = 300


def agenda_source(function: Source) -> Source:
    """Let a later feature say what of its own waits for a steering group's next meeting."""
    SOURCES.append(function)
    return function


def what_waits(meeting: Meeting) -> list[Waits]:
    """List what waits for a meeting, from here and from the features that come later in the row."""
    day = today()
    found = queries.waits_for(meeting, day)
    if queries.is_next(meeting, day):
        found += [one for source in SOURCES for one in source(meeting.workstream, meeting.on)]
        found += queries.carried_to(meeting)
    return found


def not_on_it_yet(meeting: Meeting) -> list[Waits]:
    """List what waits and stands on this agenda in no state at all."""
    return rules.missing(meeting.items, what_waits(meeting))


def build_agenda(meeting: Meeting, *, by: Person | None) -> None:
    """Put on the agenda what waits, and take off what no longer does; done twice it does no more than done once."""
    hold(meeting)
    require(rules.may_arrange(by, meeting) if by else rules.before_the_end(meeting))
    waits = what_waits(meeting)
    if meeting.state == MeetingState.PLANNED:
        for item in rules.gone(meeting.items, waits):
            for interest in item.interests:
                db.session.delete(interest)
            meeting.items.remove(item)
            db.session.delete(item)
        db.session.flush()
    for item, one in rules.renamed(meeting.items, waits):
        item.title = one.title[:LONGEST_TITLE]
    for one in rules.missing(meeting.items, waits):
        _put_on(meeting, one)
    db.session.flush()


def _put_on(meeting: Meeting, one: Waits) -> MeetingItem:
    item = MeetingItem(
        kind=one.kind,
        thing_id=one.thing_id,
        recommendation_id=one.recommendation_id,
        title=one.title[:LONGEST_TITLE],
        speaker=one.speaker,
        position=0,
    )
    meeting.items.insert(rules.place_for(one.kind, meeting.items), item)
    _number(meeting)
    return item


def _number(meeting: Meeting) -> None:
    for position, item in enumerate(meeting.items, 1):
        item.position = position


def build_agendas(steering: Workstream) -> None:
    """Bring the agendas of all meetings to come up to date."""
    lock(steering)
    for meeting in queries.planned_meetings(steering, today()):
        build_agenda(meeting, by=None)


def refresh_agendas() -> None:
    """Bring every agenda up to date: what was sent, put off until now or grew late since the last time."""
    for steering in queries.steering_groups_that_meet(today()):
        build_agendas(steering)


def add_item(meeting: Meeting, title: str, minutes: int, speaker: str = "", *, by: Person) -> MeetingItem:
    """Put something else on the agenda."""
    hold(meeting)
    require(rules.may_arrange(by, meeting))
    if any(rules.key_of(item) == (ItemKind.OTHER, None, title) for item in meeting.items):
        require(no("This is on the agenda already."))
    item = _put_on(meeting, Waits(ItemKind.OTHER, None, title, speaker))
    item.minutes = minutes
    db.session.flush()
    record(by, "set the agenda", meeting)
    return item


def change_item(item: MeetingItem, minutes: int, speaker: str, *, by: Person) -> None:
    """Say how long an item takes, and who speaks to it."""
    _hold_item(item)
    require(rules.may_arrange(by, item.meeting))
    item.minutes, item.speaker = minutes, speaker
    record(by, "set the agenda", item.meeting)


def move_item(item: MeetingItem, places: int, *, by: Person) -> None:
    """Move an item up or down the agenda."""
    meeting = item.meeting
    hold(meeting)
    require(rules.may_arrange(by, meeting))
    now = meeting.items.index(item)
    meeting.items.insert(max(0, min(now + places, len(meeting.items) - 1)), meeting.items.pop(now))
    _number(meeting)
    record(by, "set the agenda", meeting)


def _hold_item(item: MeetingItem) -> None:
    hold(item.meeting)
    lock(item)


def settle_item(item: MeetingItem, name: str, words: str = "", *, by: Person) -> None:
    """Say what became of an item: talked about, carried over, taken off, or put back where it was."""
    _hold_item(item)
    if not words and name in ("talked about", "taken off"):
        require(no("Say what was said." if name == "talked about" else "Say why it is taken off."))
    _move(item, name, words, by=by)


def _move(item: MeetingItem, name: str, words: str, *, by: Person) -> None:
    before, after = rules.ITEMS.make(by, name, item)
    item.outcome = words
    record(by, name, item, before=before, after=after)


def item_to_decide(meeting: Meeting, decision: Decision) -> MeetingItem:
    """Find the item a decision is taken at; what was on no agenda gets one, so that the minutes tell it."""
    found = rules.item_on(meeting, decision.recommendation)
    if found is None:
        asked = decision.recommendation
        found = _put_on(meeting, Waits(ItemKind.RECOMMENDATION, asked.id, asked.title, "", asked.id))
        db.session.flush()
    return found


def close_item(meeting: Meeting, decision: Decision, *, by: Person) -> None:
    """Write beside its item what was decided; where it stood corrected in the same meeting, the later one."""
    item = item_to_decide(meeting, decision)
    if item.state != ItemState.DECIDED:
        _move(item, "decided", "", by=by)
    item.decision = decision
    _let_older_go(meeting, decision, by=by)


def close_correction(meeting: Meeting, decision: Decision, later: Decision, *, by: Person) -> None:
    """Write a correction beside the items it belongs to: where it was looked at again, and where it was decided."""
    for item in queries.open_items_about(meeting.workstream, ItemKind.REVIEW, decision.id):
        _move(item, "decided", "", by=by)
        item.decision = later
    for item in meeting.items:
        if item.decision_id == decision.id:
            item.decision = later
    _let_older_go(meeting, later, by=by)


def _let_older_go(meeting: Meeting, decision: Decision, *, by: Person) -> None:
    """Say of what waits about earlier decisions on the same that this one is in their place: they owe nothing more."""
    for item in rules.waiting(meeting):
        if item.recommendation_id == decision.recommendation_id and item.kind not in rules.TO_DECIDE:
            _move(item, "talked about", f"Decision {decision.number} is in its place.", by=by)


def approve_item(at: Meeting, meeting: Meeting, *, by: Person) -> None:
    """Write beside the item about a meeting's minutes that they were approved."""
    item = rules.item_about(at, meeting)
    if item and item.state != ItemState.DECIDED:
        _move(item, "decided", "The group said that they are right.", by=by)


def settle_open_items(steering: Workstream, kind: ItemKind, thing: UUID, words: str, *, by: Person) -> None:
    """Say of the items about one thing in a meeting going on now that this has been done."""
    for item in queries.open_items_about(steering, kind, thing):
        _move(item, "talked about", words, by=by)


def carry_over_the_rest(meeting: Meeting, *, by: Person) -> None:
    """Give what too few were there to decide to the next meeting."""
    for item in rules.left_over(meeting):
        _move(item, "carried over", meeting.why_undecided, by=by)


def declare(item: MeetingItem, held: Membership, words: str = "", leaves: bool = True, *, by: Person) -> ItemInterest:
    """Declare an interest in an item, and whether this member leaves the room for it."""
    _hold_item(item)
    require(rules.may_declare(by, item, held))
    found = next((one for one in item.interests if one.membership_id == held.id), None)
    if found is None:
        found = ItemInterest(item=item, membership=held)
        db.session.add(found)
    found.words, found.leaves = words or rules.DECLARED, leaves
    db.session.flush()
    record(by, "declared an interest", item)
    return found


def take_back_interest(interest: ItemInterest, *, by: Person) -> None:
    """Take back what was declared, while its item waits."""
    item = interest.item
    _hold_item(item)
    lock(interest)
    require(rules.may_declare(by, item, interest.membership))
    item.interests.remove(interest)
    db.session.delete(interest)
    db.session.flush()
    record(by, "took back an interest", item)
