"""A theory of sixty parts and a hundred arrows is drawn so that a person can follow it."""

import itertools
import math
import re
from uuid import uuid4

import pytest

from coprod.drawings import theory_map
from coprod.drawings.shapes import Picture
from coprod.drawings.theory_map import draw_theory
from coprod.theories import rules
from coprod.theories.models import Theory, TheoryState
from coprod.theories.rules import Telling, Told
from tests.theories import born_into_care

STEPS = 16
MOST_CROSSINGS = 90
"""Found by looking: this one has about eighty, of which none is at a box and each is drawn as a bridge."""


@pytest.fixture(scope="module")
def told() -> Told:
    theory = born_into_care.write(Theory(id=uuid4(), number=1, state=TheoryState.READ, changed=""))
    tellings = itertools.cycle((Telling.UNMEASURED, Telling.BETTER, Telling.CHANCE, Telling.UNMEASURED, Telling.WORSE))
    return Told(theory, frozenset(), dict(zip((part.id for part in theory.parts), tellings, strict=False)))


@pytest.fixture(scope="module")
def picture(told) -> Picture:
    drawn = draw_theory(rules.picture_of(told))
    assert drawn is not None
    return drawn


def _boxes(picture):
    return [one for layer in picture.layers if re.match(r"theory-box", layer.css) for one in layer.shapes]


def _ways(picture):
    for line in picture.shapes("theory-lines"):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", line.d)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield [theory_map._along(points, step / STEPS * 0.999) for step in range(STEPS + 1)]


def _turn(a, b, c) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _far(one, other) -> bool:
    """Answer whether two ways keep to places of their own, which needs no closer look."""
    return any(max(a[axis] for a in way) < min(b[axis] for b in than)
               for axis in (0, 1) for way, than in ((one, other), (other, one)))  # fmt: skip


def _cross(one, other) -> bool:
    if _far(one, other):
        return False
    for (a, b), (c, d) in itertools.product(itertools.pairwise(one), itertools.pairwise(other)):
        if _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0:
            return True
    return False


def test_every_part_and_arrow_is_drawn_and_no_arrow_runs_through_a_part(picture) -> None:
    boxes, ways = _boxes(picture), list(_ways(picture))
    assert (len(boxes), len(ways)) == (60, 100)
    for way, box in itertools.product(ways, boxes):
        left, top = box.at
        inside = [(x, y) for x, y in way if left < x < left + box.width and top < y < top + box.height]
        assert not inside


def test_few_arrows_cross_and_no_number_lies_on_another(picture) -> None:
    ways = list(_ways(picture))
    apart = [pair for pair in itertools.combinations(ways, 2) if math.dist(pair[0][0], pair[1][0]) > 1]
    assert sum(_cross(*pair) for pair in apart) <= MOST_CROSSINGS
    beads = [one.at for layer in picture.layers if layer.css.startswith("theory-bead") for one in layer.shapes]
    assert len(beads) == 100
    near = [pair for pair in itertools.combinations(beads, 2) if math.dist(*pair) < 2 * theory_map.BEAD - 2]
    assert len(near) <= 2


def test_the_driver_diagram_of_it_reads_from_the_aim_back(told) -> None:
    drawn = draw_theory(rules.drivers_of(told))
    assert drawn is not None
    boxes = _boxes(drawn)
    assert len(boxes) == 50
    headings = [word.text for word in drawn.shapes("theory-heading")]
    assert headings == list(rules.DRIVERS.values())


def test_its_lists_tell_all_of_it(told) -> None:
    assert [len(parts) for _, parts in told.columns()] == [10, 16, 12, 17, 5]
    assert sum(len(told.after(part)) for part in told.theory.parts) == 100
    assert max(told.steps.values()) == 2
    assert all(rules.can_join(told.theory, one.start, one.end, one) for one in told.theory.arrows)
