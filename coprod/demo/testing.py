"""One small test after the other: plan, do with a note and a number, study, act, and how it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coprod.demo.measures import Measure
from coprod.demo.stage import at
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots import services
from coprod.pilots.models import Compared, Pilot, TestCycle, TestCycleState, Touched

FIVE = time(17)


@dataclass(frozen=True)
class Test:
    """One small test: plan, what was noted and counted, and what came of it."""

    change: str
    prediction: str
    scale: str
    begins: date
    ends: date
    noted: str
    number: tuple[Measure, int, int | None]
    """A number that was written down beside the note: of which measure, how much, out of how many."""
    result: str
    compared: Compared
    surprised: str
    act: str = ""
    """What was done with it; nothing while it is still studied."""
    learning: str = ""
    heard: tuple[tuple[Touched, str], ...] = ()

    __test__ = False


def run(pilot: Pilot, tests: Sequence[Test], watched: Sequence[Indicator], more: dict[str, Any]) -> None:
    """Go through the tests; one that is changed opens the next, and after one that is dropped the next is planned."""
    opened: TestCycle | None = None
    for test in tests:
        with at(test.begins):
            test_cycle = _planned(pilot, opened, test, watched, more)
            _do(test_cycle, test, watched, pilot.owner)
        with at(test.ends, FIVE):
            opened = _study(test_cycle, test, pilot.owner)


def _planned(
    pilot: Pilot, opened: TestCycle | None, test: Test, watched: Sequence[Indicator], more: dict[str, Any]
) -> TestCycle:
    said = more | {name: getattr(test, name) for name in ("change", "prediction", "scale", "begins", "ends")}
    if opened is None:
        return services.plan(pilot, watched, by=pilot.owner, **said)
    services.replan(opened, watched, by=pilot.owner, **said)
    return opened


def _do(test_cycle: TestCycle, test: Test, watched: Sequence[Indicator], owner: Person) -> None:
    measure, value, among = test.number
    services.begin(test_cycle, by=owner)
    services.note(test_cycle, test.noted, by=owner)
    counted = next(one for one in watched if one.name == measure.name)
    services.note_number(test_cycle, counted, value, among, by=owner)


def _study(test_cycle: TestCycle, test: Test, owner: Person) -> TestCycle | None:
    services.finish_doing(test_cycle, by=owner)
    services.study(test_cycle, test.result, test.compared, test.surprised, by=owner)
    for whose, words in test.heard:
        services.say_how_it_was(test_cycle, whose, words, by=owner)
    if not test.act:
        return None
    opened = services.act(test_cycle, test.act, test.learning, by=owner)
    return opened if test_cycle.state == TestCycleState.ADAPT else None
