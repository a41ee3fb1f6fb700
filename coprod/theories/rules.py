"""Who writes a theory of change and who agrees to it, what fits together, and what the latest data say of a part."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.drawings.chart_facts import Meaning
from coprod.drawings.theory_map import Bead, Box, Column, Line, TheoryFacts, Tone
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.theories.models import PartKind, Standing, Theory, TheoryArrow, TheoryPart, TheoryState
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member


class Keyed(Protocol):
    """Anything with a key."""

    id: Any


T = TypeVar("T", bound=Keyed)
MOST_PARTS, MOST_ARROWS = 80, 150
MOST_LETTERS = 90
KINDS = tuple(PartKind)
HEADINGS = {
    PartKind.INPUT: "What we put in",
    PartKind.ACTIVITY: "What we do",
    PartKind.OUTPUT: "What comes out",
    PartKind.OUTCOME: "What changes",
    PartKind.IMPACT: "What it is for",
}
DRIVERS = {
    PartKind.IMPACT: "Our aim",
    PartKind.OUTCOME: "What drives it",
    PartKind.OUTPUT: "What drives that",
    PartKind.ACTIVITY: "Ideas for change",
}
WRITTEN = frozenset({TheoryState.FIRST, TheoryState.SECOND})
OPEN = WRITTEN | {TheoryState.READ}
ANSWERED = frozenset({TheoryState.READ, TheoryState.AGREED})


# --- Who.


def may_run(person: Person, tables: Iterable[Workstream]) -> Answer:
    """Programme admins may, and whoever facilitates one of the programme's tables."""
    runs = person.is_admin or any(is_facilitator(person, table) for table in tables)
    return YES if runs else no("Only a facilitator or a programme admin can do this.")


def sits_there(person: Person, theory: Theory) -> Answer:
    """Whoever sits at one of the programme's tables may."""
    sits = any(is_member(person, table) for table in theory.tables)
    return YES if sits else no("Only people who sit at a table of the programme can do this.")


def _editor(person: Person, theory: Theory) -> Answer:
    return may_run(person, theory.tables)


def may_start(person: Person, tables: Iterable[Workstream], versions: Sequence[Theory]) -> Answer:
    """Those who write may start a version, one at a time."""
    busy = in_hand(versions) is not None
    return may_run(person, tables) & (no("A version is being written already.") if busy else YES)


def may_write(person: Person, theory: Theory) -> Answer:
    """Those who write may change a version until people are asked to agree to it."""
    written = YES if theory.state in WRITTEN else no(f"This version is {theory.state}. It stays as it is.")
    return _editor(person, theory) & written


def may_draw(person: Person, theory: Theory) -> Answer:
    """Arrows come once the parts are there: in the second workshop."""
    early = theory.state == TheoryState.FIRST
    return may_write(person, theory) & (
        no("First the parts. The arrows come in the second workshop.") if early else YES
    )


def may_say_yes(person: Person, theory: Theory) -> Answer:
    """Whoever sits at a table may agree, from the day all are asked until there is a newer version."""
    return sits_there(person, theory) & _is_open_to_answers(theory)


def _is_open_to_answers(theory: Theory) -> Answer:
    if theory.state in ANSWERED:
        return YES
    over = theory.state == TheoryState.SUPERSEDED
    return no("There is a newer version." if over else "This version is still being written.")


# --- Its life.


def has_parts(theory: Theory) -> Answer:
    """There is something to draw arrows between: what it is for, and one other part at least."""
    kinds = {part.kind for part in theory.parts}
    if PartKind.IMPACT not in kinds:
        return no("Say what it is for first.")
    return YES if len(kinds) > 1 else no("Write down what leads there first.")


def is_whole(theory: Theory) -> Answer:
    """It has parts and an arrow, and a later version says what changed."""
    arrows = YES if theory.arrows else no("There are no arrows yet.")
    unsaid = theory.number > 1 and not theory.changed
    return has_parts(theory) & arrows & (no("Say what changed first.") if unsaid else YES)


def _editor_with_parts(person: Person, theory: Theory) -> Answer:
    return _editor(person, theory) & has_parts(theory)


def _editor_when_whole(person: Person, theory: Theory) -> Answer:
    return _editor(person, theory) & is_whole(theory)


