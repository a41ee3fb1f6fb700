"""The priority areas as the steering group ordered them, and what the groups make of them."""

from collections.abc import Sequence
from datetime import date, time

from coprod.areas import services as areas
from coprod.demo.stage import Stage, at
from coprod.gatherings.models import GatheringKind
from coprod.outputs import services as outputs
from coprod.outputs.models import Output, OutputKind
from coprod.principles.models import Priority
from coprod.principles.queries import priorities_of

TEN, FOUR = time(10), time(16)
FIRST, SECOND = (4, 1, 5, 2, 7, 8, 12, 6, 9, 10, 3, 11), (4, 6, 1, 5, 7, 8, 9, 2, 12, 10, 3, 11)
WHY_FIRST = "What most parents spoke of comes first."
WHY_SECOND = "The dads’ group asked twice. Letters can be changed at once."
WHY_TOGETHER = "Both groups ask what is counted."
NO_MONEY = "Buses are paid for by others. We ask them first."
MAP_FOR = "So that nobody has to ask what comes next (example)"
FILM_FOR = "So that new staff hear it from parents (example)"
TO_KEEP = "A small map to keep in a bag (example)"


def order_areas(stage: Stage) -> None:
    """Put the twelve areas in order, take some up, set one aside, and wish that two groups meet."""
    by_number = {one.number: one for one in priorities_of(stage.programme)}

    def some(*numbers: int) -> list[Priority]:
        return [by_number[number] for number in numbers]

    with at(date(2025, 6, 12), FOUR):
        _order(stage, some(*FIRST), WHY_FIRST)
        areas.take_up(stage.steering, some(1, 4, 5, 7), stage.tables["tuesday"], "They fit together", by=stage.chair)
        areas.take_up(stage.steering, some(8), stage.tables["thursday"], by=stage.chair)
        areas.set_aside(stage.steering, by_number[11], NO_MONEY, date(2026, 3, 12), by=stage.chair)
    with at(date(2025, 9, 11), FOUR):
        _order(stage, some(*SECOND), WHY_SECOND)
        areas.take_up(stage.steering, some(9), stage.tables["legal"], "It knows the letters", by=stage.chair)
        groups = [stage.tables["tuesday"], stage.tables["thursday"]]
        areas.propose(stage.steering, some(10), groups, GatheringKind.JOINT_SESSION, WHY_TOGETHER, by=stage.chair)


def _order(stage: Stage, wanted: Sequence[Priority], why: str) -> None:
    areas.order(stage.steering, {one.id: place for place, one in enumerate(wanted, 1)}, why, by=stage.chair)


def make(stage: Stage) -> None:
    """Make a map and a film; one goes out, and one is planned for a day that has come and gone."""
    _map(stage)
    _map_to_keep(stage)
    _film(stage)


def _map(stage: Stage) -> None:
    """The map of the public record: developed, tested, refined, its launch planned; that is all that is known."""
    with at(date(2024, 1, 15), TEN):
        big = _begin(stage, "thursday", "The map of the system", OutputKind.MAP, MAP_FOR)
        _version(stage, big, date(2023, 10, 12), "A first drawing on four sheets (example)")
        _trial(stage, big, date(2023, 11, 16), "Three parents and a midwife (example)", "Too many arrows.")
        _version(stage, big, date(2024, 1, 11), "One sheet, and it starts at home (example)")
        outputs.plan_launch(big, date(2024, 4, 10), by=stage.facilitator)


def _map_to_keep(stage: Stage) -> None:
    with at(date(2025, 10, 15), FOUR):
        small = _begin(stage, "thursday", "The map to keep", OutputKind.MAP, TO_KEEP, "map")
        _version(stage, small, date(2025, 9, 25), "It fits into a purse")
        _trial(stage, small, date(2025, 10, 2), "Two parents on the ward (example)", "The print was too small.")
        _version(stage, small, date(2025, 10, 9), "Larger print, fewer words")
        outputs.launch(small, date(2025, 10, 13), by=stage.facilitator)
        outputs.begin_use(small, "At the first visit", date(2025, 10, 15), by=stage.facilitator)
        library = outputs.begin_use(small, "In the library", date(2025, 10, 13), by=stage.facilitator)
    with at(date(2025, 11, 3), FOUR):
        outputs.end_use(library, date(2025, 10, 31), by=stage.facilitator)


def _film(stage: Stage) -> None:
    with at(date(2025, 11, 13), FOUR):
        film = _begin(stage, "tuesday", "The film of the eight principles", OutputKind.FILM, FILM_FOR)
        _version(stage, film, date(2025, 11, 11), "A first cut of six minutes (example)")
        _trial(stage, film, date(2025, 11, 13), "Five parents and two midwives (example)", "The music is too sad.")
        outputs.plan_launch(film, date(2026, 2, 12), by=stage.facilitator)


def _begin(stage: Stage, table: str, name: str, kind: OutputKind, what_for: str, asked: str = "") -> Output:
    return outputs.begin(
        stage.tables[table], name, kind, by=stage.facilitator, what_for=what_for, recommendation=stage.asked.get(asked)
    )


def _version(stage: Stage, output: Output, on: date, new: str) -> None:
    outputs.add_version(output, new, by=stage.facilitator, on=on)


def _trial(stage: Stage, output: Output, on: date, who: str, found: str) -> None:
    outputs.add_trial(output.versions[-1], who, found, by=stage.facilitator, on=on)
