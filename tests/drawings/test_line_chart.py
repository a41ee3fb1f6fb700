import sys
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest

from coprod.drawings.chart_facts import Better, ChartReading, CycleSpan, LineChartFacts, Meaning, Sign
from coprod.drawings.line_chart import draw_line_chart, draw_sparkline
from coprod.drawings.shapes import Cased

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
VALUES = (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62)


def readings(values) -> tuple[ChartReading, ...]:
    return tuple(
        ChartReading(f"{MONTHS[(2 + index) % 12]} {2024 + (2 + index) // 12}", value)
        for index, value in enumerate(values)
    )


def facts(values=VALUES, **changes) -> LineChartFacts:
    return replace(LineChartFacts("knew", "Knew her name", "% a month", readings(values)), **changes)


def dots_of(picture) -> list[str]:
    (cased,) = [
        shape
        for layer in picture.layers
        for shape in layer.shapes
        if isinstance(shape, Cased) and shape.css == "chart-dots"
    ]
    return cased.d.split("h0")[:-1]


def test_table_has_a_row_for_every_reading(macro):
    chart = draw_line_chart(facts())
    printed = str(macro("readings_table")(chart))

    assert [(row.label, row.value) for row in chart.rows[:2]] == [("Mar 2024", "48"), ("Apr 2024", "52")]
    assert printed.count('<th scope="row">') == len(VALUES)
    assert "What it shows" not in printed


def test_suppressed_reading_is_in_words_and_never_in_the_picture(macro):
    chart = draw_line_chart(facts((48, 52, None, 54, 49, 51, 47)))

    assert chart.rows[2].value == "Fewer than 5"
    for picture in chart.pictures:
        assert len(dots_of(picture)) == 6
        (line,) = [shape for shape in picture.shapes("") if isinstance(shape, Cased) and shape.css == "chart-line"]
        assert line.d.count("M") == 2
        assert "1 not shown." in picture.desc
    assert "Fewer than 5" in macro("line_chart")(chart)


def test_fewer_than_six_readings_give_a_line_and_a_table_but_no_limits(macro):
    chart = draw_line_chart(facts((40, 44, 41, 47, 46), mean=44, limits=(30, 60), near=(35, 55), target=45))
    printed = str(macro("line_chart")(chart))

    for picture in chart.pictures:
        assert picture.shapes("chart-mean") == picture.shapes("chart-limit") == picture.shapes("chart-near") == ()
        assert len(picture.shapes("chart-target")) == 1
    assert [entry.mark for entry in chart.legend] == ["ordinary", "target"]
    assert "<details" in printed
    assert " open>" in printed


@pytest.mark.parametrize("values", [(), (7,), (None, None, None), (None, 9)])
def test_too_few_shown_readings_give_no_chart(macro, values):
    chart = draw_line_chart(facts(values))

    assert chart.pictures == ()
    assert chart.legend == ()
    assert "<svg" not in macro("line_chart")(chart)
    assert ("No readings yet." in macro("line_chart")(chart)) == (not values)


def test_control_lines_are_named_at_the_right_and_kept_apart():
    chart = draw_line_chart(facts(mean=50, limits=(39.36, 60.64), near=(42.91, 57.09), target=60, baseline=12))
    wide, middle, narrow = chart.pictures

    for picture in (wide, middle):
        names = picture.shapes("chart-right")
        assert [word.text for word in names] == ["Upper limit 60.6", "Target 60", "Mean 50", "Lower limit 39.4"]
        assert all(after.at[1] - before.at[1] >= 15 for before, after in pairwise(names))
        assert names[1].css == "chart-strong"
    assert narrow.shapes("chart-right") == ()
    assert len(wide.shapes("chart-limit")) == len(wide.shapes("chart-near")) == 2
    assert [entry.words for entry in chart.legend] == [
        "Ordinary ups and downs",
        "Target 60",
        "Mean 50",
        "Limits 39.4 and 60.6",
        "Baseline: the first 12",
    ]


def test_target_is_drawn_double():
    (target,) = draw_line_chart(facts(target=60)).pictures[0].shapes("chart-target")

    assert target.d.count("M") == 2


def test_baseline_is_shaded_and_named_where_there_is_room():
    def names(**changes):
        return [
            [word.text for word in picture.shapes("chart-first")]
            for picture in draw_line_chart(facts(**changes)).pictures
        ]

    assert names(baseline=12) == [["Baseline: the first 12"], ["Baseline: the first 12"], ["First 12"]]
    assert names(baseline=1) == [[], [], []]
    assert draw_line_chart(facts()).pictures[0].shapes("chart-baseline") == ()


def test_cycles_stand_in_brackets_with_as_much_of_their_name_as_fits():
    spans = (CycleSpan(1, "name card", 12, 12), CycleSpan(2, "phone call", 13, 16), CycleSpan(3, "", 17, 19))
    wide, _, narrow = draw_line_chart(facts(cycles=spans)).pictures

    assert len(wide.shapes("chart-bracket")) == len(wide.shapes("chart-drop")) == 3
    assert [word.text for word in wide.shapes("chart-cycle")] == ["1", "Cycle 2", "phone call", "Cycle 3"]
    assert [word.text for word in narrow.shapes("chart-cycle")] == ["1", "2", "3"]


