"""F21 for measures, as they are read: every page and file that speaks of a measure, for every way its numbers can fall.

A world with everybody in it is walked twice, with two measures that differ: every address that answers differently
speaks of them, whichever feature it belongs to, and new ones are found by themselves. Then each way in which up to
twelve people can fall into groups is put in the place of a reading, of what a reading was before it was put right, of
what waits for a second person, and of a baseline. Each of those addresses is read again, to the byte: text, table,
picture, its words and its file. What reads alike is laid together, and solved as in `f21_measures`.

Of a share of too few people, and of days or scores of too few, nothing may be told: all of them must read alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b

import time_machine
from flask import g

from bench.prove import Figure, f21_measures
from bench.prove.f21_measures import Found, _judge, _ways, only_the_small_ones
from bench.prove.f22 import walk_on
from bench.prove.stage import planted
from coprod.core.db import db
from coprod.outcomes.models import Correction, Indicator, ProposedReading, Reading, Unit
from coprod.outcomes.rules import instead_of, with_unit
from coprod.outcomes.rules.small_numbers import is_small
from tests.access.walk import RANDOM, Walk, method_of, read_table

READERS = ("member", "facilitator", "second-facilitator", "chair", "lead")
NEAREST = ("member", "second-facilitator")
"""One of the group, and one who may approve what another has typed."""
MOST, FEW, LEAST_PLACES = 12, 6, 8
ONE, ANOTHER = (612, 713, 814), (531, 642, 753)
NAMES = ("North", "South", "By phone")
SHARES = ((Unit.PERCENT, 10), (Unit.DAYS, 5), (Unit.SCORE, 5))
"""What is told of no fewer people than so many."""
Place = tuple[str, str]
Put = Callable[[Sequence[int]], None]


@dataclass
class Read:
    """What was read, and what was worked out from it."""

    places: list[str] = field(default_factory=list)
    pages: int = 0
    solved: Found = field(default_factory=Found)


def measure(seed: int) -> Figure:
    """Try all votes and all counts; then read all of a world; then hide small ones alone, and show what was before."""
    figure, planted_ones = f21_measures.measure(seed), dict[str, int]()
    with walk_on("sqlite") as walk:
        read = solve(walk)
        for fault in (only_small_ones_hidden, what_it_was_shown):
            with fault():
                planted_ones[fault.__name__] = solve(walk, FEW, 2, "outcomes.show", shares=False).solved.derived
    counts = figure.counts | {"of measures, read everywhere": asdict(read), "planted there": planted_ones}
    holds = figure.holds and not read.solved.derived and len(read.places) >= LEAST_PLACES
    return Figure("F21", holds, figure.control and all(planted_ones.values()), counts, seed)


def solve(walk: Walk, most: int = MOST, groups: int = len(NAMES), only: str = "", *, shares: bool = True) -> Read:
    """Read every place that speaks of a measure, for every outcome; lay what reads alike together."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        found = Read()
        with _inside(walk):
            _prepare(Unit.COUNT, NAMES)
        spoken = _speaking(walk, only)
        found.places = sorted({address for _, address in spoken})
        for where, put in PLACES_OF_A_COUNT.items():
            for parted in range(1, (groups if where == "reading" else 2) + 1):
                if parted == 1 or where != "baseline":
                    _solve_counts(walk, _nearest(spoken, parted), (where, put, parted, most), found)
        for unit, least in SHARES if shares else ():
            _solve_shares(walk, _nearest(spoken, 1), (unit, least, most), found)
    return found


def _nearest(spoken: list[Place], parted: int) -> list[Place]:
    """Read with the eyes of those who are told most; where there is much to read, of one."""
    eyes = NEAREST if parted == 1 else NEAREST[1:]
    return [place for place in spoken if place[0] in eyes]


@contextmanager
def _inside(walk: Walk) -> Iterator[None]:
    with walk.app.app_context():
        g.partnership = walk.app.config["PARTNERSHIPS"][0]
        yield
        db.session.commit()


# --- Where it is spoken of.


def _speaking(walk: Walk, only: str) -> list[Place]:
    """Find every address that answers differently when the measure is another, and only then."""
    seen = []
    for parts in (ONE, ONE, ANOTHER):
        with _inside(walk):
            _put_reading(parts)
            _put_former(parts)
            _put_waiting(parts)
            _put_baseline(parts)
        seen.append({place: _body(walk, place) for place in _places(walk, only)})
    first, again, other = seen
    return sorted(place for place in first if first[place] == again[place] != other[place])


def _places(walk: Walk, only: str) -> Iterator[Place]:
    for line in read_table():
        rule = walk.rules.get(line.endpoint)
        if rule and method_of(rule) == "GET" and line.endpoint.startswith(only):
            address = walk.address(rule, line, walk.world.things)
            yield from ((who, address) for who in READERS if who in line.let_in)
    if not only:
        with _inside(walk):
            asked = _indicator().recommendation_id
        yield from ((who, walk.adapter.build("threads.show", {"key": asked})) for who in READERS)


