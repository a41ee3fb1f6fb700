"""What a member reads of one session: the evening in few lines, who will be there, what may be hard (journey 4)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import TypeVar

from coprod.core.words import clock, clock_plain
from coprod.cycles.models import AgendaItem, Part, Purpose, Session
from coprod.cycles.rules.agenda import LEAST, Timed, timed
from coprod.cycles.rules.schedule import ends_at
from coprod.workstreams.models import LIVED_SEATS, Membership, Role, Seat

Told = TypeVar("Told")
PLAIN = {
    Part.ARRIVE: ("Food and hello", "Come in and sit down."),
    Part.CHECK_IN: ("Hello", "How is everyone doing?"),
    Part.RECAP: ("News", "What came of what we said."),
    Part.ACTIONS: ("Jobs", "Who does what next."),
    Part.CHECK_OUT: ("Goodbyes", "One word each."),
}
IN_SHORT = 3
MOST_WORDS = 150
"""What stands above “More” is read in one minute (journey 4)."""
OF_THE_PAGE, OF_A_NOTE = 20, 15
"""The page's own words: the day, that it is a new one, the headings; and those around a content note."""
TOGETHER = "We decide this together."
JOINED = {
    (Part.ARRIVE, Part.CHECK_IN): ("Food and hello", "How is everyone doing?"),
    (Part.ACTIONS, Part.CHECK_OUT): ("Jobs and goodbyes", "Done by {ends}."),
}
SEATS = {
    Seat.MIDWIFE: ("midwife", "midwives"),
    Seat.MANAGER: ("manager from social care", "managers from social care"),
    Seat.PRACTITIONER: ("worker from services", "workers from services"),
    Seat.LEADER: ("senior leader", "senior leaders"),
    Seat.PUBLIC_HEALTH: ("person from public health", "people from public health"),
    Seat.HEALTH: ("person from health", "people from health"),
    Seat.THIRD_SECTOR: ("person from a charity", "people from charities"),
    Seat.ACADEMIC: ("researcher", "researchers"),
    Seat.JUDICIARY: ("person from the courts", "people from the courts"),
    Seat.LEGAL: ("lawyer", "lawyers"),
    Seat.TEAM: ("person from the team", "people from the team"),
}


@dataclass(frozen=True)
class Line:
    """One line of the evening: when it starts, what it is, a few words, and how it is drawn."""

    starts: str
    title: str
    note: str
    kind: str


@dataclass(frozen=True)
class HardTopic:
    """What may be hard, from when to when, and the content note."""

    when: str
    words: str


@dataclass(frozen=True)
class Fact:
    """One thing that is good to know: a sign, what it is about, the answer, and a line more."""

    icon: str
    label: str
    answer: str
    more: str = ""


@dataclass(frozen=True)
class WayOn:
    """A page a reader of the card may go on to, about this very session."""

    words: str
    endpoint: str
    main: bool = False


@dataclass(frozen=True)
class CardPart:
    """What a feature puts on the card for its reader: what is good to know, and where to go on."""

    facts: tuple[Fact, ...] = ()
    ways: tuple[WayOn, ...] = ()


@dataclass(frozen=True)
class Laid:
    """What of a card has room above “More”, and which facts wait under it."""

    in_short: list[Line]
    facts: list[Fact]
    under: list[Fact]


def card_of(parts: Sequence[CardPart]) -> CardPart:
    """Put together what the features said, in the order in which they stand."""
    return CardPart(
        tuple(fact for part in parts for fact in part.facts), tuple(way for part in parts for way in part.ways)
    )


def at(session: Session, minute: int) -> time:
    """Answer what the clock shows at this minute of the evening."""
    return ends_at(session.starts_at, minute)


def hours(session: Session) -> str:
    """Say from when to when: 6pm to 7.55pm."""
    return f"{clock(session.starts_at)} to {clock(at(session, session.minutes))}"


def break_at(session: Session) -> str:
    """Say when the break is, if there is one long enough to count."""
    breaks = [entry for entry in timed(session.items) if entry.item.part == Part.BREAK and entry.item.minutes >= LEAST]
    return f"with a break at {clock(at(session, breaks[0].starts))}" if breaks else ""


def where(session: Session) -> tuple[str, str]:
    """Say where: the place itself, and then how to find it."""
    place, _, way = session.place.partition(". ")
    return place or "We will tell you", way


def lines(session: Session) -> list[Line]:
    """Tell the evening, arrival joined with hello and the jobs with goodbyes."""
    told: list[Line] = []
    laid = timed(session.items)
    while laid:
        taken = 2 if tuple(entry.item.part for entry in laid[:2]) in JOINED else 1
        told.append(_line(session, laid[:taken]))
        laid = laid[taken:]
    return told