def _moves() -> list[Move[Theory]]:
    state, only = TheoryState, frozenset
    return [
        Move("parts found", only({state.FIRST}), state.SECOND, _editor_with_parts, "On to the arrows"),
        Move("back to the parts", only({state.SECOND}), state.FIRST, _editor, "Back to the parts"),
        Move("given to read", only({state.SECOND}), state.READ, _editor_when_whole, "Ask everybody to agree"),
        Move("taken back", only({state.READ}), state.SECOND, _editor, "Change it again"),
        Move("agreed", only({state.READ}), state.AGREED, _editor_when_whole, "It is agreed"),
        Move("superseded", only({state.AGREED}), state.SUPERSEDED, _editor),
    ]


LIFECYCLE = Lifecycle[Theory](_moves())


def shown(versions: Sequence[Theory]) -> Theory | None:
    """Answer the version people read first: the agreed one, or else the one being written."""
    found = [one for one in versions if one.state == TheoryState.AGREED] or list(versions)
    return found[-1] if found else None


def in_hand(versions: Sequence[Theory]) -> Theory | None:
    """Answer the version being written or read, if there is one."""
    return next((one for one in versions if one.state in OPEN), None)


# --- What fits.


def column_of(kind: PartKind) -> int:
    """Answer in which column a part stands: what is put in is on the left."""
    return KINDS.index(kind)


def has_room(theory: Theory, more: int) -> Answer:
    """A picture holds so many parts and no more."""
    full = len(theory.parts) + more > MOST_PARTS
    return no(f"There is room for {MOST_PARTS} parts. Join some that belong together.") if full else YES


def can_join(theory: Theory, start: TheoryPart, end: TheoryPart, but: TheoryArrow | None = None) -> Answer:
    """An arrow never goes back to an earlier kind nor round in a circle, and there is one between two parts."""
    if column_of(start.kind) > column_of(end.kind):
        return no("An arrow goes on towards what it is for. Choose a part that comes later.")
    if start is end:
        return no("An arrow goes from one part to another. Choose two parts.")
    if start not in theory.parts or end not in theory.parts:
        return no("Somebody took one of these parts out. Choose another.")
    others = [one for one in theory.arrows if one is not but]
    if any((one.start_id, one.end_id) == (start.id, end.id) for one in others):
        return no("There is an arrow between these two already.")
    back = _way(others, end, start)
    if back:
        return no(f"That would go round in a circle: {_chain((start, *back))}. Take one of these arrows away first.")
    return no(f"There is room for {MOST_ARROWS} arrows.") if len(others) >= MOST_ARROWS else YES


def _way(arrows: Sequence[TheoryArrow], start: TheoryPart, end: TheoryPart) -> tuple[TheoryPart, ...]:
    """Answer the shortest way along the arrows from one part to another, both named; nothing where there is none."""
    ways: list[tuple[TheoryPart, ...]] = [(start,)]
    seen = {start.id}
    for way in ways:
        if way[-1].id == end.id:
            return way
        nexts = [one.end for one in arrows if one.start_id == way[-1].id and one.end_id not in seen]
        seen |= {one.id for one in nexts}
        ways += [(*way, one) for one in nexts]
    return ()


def _chain(parts: Iterable[TheoryPart]) -> str:
    return " → ".join(f"“{part.words}”" for part in parts)


def can_be(part: TheoryPart, kind: PartKind, arrows: Iterable[TheoryArrow]) -> Answer:
    """A part may become another kind while none of its arrows would go back to an earlier kind."""
    place = column_of(kind)
    turned = any(column_of(one.start.kind) > place for one in arrows if one.end is part)
    turned = turned or any(place > column_of(one.end.kind) for one in arrows if one.start is part)
    return no("Its arrows would go backwards then. Take them away first.") if turned else YES


def steps_of(parts: Sequence[TheoryPart], arrows: Sequence[TheoryArrow]) -> dict[UUID, int]:
    """Answer how many steps into its kind each part is: what follows a part of the same kind is one step on."""
    kinds = {part.id: part.kind for part in parts}
    within = [one for one in arrows if kinds[one.start_id] == kinds[one.end_id]]
    steps = dict.fromkeys(kinds, 0)
    for _ in parts:  # no way is longer than that
        for one in within:
            steps[one.end_id] = max(steps[one.end_id], steps[one.start_id] + 1)
    return steps


