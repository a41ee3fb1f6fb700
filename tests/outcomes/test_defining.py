"""A definition sheet is put in other words, with a reason; and what is only told, without dates."""

import html
import re
from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.outcomes import queries, rules, services
from coprod.outcomes.models import Direction, FormerDefinition, HowOften, Indicator, MeasureKind, Unit
from coprod.outcomes.rules import defining, telling
from tests.factories import keep
from tests.outcomes.builders import a_proposal, an_indicator


def lines_of(indicator: Indicator, **other) -> dict:
    return {name: getattr(indicator, name) for name in defining.LINES} | other


def typed_of(indicator: Indicator, **other) -> dict:
    words = ("name", "numerator", "denominator", "who_is_counted", "source", "told")
    return {name: getattr(indicator, name) for name in words} | {"baseline": "", "target": "", "read": "0"} | other


def test_a_keeper_puts_it_in_other_words_and_the_old_stay(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50, 52, source="A form", target=60)
    services.define(
        indicator, lines_of(indicator, source="The booking form", target=70), "The form has a name", by=table.alex
    )
    assert (indicator.source, indicator.target) == ("The booking form", 70)
    assert defining.former_words(indicator) == [
        (
            indicator.former[0].on,
            "The form has a name",
            ["Where the numbers come from: A form", "Target: 60%"],
        )
    ]
    assert [entry.verb for entry in db.session.scalars(db.select(Entry))] == ["definition changed"]
    services.define(indicator, lines_of(indicator), "Nothing is changed", by=table.alex)
    services.define(indicator, lines_of(indicator, baseline=40), "We found it", by=table.sam, read=1)
    assert next(was for _, _, was in defining.former_words(indicator)) == ["Baseline: nothing"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", MeasureKind.PROCESS),
        ("unit", Unit.DAYS),
        ("better", Direction.DOWN),
        ("how_often", HowOften.QUARTER),
        ("groups", ["North", "South"]),
    ],
)
def test_what_readings_have_their_meaning_from_stays_once_there_is_one(table, name, value) -> None:
    """Nobody turns a rise into a fall behind the readings' back; a reading that waits counts as well."""
    read = an_indicator(table.recommendation, "Read", 50)
    waits = an_indicator(table.recommendation, "Waits")
    a_proposal(waits, table.sam)
    for one in (read, waits):
        with pytest.raises(Refused, match="Measure it anew"):
            services.define(one, lines_of(one, **{name: value}), "Because", by=table.sam)
    fresh = an_indicator(table.recommendation, "Fresh", unit=Unit.COUNT)
    services.define(fresh, lines_of(fresh, **{name: value}), "Because", by=table.sam)
    assert getattr(fresh, name) == value


def test_a_count_may_begin_and_end_as_high_as_it_is(as_, table) -> None:
    """A baseline of many people is no fault of a form that knows no denominator."""
    typed = {"name": "Assessments", "kind": "outcome", "unit": "people", "better": "up", "baseline": "50"}
    assert as_(table.sam).post(f"/indicators/of/{table.recommendation.id}/new", data=typed).status_code == 303


