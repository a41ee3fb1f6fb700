"""What stands on paper, and what never does: neutral words on what leaves the room, no names of those who vote."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.agreements.rules import HEADINGS
from coprod.core.answers import YES, Answer, no
from coprod.core.words import clock, clock_plain
from coprod.cycles.models import AgendaItem, Part, Purpose, Session, SessionState
from coprod.cycles.rules import evening
from coprod.cycles.rules.agenda import timed
from coprod.cycles.rules.evening import Fact, HardTopic, Line
from coprod.cycles.rules.moves import TOLD, runs
from coprod.messages.rules import names_nothing
from coprod.people.models import Person, Side
from coprod.programmes.models import Rate
from coprod.voting.models import Kind, Poll, Shown
from coprod.voting.rules import SMALLEST_ROLL, rolls, shown_form
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import on_side, rests, seated, voters
from coprod.workstreams.rules.hello import pay, runs_it, who_is_there

ON_A_SHEET = 4
SPARE_SLIPS, SPARE_CARDS, SPARE_LINES = 2, 2, 3
LONG, VERY_LONG = 10, 18
BOXES = ("Parents’ box", "Workers’ box")
ASK_US = "Ask us what it is about."
NEUTRAL = {
    Purpose.SHARE: ("Sharing", "We tell and we listen."),
    Purpose.EXPLORE: ("Talking", "We look at it together."),
    Purpose.DECIDE: ("Deciding", "We decide this together."),
    None: ("Working together", "We say what it is when we start."),
}
HARD = ("A hard topic", "You can sit this out.")
BREAK = "Break"


# --- The session card, which leaves the room.


def card_facts(session: Session) -> list[Fact]:
    """Say when, where and who, in words that tell nobody what the group is about."""
    stream = session.cycle.workstream
    place, way = evening.where(session)
    return [
        Fact("clock", "When", evening.hours(session), evening.break_at(session)),
        Fact("pin", "Where", place, way),
        Fact("people", "Who will be there", _one_after_the_other(who_is_there(stream)), _who_runs_it(stream)),
    ]


def good_to_know(session: Session, rates: Sequence[Rate]) -> list[Fact]:
    """Say what helps people to come: pay, a lift, the phone, and that no is fine."""
    ring = " or ".join(runs_it(session.cycle.workstream)) or "us"
    by_phone = [Fact("phone", "By phone", session.dial_in)] if session.dial_in else []
    return [
        Fact("money", "Pay", pay(rates, ring)),
        Fact("taxi", "Getting there", f"Tell {ring} if you need a lift.", "You do not pay for it."),
        *by_phone,
        Fact("door", "Not coming?", "No is fine.", "You can still vote."),
    ]


def card_lines(session: Session) -> list[Line]:
    """Tell the evening with a neutral name for each part that has no plain one."""
    named = {
        clock_plain(evening.at(session, entry.starts)): entry.item
        for entry in timed(session.items)
        if entry.item.part not in evening.PLAIN
    }
    return [_neutral(line, named.get(line.starts)) for line in evening.lines(session)]


def _neutral(line: Line, item: AgendaItem | None) -> Line:
    if item is None:
        return line
    if item.is_hard:
        title, note = HARD
    else:
        title, note = (BREAK, line.note) if item.part == Part.BREAK else NEUTRAL[item.purpose]
    return Line(line.starts, title, note, line.kind)


def card_topics(session: Session) -> list[HardTopic]:
    """List what may be hard; a note that names what must not be read over a shoulder stays in the room."""
    return [
        HardTopic(topic.when, topic.words if names_nothing(topic.words) else ASK_US)
        for topic in evening.hard_topics(session)
    ]


def _who_runs_it(stream: Workstream) -> str:
    return evening.who_runs_it(seated(stream))


def _one_after_the_other(told: Sequence[str]) -> str:
    words = ", ".join(told)
    return f"{words[:1].upper()}{words[1:]}" if words else "We will tell you"


# --- The agenda, which stays on the table.


@dataclass(frozen=True)
class Row:
    """One item of the printed agenda: when, how long, what, and what is said of it, each with its label."""

    starts: str
    minutes: int
    item: AgendaItem
    told: tuple[tuple[str, str], ...]

    @property
    def is_jobs(self) -> bool:
        """Answer whether the open actions stand under it."""
        return self.item.part == Part.ACTIONS


def rows(session: Session) -> list[Row]:
    """Lay out the agenda."""
    return [
        Row(clock_plain(evening.at(session, entry.starts)), entry.item.minutes, entry.item, _told(entry.item))
        for entry in timed(session.items)
    ]


def _told(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    labelled = (
        ("We want", item.outcome_wanted),
        ("How", item.method),
        ("Lead", item.lead),
        ("Papers", item.papers),
        ("Hard topic", f"{item.content_note} It may be skipped.".strip() if item.is_hard else ""),
    )
    return tuple((label, words) for label, words in labelled if words)


# --- Vote slips, without a name or a code (B16).


@dataclass(frozen=True)
class Slips:
    """One question on so many slips; without a question there is room to write one."""

    question: str
    count: int
    poll: "Poll | Announced"
    choices: Sequence[str] = ()
    do: str = "Tick one box."
    box: str = ""
    """Which box it goes into, where each side has its own."""


@dataclass(frozen=True)
class Announced:
    """What the result of a vote would show of each side, were it opened for the people who sit here now (B12)."""

    shown_of_lived: Shown
    shown_of_professionals: Shown
    kind: Kind = Kind.TEMPERATURE


def slips(stream: Workstream, questions: Sequence[str], choices: Sequence[str]) -> list[Slips]:
    """Fill whole sheets for everybody on the roll, with a few to spare, for each question that is being prepared."""
    count, poll = _whole_sheets(len(voters(stream))), announced(stream)
    return [Slips(question, count, poll, choices) for question in questions or [""]]


def slips_of(poll: Poll, choices: Sequence[str]) -> list[Slips]:
    """Print the slips of a vote on paper that is open, for its own roll: two kinds only where sides are looked at."""
    many = poll.kind == Kind.PICK and poll.most > 1
    do = f"Tick up to {poll.most} boxes." if many else "Tick one box."
    sizes = zip(BOXES, rolls(poll), strict=True) if len(rolls(poll)) > 1 else [("", sum(rolls(poll)))]
    return [Slips(poll.question, _whole_sheets(size), poll, choices, do, box) for box, size in sizes]


def _whole_sheets(people: int) -> int:
    return -(-(people + SPARE_SLIPS) // ON_A_SHEET) * ON_A_SHEET


def may_vote_on_paper(stream: Workstream) -> Answer:
    """A private vote needs a roll of five, on paper as online (B11)."""
    if len(voters(stream)) >= SMALLEST_ROLL:
        return YES
    return no(
        f"A private vote needs {SMALLEST_ROLL} people or more. Talk it round, and write down what the group says."
    )


def announced(stream: Workstream) -> Announced:
    """Answer what a result would show, from the sizes of the two sides alone."""
    roll = voters(stream)
    return Announced(*shown_form(len(on_side(roll, Side.LIVED)), len(on_side(roll, Side.PROFESSIONAL))))


# --- Name cards, and the agreement.


@dataclass(frozen=True)
class Tent:
    """A folded card with the name somebody chose, and how large it can be written."""

    alias: str
    size: str


def tents(stream: Workstream) -> list[Tent]:
    """Write a card for everybody at the table, and a few that are blank."""
    names = sorted((m.person.alias for m in seated(stream)), key=lambda alias: (alias.lower(), alias))
    return [Tent(alias, _size(alias)) for alias in (*names, *([""] * SPARE_CARDS))]


def _size(alias: str) -> str:
    return "small" if len(alias) > VERY_LONG else "middle" if len(alias) > LONG else "large"


def headings(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """List what an agreement speaks of, with the group's words, or none yet."""
    return [(heading.title, words.get(heading.key, "")) for heading in HEADINGS]


