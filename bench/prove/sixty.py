"""Sixty: a chart of sixty readings, and a page of twenty-four small ones, in time and in weight.

From the readings through the rules and the drawing to what is printed, in the processor's own time, so that what
else a machine is busy with tells nothing. A chart is weighed in all widths together. No database, so there is but one
count.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from time import process_time
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bench.prove import Figure
from bench.prove.stage import planted
from coprod.drawings.chart_facts import LineChartFacts
from coprod.drawings.chart_scale import FRAMES
from coprod.drawings.line_chart import draw_line_chart, draw_small_multiples
from coprod.outcomes import rules
from coprod.outcomes.models import ChartEvent, Direction, HowOften, Indicator, MeasureKind, NewPhase, Reading, Unit

READINGS, CHARTS = 60, 24
IN_TIME, TOGETHER_IN_TIME = 0.005, 0.150
LIGHT = 12_000
TRIES = 20
TEMPLATES = FileSystemLoader(Path(__file__).parents[2] / "templates")
PAGES = Environment(loader=TEMPLATES, undefined=StrictUndefined, autoescape=True)


def measure(seed: int, tries: int = TRIES) -> Figure:
    """Print one chart and twenty-four small ones, and once more with a chart drawn in ten times as many widths."""
    chance = Random(seed)
    measures = [measured(chance, f"Measure {number}") for number in range(1, CHARTS + 1)]
    one, small = _best(lambda: printed(measures[0]), tries), _best(lambda: together(measures), tries)
    widths = weights(measures[0])
    with planted("coprod.drawings", "FRAMES", FRAMES * 10):
        slow = _best(lambda: printed(measures[0]), tries)
        heavy = weights(measures[0])
    counts = {"chart": one, "small": small, "widths": widths, "planted": {"chart": slow, "weight": sum(heavy)}}
    holds = one <= IN_TIME and small <= TOGETHER_IN_TIME and sum(widths) <= LIGHT
    return Figure("60", holds, slow > IN_TIME and sum(heavy) > LIGHT, counts, seed)


def measured(chance: Random, name: str) -> Indicator:
    """A measure of five years that rose once, had its limits set anew, and saw two events."""
    made = Indicator(id=uuid4(), name=name, kind=MeasureKind.OUTCOME, unit=Unit.SCORE, better=Direction.UP)
    made.who_is_counted, made.how_often, made.baseline, made.target = "", HowOften.MONTH, 50.0, 58.0
    made.readings = [
        Reading(month=_month(place), value=round(chance.gauss(50 if place < 40 else 56, 3), 1), denominator=40)
        for place in range(READINGS)
    ]
    made.phases = [NewPhase(starts=_month(20), why="A second clinic joined.")]
    made.events = [ChartEvent(day=_month(place), words="The ward closed.") for place in (31, 47)]
    return made


def _month(place: int) -> date:
    return date(2020 + place // 12, place % 12 + 1, 1)


def printed(indicator: Indicator) -> list[str]:
    """Print one chart, in every width."""
    print_one = PAGES.get_template("components/picture.html").module.picture
    return [str(print_one(one)) for one in draw_line_chart(_now(indicator)).pictures]


def _now(indicator: Indicator) -> LineChartFacts:
    """Leave out the chart that is kept from before: it is a second one."""
    return replace(rules.chart_of(indicator), kept=())


def together(indicators: list[Indicator]) -> str:
    """Print many small charts on one page."""
    charts, months = rules.charts_together(indicators)
    small = PAGES.get_template("components/small_multiples.html").module.small_multiples
    return str(small(draw_small_multiples(charts, months)))


def weights(indicator: Indicator) -> list[int]:
    """Weigh each width."""
    return [len(one.encode()) for one in printed(indicator)]


def _best(do: Callable[[], object], tries: int) -> float:
    took = []
    for _ in range(tries):
        began = process_time()
        do()
        took.append(process_time() - began)
    return round(min(took), 4)