@pytest.mark.parametrize(
    ("other", "why", "sentence"),
    [
        ({"name": "TAKEN"}, "Because", "There is a measure of this name already."),
        ({"target": 160}, "Because", "between 0 and 100"),
        ({"name": "Better"}, "", "Say why."),
        ({"how_often": HowOften.TOLD}, "Because", "Say what is told"),
        ({"how_often": HowOften.TOLD, "told": "down by 6%"}, "Because", "Say whose words these are."),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(table, other, why, sentence) -> None:
    an_indicator(table.recommendation, "Taken")
    indicator = an_indicator(table.recommendation)
    with pytest.raises(Refused, match=sentence):
        services.define(indicator, lines_of(indicator, **other), why, by=table.sam)


def test_who_keeps_nothing_changes_nothing(table) -> None:
    indicator = an_indicator(table.recommendation)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.define(indicator, lines_of(indicator, name="Mine"), "Because", by=table.robin)


def test_who_saves_second_is_told(table) -> None:
    """R4."""
    indicator = an_indicator(table.recommendation)
    services.define(indicator, lines_of(indicator, source="One"), "Because", by=table.sam, read=0)
    with pytest.raises(Overtaken):
        services.define(indicator, lines_of(indicator, source="Two"), "Because", by=table.alex, read=0)
    services.define(indicator, lines_of(indicator, source="One"), "The same", by=table.alex, read=0)
    assert (indicator.source, len(indicator.former)) == ("One", 1)


def test_counted_in_another_way_the_limits_begin_afresh_with_the_next_reading(table) -> None:
    for name, often, values, starts in (
        ("A month", HowOften.MONTH, (50, 52), date(2020, 3, 1)),
        ("A quarter", HowOften.QUARTER, (50,), date(2020, 4, 1)),
        ("A week", HowOften.WEEK, (50,), date(2020, 1, 6)),
    ):
        indicator = an_indicator(table.recommendation, name, *values, how_often=often)
        services.define(
            indicator, lines_of(indicator, who_is_counted="All"), "All are asked", by=table.sam, afresh=True
        )
        assert [(one.starts, one.why) for one in indicator.phases] == [(starts, "All are asked")]
        services.define(indicator, lines_of(indicator), "Again", by=table.sam, afresh=True)
        assert len(indicator.phases) == 1
    fresh = an_indicator(table.recommendation, "Fresh")
    services.define(fresh, lines_of(fresh, source="A form"), "Because", by=table.sam, afresh=True)
    assert fresh.phases == []


def test_a_small_baseline_is_not_told_when_it_is_changed(as_, table) -> None:
    """B13: neither in the box of who changes it, nor in how it was put before; left empty it stays."""
    indicator = an_indicator(table.recommendation, "Complaints", 512, unit=Unit.COUNT, baseline=3)
    client, address = as_(table.alex), f"/indicators/{indicator.id}/definition"
    page = client.get(address).text
    assert "The baseline is fewer than 5" in page
    assert 'value="3"' not in page
    client.post(address, data=typed_of(indicator, source="A log", why="It has a name"))
    assert db.session.scalars(db.select(Indicator.baseline)).one() == 3
    client.post(address, data=typed_of(indicator, source="A log", baseline="12", read="1", why="Counted again"))
    told = client.get(f"/indicators/{indicator.id}").text
    assert "Baseline: Fewer than 5" in told
    assert not re.search(r"\b3\b", re.sub(r"[0-9a-f-]{36}", "", told[told.index("How it was put before") :])[:400])


def test_the_page_changes_a_sheet_and_shows_both_to_the_second(as_, table) -> None:
    """R4: nothing that was typed is lost."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50, source="A form", baseline=40.5)
    address = f"/indicators/{indicator.id}/definition"
    page = as_(table.sam).get(address).text
    assert 'value="40.5"' in page
    assert "Change how it is put" in as_(table.sam).get(f"/indicators/{indicator.id}").text
    refused = as_(table.sam).post(address, data=typed_of(indicator, source="Mine", why=""))
    assert (refused.status_code, "Say why." in refused.text, "Mine" in refused.text) == (422, True, True)
    kept = as_(table.sam).post(
        address, data=typed_of(indicator, source="Sam’s", baseline="40.5", why="Sam knows"), follow_redirects=True
    )
    assert "It is put so from now on." in kept.text
    assert "Where the numbers come from: A form" in kept.text
    second = as_(table.alex).post(address, data=typed_of(indicator, source="Alex’s", why="Alex knows", afresh="y"))
    text = html.unescape(second.text)
    assert (second.status_code, "Somebody else changed it" in text) == (422, True)
    assert ("Sam’s" in text, "Alex’s" in text, "Alex knows" in text) == (True, True, True)
    assert 'name="read" type="hidden" value="1"' in text or re.search(r'name="read"[^>]*value="1"', text)
    again = as_(table.alex).post(
        address, data=typed_of(indicator, source="Alex’s", read="1", why="Alex knows", afresh="y")
    )
    assert again.status_code == 303
    one = queries.one_seen_by(table.sam, indicator.id)
    assert (one.source, len(one.former), len(one.phases)) == ("Alex’s", 2, 1)


def test_before_the_first_reading_everything_can_change(as_, table) -> None:
    indicator = an_indicator(table.recommendation)
    wanted = {"kind": "process", "unit": "people", "better": "down", "how_often": "week", "groups": "North\nSouth"}
    data = typed_of(indicator, why="We know more", **wanted)
    address = f"/indicators/{indicator.id}/definition"
    for wrong in ({"unit": "sheep"}, {"how_often": "never"}):
        assert as_(table.sam).post(address, data=data | wrong).status_code == 422
    assert as_(table.sam).post(address, data=data | {"read": "x"}).status_code == 303
    one = queries.one_seen_by(table.sam, indicator.id)
    assert (one.kind, one.groups, one.how_often) == (MeasureKind.PROCESS, ["North", "South"], HowOften.WEEK)
    assert "Broken down by: nothing" in html.unescape(as_(table.robin).get(f"/indicators/{indicator.id}").text)


def test_a_unit_that_was_another_says_an_old_level_in_it(table) -> None:
    indicator = an_indicator(table.recommendation, unit=Unit.DAYS, target=10)
    keep(
        FormerDefinition(
            indicator=indicator, number=1, was={"unit": "%", "target": "60.0"}, why="W", by_id=table.sam.id,
            on=date(2025, 1, 1),
        )
    )  # fmt: skip
    assert defining.former_words(indicator)[0][2] == ["What a reading is: %", "Target: 60%"]


# --- What is only told.


def test_what_is_told_without_dates_is_shown_as_that_with_its_source(as_, table) -> None:
    """Domain section 8: a difference is told as such; no dates, no line, no trend."""
    client = as_(table.sam)
    typed = {
        "name": "Neglect plans", "kind": "outcome", "unit": "%", "better": "down", "how_often": "told without dates",
        "told": "Down by 6%", "source": "The board’s record", "groups": "", "baseline": "", "target": "",
    }  # fmt: skip
    refused = client.post(f"/indicators/of/{table.recommendation.id}/new", data=typed | {"told": "", "source": ""})
    assert (refused.status_code, "Say what is told" in refused.text, "Say whose words" in refused.text) == (
        422,
        True,
        True,
    )
    page = client.post(f"/indicators/of/{table.recommendation.id}/new", data=typed, follow_redirects=True).text
    told = "Down by 6%. Source: The board’s record. Nobody knows the dates. It is a difference, and never a trend."
    indicator = db.session.scalars(db.select(Indicator)).one()
    listed = client.get(f"/indicators/of/{table.recommendation.id}").text
    for shown in (page, listed, as_(table.robin).get(f"/indicators/{indicator.id}").text):
        assert told in html.unescape(shown)
        assert "<polyline" not in shown
        assert "line-chart" not in shown
    assert "Add a reading" not in page
    with pytest.raises(Refused, match="told without dates"):
        services.add_reading(indicator, date(2025, 1, 1), 50, 40, by=table.sam)


def test_a_small_count_is_not_told_either() -> None:
    """B13."""
    for told in ("From 3 to 50", "2 fewer", "Was 4"):
        found = defining.told_faults(HowOften.TOLD, Unit.COUNT, told, "A record")
        assert found == {"told": defining.NO_SMALL_COUNT}
    for told in ("From 50 to over 180", "Down by 4%", "1,400 more", "0.3", "12"):
        assert defining.told_faults(HowOften.TOLD, Unit.COUNT, told, "A record") == {}


def test_words_that_end_by_themselves_get_no_second_stop() -> None:
    indicator = Indicator(told="It fell!", source="a board.", how_often=HowOften.TOLD)
    assert telling.words_of(indicator).startswith("It fell! Source: a board. Nobody")
    assert rules.FEWER