def test_chart_without_cycles_wastes_no_room_above():
    with_cycle = draw_line_chart(facts(cycles=(CycleSpan(1, "", 0, 3),))).pictures[0]

    assert draw_line_chart(facts()).pictures[0].height < with_cycle.height


def test_dates_thin_out_until_they_fit_and_name_each_year_once():
    wide, _, narrow = draw_line_chart(facts()).pictures

    assert [word.text for word in wide.shapes("chart-label")][:3] == ["Mar", "2024", "Apr"]
    for picture in (wide, narrow):
        assert [word.text for word in picture.shapes("chart-label") if word.text.isdigit()] == ["2024", "2025"]
    assert len(narrow.shapes("chart-label")) < len(wide.shapes("chart-label"))


def test_labels_that_are_no_months_stay_whole():
    weeks = tuple(ChartReading(f"Week {number}", float(number)) for number in range(1, 4))

    assert [word.text for word in draw_line_chart(facts(readings=weeks)).pictures[0].shapes("chart-label")] == [
        "Week 1",
        "Week 2",
        "Week 3",
    ]


def test_sixty_readings_crowd_no_two_years_together():
    narrow = draw_line_chart(facts(VALUES * 3)).pictures[2]
    places = [word.at[0] for word in narrow.shapes("chart-label") if word.text.isdigit()]

    assert all(after - before > 30 for before, after in pairwise(places))


def test_signs_have_a_shape_each_and_what_they_mean_as_their_class(macro):
    signs = [Sign.SHIFT, Sign.TREND, Sign.TWO_OF_THREE, Sign.OUTSIDE]
    meanings = [Meaning.IMPROVEMENT, Meaning.CONCERN, Meaning.NEITHER, Meaning.IMPROVEMENT]
    marked = [
        replace(reading, sign=sign, meaning=meaning)
        for reading, sign, meaning in zip(readings(VALUES)[:4], signs, meanings, strict=True)
    ]
    hidden = replace(readings(VALUES)[4], value=None, sign=Sign.OUTSIDE, meaning=Meaning.CONCERN)
    chart = draw_line_chart(facts(readings=(*marked, hidden, *readings(VALUES)[5:]), mean=50))
    wide = chart.pictures[0]

    assert [shape.kind for shape in wide.shapes("chart-sign chart-improvement")] == ["box", "circle"]
    assert [shape.kind for shape in wide.shapes("chart-sign chart-concern")] == ["path"]
    assert [shape.kind for shape in wide.shapes("chart-sign chart-neither")] == ["path"]
    assert len(wide.shapes("chart-ring")) == 1
    assert [entry.mark for entry in chart.legend] == [
        "ordinary",
        "outside",
        "trend",
        "two-of-three",
        "shift",
        "mean",
    ]
    assert chart.rows[4].note == ""
    assert "What it shows" in macro("line_chart")(chart)


def test_story_says_the_answer_first_and_then_the_numbers():
    desc = draw_line_chart(facts(summary="It got better.", target=60)).pictures[0].desc

    assert desc == (
        "It got better. 20 readings, from Mar 2024 to Oct 2025. Lowest 46, highest 62, latest 62. Target 60."
    )


@pytest.mark.parametrize("values", [(5, 5, 5), (0, 0), (0.001, 0.004), (1e6, 3e6), (-4, 6, 2)])
def test_every_span_of_values_gets_readable_numbers_at_the_side(values):
    numbers = draw_line_chart(facts(values)).pictures[0].shapes("chart-number")

    assert 2 <= len(numbers) <= 6


def test_values_above_nothing_never_get_a_scale_below_nothing():
    numbers = draw_line_chart(facts((0, 2, 1))).pictures[0].shapes("chart-number")

    assert not [word.text for word in numbers if word.text.startswith("-")]


def test_better_way_is_said_in_words():
    assert [draw_line_chart(facts(better=better)).better for better in Better] == [
        "Up is better.",
        "Down is better.",
        "Neither way is better.",
    ]


def test_sixty_readings_are_quick_and_light(macro, parse):
    many = facts(VALUES * 3, baseline=12, target=60)
    took = []
    for _ in range(5):
        start = process_time()
        chart = draw_line_chart(many)
        took.append(process_time() - start)
    pictures = [str(macro("picture")(picture)) for picture in chart.pictures]

    assert min(took) < (0.005 if sys.gettrace() is None else 0.05), "only the coverage tracer may slow it"
    assert sum(len(picture.encode()) for picture in pictures) < 12_000
    for picture in pictures:
        assert "style=" not in picture
        parse(picture)


def test_three_pictures_of_one_chart_share_no_id(macro):
    printed = str(macro("line_chart")(draw_line_chart(facts())))
    ids = [part.split('"')[0] for part in printed.split(' id="')[1:]]

    assert len(ids) == len(set(ids)) == 12


def test_sparkline_ends_in_its_latest_shown_value(macro):
    line = draw_sparkline(facts((48, 52, 54, None), target=60, mean=50, limits=(40, 61), near=(43, 57)))

    assert line.latest == "54"
    assert [shape.text for shape in line.picture.shapes("") if shape.kind == "word"] == ["54"]
    assert "<svg" in macro("sparkline")(line)


@pytest.mark.parametrize(("values", "words"), [((7,), "7"), ((None,), "Fewer than 5"), ((), "No readings yet")])
def test_sparkline_of_too_little_is_words(macro, values, words):
    line = draw_sparkline(facts(values))

    assert line.picture is None
    assert words in macro("sparkline")(line)