def lines_of(typed: str) -> list[str]:
    """List what the room said, a part a line, without the empty ones and each once."""
    said = (" ".join(line.split()).lstrip("-•* ") for line in typed.splitlines())
    return list(dict.fromkeys(line for line in said if line))


def loose(theory: Theory) -> list[TheoryPart]:
    """List the parts that no arrow touches."""
    touched = {key for one in theory.arrows for key in (one.start_id, one.end_id)}
    return [part for part in theory.parts if part.id not in touched]


def how_sure(theory: Theory) -> list[tuple[Standing, int]]:
    """Count the arrows by how sure we are of them, of those that there are."""
    counts = Counter(arrow.standing for arrow in theory.arrows)
    return [(standing, counts[standing]) for standing in Standing if counts[standing]]


# --- Two who write at once.


def _mark(*said: Any) -> str:
    return sha256(json.dumps(said, default=str).encode()).hexdigest()


def mark_of(thing: TheoryPart | TheoryArrow) -> str:
    """Answer a mark of a part or an arrow as it stands, by which whoever writes says what she had read."""
    if isinstance(thing, TheoryPart):
        links = (thing.recommendations, thing.pilots, thing.indicators)
        return _mark(thing.kind, thing.words, *(_keys(one) for one in links))
    ends = thing.start_id, thing.end_id
    said = ends, thing.assumption, thing.evidence, thing.standing
    return _mark(*said, _keys(thing.pilots), _keys(thing.indicators))


def mark_of_all(theory: Theory) -> str:
    """Answer a mark of a whole version, by which whoever agrees says what she had read."""
    return _mark([mark_of(part) for part in theory.parts], [mark_of(arrow) for arrow in theory.arrows])


def _keys(things: Iterable[Any]) -> list[str]:
    return sorted(str(one.id) for one in things)


def kept(before: Sequence[T], chosen: Sequence[T], known: Collection[UUID]) -> list[T]:
    """Answer the links after a change: what was chosen, and what the writer may not see and so could not choose."""
    hidden = [one for one in before if one.id not in known]
    return [*chosen, *hidden]


# --- What the latest data say.


class Telling(StrEnum):
    """What the latest data say of a part, from the measures the reader may see."""

    BETTER = "Got better"
    WORSE = "Got worse"
    MIXED = "Better and worse"
    CHANCE = "No more than chance"
    TOO_FEW = "Too early to tell"
    UNMEASURED = "Not measured"


TONES = {
    Telling.BETTER: Tone.BETTER,
    Telling.WORSE: Tone.WORSE,
    Telling.MIXED: Tone.WORSE,
    Telling.CHANCE: Tone.NEITHER,
    Telling.TOO_FEW: Tone.UNKNOWN,
    Telling.UNMEASURED: Tone.UNKNOWN,
}
BEADS = {
    Standing.HOLDS: Bead.FIRM,
    Standing.BEING_TESTED: Bead.TRYING,
    Standing.NOT_TESTED: Bead.OPEN,
    Standing.DOES_NOT_HOLD: Bead.BROKEN,
}


def telling_of(indicators: Iterable[Indicator]) -> Telling:
    """Say what the latest reading of each measure is a sign of, by the rules of the control chart."""
    marks = [outcomes.control_chart_of(one).latest for one in indicators]
    if not marks:
        return Telling.UNMEASURED
    meant = {mark.meaning for mark in marks if mark is not None}
    if {Meaning.IMPROVEMENT, Meaning.CONCERN} <= meant:
        return Telling.MIXED
    if Meaning.CONCERN in meant:
        return Telling.WORSE
    if Meaning.IMPROVEMENT in meant:
        return Telling.BETTER
    return Telling.CHANCE if meant else Telling.TOO_FEW


# --- The pictures.