def _body(walk: Walk, place: Place) -> bytes:
    who, address = place
    return RANDOM.sub(rb'\1"', walk.fetch(address, "GET", who).data)


# --- What is put there.


def _indicator() -> Indicator:
    return db.session.scalars(db.select(Indicator).order_by(Indicator.id)).first() or Indicator()


def _probed() -> Reading:
    return _indicator().readings[0]


def _prepare(unit: Unit, names: Sequence[str]) -> None:
    """Make it a measure of this unit, whose other readings stay as they are; nothing of it is small."""
    indicator = _indicator()
    indicator.unit, indicator.groups, indicator.baseline, indicator.target = unit, list(names), None, None
    for place, one in enumerate(indicator.readings):
        parts = [6 + place + at for at in range(len(names))]
        one.value, one.parts, one.denominator = sum(parts) if parts else 20 + place, parts, None if names else 40
    if not _probed().corrections:
        kept = Correction(number=1, on=date(2025, 1, 1), why="It was typed twice.", value=0, parts=[], denominator=None)
        _probed().corrections.append(kept)
    db.session.flush()
    for put in (_put_former, _put_waiting):
        put([7] * (len(names) or 1))


def _fill(one: Reading | Correction | ProposedReading, parts: Sequence[int]) -> None:
    one.value, one.parts, one.denominator = sum(parts), list(parts) if len(parts) > 1 else [], None


def _put_reading(parts: Sequence[int]) -> None:
    _fill(_probed(), parts)


def _put_former(parts: Sequence[int]) -> None:
    _fill(_probed().corrections[-1], parts)


def _put_waiting(parts: Sequence[int]) -> None:
    for one in _indicator().proposals:
        _fill(one, parts)


def _put_baseline(parts: Sequence[int]) -> None:
    _indicator().baseline = sum(parts)


PLACES_OF_A_COUNT: dict[str, Put] = {
    "reading": _put_reading,
    "what it was before": _put_former,
    "what waits": _put_waiting,
    "baseline": _put_baseline,
}


# --- What can be worked out.


def _solve_counts(walk: Walk, spoken: list[Place], asked: tuple[str, Put, int, int], found: Read) -> None:
    where, put, parted, most = asked
    with _inside(walk):
        _prepare(Unit.COUNT, NAMES[:parted] if parted > 1 else ())
    alike: dict[bytes, list[tuple[int, ...]]] = defaultdict(list)
    for parts in _ways(parted, most):
        with _inside(walk):
            put(parts)
        alike[_digest(walk, spoken, found)].append(parts)
    found.solved.alike += len(alike)
    for ways in alike.values():
        if any(is_small(count) for way in ways for count in (*way, sum(way))):
            _judge((f"{where}, read everywhere,",), ways, found.solved)


def _solve_shares(walk: Walk, spoken: list[Place], asked: tuple[Unit, int, int], found: Read) -> None:
    """Try every share of up to so many people; of fewer than the least, all must read alike."""
    unit, least, most = asked
    with _inside(walk):
        _prepare(unit, ())
    for where in ("reading", "what it was before", "what waits"):
        told: set[bytes] = set()
        for of in range(1, min(most, least - 1) + 1):
            for count in {0, of // 2, of}:
                with _inside(walk):
                    _put_share(where, 100 * count / of if unit == Unit.PERCENT else count, of)
                told.add(_digest(walk, spoken, found))
        found.solved.alike += len(told)
        if len(told) > 1:
            found.solved.note(f"{len(told)} things are told of the {where} ({unit}) of fewer than {least} people")
        with _inside(walk):
            _put_share(where, 50, 40)


def _put_share(where: str, value: float, of: int) -> None:
    probed = _probed()
    for one in {"reading": [probed], "what it was before": probed.corrections}.get(where, _indicator().proposals):
        one.value, one.denominator, one.parts = value, of, []


def _digest(walk: Walk, spoken: list[Place], found: Read) -> bytes:
    """Read all there is, and keep what tells it from anything else."""
    read = blake2b(digest_size=16)
    for place in spoken:
        read.update(_body(walk, place))
        found.pages += 1
    found.solved.outcomes += 1
    return read.digest()


# --- The planted faults.


@contextmanager
def only_small_ones_hidden() -> Iterator[None]:
    """Hide every small number of a group, and nothing beside it."""

    class Bare:
        def __init__(self, parts: Sequence[int]) -> None:
            self.words = only_the_small_ones(parts)

    with planted("coprod.outcomes", "broken_down", Bare):
        yield


@contextmanager
def what_it_was_shown() -> Iterator[None]:
    """Hide what counts, and tell in full what it was before it was put right."""

    def told(unit: Unit, reading: Reading | Correction) -> str:
        instead = "" if isinstance(reading, Correction) else instead_of(unit, reading.value, reading.denominator)
        return instead or with_unit(unit, reading.value)

    with planted("coprod.outcomes", "said", told):
        yield
