"""How the two sides stand beside each other, and what of it may be told outside the group (B13, small numbers)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coprod.actions.rules import leads
from coprod.core.answers import Answer
from coprod.core.words import day
from coprod.cycles.rules.agenda import LEAST_LIVED
from coprod.cycles.rules.hints import Hint
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Seat, Workstream
from coprod.workstreams.rules import voters

FEWER, HIDDEN = "Fewer than 5", "Not shown"
SMALL = range(1, 5)
LEAST_FOR_PERCENT = 10
MOST_TO_ONE = 2
COMING = frozenset({MembershipState.INVITED, MembershipState.THINKING})
LIVED, PROFESSIONAL = "Parents and carers", "Professionals"


@dataclass(frozen=True)
class Pair:
    """A number for each side; `neither` is what belongs to both, or nobody knows to whom."""

    lived: int = 0
    professional: int = 0
    neither: int = 0

    @property
    def total(self) -> int:
        """Answer all of it."""
        return self.lived + self.professional + self.neither


@dataclass(frozen=True)
class Evening:
    """Who was here and who was not, by side, at one session whose register was kept."""

    on: date
    here: Pair
    away: Pair


@dataclass(frozen=True)
class Facts:
    """Everything the board tells of one table, as it is; votes have no part in it (B13)."""

    seats: Pair
    coming: Pair = Pair()
    types: Mapping[Seat, int] = field(default_factory=dict)
    evenings: Sequence[Evening] = ()
    items: Pair = Pair()
    actions: Pair = Pair()

    @property
    def here(self) -> Pair:
        """Answer how many places were taken over all evenings."""
        return _sum([evening.here for evening in self.evenings])

    @property
    def away(self) -> Pair:
        """Answer how many places were empty over all evenings."""
        return _sum([evening.away for evening in self.evenings])


def _sum(pairs: Sequence[Pair]) -> Pair:
    return Pair(sum(pair.lived for pair in pairs), sum(pair.professional for pair in pairs))


def sees_all(person: Person, stream: Workstream) -> Answer:
    """Those who run or chair this very table see every number; everybody else what is left of them."""
    return leads(person, stream)


# --- Who has a seat. Those who run it are on no side of the table here, as on no roll.


def seats(stream: Workstream) -> Pair:
    """Count who sits at the table."""
    return _by_side(voters(stream))


def coming(stream: Workstream) -> Pair:
    """Count who is asked and has not said yes yet."""
    return _by_side([m for m in stream.memberships if m.state in COMING])


def types(stream: Workstream) -> dict[Seat, int]:
    """Count who sits at the table by whose place it is, in the order of the seats."""
    counted = Counter(m.seat for m in voters(stream))
    return {seat: counted[seat] for seat in Seat if counted[seat]}


def _by_side(places: Sequence[Membership]) -> Pair:
    lived = sum(place.side == Side.LIVED for place in places)
    return Pair(lived, len(places) - lived)


# --- Warnings (domain rule 19, journey 13).


def warnings(facts: Facts) -> list[Hint]:
    """Say where parents are too few or outnumbered: in the group, and at the last session whose register was kept."""
    asked = f" {facts.coming.lived} more asked, and not here yet." if facts.coming.lived else ""
    found = _too_few(facts.seats, "are in the group", f"Ask who is missing.{asked}")
    found += _outnumbered(facts.seats, "in the group")
    if facts.evenings:
        last = facts.evenings[-1]
        found += _too_few(last.here, f"were here on {day(last.on)}", "Ask what would help people to come.")
        found += _outnumbered(last.here, f"here on {day(last.on)}")
    return found or [Hint("good", "Two parents or more, and nobody is outnumbered more than 2 to 1.")]


def _too_few(pair: Pair, where: str, todo: str) -> list[Hint]:
    few = pair.lived < LEAST_LIVED
    return [Hint("look", f"Fewer than {LEAST_LIVED} parents and carers {where}.", todo)] if few else []


def _outnumbered(pair: Pair, where: str) -> list[Hint]:
    if pair.professional <= MOST_TO_ONE * pair.lived:
        return []
    words = f"{many(pair.professional, 'professional')} to {many(pair.lived, 'parent or carer', 'parents and carers')}"
    return [Hint("look", f"{words} {where}.", f"More than {MOST_TO_ONE} to 1. Ask more parents, or fewer others.")]


def many(number: int, one: str, more: str = "") -> str:
    """Say how many of what: 1 parent, 2 parents."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def share(part: int, whole: int) -> str:
    """Say what part of the places was taken; as a percentage only of ten or more."""
    percent = f" ({round(100 * part / whole)}%)" if whole >= LEAST_FOR_PERCENT else ""
    return f"{part} of {whole}{percent}"