def _line(session: Session, entries: Sequence[Timed]) -> Line:
    item, starts = entries[0].item, clock_plain(at(session, entries[0].starts))
    if len(entries) == 2:
        title, note = JOINED[item.part, entries[1].item.part]
        return Line(starts, title, note.format(ends=clock_plain(at(session, entries[1].ends))), kind_of(item))
    title, note = PLAIN.get(item.part, (item.title, _note(item)))
    return Line(starts, title, note, kind_of(item))


def in_short(session: Session) -> list[Line]:
    """Tell in three lines what we will do and decide: hard topics and decisions before all else, in their order."""
    told = [entry for entry in timed(session.items) if entry.item.part in (Part.WORK, Part.RECAP)]
    first = sorted(told, key=lambda entry: (*_least(entry.item), entry.starts))[:IN_SHORT]
    return [_line(session, [entry]) for entry in sorted(first, key=lambda entry: entry.starts)]


def _least(item: AgendaItem) -> tuple[bool, bool, bool]:
    return not item.is_hard, item.purpose != Purpose.DECIDE, item.part == Part.RECAP


def kind_of(item: AgendaItem) -> str:
    """Answer how an item is drawn: hatched when hard, dashed when a break."""
    return "hard" if item.is_hard else "break" if item.part == Part.BREAK else "plain"


def _note(item: AgendaItem) -> str:
    if item.part == Part.BREAK:
        return f"{item.minutes} minutes."
    if item.is_hard:
        return "A hard topic. You can sit this out."
    return TOGETHER if item.purpose == Purpose.DECIDE else item.method


def hard_topics(session: Session) -> list[HardTopic]:
    """List what may be hard, each with its note."""
    return [
        HardTopic(
            f"{clock_plain(at(session, entry.starts))} to {clock_plain(at(session, entry.ends))}",
            entry.item.content_note,
        )
        for entry in timed(session.items)
        if entry.item.is_hard
    ]


def who_comes(seated: Sequence[Membership]) -> str:
    """Say who will be there by role, never by name: 6 parents, 2 midwives, 3 managers from social care."""
    counted = Counter(m.seat for m in seated if m.role != Role.FACILITATOR)
    parents = sum(counted[seat] for seat in LIVED_SEATS)
    told = [_many(parents, "parent or carer", "parents and carers")] if parents else []
    told += [_many(counted[seat], one, many) for seat, (one, many) in SEATS.items() if counted[seat]]
    return ", ".join(told)


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def runners(seated: Sequence[Membership]) -> list[str]:
    """Name those who run the evening, by the name they chose."""
    return sorted(m.person.alias for m in seated if m.role == Role.FACILITATOR)


def who_runs_it(seated: Sequence[Membership]) -> str:
    """Say who they are."""
    names = runners(seated)
    return f"{' and '.join(names)} {'run' if len(names) > 1 else 'runs'} it." if names else ""


def basics(session: Session, seated: Sequence[Membership]) -> list[Fact]:
    """Say when, where, and who will be there by role."""
    place, way = where(session)
    return [
        Fact("clock", "When", hours(session), break_at(session)),
        Fact("pin", "Where", place, way),
        Fact("people", "Who will be there", who_comes(seated) or "We will tell you", who_runs_it(seated)),
    ]


def by_phone(session: Session) -> CardPart:
    """Say how to take part by phone, where that is possible."""
    return CardPart((Fact("phone", "By phone", session.dial_in),) if session.dial_in else ())


# --- What has room above “More”.


def laid(session: Session, seated: Sequence[Membership], card: CardPart) -> Laid:
    """Let what matters stand whole, the content note first of all; then what is good to know, then how it is done.

    What has no room waits under “More”, where the whole evening stands with all its words.
    """
    bare = [replace(line, note=line.note if line.note == TOGETHER else "") for line in in_short(session)]
    room = MOST_WORDS - _must_stand(session, seated, bare, card.ways)
    facts, room = _fitting([(fact, _many_words(fact.label, fact.answer, fact.more)) for fact in card.facts], room)
    full = [(line, _many_words(line.note)) for line in in_short(session) if line.note != TOGETHER]
    told, _ = _fitting(full, room)
    whole = {line.starts: line for line in told}
    return Laid(
        [whole.get(line.starts, line) for line in bare], facts, [fact for fact in card.facts if fact not in facts]
    )


def _must_stand(session: Session, seated: Sequence[Membership], short: list[Line], ways: Sequence[WayOn]) -> int:
    facts = [word for fact in basics(session, seated) for word in (fact.label, fact.answer, fact.more)]
    lines = [word for line in short for word in (line.starts, line.title, line.note)]
    hard = hard_topics(session)
    return (
        OF_THE_PAGE
        + OF_A_NOTE * len(hard)
        + _many_words(*facts, *lines, *(topic.words for topic in hard), *(way.words for way in ways))
    )


def _many_words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def _fitting(each: Sequence[tuple[Told, int]], room: int) -> tuple[list[Told], int]:
    """Take what has room, in its order, and answer how much is left."""
    found: list[Told] = []
    for thing, words in each:
        if words <= room:
            found.append(thing)
            room -= words
    return found, room
