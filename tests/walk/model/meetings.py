"""The steering group's meetings: what their agendas hold, who is there, and when they may decide and close."""

from datetime import date, timedelta

from tests.walk.model.world import (
    LIVED,
    STEERING,
    Decision,
    Item,
    Meeting,
    World,
    chairs,
    last_of_month,
    leads,
    seated,
    working_days_after,
)

TO_ANSWER = ("a recommendation", "a recommendation put off until now", "a decision the group contests")
MINUTES, REVIEW, LATE, PILOT, OTHER = (
    "the last minutes",
    "a decision to look at again",
    "a reply that is late",
    "a pilot to look at",
    "something else",
)
TO_DECIDE = (*TO_ANSWER, MINUTES)
WAITING = ("submitted", "contested")
"""A group waits to hear about it, for the first time or again."""
DAYS_TO_REPLY = 10
Waits = tuple[str, str, str]


# --- Who is in the room.


def staying(world: World, meeting: Meeting, item: Item | None = None) -> set[str]:
    leaving = item.leaving if item else set()
    return meeting.here & set(seated(world, STEERING)) - leaving


def counts(world: World, meeting: Meeting, item: Item | None = None) -> tuple[int, int, int]:
    places, there = seated(world, STEERING), staying(world, meeting, item)
    return len(places), len(there), sum(places[who].side == LIVED for who in there)


def can_decide(world: World, meeting: Meeting, item: Item | None = None) -> bool:
    """Domain rule 22: half of the members, and two with lived experience."""
    members, present, lived = counts(world, meeting, item)
    return 2 * present >= members and lived >= 2


def item_about(meeting: Meeting, key: str) -> Item | None:
    return next((item for item in meeting.items if item.asked == key and item.kind in TO_ANSWER), None)


def item_to_correct(world: World, meeting: Meeting, number: int) -> Item | None:
    """Where a decision is corrected: where it is looked at again, or where it was taken."""
    again = [item for item in meeting.items if item.key == (REVIEW, str(number))]
    taken = [item for item in meeting.items if item.decided == number]
    return next(iter(again + taken), None) or item_about(meeting, world.decisions[number].asked)


# --- What waits.


def latest_on(world: World, key: str) -> int:
    return max((number for number, one in world.decisions.items() if one.asked == key), default=0)


def is_newest(world: World, number: int) -> bool:
    """An earlier decision on the same is not corrected, replied to or looked at again."""
    return latest_on(world, world.decisions[number].asked) == number


def put_off(world: World, last: date) -> list[str]:
    """What was said “not now” to, and is looked at again by this day."""
    found = []
    for key, asked in world.asked.items():
        one = world.decisions.get(latest_on(world, key))
        if (
            one
            and one.verdict == "defer"
            and one.until
            and one.until <= last
            and asked.state in ("deferred", "replied")
        ):
            found.append(key)
    return found


def _before(world: World, key: str) -> list[Meeting]:
    meeting = world.meetings[key]
    if meeting.state == "open":
        return []
    others = [one for name, one in world.meetings.items() if name != key]
    return [
        one for one in others if one.state == "open" or (one.state == "planned" and world.today <= one.on < meeting.on)
    ]


def waits(world: World, key: str) -> list[Waits]:
    """What a meeting's agenda is built from: all of it for the next one, for a later one what falls in its own time."""
    earlier = _before(world, key)
    if earlier:
        return _dated(world, key, max(one.on for one in earlier))
    minutes = [
        (MINUTES, name, "")
        for name, one in world.meetings.items()
        if name != key and one.state == "closed" and one.minutes == "draft"
    ]
    sent = [_sent(world, name) for name, one in world.asked.items() if one.state in WAITING]
    return [*minutes, *sent, *_dated(world, key, None), *_late(world), *_pilots(world, key), *_carried(world, key)]


def _sent(world: World, key: str) -> Waits:
    one = world.decisions.get(latest_on(world, key))
    if one and any(state == "sent" for state, _ in one.contests):
        return TO_ANSWER[2], key, key
    return TO_ANSWER[1 if one and one.verdict == "defer" else 0], key, key


def _dated(world: World, key: str, since: date | None) -> list[Waits]:
    meeting = world.meetings[key]
    found = []
    for name in put_off(world, last_of_month(meeting.on)):
        one = world.decisions[latest_on(world, name)]
        if one.meeting != key and (since is None or one.until > last_of_month(since)):
            found.append((TO_ANSWER[1], name, name))
    for number, one in world.decisions.items():
        due = one.state == "recorded" and one.review_on is not None and one.review_on <= meeting.on
        if due and is_newest(world, number) and (since is None or one.review_on > since):
            found.append((REVIEW, str(number), one.asked))
    return found


def _late(world: World) -> list[Waits]:
    return [
        (LATE, str(number), one.asked)
        for number, one in world.decisions.items()
        if not one.replied and is_newest(world, number) and working_days_after(one.on, DAYS_TO_REPLY) < world.today
    ]


