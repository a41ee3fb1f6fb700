import re
import sys
from dataclasses import replace
from itertools import pairwise
from time import process_time

import pytest

from coprod.drawings.chart_facts import (
    Among,
    Better,
    ChartReading,
    CycleSpan,
    Kind,
    Levels,
    LineChartFacts,
    Meaning,
    Note,
    Sign,
    Sparkline,
    Stretch,
)
from coprod.drawings.chart_words import letter
from coprod.drawings.line_chart import draw_line_chart, draw_small_multiples, draw_sparkline

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LEVELS = Levels(50, (39.36, 60.64), (42.91, 57.09))
CONTROL = (Stretch(0, 19, Kind.CONTROL_CHART, 12, LEVELS),)
VALUES = (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62)


SHIFTED = ChartReading("Oct 2025", 62, sign=Sign.SHIFT, meaning=Meaning.NEITHER)


def readings(values) -> tuple[ChartReading, ...]:
    return tuple(
        ChartReading(f"{MONTHS[(2 + index) % 12]} {2024 + (2 + index) // 12}", value)
        for index, value in enumerate(values)
    )


def facts(values=VALUES, **changes) -> LineChartFacts:
    return replace(LineChartFacts("knew", "Knew her name", "% a month", readings(values)), **changes)


def written(picture) -> dict[str, str]:
    """What is written down once for all widths, by the class it is printed in."""
    paths = {one.key: one.d for one in picture.written.outlines}
    return {use.css: paths[use.key] for use in picture.written.uses}


def places_of(picture) -> list[float]:
    """How far along each ordinary point lies."""
    scale = float(picture.layers[-2].transform.split("scale(")[1].split(" ")[0])
    at, along = 0.0, []
    for step in written(picture)["chart-dots"].split("h0")[:-1]:
        at += float(step[1:].replace("-", " -").split()[0])
        along.append(at * scale)
    return along


def test_table_has_a_row_for_every_reading(macro):
    chart = draw_line_chart(facts())
    printed = str(macro("readings_table")(chart))

    assert [(row.label, row.value) for row in chart.rows[:2]] == [("Mar 2024", "48"), ("Apr 2024", "52")]
    assert printed.count('<th scope="row">') == len(VALUES)
    assert "What it shows" not in printed


def test_suppressed_reading_is_in_words_and_never_in_the_picture(macro):
    chart = draw_line_chart(facts((48, 52, None, 54, 49, 51, 47)))

    assert chart.rows[2].value == "Fewer than 5"
    drawn = written(chart.pictures[0])
    assert drawn["chart-dots"].count("h0") == 6
    assert drawn["chart-line"].count("M") == 2
    assert "1 not shown." in chart.pictures[0].desc
    assert "Fewer than 5" in macro("line_chart")(chart)


def test_bare_line_has_a_target_and_a_table_but_no_limits(macro):
    chart = draw_line_chart(facts((40, 44, 41, 47, 46), stretches=(Stretch(0, 4, Kind.LINE),), target=45))
    printed = str(macro("line_chart")(chart))

    for picture in chart.pictures:
        assert picture.shapes("chart-mean") == picture.shapes("chart-limit") == picture.shapes("chart-near") == ()
        assert len(picture.shapes("chart-target")) == 1
    assert [entry.words for entry in chart.legend] == ["One reading", "Target 45"]
    assert "<details" in printed
    assert " open>" in printed


def test_trial_limits_and_a_median_are_called_so():
    trial = Stretch(0, 7, Kind.CONTROL_CHART, 8, LEVELS)
    median = Stretch(0, 19, Kind.RUN_CHART, 12, Levels(50))
    first = draw_line_chart(facts(VALUES[:8], stretches=(trial,)))
    second = draw_line_chart(facts(stretches=(median,), readings=(*readings(VALUES)[:-1], SHIFTED)))

    assert [word.text for word in first.pictures[0].shapes("chart-right")] == [
        "Upper trial limit 60.6",
        "Mean 50",
        "Lower trial limit 39.4",
    ]
    assert [entry.words for entry in first.legend][-2:] == ["Trial limits 39.4 and 60.6", "Baseline: the first 8"]
    assert [entry.words for entry in second.legend] == [
        "Ordinary ups and downs",
        "Shift: 7 on one side of the median",
        "Median 50",
        "Baseline: the first 12",
    ]
    assert second.pictures[0].shapes("chart-limit") == ()


@pytest.mark.parametrize("values", [(), (7,), (None, None, None), (None, 9)])
def test_too_few_shown_readings_give_no_chart(macro, values):
    chart = draw_line_chart(facts(values))

    assert chart.pictures == ()
    assert chart.legend == ()
    assert "<svg" not in macro("line_chart")(chart)
    assert ("No readings yet." in macro("line_chart")(chart)) == (not values)


