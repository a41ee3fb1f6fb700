"""The signs of the control chart that have corners: a trend's triangle, and two of three's diamond."""

from collections.abc import Callable

from coprod.drawings.chart_facts import LineChartFacts, Meaning, Sign
from coprod.drawings.chart_scale import Scale
from coprod.drawings.shapes import Path, Point, short


def _triangle(at: Point, size: float) -> str:
    wide, high = short(7.5 * size), short(13 * size)
    return f"M{short(at[0])} {short(at[1] - 8 * size)}l{wide} {high}h-{short(15 * size)}Z"


def _diamond(at: Point, size: float) -> str:
    half = short(8.5 * size)
    return f"M{short(at[0])} {short(at[1] - 8.5 * size)}l{half} {half}-{half} {half}-{half}-{half}Z"


SHAPES: dict[Sign, Callable[[Point, float], str]] = {Sign.TREND: _triangle, Sign.TWO_OF_THREE: _diamond}


def draw_signs(facts: LineChartFacts, scale: Scale) -> list[tuple[str, list[Path]]]:
    """Draw triangles and diamonds over the points that are such signs, by what they mean.

    Those of one meaning are one path, so that a chart full of signs stays light.
    """
    drawn: dict[Meaning, str] = dict.fromkeys(Meaning, "")
    for index, reading in enumerate(facts.readings):
        if reading.value is not None and reading.sign in SHAPES:
            at = (scale.x(index), scale.y(reading.value))
            drawn[reading.meaning] += SHAPES[reading.sign](at, scale.signs)
    return [(f"chart-sign chart-{meaning}", [Path(d)] if d else []) for meaning, d in drawn.items()]