def _pilots(world: World, key: str) -> list[Waits]:
    on = world.meetings[key].on
    return [
        (PILOT, name, "")
        for name, one in world.pilots.items()
        if one.state == "reviewed" or (one.state == "cycling" and one.ends <= on)
    ]


def _carried(world: World, key: str) -> list[Waits]:
    meeting = world.meetings[key]
    over = [(one.on, name) for name, one in world.meetings.items() if one.state == "closed" and one.on <= meeting.on]
    items = world.meetings[max(over)[1]].items if over and max(over)[1] != key else []
    return [(OTHER, item.thing, "") for item in items if item.kind == OTHER and item.state == "carried over"]


def build(world: World, key: str) -> None:
    """Bring an agenda up to date: nothing twice, and while it is only planned nothing that no longer waits."""
    meeting, found = world.meetings[key], waits(world, key)
    keys = {(kind, thing) for kind, thing, _ in found}
    if meeting.state == "planned":
        meeting.items = [
            item for item in meeting.items if item.kind == OTHER or item.state != "waiting" or item.key in keys
        ]
    known = {item.key for item in meeting.items}
    answered = {item.asked for item in meeting.items if item.kind in TO_ANSWER}
    for kind, thing, asked in found:
        if (kind, thing) not in known and not (kind in TO_ANSWER and asked in answered):
            meeting.items.append(Item(kind, thing, asked))


def build_all(world: World) -> None:
    planned = [(one.on, key) for key, one in world.meetings.items() if one.state == "planned" and one.on >= world.today]
    for _, key in sorted(planned):
        build(world, key)


# --- Planning, opening, coming and going.


def may_plan(world: World, by: str, key: str, days: int) -> bool:
    on = world.today + timedelta(days)
    return chairs(world, by) and all(one.on != on for one in world.meetings.values())


def plan(world: World, by: str, key: str, days: int) -> None:
    world.meetings[key] = Meeting(world.today + timedelta(days))
    build_all(world)


def may_open(world: World, by: str, key: str) -> bool:
    """One meeting at a time."""
    alone = all(one.state != "open" for one in world.meetings.values())
    return chairs(world, by) and world.meetings[key].state == "planned" and alone


def open_meeting(world: World, by: str, key: str) -> None:
    meeting = world.meetings[key]
    meeting.state = "open"
    back = put_off(world, last_of_month(meeting.on))
    back += [name for name, one in world.asked.items() if one.state == "contested"]
    for name in back:
        world.asked[name].state = "submitted"
    build(world, key)
    build_all(world)


def may_tick(world: World, by: str, key: str, here: tuple[str, ...]) -> bool:
    return leads(world, by, STEERING) and world.meetings[key].state != "closed"


def tick(world: World, by: str, key: str, here: tuple[str, ...]) -> None:
    meeting = world.meetings[key]
    wanted = set(here)
    meeting.here = (meeting.here & wanted) | (wanted & set(seated(world, STEERING)))


def may_declare(world: World, by: str, key: str, item: Item, who: str) -> bool:
    meeting = world.meetings[key]
    here = who in staying(world, meeting)
    rightly = by == who or (leads(world, by, STEERING) and here)
    return rightly and who in seated(world, STEERING) and item.state == "waiting" and meeting.state != "closed"


def declare(world: World, by: str, key: str, item: Item, who: str) -> None:
    item.leaving.add(who)


# --- Items.


def may_add(world: World, by: str, key: str, title: str) -> bool:
    meeting = world.meetings[key]
    new = (OTHER, title) not in {item.key for item in meeting.items}
    return leads(world, by, STEERING) and meeting.state != "closed" and new


def add(world: World, by: str, key: str, title: str) -> None:
    world.meetings[key].items.append(Item(OTHER, title))


def may_settle(world: World, by: str, key: str, item: Item, name: str, words: str) -> bool:
    meeting = world.meetings[key]
    if not chairs(world, by) or (name in ("talked about", "taken off") and not words):
        return False
    if name == "put back":
        return meeting.state != "closed" and item.state in ("talked about", "carried over", "taken off")
    if item.state != "waiting":
        return False
    if name == "taken off":
        return meeting.state != "closed" and item.kind not in TO_DECIDE
    if name == "talked about":
        return meeting.state == "open" and item.kind not in TO_DECIDE
    undecidable = item.kind not in TO_ANSWER or not can_decide(world, meeting, item)
    return meeting.state == "open" and undecidable


def settle(world: World, by: str, key: str, item: Item, name: str, words: str) -> None:
    item.state = "waiting" if name == "put back" else name


def settle_open(world: World, kind: str, thing: str) -> None:
    """What an open meeting waits to talk about has been done."""
    for meeting in world.meetings.values():
        for item in meeting.items:
            if meeting.state == "open" and item.key == (kind, thing) and item.state == "waiting":
                item.state = "talked about"


# --- The end, and the minutes.