@dataclass(frozen=True)
class Told:
    """A theory as one reader may see it: what she may open of its links, and what that says of each part."""

    theory: Theory
    seen: frozenset[UUID]
    """The keys of the recommendations, pilots and measures this reader may see."""
    tellings: dict[UUID, Telling]
    """What the data say, by the key of the part."""

    def links(self, things: Iterable[Any]) -> list[Any]:
        """List those of these things that the reader may see."""
        return [one for one in things if one.id in self.seen]

    @cached_property
    def steps(self) -> dict[UUID, int]:
        """Answer how many steps into its kind each part is, by its key."""
        return steps_of(self.theory.parts, self.theory.arrows)

    def columns(self) -> list[tuple[str, list[TheoryPart]]]:
        """List the parts under the heading of their kind, with what is put in first."""
        return [(HEADINGS[kind], self.of_kind(kind)) for kind in KINDS]

    def of_kind(self, kind: PartKind) -> list[TheoryPart]:
        """List the parts of one kind, what comes first first."""
        here = [part for part in self.theory.parts if part.kind == kind]
        return sorted(here, key=lambda part: (self.steps[part.id], part.number))

    def how_deep(self, kind: PartKind) -> int:
        """Answer in how many steps the parts of one kind stand."""
        return 1 + max((self.steps[part.id] for part in self.of_kind(kind)), default=0)

    def after(self, part: TheoryPart) -> list[TheoryArrow]:
        """List the arrows that begin at a part."""
        return [one for one in self.theory.arrows if one.start_id == part.id]

    def before(self, part: TheoryPart) -> list[TheoryArrow]:
        """List the arrows that end at a part."""
        return [one for one in self.theory.arrows if one.end_id == part.id]


def picture_of(told: Told) -> TheoryFacts:
    """Give a theory to be drawn, from what is put in on the left to what it is for on the right."""
    theory = told.theory
    places = [(kind, step) for kind in KINDS for step in range(told.how_deep(kind))]
    lines = [Line(one.start_id.hex, one.end_id.hex, one.number, BEADS[one.standing]) for one in theory.arrows]
    return TheoryFacts(
        theory.id.hex[:8],
        "How we think change happens",
        _columns(places, HEADINGS),
        _boxes(told, places),
        tuple(lines),
    )


def drivers_of(told: Told) -> TheoryFacts:
    """Give the same parts to be drawn as a driver diagram: the aim on the left, ideas for change on the right."""
    places = [(kind, step) for kind in DRIVERS for step in reversed(range(told.how_deep(kind)))]
    boxes = _boxes(told, places)
    drawn = {box.key for box in boxes}
    lines = [Line(one.end_id.hex, one.start_id.hex) for one in told.theory.arrows if one.start_id.hex in drawn]
    key = f"{told.theory.id.hex[:8]}-drivers"
    return TheoryFacts(key, "What drives our aim", _columns(places, DRIVERS), boxes, tuple(lines))


Place = tuple[PartKind, int]


def _columns(places: Sequence[Place], headings: Mapping[PartKind, str]) -> tuple[Column, ...]:
    return tuple(Column(headings[kind], aim=kind == PartKind.IMPACT) for kind, _ in places)


def _boxes(told: Told, places: Sequence[Place]) -> tuple[Box, ...]:
    found = [(part, (part.kind, told.steps[part.id])) for part in told.theory.parts]
    return tuple(_box(told, part, places.index(place)) for part, place in found if place in places)


def _box(told: Told, part: TheoryPart, column: int) -> Box:
    telling = told.tellings[part.id]
    note = "" if telling == Telling.UNMEASURED else str(telling)
    return Box(part.id.hex, column, part.words, TONES[telling], note)


@dataclass(frozen=True)
class Driver:
    """A part of the driver diagram, and what drives it; told once in full, and only named after that."""

    part: TheoryPart
    drivers: tuple["Driver", ...] = ()
    told_above: bool = False


def driver_list(told: Told) -> list[Driver]:
    """Tell the driver diagram as a nested list: every aim with what drives it, down to the ideas."""
    told_already: set[UUID] = set()
    return [_driver(told, part, told_already) for part in told.of_kind(PartKind.IMPACT)]


def _driver(told: Told, part: TheoryPart, told_already: set[UUID]) -> Driver:
    below = [one.start for one in told.before(part) if one.start.kind in DRIVERS]
    if part.id in told_already and below:
        return Driver(part, told_above=True)
    told_already.add(part.id)
    return Driver(part, tuple(_driver(told, one, told_already) for one in below))
