"""The pilot “one named midwife”: its measures, twenty months of readings, and three small tests."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coprod.demo.stage import Stage, at
from coprod.outcomes import services as outcomes
from coprod.outcomes.models import Direction, Indicator, MeasureKind, Unit
from coprod.people.models import Person
from coprod.pilots import services
from coprod.pilots.models import BoardAnswer, Compared, Pilot, StepKind, TestCycle, Touched

FIVE = time(17)
FIRST_MONTH = date(2024, 3, 1)
DENOMINATORS = (48, 50, 44, 52, 55, 47, 51, 60, 46, 50, 42, 58, 49, 53, 45, 50, 57, 54, 48, 40)


@dataclass(frozen=True)
class Measure:
    """One measure, with a reading for each month from its first."""

    name: str
    kind: MeasureKind
    unit: Unit
    better: Direction
    who: str
    readings: tuple[int, ...]
    baseline: int | None = None
    target: int | None = None
    first: date = FIRST_MONTH

    @property
    def denominators(self) -> tuple[int | None, ...]:
        """Answer of how many people each reading is."""
        return DENOMINATORS if self.unit == Unit.PERCENT else (None,) * len(self.readings)


KNEW = Measure(
    "Knew their midwife’s name before they met",
    MeasureKind.OUTCOME,
    Unit.PERCENT,
    Direction.UP,
    "parents at two clinics",
    (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62),
    baseline=50,
    target=60,
)
WAIT = Measure(
    "Days to wait",
    MeasureKind.BALANCING,
    Unit.DAYS,
    Direction.DOWN,
    "from the first call to the first visit",
    (9, 10, 9, 11, 10, 8, 10, 9, 11, 10, 9, 10, 11, 10, 9, 11, 10, 9, 11, 10),
    baseline=10,
)
MEASURES = (
    KNEW,
    Measure(
        "Same midwife at each visit",
        MeasureKind.PROCESS,
        Unit.PERCENT,
        Direction.UP,
        "parents at two clinics",
        (40, 42, 38, 41, 43, 39, 44, 40, 37, 42, 41, 39, 46, 48, 49, 51, 50, 52, 53, 55),
        baseline=40,
        target=60,
    ),
    Measure(
        "Missed first visits",
        MeasureKind.PROCESS,
        Unit.COUNT,
        Direction.DOWN,
        "parents at two clinics",
        (14, 12, 15, 13, 16, 14, 12, 15, 13, 14, 15, 13, 12, 14, 13, 15, 12, 14, 13, 14),
        baseline=14,
    ),
    WAIT,
    Measure(
        "Calls in week one",
        MeasureKind.PROCESS,
        Unit.COUNT,
        Direction.UP,
        "parents at two clinics",
        (40, 44, 41, 47, 46),
        first=date(2025, 6, 1),
    ),
    Measure(
        "Formal complaints",
        MeasureKind.BALANCING,
        Unit.COUNT,
        Direction.DOWN,
        "at two clinics",
        (1, 2, 1, 2, 3, 1, 2, 1, 1, 2),
        first=date(2025, 1, 1),
    ),
)
AIM = {
    "how_much": "60 in 100 parents know their midwife’s name before they meet",
    "by_when": date(2025, 12, 31),
    "for_whom": "parents at two clinics",
}
REPORT_BACK = "A report to the board after a year"
ASKED_FIRST = "Ask three parents whether a call is welcome"
SAFETY = "Every parent can ask for someone else. The owner looks at each complaint the same day."


@dataclass(frozen=True)
class Test:
    """One small test: plan, what was noted, and what came of it."""

    change: str
    prediction: str
    scale: str
    begins: date
    ends: date
    noted: str
    result: str
    compared: Compared
    surprised: str
    learning: str = ""
    heard: str = ""

    __test__ = False


TESTS = (
    Test(
        "A card with her name and face",
        "55 in 100 know her name.",
        "One midwife, ten parents",
        date(2025, 3, 3),
        date(2025, 4, 30),
        "Cards handed out at ten first calls.",
        "52 in 100 knew her name.",
        Compared.WORSE,
        "Cards got lost. Two parents did not want a card at home.",
        "A card is easy to lose. A voice stays.",
    ),
    Test(
        "A phone call in week one",
        "57 in 100 know her name.",
        "Two midwives, one clinic",
        date(2025, 5, 1),
        date(2025, 7, 31),
        "Calls took ten minutes, not five.",
        "58 in 100 knew her name.",
        Compared.AS_PREDICTED,
        "Calls took longer. Parents asked more than we thought.",
        "The call works. A text helps those who miss it.",
        "I knew who to ask for.",
    ),
    Test(
        "The call, then a text with her name",
        "58 in 100 know her name.",
        "Four midwives, two clinics",
        date(2025, 8, 1),
        date(2025, 10, 31),
        "The text goes out the same day.",
        "58 in 100 knew her name. Waiting did not grow.",
        Compared.AS_PREDICTED,
        "Some parents rang back to say thank you.",
    ),
)


def run(stage: Stage) -> None:
    """Tell the pilot from its proposal to the study of its third test."""
    owner = stage.people["Clinic Example"]
    pilot = _begin(stage, owner)
    measured = _measure(stage)
    _read(measured, owner, stage.chair)
    watched = [measured[KNEW], measured[WAIT]]
    with at(TESTS[0].begins):
        services.move(pilot, "testing begun", by=owner)
        test_cycle = services.plan(pilot, watched, by=owner, **_plan_of(TESTS[0], owner))
    for test in TESTS:
        test_cycle = _test(test_cycle, test, watched, owner) or test_cycle


def _begin(stage: Stage, owner: Person) -> Pilot:
    with at(date(2024, 1, 15)):
        pilot = services.propose(
            stage.asked["midwife"],
            by=stage.chair,
            funding_board="Executive Board",
            budget=18_000,
            title="One named midwife",
            site="A team at two clinics",
            owner=owner,
            begins=FIRST_MONTH,
            ends=date(2025, 12, 11),
            **AIM,
        )
    with at(date(2024, 2, 12)):
        services.note_answer(pilot.asks[0], BoardAnswer.ALL, 18_000, REPORT_BACK, by=stage.chair)
        services.move(pilot, "funded", by=stage.chair, granted="£18,000")
        services.move(pilot, "set up", by=owner)
        train = services.add_step(pilot, StepKind.SET_UP, "Show four midwives how", owner, FIRST_MONTH, by=owner)
        check = services.add_step(pilot, StepKind.SAFETY, ASKED_FIRST, owner, date(2024, 2, 24), by=owner)
        services.finish_step(train, by=owner)
    with at(date(2024, 2, 26)):
        services.finish_step(check, "All three would like it.", by=owner)
        services.spend(pilot, date(2024, 2, 26), 2_400, "Time of four midwives", by=owner)
    with at(FIRST_MONTH):
        services.move(pilot, "baseline begun", by=owner)
    return pilot


def _measure(stage: Stage) -> dict[Measure, Indicator]:
    with at(date(2024, 2, 20)):
        return {
            one: outcomes.add_indicator(
                stage.asked["midwife"],
                one.name,
                one.kind,
                one.unit,
                one.better,
                by=stage.chair,
                who_is_counted=one.who,
                source="Invented for this example",
                baseline=one.baseline,
                target=one.target,
            )
            for one in MEASURES
        }


def _read(measured: dict[Measure, Indicator], owner: Person, chair: Person) -> None:
    for one, indicator in measured.items():
        for place, (value, among) in enumerate(zip(one.readings, one.denominators, strict=True)):
            month = _months_after(one.first, place)
            with at(_months_after(month, 1)):
                outcomes.approve(outcomes.add_reading(indicator, month, value, among, by=owner), by=chair)


def _months_after(month: date, count: int) -> date:
    years, rest = divmod(month.month - 1 + count, 12)
    return date(month.year + years, rest + 1, 1)


def _plan_of(test: Test, owner: Person) -> dict[str, Any]:
    said = {name: getattr(test, name) for name in ("change", "prediction", "scale", "begins", "ends")}
    return AIM | said | {"owner": owner, "safety_check": SAFETY}


def _test(test_cycle: TestCycle, test: Test, watched: list[Indicator], owner: Person) -> TestCycle | None:
    with at(test.begins, FIVE):
        services.replan(test_cycle, watched, by=owner, **_plan_of(test, owner))
        services.begin(test_cycle, by=owner)
        services.note(test_cycle, test.noted, by=owner)
    with at(test.ends, FIVE):
        services.finish_doing(test_cycle, by=owner)
        services.study(test_cycle, test.result, test.compared, test.surprised, by=owner)
        if test.heard:
            services.say_how_it_was(test_cycle, Touched.PARENT, test.heard, by=owner)
        return services.act(test_cycle, "adapted", test.learning, by=owner) if test.learning else None