def test_control_lines_are_named_at_the_right_and_kept_apart():
    chart = draw_line_chart(facts(stretches=CONTROL, target=60))
    wide, middle, narrow = chart.pictures

    for picture in (wide, middle):
        names = picture.shapes("chart-right")
        assert [word.text for word in names] == ["Upper limit 60.6", "Target 60", "Mean 50", "Lower limit 39.4"]
        assert all(after.at[1] - before.at[1] >= 15 for before, after in pairwise(names))
        assert names[1].css == "chart-strong"
    assert narrow.shapes("chart-right") == ()
    for css in ("chart-limit", "chart-near"):
        (lines,) = wide.shapes(css)
        assert lines.d.count("M") == 2
    assert [entry.words for entry in chart.legend] == [
        "Ordinary ups and downs",
        "Target 60",
        "Mean 50",
        "Limits 39.4 and 60.6",
        "Baseline: the first 12",
    ]


def test_names_at_the_right_have_the_room_they_need():
    few = (Stretch(0, 9, Kind.CONTROL_CHART, 10, LEVELS),)
    for picture in draw_line_chart(facts(VALUES[:10], stretches=few)).pictures[:2]:
        letters = {"wide": 16, "middle": 18}[picture.css.split("-")[1]]
        ends = [word.at[0] + 0.56 * letters * len(word.text) for word in picture.shapes("chart-right")]
        assert "Upper trial limit 60.6" in [word.text for word in picture.shapes("chart-right")]
        assert max(ends) <= picture.width


def test_target_is_drawn_double():
    (target,) = draw_line_chart(facts(target=60)).pictures[0].shapes("chart-target")

    assert target.d.count("M") == 2


def test_baseline_is_shaded_and_named_where_there_is_room():
    def names(baseline):
        drawn = draw_line_chart(facts(stretches=(Stretch(0, 19, Kind.CONTROL_CHART, baseline, LEVELS),)))
        return [[word.text for word in picture.shapes("chart-first")] for picture in drawn.pictures]

    assert names(12) == [["Baseline: the first 12"], ["Baseline: the first 12"], ["First 12"]]
    assert names(1) == [[], [], []]
    assert draw_line_chart(facts()).pictures[0].shapes("chart-baseline") == ()


def test_cycles_stand_in_brackets_with_as_much_of_their_name_as_fits():
    spans = (CycleSpan(1, "name card", 12, 12), CycleSpan(2, "phone call", 13, 16), CycleSpan(3, "", 17, 19))
    wide, _, narrow = draw_line_chart(facts(cycles=spans)).pictures

    assert len(wide.shapes("chart-bracket")) == len(wide.shapes("chart-drop")) == 3
    assert [word.text for word in wide.shapes("chart-cycle")] == ["1", "Cycle 2", "phone call", "Cycle 3"]
    assert [word.text for word in narrow.shapes("chart-cycle")] == ["1", "2", "3"]


def test_cycles_over_the_same_readings_are_numbered_side_by_side():
    spans = (CycleSpan(1, "one day", 11, 12), CycleSpan(2, "a week", 12, 12), CycleSpan(3, "a month", 14, 19))
    for picture in draw_line_chart(facts(cycles=spans)).pictures:
        first, second, third, *_ = picture.shapes("chart-cycle")
        assert (first.text, second.text) == ("1", "2")
        assert third.text in {"3", "Cycle 3"}
        assert second.at[0] - first.at[0] >= 10
    (same, again, *_) = (
        draw_line_chart(facts(cycles=(spans[1], replace(spans[1], number=3)))).pictures[0].shapes("chart-cycle")
    )
    assert again.at[0] - same.at[0] >= 10


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
    chart = draw_line_chart(facts(readings=(*marked, hidden, *readings(VALUES)[5:]), stretches=CONTROL))
    wide = chart.pictures[0]

    (worse,), (neither,) = (wide.shapes(f"chart-sign chart-{meaning}") for meaning in ("concern", "neither"))
    drawn = written(wide)
    assert [drawn[css].count("h0") for css in ("chart-block chart-improvement", "chart-spot chart-improvement")] == [
        1,
        1,
    ]
    assert drawn["chart-ring"] == drawn["chart-ring-core"] == drawn["chart-spot chart-improvement"]
    assert drawn["chart-dots"].count("h0") == len(VALUES) - 5, "a sign is no open dot as well"
    assert ("l7.5 13h-15Z" in worse.d, worse.d.count("M")) == (True, 1)
    assert ("l8.5 8.5-8.5 8.5-8.5-8.5Z" in neither.d, neither.d.count("M")) == (True, 1)
    assert [entry.mark for entry in chart.legend] == [
        "ordinary",
        "outside",
        "trend",
        "two-of-three",
        "shift",
        "mean",
        "limit",
        "baseline",
    ]
    assert [row.note for row in chart.rows][:5] == [
        "Shift: improvement",
        "Trend: concern",
        "Two of three: neither better nor worse",
        "Outside: improvement",
        "",
    ]
    assert chart.signed
    assert "What it shows" in macro("line_chart")(chart)


