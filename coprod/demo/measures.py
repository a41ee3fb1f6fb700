"""What is measured about three of the requests: each with its definition sheet and its invented readings."""

from dataclasses import dataclass
from datetime import date

from coprod.outcomes.models import Direction, HowOften, MeasureKind, Unit

FIRST_MONTH = date(2024, 3, 1)
DENOMINATORS = (48, 50, 44, 52, 55, 47, 51, 60, 46, 50, 42, 58, 49, 53, 45, 50, 57, 54, 48, 40)
CLINICS = "Parents at two clinics (example)"
INVENTED = "Invented for this example"
RECORD = "Report on progress 2022 to 2023"


@dataclass(frozen=True)
class Measure:
    """One measure with its definition sheet, and a reading for each period from its first."""

    name: str
    kind: MeasureKind
    unit: Unit
    better: Direction
    who: str
    readings: tuple[int, ...] = ()
    numerator: str = ""
    denominator: str = ""
    among: tuple[int, ...] = ()
    """How many people each reading is out of, where it is out of some."""
    baseline: int | None = None
    target: int | None = None
    first: date = FIRST_MONTH
    how_often: HowOften = HowOften.MONTH
    groups: tuple[str, ...] = ()
    parts: tuple[tuple[int, ...], ...] = ()
    """What was counted in each group of a broken-down measure; its readings are their sums."""
    source: str = INVENTED

    @property
    def values(self) -> tuple[int, ...]:
        """Answer its readings, those of a broken-down measure added up."""
        return self.readings or tuple(sum(counted) for counted in self.parts)

    def among_at(self, place: int) -> int | None:
        """Answer how many people a reading is out of."""
        return self.among[place] if self.among else None

    def parts_at(self, place: int) -> tuple[int, ...]:
        """Answer what was counted in each group for a reading."""
        return self.parts[place] if self.parts else ()


# --- The named midwife: twenty months, of which the first is the worked example of the control chart.

KNEW = Measure(
    "Knew their midwife’s name before they met",
    MeasureKind.OUTCOME,
    Unit.PERCENT,
    Direction.UP,
    CLINICS,
    (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62),
    "Parents who knew her name",
    "Parents asked at a first visit",
    DENOMINATORS,
    baseline=50,
    target=60,
)
HEARD = Measure(
    "Parents felt heard, from 0 to 10",
    MeasureKind.OUTCOME,
    Unit.SCORE,
    Direction.UP,
    CLINICS,
    (6, 5, 6, 6, 7, 6, 7),
    "The middle of all answers, from 0 to 10",
    "Parents who gave an answer",
    (21, 19, 24, 22, 26, 23, 20),
    first=date(2024, 1, 1),
    how_often=HowOften.QUARTER,
)
SAME = Measure(
    "Same midwife at each visit",
    MeasureKind.PROCESS,
    Unit.PERCENT,
    Direction.UP,
    CLINICS,
    (40, 42, 38, 41, 43, 39, 44, 40, 37, 42, 41, 39, 46, 48, 49, 51, 50, 52, 53, 55),
    "Parents who saw one midwife each time",
    "Parents with three visits or more",
    DENOMINATORS,
    baseline=40,
    target=60,
)
MISSED = Measure(
    "Missed first visits",
    MeasureKind.PROCESS,
    Unit.COUNT,
    Direction.DOWN,
    CLINICS,
    (14, 12, 15, 13, 16, 14, 12, 15, 13, 14, 15, 13, 10, 9, 11, 18, 9, 10, 9, 10),
    "First visits that nobody came to",
    baseline=14,
)
CALLS = Measure(
    "Calls in week one",
    MeasureKind.PROCESS,
    Unit.COUNT,
    Direction.UP,
    CLINICS,
    (40, 44, 41, 47, 46),
    "Parents who were rung in week one",
    first=date(2025, 6, 1),
)
VISITS = Measure(
    "First visits at each clinic",
    MeasureKind.PROCESS,
    Unit.COUNT,
    Direction.NEITHER,
    CLINICS,
    numerator="Parents at a first visit",
    first=date(2025, 4, 1),
    groups=("North clinic (example)", "South clinic (example)", "Harbour room (example)"),
    parts=((26, 21, 3), (24, 22, 4), (27, 19, 2), (25, 24, 3), (28, 20, 4), (26, 23, 3)),
)
WAIT = Measure(
    "Days to wait",
    MeasureKind.BALANCING,
    Unit.DAYS,
    Direction.DOWN,
    "From the first call to the first visit (example)",
    (9, 10, 9, 11, 10, 8, 10, 9, 11, 10, 9, 10, 11, 10, 9, 11, 10, 9, 11, 10),
    "Days from a call to the visit, in the middle",
    baseline=10,
)
COMPLAINTS = Measure(
    "Formal complaints",
    MeasureKind.BALANCING,
    Unit.COUNT,
    Direction.DOWN,
    CLINICS,
    (1, 2, 1, 2, 3, 1, 2, 1, 1, 2),
    "Complaints that were written down",
    first=date(2025, 1, 1),
)
OF_THE_MIDWIFE = (KNEW, HEARD, SAME, MISSED, CALLS, VISITS, WAIT, COMPLAINTS)

# --- The map to keep: ten months, of which the first eight were looked up in the notes of visits.

FIRST_WITH_A_MAP = date(2025, 1, 1)
ASKED = (22, 20, 21, 25, 20, 24, 23, 25, 22, 26)
NEXT_STEP = Measure(
    "Could say what comes next",
    MeasureKind.OUTCOME,
    Unit.PERCENT,
    Direction.UP,
    "Parents asked after a first visit (example)",
    (41, 45, 43, 40, 44, 42, 45, 43, 50, 56),
    "Parents who could say the next step",
    "Parents asked",
    ASKED,
    baseline=42,
    target=60,
    first=FIRST_WITH_A_MAP,
)
HANDED = Measure(
    "Got a map or a leaflet at the first visit",
    MeasureKind.PROCESS,
    Unit.PERCENT,
    Direction.UP,
    "Parents at a first visit (example)",
    (32, 30, 33, 28, 35, 29, 30, 32, 56, 88),
    "Parents who were given one",
    "Parents at a first visit",
    ASKED,
    target=90,
    first=FIRST_WITH_A_MAP,
)
LONGER = Measure(
    "First visits that ran over time",
    MeasureKind.BALANCING,
    Unit.COUNT,
    Direction.DOWN,
    "First visits at two clinics (example)",
    (7, 8, 9, 7, 8, 7, 6, 7, 8, 7),
    "Visits that took longer than planned",
    baseline=7,
    first=FIRST_WITH_A_MAP,
)
OF_THE_MAP = (NEXT_STEP, HANDED, LONGER)
