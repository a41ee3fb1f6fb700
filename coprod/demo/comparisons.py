"""What the public record says has changed: two points with their days, and differences without any."""

from datetime import date

from coprod.demo.stage import Stage, at
from coprod.outcomes import services
from coprod.outcomes.models import Direction, HowOften, MeasureKind, Unit
from coprod.people.models import Person
from coprod.programmes.models import Comparison
from coprod.programmes.queries import comparisons_of
from coprod.programmes.rules import two_points

DENTAL = "Up-to-date dental assessment, Our Children"
ONLY_TOLD = (
    "Children supported by a protection plan because of neglect",
    "Children supported in pre-proceedings",
    "Early Help assessments by partners",
)
POINTS = ((date(2022, 12, 1), 43), (date(2023, 12, 1), 71))
SAID = {
    "progress": "The report on progress 2022 to 2023, on the public record",
    "cabinet": "The Cabinet Member’s report, on the public record",
}
BETTER = {"up": Direction.UP, "down": Direction.DOWN}


def lay_beside(stage: Stage) -> None:
    """Put some of what the record says beside what is measured: how much was done, real, and no series."""
    with at(date(2025, 9, 24)):
        for one in comparisons_of(stage.programme):
            if one.name == DENTAL:
                _two_points(stage, one, by=stage.facilitator)
            elif one.name in ONLY_TOLD:
                _only_told(stage, one)


def _two_points(stage: Stage, one: Comparison, *, by: Person) -> None:
    """Take two points that have their days; among how many is not on record, so they are numbers of each hundred."""
    kept = services.add_indicator(
        stage.asked["numbers"],
        one.name,
        MeasureKind.PROCESS,
        Unit.SCORE,
        BETTER[one.better],
        by=by,
        how_often=HowOften.ONCE,
        numerator="Children of each hundred whose check is up to date",
        source=_source(one),
    )
    for day, value in POINTS:
        services.approve(services.add_reading(kept, day, value, by=by), by=stage.chair)


def _only_told(stage: Stage, one: Comparison) -> None:
    services.add_indicator(
        stage.asked["numbers"],
        one.name,
        MeasureKind.PROCESS,
        Unit.PERCENT if one.unit == "%" else Unit.COUNT,
        BETTER[one.better],
        by=stage.facilitator,
        how_often=HowOften.TOLD,
        told=two_points(one),
        source=_source(one),
    )


def _source(one: Comparison) -> str:
    return SAID[one.sources[0]]
