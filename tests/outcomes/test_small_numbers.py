"""Small numbers of what is broken down: nothing under the limit can be worked out (B13, F21)."""

from datetime import date
from uuid import uuid4

import pytest

from bench.prove import f21_measures, f21_pages
from coprod.outcomes.models import Direction, HowOften, Indicator, MeasureKind, Reading, Unit
from coprod.outcomes.rules import chart_of, telling
from coprod.outcomes.rules.measuring import FEWER
from coprod.outcomes.rules.small_numbers import HIDDEN, broken_down
from tests.access.neighbours import two_partnerships


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((7, 12), ("7", "12", "19")),
        ((0, 12), ("0", "12", "12")),
        ((0, 0), ("0", "0", "0")),
        ((3, 12), (HIDDEN, HIDDEN, "15")),
        ((1, 1200), (HIDDEN, HIDDEN, "1,201")),
        ((1, 1), (FEWER, FEWER, FEWER)),
        ((0, 3), (FEWER, FEWER, FEWER)),
        ((2, 2, 2), (HIDDEN, HIDDEN, HIDDEN, "6")),
        ((8, 9, 3, 20), ("8", "9", HIDDEN, HIDDEN, "40")),
        ((1, 1, 9, 9), (HIDDEN, HIDDEN, HIDDEN, HIDDEN, "20")),
        ((6, 0, 5, 8, 7, 2), ("6", "0", "5", "8", HIDDEN, HIDDEN, "28")),
    ],
)
def test_a_small_count_is_hidden_and_another_so_that_nobody_subtracts(parts, words) -> None:
    """B13: the total is shown where it may be; what is hidden looks alike, whether it is small or stands beside it."""
    assert broken_down(parts).words == words


def test_no_small_number_is_ever_worked_out_however_the_counts_fall() -> None:
    """F21 for measures: twelve people in five groups, more people in fewer; and twelve groups, subtracted."""
    found = f21_measures.solve(largest={1: 40, 2: 30, 3: 20, 4: 14, 5: 12, 6: 9})
    assert (found.derived, found.examples) == (0, [])
    assert found.outcomes > 20_000


def test_hiding_the_small_ones_alone_would_be_found_out() -> None:
    """F21: the solver can see."""
    found = f21_measures.solve(f21_measures.only_the_small_ones, {2: 12, 3: 9})
    assert found.derived > 100
    assert "subtracted gives" in found.examples[-1] or "means" in found.examples[-1]


@pytest.fixture(scope="module")
def own_walk(tmp_path_factory):
    """A world of its own: numbers are put into it."""
    folder = tmp_path_factory.mktemp("numbers")
    with two_partnerships(folder, *(f"sqlite:///{folder / name}.db" for name in ("ours", "theirs"))) as walk:
        yield walk


def test_what_is_read_tells_no_small_number(own_walk) -> None:
    """F21, small: page and file, for all ways six people fall into two groups; what waits, and what it was before."""
    read = f21_pages.solve(own_walk, 6, 2, "outcomes.show")
    assert (read.solved.derived, read.solved.examples, len(read.places)) == (0, [], 1)
    assert read.pages >= read.solved.outcomes > 100


@pytest.mark.parametrize("fault", [f21_pages.only_small_ones_hidden, f21_pages.what_it_was_shown])
def test_what_gives_a_small_number_away_would_be_found_out(own_walk, fault) -> None:
    """F21: the solver reads what is there."""
    with fault():
        assert f21_pages.solve(own_walk, 6, 2, "outcomes.show", shares=False).solved.derived


def a_broken_down_measure(*months: tuple[int, ...]) -> Indicator:
    indicator = Indicator(
        id=uuid4(),
        name="Missed first visits",
        kind=MeasureKind.PROCESS,
        unit=Unit.COUNT,
        better=Direction.DOWN,
        how_often=HowOften.MONTH,
        groups=["North", "South", "By phone"],
        who_is_counted="",
        baseline=None,
        target=None,
    )
    indicator.readings = [
        Reading(month=date(2025, place, 1), value=sum(parts), denominator=None, parts=list(parts), note="")
        for place, parts in enumerate(months, start=1)
    ]
    return indicator


def test_page_file_and_chart_say_the_same_of_what_is_hidden() -> None:
    """B13: one published form; what one of them hides, no other tells."""
    months = ((3, 12, 9), (7, 8, 9), (1, 1, 1), (20, 4, 2), (6, 6, 6), (0, 0, 9))
    indicator = a_broken_down_measure(*months)
    head, rows = telling.table_of(indicator)
    assert head == ["Month", "North", "South", "By phone", "All"]
    assert list(reversed(rows)) == telling.groups_of(indicator)
    for parts, row, drawn in zip(months, rows, chart_of(indicator).readings, strict=True):
        assert tuple(row[1:]) == f21_measures.as_published(parts)
        assert row[-1] == (drawn.instead or f"{drawn.value:g}")