# --- Words for a visitor.


def comes_at(item: AgendaItem) -> str:
    """Say from when to when a visitor's item is."""
    entry = next(entry for entry in timed(item.session.items) if entry.item is item)
    return f"{clock(evening.at(item.session, entry.starts))} to {clock(evening.at(item.session, entry.ends))}"


def may_bring_a_visitor(person: Person, item: AgendaItem) -> Answer:
    """Facilitators may, to a piece of work that is not dropped."""
    stands = item.part == Part.WORK and any(entry.item is item for entry in timed(item.session.items))
    fits = YES if stands else no("A visitor comes to a piece of work that is on the agenda.")
    return runs(person, item.session) & fits


def work_of(session: Session) -> list[AgendaItem]:
    """List what a visitor can come to."""
    return [entry.item for entry in timed(session.items) if entry.item.part == Part.WORK]


# --- Sending the agenda.


def is_to_come(session: Session, today: date) -> bool:
    """Answer whether people know of this session and it is still to come, in a group that meets."""
    return session.state in TOLD and session.on >= today and not rests(session.cycle.workstream)


def may_send(person: Person, session: Session, waiting: set[UUID], today: date) -> Answer:
    """Facilitators may, once it is published, to those who have not had it."""
    published = no("Publish the session first.") if session.state == SessionState.DRAFT else YES
    resting = no("The group does not meet now.") if rests(session.cycle.workstream) else YES
    late = YES if is_to_come(session, today) else no("This session is over.")
    left = YES if waiting else no("Everybody in the group has had it.")
    return runs(person, session) & published & resting & late & left