# --- What each part says, and its picture.


@dataclass(frozen=True)
class Bar:
    """One side's bar: its name, what it says, and how long it is of a hundred."""

    name: str
    words: str
    length: float
    kind: str


@dataclass(frozen=True)
class Part:
    """One part of the board: its heading, what it counts, its bars, and the words where there is nothing yet."""

    heading: str
    counts: str
    bars: Sequence[Bar]
    nothing: str = ""


def parts(facts: Facts) -> list[Part]:
    """Tell the board in four parts, for those who run the table."""
    here, away = facts.here, facts.away
    held = many(len(facts.evenings), "session")
    return [
        Part("Seats", "Who sits at the table. Those who run it are not counted.", _bars(facts.seats)),
        Part(
            "Who came",
            f"Places taken, over {held} whose register was kept.",
            _shares(here, away) if facts.evenings else (),
            "No register has been kept yet.",
        ),
        Part(
            "What was brought up",
            f"Things worked on together, by who brought them up. Not known, or both: {facts.items.neither}.",
            _bars(facts.items) if facts.items.total else (),
            "No evening has anything on it yet.",
        ),
        Part(
            "Who does what",
            "Actions that are open, by who has promised them.",
            _bars(facts.actions) if facts.actions.total else (),
            "No action is open.",
        ),
    ]


def _bars(pair: Pair) -> list[Bar]:
    longest = max(pair.lived, pair.professional, 1)
    told = [(LIVED, pair.lived, "lived"), (PROFESSIONAL, pair.professional, "professional")]
    return [Bar(name, str(number), round(100 * number / longest, 1), kind) for name, number, kind in told]


def _shares(here: Pair, away: Pair) -> list[Bar]:
    told = [
        (LIVED, here.lived, here.lived + away.lived, "lived"),
        (PROFESSIONAL, here.professional, here.professional + away.professional, "professional"),
    ]
    return [
        Bar(name, share(came, places), round(100 * came / max(places, 1), 1), kind) for name, came, places, kind in told
    ]


def rows(facts: Facts) -> list[tuple[str, str, str]]:
    """Say the same as a table."""
    came = _shares(facts.here, facts.away)
    return [
        ("Seats", str(facts.seats.lived), str(facts.seats.professional)),
        ("Places taken", came[0].words, came[1].words),
        ("Brought up", str(facts.items.lived), str(facts.items.professional)),
        ("Open actions", str(facts.actions.lived), str(facts.actions.professional)),
    ]


# --- What is left of it outside the group.


def told_outside(facts: Facts) -> list[tuple[str, str, str, str]]:
    """Say what anybody outside the table may know: by side, never by kind of seat.

    One to four is "fewer than 5", and a total stands only where every number in its row does. A side with one to
    four seats has nothing else shown. Places taken are hidden where those taken or those empty are one to four,
    since with the seats known one gives the other. So each small number may still be any from one to four.
    """
    small = facts.seats.lived in SMALL, facts.seats.professional in SMALL
    return [
        _row("Seats", [facts.seats.lived, facts.seats.professional], (False, False)),
        _came(facts, small),
        _row("Brought up", [facts.items.lived, facts.items.professional], small, facts.items.neither),
        _row("Open actions", [facts.actions.lived, facts.actions.professional], small),
    ]


def _row(name: str, sides: Sequence[int], hidden: tuple[bool, bool], *more: int) -> tuple[str, str, str, str]:
    told = [HIDDEN if hide else publish(number) for number, hide in zip(sides, hidden, strict=True)]
    whole = not any(hidden) and not any(number in SMALL for number in (*sides, *more))
    return name, told[0], told[1], str(sum((*sides, *more))) if whole else HIDDEN


def _came(facts: Facts, hidden: tuple[bool, bool]) -> tuple[str, str, str, str]:
    here, away = facts.here, facts.away
    lived = _part(here.lived, away.lived, hide=hidden[0])
    professional = _part(here.professional, away.professional, hide=hidden[1])
    whole = HIDDEN not in (lived, professional)
    return "Places taken", lived, professional, share(here.total, here.total + away.total) if whole else HIDDEN


def _part(here: int, away: int, *, hide: bool) -> str:
    return HIDDEN if hide or here in SMALL or away in SMALL else share(here, here + away)


def publish(number: int) -> str:
    """Say a number as it may be said outside."""
    return FEWER if number in SMALL else str(number)
