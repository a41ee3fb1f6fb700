"""What one statement may be, who may say, sort and ask, and how a vote's lines are laid out (P4, P5, B13)."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.statements.models import Asked, Statement, StatementState, Theme
from coprod.voting.models import Poll, Shown, Standing
from coprod.voting.rules import SMALLEST_ROLL
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member, rests, voters

MOST_WORDS, MOST_LETTERS = 30, 240
MOST_LINES = 40
MOST_HEARD = 200
MOST_THEMES, MOST_LETTERS_OF_A_THEME = 20, 60
LEAST_ASKED, MOST_ASKED = 2, 20
ANOTHER_SENTENCE = re.compile(r"(?<![.…])(?<!\be\.g)(?<!\bi\.e)(?<!\betc)[.!?][\"”’')\]]*\s+\S")


# --- One statement.


def tidied(typed: str) -> str:
    """Answer the words with one space between them, whatever was typed."""
    return " ".join(typed.split())


def fault_in(typed: str, several: str = "Write one sentence here. Send it, then write the next.") -> str:
    """Say what keeps these words from being one short statement, or nothing."""
    if ANOTHER_SENTENCE.search(typed):
        return several
    if words.count(typed) > MOST_WORDS:
        return f"Use {MOST_WORDS} words at most. This has {words.count(typed)}."
    return f"Use {MOST_LETTERS} letters at most." if len(typed) > MOST_LETTERS else ""


def is_same(one: str, other: str) -> bool:
    """Answer whether two sentences are one, but for large letters, spaces and the full stop."""
    return tidied(one).rstrip(".").casefold() == tidied(other).rstrip(".").casefold()


@dataclass(frozen=True)
class Line:
    """One line that was typed from paper, and what keeps it from being taken."""

    number: int
    words: str
    fault: str


def lines_in(typed: str) -> list[str]:
    """List what stands on the lines that hold something."""
    return [tidied(line) for line in typed.splitlines() if line.strip()]


def faulty(lines: Iterable[str]) -> list[Line]:
    """List the lines that do not fit, each with its reason."""
    read = [Line(number, said, _fault_in_line(said)) for number, said in enumerate(lines, 1)]
    return [line for line in read if line.fault]


def _fault_in_line(said: str) -> str:
    if words.has_nhs_number(said) or words.has_court_number(said):
        return "This line holds a number that we must not keep here. Please take it out."
    return fault_in(said).replace(
        "Write one sentence here. Send it, then write the next.", "Write one sentence a line."
    )


# --- Who may.


def is_awake(stream: Workstream) -> Answer:
    """Nothing is said or sorted in a group that rests."""
    return no(f"This group is {stream.state} now.") if rests(stream) else YES


def may_say(person: Person, stream: Workstream, heard: int = 0) -> Answer:
    """Whoever sits there may, while there is room for one more to be read."""
    return is_member(person, stream) & is_awake(stream) & _has_room(heard, 1)


def may_add(person: Person, stream: Workstream, heard: int = 0, more: int = 1) -> Answer:
    """Facilitators may add what was written on paper."""
    return is_facilitator(person, stream) & is_awake(stream) & _has_room(heard, more)


def _has_room(heard: int, more: int) -> Answer:
    full = f"There is room for {MOST_HEARD} sentences, and there are {heard}. Set some aside first."
    return no(full) if heard + more > MOST_HEARD else YES


def may_sort(person: Person, stream: Workstream) -> Answer:
    """Whoever sits there may: a group sorts what it said together."""
    return is_member(person, stream) & is_awake(stream)


def may_name(person: Person, stream: Workstream, themes: int) -> Answer:
    """Whoever may sort may name a theme, while there are few enough to choose from."""
    return may_sort(person, stream) & has_room_for_a_theme(themes)


def has_room_for_a_theme(themes: int) -> Answer:
    """Answer whether there are few enough themes to choose from."""
    return no(f"{MOST_THEMES} themes are enough. Remove one first.") if themes >= MOST_THEMES else YES


def may_ask(person: Person, stream: Workstream) -> Answer:
    """Facilitators may put statements to a group that is large enough for a private vote (B11)."""
    few = f"A private vote needs {SMALLEST_ROLL} people or more. Talk it round instead."
    large = YES if len(voters(stream)) >= SMALLEST_ROLL else no(few)
    return is_facilitator(person, stream) & is_awake(stream) & large


def may_be_asked(chosen: Sequence[Statement], heard: Collection[Statement]) -> Answer:
    """A few statements at a time, all of them among those that are heard."""
    few = f"Choose {LEAST_ASKED} to {MOST_ASKED} sentences."
    count = YES if LEAST_ASKED <= len(chosen) <= MOST_ASKED else no(few)
    aside = any(statement not in heard for statement in chosen)
    return count & (no("One of these was set aside. Choose again.") if aside else YES)


def _sorts(person: Person, statement: Statement) -> Answer:
    return may_sort(person, statement.workstream)


def _sorts_with_a_reason(person: Person, statement: Statement) -> Answer:
    return _sorts(person, statement) & (YES if statement.why_set_aside else no("Say why it is set aside."))


STATEMENTS = Lifecycle[Statement](
    [
        Move(
            "set aside",
            frozenset({StatementState.HEARD}),
            StatementState.SET_ASIDE,
            _sorts_with_a_reason,
            "Set it aside",
        ),
        Move("brought back", frozenset({StatementState.SET_ASIDE}), StatementState.HEARD, _sorts, "Bring it back"),
    ]
)


def may_bring_back(statement: Statement, heard: Sequence[Statement]) -> Answer:
    """A statement comes back while there is room, and unless somebody said the same meanwhile; `heard` is the rest."""
    twin = any(is_same(statement.words, other.words) for other in heard)
    return (no("This sentence stands there already.") if twin else YES) & _has_room(len(heard), 1)


def may_take_out(person: Person, statement: Statement, *, asked: bool) -> Answer:
    """Facilitators may take out for good what was set aside, such as a name; what the group was asked about stays."""
    aside = YES if statement.state == StatementState.SET_ASIDE else no("Set it aside first.")
    stays = no("The group was asked about this one, so it stays.") if asked else YES
    return is_facilitator(person, statement.workstream) & aside & stays


# --- Sorting, two at once (R4).


class Taken(Exception):  # noqa: N818 - a name that says what happened
    """Another theme of the group is called this already."""


@dataclass(frozen=True)
class Wish:
    """Where somebody wants a statement to stand, and where it stood when she read it."""

    statement: UUID
    was: UUID | None
    to: UUID | None

    @property
    def moves(self) -> bool:
        """Answer whether she changed anything."""
        return self.was != self.to


def is_overtaken(wish: Wish, stands: UUID | None, themes: Iterable[UUID]) -> bool:
    """Answer whether somebody else moved it meanwhile, or took away the theme it was to go to."""
    moved = stands not in (wish.was, wish.to)
    gone = wish.to is not None and wish.to not in set(themes)
    return moved or gone


def by_theme(statements: Iterable[Statement], themes: Sequence[Theme]) -> list[tuple[Theme | None, list[Statement]]]:
    """Lay statements out: what is not sorted yet, then theme by theme; empty ones too."""
    read = list(statements)
    return [
        (theme, [one for one in read if one.theme_id == (theme.id if theme else None)]) for theme in (None, *themes)
    ]


# --- What came of it: from the published lines alone (B13, O10).

UNSORTED = "Not sorted"
HEADINGS = {
    Standing.SHARED: ("Where we agree", "Most of us see these the same way: for it, or against it."),
    Standing.PARTED: ("Where we part", "Parents and workers do not see these the same way."),
    Standing.OPEN: ("Still open", "There is no clear view of these yet."),
}


@dataclass(frozen=True)
class Ground:
    """One part of the common ground: its heading, what it means, and its statements theme by theme."""

    heading: str
    meaning: str
    themes: list[tuple[str, list[Asked]]]


def looks_at_sides(poll: Poll) -> bool:
    """Answer whether this vote says anything about parents and workers apart (B12, B13)."""
    return poll.shown_of_lived != Shown.NOTHING


def grounds(asked: Sequence[Asked], *, apart: bool) -> list[Ground]:
    """Lay out the statements of a counted vote: where the group agrees, where it parts, what is open.

    Where the sides are not looked at, nobody is told that they part or do not.
    """
    told = [standing for standing in HEADINGS if apart or standing != Standing.PARTED]
    return [Ground(*HEADINGS[standing], _theme_by_theme(asked, standing)) for standing in told]


def _theme_by_theme(asked: Sequence[Asked], standing: Standing) -> list[tuple[str, list[Asked]]]:
    here = [one for one in asked if one.option.line and one.option.line.standing == standing]
    places = sorted({_place(one) for one in here})
    return [(place[-1], [one for one in here if _place(one) == place]) for place in places]


def _place(asked: Asked) -> tuple[bool, int, str]:
    """Themes stand in their order, and what is not sorted last."""
    theme = asked.statement.theme
    return (False, theme.number, theme.name) if theme else (True, 0, UNSORTED)