def test_story_says_the_answer_first_and_then_the_numbers():
    desc = draw_line_chart(facts(summary="It got better.", target=60)).pictures[0].desc

    assert desc == (
        "It got better. 20 readings, from Mar 2024 to Oct 2025. Lowest 46, highest 62, latest 62. Target 60."
    )


@pytest.mark.parametrize("values", [(5, 5, 5), (0, 0, 0), (0.001, 0.004, 0.002), (1e6, 3e6, 2e6), (-4, 6, 2)])
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


def two_phases() -> tuple[Stretch, ...]:
    second = Stretch(20, 59, Kind.CONTROL_CHART, 12, Levels(54, (40, 68)), "A second clinic joined.")
    return (replace(CONTROL[0], last=19), second)


def test_new_limits_hold_from_where_they_begin_and_say_why(macro):
    chart = draw_line_chart(facts(VALUES * 3, stretches=two_phases(), target=60))
    wide = chart.pictures[0]
    (means,) = wide.shapes("chart-mean")
    starts = [float(part.split(" ")[0]) for part in means.d.split("M")[1:]]
    ends = [float(part.split("H")[1]) for part in means.d.split("M")[1:]]

    assert ends[0] == starts[1], "neither crosses into the other"
    assert len(wide.shapes("chart-baseline")) == 2
    assert "Mean 54" in [word.text for word in wide.shapes("chart-right")]
    assert "Mean 50" not in [word.text for word in wide.shapes("chart-right")]
    assert chart.legend[-1].words == "Baseline: the first 12 from Nov 2025"
    assert chart.notes == (chart.notes[0],)
    assert (chart.notes[0].letter, chart.notes[0].label) == ("A", "Nov 2025")
    assert chart.rows[20].note == chart.notes[0].words == "New limits from here: A second clinic joined."
    assert "A second clinic joined." in macro("line_chart")(chart)


def test_charts_from_before_new_limits_are_kept_beside(macro):
    old = facts(VALUES * 3, key="knew-1", stretches=CONTROL)
    chart = draw_line_chart(facts(VALUES * 3, stretches=two_phases(), kept=(old,)))
    printed = str(macro("line_chart")(chart))

    assert [kept.key for kept in chart.kept] == ["knew-1"]
    assert "The chart with the limits from before" in printed
    assert printed.count('<svg class="chart ') == 6


def test_events_are_letters_on_the_line_that_never_lie_on_each_other(macro):
    events = tuple(Note(at, f"Event {at}") for at in (3, 4, 5, 58, 59, 59))
    dated = Note(7, "The ward closed", "3 Oct 2024")
    chart = draw_line_chart(facts(VALUES * 3, events=(*events, dated)))

    assert [note.letter for note in chart.notes] == list("ABCDEFG")
    assert [(note.label, note.words) for note in chart.notes][3] == ("3 Oct 2024", "The ward closed")
    for picture in chart.pictures:
        drop, *letters = picture.shapes("chart-note")
        assert drop.d.count("M") == 7
        assert all(after.at[0] - before.at[0] >= 10 for before, after in pairwise(letters))
        assert all(0 < word.at[0] < picture.width - 5 for word in letters)
    assert "The ward closed" in macro("line_chart")(chart)


def test_cycles_and_notes_stand_over_each_other():
    both = facts(cycles=(CycleSpan(1, "card", 3, 9),), events=(Note(3, "Snow"),))
    wide = draw_line_chart(both).pictures[0]
    cycle = wide.shapes("chart-cycle")[-1]
    note = wide.shapes("chart-note")[-1]

    assert cycle.at[1] < note.at[1] - 15
    assert draw_line_chart(both).rows[3].note == "Cycle 1 begins: card. Snow"
    assert wide.height > draw_line_chart(facts(cycles=both.cycles)).pictures[0].height


def test_letters_go_on_after_z():
    assert [letter(place) for place in (0, 25, 26, 53)] == ["A", "Z", "A2", "B3"]