def may_close(world: World, by: str, key: str, why: str) -> bool:
    meeting = world.meetings[key]
    waiting = [item for item in meeting.items if item.state == "waiting"]
    blocked = any(can_decide(world, meeting, item) for item in waiting)
    return chairs(world, by) and meeting.state == "open" and not blocked and (not waiting or bool(why))


def close(world: World, by: str, key: str, why: str) -> None:
    meeting = world.meetings[key]
    for item in meeting.items:
        if item.state == "waiting":
            item.state = "carried over"
    meeting.state = "closed"
    build_all(world)


def may_approve(world: World, by: str, key: str, at: str) -> bool:
    meeting, now = world.meetings[key], world.meetings[at]
    item = next((one for one in now.items if one.key == (MINUTES, key)), None)
    able = chairs(world, by) and now.state == "open" and can_decide(world, now, item)
    return able and meeting.state == "closed" and meeting.minutes == "draft"


def approve(world: World, by: str, key: str, at: str) -> None:
    world.meetings[key].minutes = "approved"
    for item in world.meetings[at].items:
        if item.key == (MINUTES, key):
            item.state = "decided"


# --- Decisions.

AFTER = {
    "accept": "accepted",
    "accept with changes": "accepted with changes",
    "refer back": "referred back",
    "defer": "deferred",
    "decline": "declined",
}


def may_decide(world: World, by: str, key: str, asked: str, verdict: str, whole: bool, again: int) -> bool:
    meeting = world.meetings[key]
    able = chairs(world, by) and meeting.state == "open" and can_decide(world, meeting, item_about(meeting, asked))
    return able and whole and world.asked[asked].state in WAITING


def decide(world: World, by: str, key: str, asked: str, verdict: str, whole: bool, again: int) -> None:
    meeting = world.meetings[key]
    number = _write(world, key, asked, verdict, again, item_about(meeting, asked))
    item = item_about(meeting, asked)
    if item is None:
        item = Item(TO_ANSWER[0], asked, asked)
        meeting.items.append(item)
    item.state, item.decided = "decided", number
    world.asked[asked].state = AFTER[verdict]
    _settle_what_is_replaced(meeting, asked)


def _settle_what_is_replaced(meeting: Meeting, asked: str) -> None:
    """An earlier decision on the same is not looked at again here, and owes no more."""
    for item in meeting.items:
        if item.kind in (REVIEW, LATE) and item.asked == asked and item.state == "waiting":
            item.state = "talked about"


def _write(world: World, key: str, asked: str, verdict: str, again: int, item: Item | None, corrects: int = 0) -> int:
    number = max(world.decisions, default=0) + 1
    members, present, lived = counts(world, world.meetings[key], item)
    until = world.today + timedelta(again) if verdict == "defer" else None
    review = world.today + timedelta(again)
    world.decisions[number] = Decision(
        asked, verdict, world.today, key, members, present, lived, until, review, corrects
    )
    return number


def may_correct(world: World, by: str, key: str, number: int, verdict: str, whole: bool, again: int) -> bool:
    meeting, decision = world.meetings[key], world.decisions[number]
    able = chairs(world, by) and meeting.state == "open"
    able = able and can_decide(world, meeting, item_to_correct(world, meeting, number))
    state = world.asked[decision.asked].state
    another = verdict == decision.verdict or state in (*AFTER.values(), "replied")
    return able and whole and is_newest(world, number) and state not in WAITING and another


def correct(world: World, by: str, key: str, number: int, verdict: str, whole: bool, again: int) -> None:
    decision = world.decisions[number]
    if verdict != decision.verdict:
        world.asked[decision.asked].state = AFTER[verdict]
    here = item_to_correct(world, world.meetings[key], number)
    later = _write(world, key, decision.asked, verdict, again, here, number)
    decision.state = "reversed"
    for meeting in world.meetings.values():
        for item in meeting.items:
            if meeting.state == "open" and item.key == (REVIEW, str(number)) and item.state == "waiting":
                item.state, item.decided = "decided", later
            if item.decided == number and meeting is world.meetings[key]:
                item.decided = later
    _settle_what_is_replaced(world.meetings[key], decision.asked)


def may_review(world: World, by: str, number: int) -> bool:
    decision = world.decisions[number]
    due = decision.review_on is None or decision.review_on <= world.today
    return chairs(world, by) and decision.state == "recorded" and is_newest(world, number) and due


def review(world: World, by: str, number: int) -> None:
    world.decisions[number].state = "reviewed"
    settle_open(world, REVIEW, str(number))


def may_reply(world: World, by: str, number: int, words: str) -> bool:
    decision = world.decisions[number]
    says = bool(words) and "noted" not in words.lower()
    return chairs(world, by) and is_newest(world, number) and not decision.replied and says


def reply(world: World, by: str, number: int, words: str) -> None:
    decision = world.decisions[number]
    decision.replied = True
    settle_open(world, LATE, str(number))
    asked = world.asked[decision.asked]
    if asked.state in ("accepted", "accepted with changes", "deferred", "declined"):
        asked.state = "replied"
