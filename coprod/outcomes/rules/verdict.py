"""What a chart shows, and what it does not, in one plain sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coprod.drawings.chart_facts import ENOUGH_FOR_LIMITS, Kind, Meaning, Sign, Stretch
from coprod.outcomes.rules.control_chart import Assurance, ControlChart, Mark, Point

UPS_AND_DOWNS = "ordinary ups and downs"
MEETS = {
    Assurance.PASSES: "it passes, as things are",
    Assurance.FAILS: "it fails, as things are",
    Assurance.HIT_AND_MISS: "hit and miss",
}


class Word(StrEnum):
    """The verdict in a word."""

    BETTER = "better"
    WORSE = "worse"
    NO_TELLING = "no telling"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict: a word, and the sentence that says why it is no more and no less."""

    word: Word
    sentence: str


def verdict(chart: ControlChart, baseline: str = "") -> Verdict:
    """Say what a chart shows and what it does not; two points are a comparison and never a trend.

    `baseline` is where things stood before, in words: one reading beside it is a comparison too.
    """
    latest = chart.latest
    if latest is None:
        return Verdict(Word.NO_TELLING, _too_little(chart, baseline))
    if latest.sign is Sign.ORDINARY:
        return Verdict(Word.NO_TELLING, _ordinary(chart))
    because = _because(latest, chart.stretches[-1])
    if latest.meaning is Meaning.NEITHER:
        way = "up" if latest.up else "down"
        return Verdict(Word.NO_TELLING, f"It went {way}, and neither way is better: {because}.")
    word = Word.BETTER if latest.meaning is Meaning.IMPROVEMENT else Word.WORSE
    return Verdict(word, f"It got {word}: {because}, but the chart does not show why.")


def assurance_words(chart: ControlChart) -> str:
    """Say what the limits promise of the target; nothing where they promise nothing."""
    return MEETS[chart.assurance] if chart.assurance else ""


# --- Where the rules cannot tell.


def _too_little(chart: ControlChart, baseline: str) -> str:
    if not chart.points:
        return "No reading yet."
    now = chart.stretches[-1]
    shown = [point for point in chart.points[now.first :] if point.value is not None]
    if not shown:
        return "No reading may be shown, so nobody can tell whether it changed."
    if now.tells:
        return "The latest reading may not be shown, so the chart cannot tell whether it changed."
    if now.first:
        return _since(len(shown), chart.points[now.first])
    return _few(shown, baseline)


def _since(count: int, first: Point) -> str:
    readings = "1 reading" if count == 1 else f"{count} readings"
    return f"{readings} since the limits were set anew in {first.label}: too few to tell a change from {UPS_AND_DOWNS}."


def _few(shown: Sequence[Point], baseline: str) -> str:
    count = len(shown)
    if count == 1 and not baseline:
        return "One reading: it shows where things stand, and not whether they changed."
    if count <= 2:
        two = f"{shown[0].label} and {shown[1].label}" if count == 2 else f"the baseline and {shown[0].label}"
        return f"Two points, {two}: a comparison, which cannot tell a change from {UPS_AND_DOWNS}."
    if count < ENOUGH_FOR_LIMITS:
        return f"{count} readings: too few to tell a change from {UPS_AND_DOWNS}."
    return f"{count} readings, with trial limits: too early to tell a change from {UPS_AND_DOWNS}."


# --- Where they can.


def _ordinary(chart: ControlChart) -> str:
    now = chart.stretches[-1]
    stood_out = sum(mark.sign is not Sign.ORDINARY for mark in chart.marks[now.first :])
    earlier = {0: "", 1: " 1 earlier reading stood out."}.get(stood_out, f" {stood_out} earlier readings stood out.")
    shows = f"the latest reading is within {UPS_AND_DOWNS}"
    return f"No telling: {shows}, which does not prove that nothing changed.{earlier}"


def _because(mark: Mark, now: Stretch) -> str:
    """Say what the rules saw."""
    centre = "median" if now.kind is Kind.RUN_CHART else "mean"
    side, end = ("above", "upper") if mark.up else ("below", "lower")
    return {
        Sign.OUTSIDE: f"the latest reading lies {side} the {end} limit",
        Sign.TREND: f"the last 7 readings each go {'higher' if mark.up else 'lower'} than the one before",
        Sign.TWO_OF_THREE: f"two of three readings lie near the {end} limit",
        Sign.SHIFT: f"the last 7 readings lie {side} the {centre}",
    }[mark.sign]