def crowded() -> LineChartFacts:
    """Sixty readings, each of them a sign, with new limits, cycles, events and a target."""
    signs = [Sign.SHIFT, Sign.TREND, Sign.TWO_OF_THREE, Sign.OUTSIDE]
    marked = tuple(
        replace(one, sign=signs[index % 4], meaning=Meaning.IMPROVEMENT if index > 30 else Meaning.CONCERN)
        for index, one in enumerate(readings(VALUES * 3))
    )
    return facts(
        readings=marked,
        stretches=two_phases(),
        target=60,
        cycles=tuple(CycleSpan(number, "phone call", 12 * number, 12 * number + 9) for number in range(1, 5)),
        events=(Note(30, "The ward closed for six weeks."), Note(44, "A new team began.")),
        summary="It got better: the last 7 readings lie above the mean, but the chart does not show why.",
    )


def test_what_is_hollow_is_drawn_hollow():
    """In the round and in the square: a concern is told from an improvement without its colour."""
    marked = [
        replace(one, sign=sign, meaning=Meaning.CONCERN)
        for one, sign in zip(readings(VALUES), (Sign.OUTSIDE, Sign.SHIFT), strict=False)
    ]
    drawn = written(draw_line_chart(facts(readings=(*marked, *readings(VALUES)[2:]))).pictures[0])
    assert drawn["chart-spot-core"] == drawn["chart-spot chart-concern"]
    assert drawn["chart-block-core"] == drawn["chart-block chart-concern"]


def test_sixty_readings_are_quick_and_light(macro, parse):
    """At most 5 milliseconds, and 12 KB printed for all three widths together: of the fullest chart there can be."""
    took = []
    for _ in range(5):
        start = process_time()
        chart = draw_line_chart(crowded())
        took.append(process_time() - start)
    fullest = [str(macro("picture")(picture)) for picture in chart.pictures]

    assert min(took) < (0.005 if sys.gettrace() is None else 0.05), "only the coverage tracer may slow it"
    assert sum(len(picture.encode()) for picture in fullest) < 12_000
    for picture in fullest:
        assert "style=" not in picture
        parse(picture)


def test_small_multiples_share_their_months_and_keep_their_own_scale(macro):
    late = replace(facts((2, 3, 4), word="No telling"), readings=readings((2, 3, 4)), key="late")
    early = facts(word="Better", key="all", summary="It got better: seven lie above the mean.")
    first, second, none = draw_small_multiples(
        [Among(early, tuple(range(20))), Among(late, (17, 18, 19)), Among(facts((), key="none"), ())], 20
    )

    assert (first.word, second.word, none.line.picture) == ("Better", "No telling", None)
    along = [places_of(one.line.picture) for one in (first, second)]
    assert along[0][-3:] == pytest.approx(along[1]), "the same month lies at the same place"
    printed = str(macro("small_multiples")((first, second, none)))
    assert printed.count("<svg") == 2
    assert printed.index("Better") < printed.index("No telling")
    assert [first.words, second.words] == ["Seven lie above the mean.", ""]


def test_two_points_are_never_joined_by_a_line(macro):
    """What was read before and after only is a comparison, and so are two readings of any measure."""
    once = replace(facts((43, 51, 71)), joined=False)
    for one in (once, facts((43, 71)), facts((43, None, 71))):
        assert draw_line_chart(one).pictures == ()
        assert draw_sparkline(one) == Sparkline(None, "71")
        assert "71" in macro("line_chart")(draw_line_chart(one))


def test_three_pictures_of_one_chart_share_no_id(macro):
    printed = str(macro("line_chart")(draw_line_chart(facts())))
    ids = [part.split('"')[0] for part in printed.split(' id="')[1:]]

    assert sorted(ids) == ["chart-knew-wide-desc", "chart-knew-wide-title", "knew-d", "knew-l", "knew-p"]
    assert printed.count('aria-labelledby="chart-knew-wide-title chart-knew-wide-desc"') == 3
    assert printed.count('href="#knew-p"') == 3
    assert printed.count("20 readings, from Mar 2024") == 1, "the story is told once"


def test_sparkline_ends_in_its_latest_shown_value(macro):
    line = draw_sparkline(facts((48, 52, 54, None), target=60, stretches=CONTROL))

    assert line.latest == "54"
    assert [shape.text for shape in line.picture.shapes("") if shape.kind == "word"] == ["54"]
    assert "<svg" in macro("sparkline")(line)


def test_sparkline_and_chart_of_one_measure_can_stand_on_one_page(macro):
    one = facts((48, 52, 54, 51), target=60, stretches=CONTROL)
    printed = macro("line_chart")(draw_line_chart(one)) + macro("sparkline")(draw_sparkline(one))
    ids = re.findall(r' id="([^"]+)"', printed)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', printed)) <= set(ids)


@pytest.mark.parametrize(("values", "words"), [((7,), "7"), ((None,), "Fewer than 5"), ((), "No readings yet")])
def test_sparkline_of_too_little_is_words(macro, values, words):
    line = draw_sparkline(facts(values))

    assert line.picture is None
    assert words in macro("sparkline")(line)
