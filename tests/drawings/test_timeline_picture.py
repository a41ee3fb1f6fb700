from datetime import date
from itertools import combinations

import pytest

from coprod.drawings.partial_dates import Known, PartialDate, Span
from coprod.drawings.timeline_picture import TimelineEntry, TimelineFacts, draw_timeline

ENTRIES = (
    TimelineEntry("2019", "Partner in the study", lane="Study and data"),
    TimelineEntry("2019/2022", "Data analysis", lane="Study and data"),
    TimelineEntry("2020-06", "First statistics", lane="Study and data", on_thread=True),
    TimelineEntry("2021-09/2022-02", "Two groups", lane="Groups", on_thread=True, href="/groups"),
    TimelineEntry("2024-03-27", "Report to the Scrutiny Committee of the council", "Scrutiny", lane="Steering"),
    TimelineEntry("2023-09/", "The legal stream goes on", lane="Streams"),
)
FACTS = TimelineFacts("so-far", "The programme so far", ENTRIES)


@pytest.mark.parametrize(
    ("text", "known", "first", "last"),
    [
        ("2019", Known.YEAR, date(2019, 1, 1), date(2019, 12, 31)),
        ("2024-02", Known.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-03-27", Known.DAY, date(2024, 3, 27), date(2024, 3, 27)),
    ],
)
def test_partial_date_means_every_day_it_may_be(text, known, first, last):
    assert PartialDate.read(text) == PartialDate(known, first, last)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019", "2019"),
        ("2020-06", "June"),
        ("2024-03-27", "27 March"),
        ("2019/2022", "2019 to 2022"),
        ("2021-09/2022-02", "September to February 2022"),
        ("2023-09/2023-12", "September to December"),
        ("2023-09/", "From September"),
    ],
)
def test_span_is_said_under_its_year(text, words):
    assert Span.read(text).words() == words


def test_each_date_is_drawn_no_more_exactly_than_it_is_known():
    picture = draw_timeline(FACTS).picture

    assert len(picture.shapes("timeline-day")) == 1
    assert len(picture.shapes("timeline-month")) == 1
    assert len(picture.shapes("timeline-stretch")) == 1
    assert len(picture.shapes("timeline-rough")) == 3


def test_open_end_reaches_the_edge():
    boxes = draw_timeline(FACTS).picture.shapes("timeline-rough")

    assert max(box.at[0] + box.width for box in boxes) == 1128


def test_lanes_come_in_the_order_given_and_years_along_the_top():
    picture = draw_timeline(FACTS).picture

    assert [word.text for word in picture.shapes("timeline-year")] == [str(year) for year in range(2019, 2025)]
    assert [word.text for word in picture.shapes("timeline-lane")] == [
        "Study and",
        "data",
        "Groups",
        "Steering",
        "Streams",
    ]


def test_labels_never_lie_on_one_another():
    crowd = tuple(TimelineEntry(f"2022-{month:02}", "A thing that happened that month") for month in range(1, 13))
    words = draw_timeline(TimelineFacts("crowd", "Crowd", crowd)).picture.shapes("timeline-label")

    def reach(word):
        width = len(word.text) * 9.2
        return (word.at[0] - width, word.at[0]) if word.css == "end" else (word.at[0], word.at[0] + width)

    for one, other in combinations(words, 2):
        apart = reach(one)[0] >= reach(other)[1] or reach(other)[0] >= reach(one)[1]
        assert apart or abs(one.at[1] - other.at[1]) >= 19


def test_labels_stay_inside_the_picture():
    words = draw_timeline(FACTS).picture.shapes("timeline-label")

    assert "Scrutiny" in [word.text for word in words]
    assert all(word.css == "end" or word.at[0] + len(word.text) * 9.2 <= 1128 for word in words)


def test_thread_joins_what_led_to_the_next_and_is_absent_otherwise():
    drawn = draw_timeline(FACTS)
    alone = draw_timeline(TimelineFacts("alone", "Alone", ENTRIES[:3]))

    assert drawn.threaded
    assert len(drawn.picture.shapes("thread-main")) == 1
    assert not alone.threaded
    assert alone.picture.shapes("thread-main") == ()


def test_list_holds_every_entry_under_its_first_year():
    years = draw_timeline(FACTS).years

    assert [(year.year, len(year.entries)) for year in years] == [(2019, 2), (2020, 1), (2021, 1), (2023, 1), (2024, 1)]


def test_no_entries_give_no_picture(macro):
    empty = draw_timeline(TimelineFacts("empty", "Empty", ()))

    assert empty.picture is None
    assert "<svg" not in macro("timeline_picture")(empty)


def test_macro_prints_the_picture_its_key_and_the_list(macro, parse):
    drawn = draw_timeline(FACTS)
    printed = str(macro("timeline_picture")(drawn))

    assert "How one thing led to the next" in printed
    assert '<a href="/groups">Two groups</a>' in printed
    assert "style=" not in printed
    parse(str(macro("picture")(drawn.picture)))
    plain = draw_timeline(TimelineFacts("plain", "Plain", ENTRIES[:2]))
    assert "How one thing led" not in macro("timeline_picture")(plain)
