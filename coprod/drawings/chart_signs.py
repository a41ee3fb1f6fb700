"""The shapes of the control chart: what a point is called, and whether that is better."""

from collections.abc import Callable

from coprod.drawings.chart_facts import LineChartFacts, Meaning, Sign
from coprod.drawings.chart_scale import Scale
from coprod.drawings.shapes import Box, Circle, Path, Point, Shape, short


def _square(at: Point, size: float) -> Shape:
    half = 6 * size
    return Box((at[0] - half, at[1] - half), 2 * half, 2 * half)


def _triangle(at: Point, size: float) -> Shape:
    wide, high = short(7.5 * size), short(13 * size)
    return Path(f"M{short(at[0])} {short(at[1] - 8 * size)}l{wide} {high}h-{short(15 * size)}Z")


def _diamond(at: Point, size: float) -> Shape:
    half = short(8.5 * size)
    return Path(f"M{short(at[0])} {short(at[1] - 8.5 * size)}l{half} {half}l-{half} {half}l-{half} -{half}Z")


def _disc(at: Point, size: float) -> Shape:
    return Circle(at, 7 * size)


SHAPES: dict[Sign, Callable[[Point, float], Shape]] = {
    Sign.SHIFT: _square,
    Sign.TREND: _triangle,
    Sign.TWO_OF_THREE: _diamond,
    Sign.OUTSIDE: _disc,
}


def draw_signs(facts: LineChartFacts, scale: Scale) -> list[tuple[str, list[Shape]]]:
    """Draw shapes over the points that are signs, by what they mean; a ring round those outside."""
    layers: dict[str, list[Shape]] = {f"chart-sign chart-{meaning}": [] for meaning in Meaning}
    rings: list[Shape] = []
    size = scale.frame.signs
    for index, reading in enumerate(facts.readings):
        if reading.value is None or reading.sign is Sign.ORDINARY:
            continue
        at = (scale.x(index), scale.y(reading.value))
        layers[f"chart-sign chart-{reading.meaning}"].append(SHAPES[reading.sign](at, size))
        if reading.sign is Sign.OUTSIDE:
            rings.append(Circle(at, 11.5 * size))
    return [("chart-ring", rings), *layers.items()]
