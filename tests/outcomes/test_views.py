"""The pages."""

import html
import io
import re
from datetime import date

import pytest

from coprod.core.db import db
from coprod.outcomes.models import HowOften, Indicator, MeasureKind, ProposedReading, Reading, Unit
from tests import factories as make
from tests.outcomes.builders import a_proposal, a_recommendation, an_indicator


def measures() -> list[str]:
    return [one.name for one in db.session.scalars(db.select(Indicator).order_by(Indicator.name))]


def readings() -> list[tuple[date, float, int | None]]:
    found = db.session.scalars(db.select(Reading).order_by(Reading.month))
    return [(one.month, one.value, one.denominator) for one in found]


def proposed() -> list[tuple[date, float, int | None]]:
    found = db.session.scalars(db.select(ProposedReading).order_by(ProposedReading.month))
    return [(one.month, one.value, one.denominator) for one in found]


NEW = {
    "name": "Knew her name",
    "kind": "outcome",
    "unit": "%",
    "better": "up",
    "who_is_counted": "Parents at two clinics",
    "source": "The booking form",
    "baseline": "50%",
    "target": "60",
}


def test_a_measure_is_added_and_shown(as_, table) -> None:
    client, recommendation = as_(table.sam), table.recommendation.id
    assert client.get(f"/indicators/of/{recommendation}/new").status_code == 200
    answer = client.post(f"/indicators/of/{recommendation}/new", data=NEW, follow_redirects=True)
    assert "No reading yet. Baseline 50%. Target 60%." in answer.text
    assert measures() == ["Knew her name"]
    listed = client.get(f"/indicators/of/{recommendation}").text
    assert "Knew her name" in listed
    assert "Measure something" in listed


def test_a_list_with_nothing_in_it_says_so(as_, table) -> None:
    listed = as_(table.robin).get(f"/indicators/of/{table.recommendation.id}").text
    assert "Nothing is measured yet" in listed
    assert "Measure something" not in listed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Say what you measure."),
        ({"name": "FELT HEARD"}, "There is a measure of this name already."),
        ({"name": "943 476 5919"}, "This looks like an NHS number."),
        ({"kind": ""}, "Choose a kind."),
        ({"unit": ""}, "Choose what a reading is."),
        ({"unit": "miles"}, "Choose one of these."),
        ({"better": ""}, "Choose a way."),
        ({"baseline": "half"}, "Write a number, such as 62 or 4.5."),
        ({"target": "160"}, "A percentage lies between 0 and 100."),
        ({"target": "nan"}, "Write a smaller number."),
    ],
)
def test_a_measure_that_cannot_be_is_asked_again(as_, table, wrong, sentence) -> None:
    an_indicator(table.recommendation, "Felt heard")
    answer = as_(table.sam).post(f"/indicators/of/{table.recommendation.id}/new", data=NEW | wrong)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "The booking form" in answer.text, "what was typed is kept"
    assert measures() == ["Felt heard"]


def test_a_member_may_not_add_a_measure_and_is_told_why(as_, table) -> None:
    client, address = as_(table.robin), f"/indicators/of/{table.recommendation.id}/new"
    for answer in (client.get(address), client.post(address, data=NEW)):
        assert answer.status_code == 403
        assert "Only the facilitator, the chair" in answer.text
    assert measures() == []


def test_a_stranger_to_both_tables_finds_nothing(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    client, reading = as_(table.cyd), indicator.readings[0].id
    addresses = [f"/indicators/of/{table.recommendation.id}", f"/indicators/of/{table.recommendation.id}/new"]
    addresses += [f"/indicators/{indicator.id}", f"/indicators/readings/{reading}/correction"]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.post(f"/indicators/{indicator.id}/readings", data={}).status_code == 404


def test_a_reading_is_added(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50, target=60, baseline=50)
    typed = {"month": "October 2025", "value": "62%", "denominator": "1,040", "note": "After the card"}
    answer = as_(table.alex).post(f"/indicators/{indicator.id}/readings", data=typed, follow_redirects=True)
    assert "The reading waits for a second person." in answer.text
    assert "Latest 50%." in answer.text
    assert "Take back" in answer.text
    proposal = db.session.scalars(db.select(ProposedReading)).one().id
    assert "62%" not in as_(table.robin).get(f"/indicators/{indicator.id}").text
    answer = as_(table.sam).post(f"/indicators/proposals/{proposal}/approved", follow_redirects=True)
    assert "October 2025 counts now." in answer.text
    for said in ("Latest 62%.", "Baseline 50%.", "Target 60%", "After the card"):
        assert said in answer.text
    assert readings()[1:] == [(date(2025, 10, 1), 62.0, 1040)]
    assert "1,040" not in answer.text
    assert "1040" not in answer.text


@pytest.mark.parametrize("written", ["Oct 2025", "2025-10", "10/2025", "10.2025"])
def test_a_month_is_written_in_several_ways(as_, table, written) -> None:
    indicator = an_indicator(table.recommendation)
    typed = {"month": written, "value": "62", "denominator": "40"}
    as_(table.sam).post(f"/indicators/{indicator.id}/readings", data=typed)
    assert proposed() == [(date(2025, 10, 1), 62.0, 40)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"month": ""}, "Write the month like this: October 2025."),
        ({"month": "last month"}, "Write the month like this: October 2025."),
        ({"month": "January 2020"}, "January 2020 has a reading already. Correct that one."),
        ({"month": "December 2025"}, "That month has not come yet."),
        ({"value": ""}, "Write a number, such as 62 or 4.5."),
        ({"value": "most"}, "Write a number, such as 62 or 4.5."),
        ({"value": "101"}, "A percentage lies between 0 and 100."),
        ({"denominator": ""}, "Say out of how many people."),
        ({"denominator": "4.5"}, "Write a whole number, such as 40."),
        ({"denominator": "9" * 5000}, "Write a whole number, such as 40."),
        ({"denominator": "0"}, "Where nobody was counted"),
        ({"note": "AB12C34567"}, "This looks like a court number."),
    ],
)
def test_a_reading_that_cannot_be_is_asked_again(as_, table, wrong, sentence) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    typed = {"month": "October 2025", "value": "62", "denominator": "40", "note": "Kept words"} | wrong
    answer = as_(table.sam).post(f"/indicators/{indicator.id}/readings", data=typed)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    for name in ("month", "value", "note"):
        assert f'value="{typed[name]}"' in answer.text or not typed[name]
    assert len(readings()) == 1


def test_a_member_sees_the_page_without_the_forms(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50, 52)
    client = as_(table.robin)
    page = client.get(f"/indicators/{indicator.id}")
    assert "Add a reading" not in page.text
    assert "Put a reading right" not in page.text
    refused = client.post(f"/indicators/{indicator.id}/readings", data={})
    assert (refused.status_code, "Only the facilitator" in refused.text) == (403, True)


def test_a_correction_shows_what_it_was_and_why(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    client, address = as_(table.sam), f"/indicators/readings/{indicator.readings[0].id}/correction"
    assert "Now: 50%." in client.get(address).text
    typed = {"value": "52", "denominator": "44", "why": "Four forms were late"}
    page = client.post(address, data=typed, follow_redirects=True).text
    assert "January 2020: it was 50%" not in page
    proposal = db.session.scalars(db.select(ProposedReading)).one().id
    page = as_(table.alex).post(f"/indicators/proposals/{proposal}/approved", follow_redirects=True).text
    assert "January 2020: it was 50%" in page
    assert "Four forms were late" in page
    assert readings() == [(date(2020, 1, 1), 52.0, 44)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"why": ""}, "Say why it was wrong."), ({"value": "500"}, "A percentage lies between 0 and 100.")],
)
def test_a_correction_that_cannot_be_is_asked_again(as_, table, wrong, sentence) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    typed = {"value": "52", "denominator": "44", "why": "Four forms were late"} | wrong
    answer = as_(table.sam).post(f"/indicators/readings/{indicator.readings[0].id}/correction", data=typed)
    assert (answer.status_code, sentence in answer.text, typed["why"] in answer.text) == (422, True, True)
    assert readings() == [(date(2020, 1, 1), 50.0, 40)]


def test_a_member_may_not_correct_and_is_told_why(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    client, address = as_(table.mia), f"/indicators/readings/{indicator.readings[0].id}/correction"
    assert [client.get(address).status_code, client.post(address, data={}).status_code] == [403, 403]


def shown(page: str) -> set[str]:
    """Every number a reader, or a screen reader, meets; coordinates and keys aside."""
    page = page[page.index('<main id="main"') :]
    plain = re.sub(r"<(?!title|desc)[^>]*>", " ", page)
    return set(re.findall(r"(?<![\w-])\d+(?![\w-])", plain))


def test_a_small_number_is_nowhere_on_any_page(as_, table) -> None:
    """Domain section 6: not in chart, table, alt text or page, nor a total it could be subtracted from."""
    values = (512, 3, 514, 509, 508, 507)
    indicator = an_indicator(
        table.recommendation, "Formal complaints", *values, unit=Unit.COUNT, people=777, kind=MeasureKind.BALANCING
    )
    client, small = as_(table.sam), indicator.readings[1]
    typed = {"value": "2", "denominator": "778", "why": "A letter counted twice"}
    address = f"/indicators/readings/{small.id}/correction"
    before, pages = client.get(address).text, [client.post(address, data=typed, follow_redirects=True).text]
    proposal = db.session.scalars(db.select(ProposedReading)).one().id
    approved = as_(table.alex).post(f"/indicators/proposals/{proposal}/approved", follow_redirects=True).text
    assert "February 2020: it was Fewer than 5" in approved
    assert "February 2020: Fewer than 5 (now fewer than 5)" in pages[0]
    pages += [client.get(f"/indicators/of/{table.recommendation.id}").text, before, client.get(address).text, approved]
    pages.append(f'<main id="main"{client.get(f"/indicators/{indicator.id}/readings.csv").text}')
    hidden = {"2", "3", "777", "778", str(sum(values)), str(sum(values) - 1)}
    assert [shown(page) & hidden for page in pages] == [set()] * 6
    assert approved.count("Fewer than 5") > 1


def cost_of(client, address, query_count) -> int:
    client.get(address)
    query_count.clear()
    assert client.get(address).status_code == 200
    return len([one for one in query_count if one.startswith("SELECT")])


def test_the_pages_ask_the_database_the_same_however_much_there_is(as_, table, query_count) -> None:
    client, listed = as_(table.sam), f"/indicators/of/{table.recommendation.id}"
    keys = [an_indicator(table.recommendation, "Knew her name", *range(20)).id]
    short = cost_of(client, listed, query_count)
    keys += [an_indicator(table.recommendation, f"Measure {one}", *range(60)).id for one in range(2)]
    assert cost_of(client, listed, query_count) == short
    costs = [cost_of(client, f"/indicators/{key}", query_count) for key in keys]
    assert costs[0] == costs[1] == costs[2]


def test_a_broken_down_measure_shows_its_groups_and_hides_what_could_be_worked_out(as_, table) -> None:
    """B13, F21: on the page and in the file, the second cell too."""
    client, listed = as_(table.sam), f"/indicators/of/{table.recommendation.id}/new"
    wanted = NEW | {"unit": "people", "baseline": "", "target": "", "groups": "North\nSouth\n", "how_often": "quarter"}
    page = client.post(listed, data=wanted, follow_redirects=True).text
    assert "North, South" in page
    indicator = db.session.scalars(db.select(Indicator)).one()
    address = f"/indicators/{indicator.id}"
    refused = client.post(f"{address}/readings", data={"month": "Q3 2025", "part_0": "12"})
    assert (refused.status_code, "Write a whole number" in refused.text) == (422, True)
    refused = client.post(f"{address}/readings", data={"month": "Q3 2025", "part_0": "12", "part_1": "-3"})
    assert (refused.status_code, "Count whole people." in refused.text) == (422, True)
    for month, parts in (("Q3 2025", ("612", "3")), ("Q2 2025", ("611", "77"))):
        client.post(f"{address}/readings", data={"month": month, "part_0": parts[0], "part_1": parts[1]})
    open_now = " ".join(one.id.hex for one in db.session.scalars(db.select(ProposedReading)))
    answer = as_(table.alex).post(f"{address}/proposals/approved", data={"read": open_now}, follow_redirects=True)
    assert "Readings that count from now on: 2." in answer.text
    page, file = as_(table.robin).get(address).text, as_(table.robin).get(f"{address}/readings.csv").text
    for text in (re.sub(r"[0-9a-f-]{36}", "", page), file):
        assert "612" not in text
        assert "Fewer than 5 here or beside it" in text
        for told in ("615", "611", "77", "688"):
            assert told in text


def test_what_came_after_the_page_was_read_is_not_approved_with_the_rest(as_, table) -> None:
    """R4: nobody approves what nobody has looked at."""
    indicator = an_indicator(table.recommendation)
    first, own = a_proposal(indicator, table.sam), a_proposal(indicator, table.alex, month=date(2025, 4, 1))
    a_proposal(indicator, table.sam, month=date(2025, 5, 1))
    answer = as_(table.alex).post(
        f"/indicators/{indicator.id}/proposals/approved", data={"read": f"{first.id.hex} {own.id.hex}"}
    )
    assert answer.status_code == 303
    assert readings() == [(date(2025, 6, 1), 50.0, 40)]


def test_a_reading_is_sent_back_with_a_reason_or_taken_back(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    proposal = a_proposal(indicator, table.sam)
    address = f"/indicators/proposals/{proposal.id}"
    chair, facilitator = as_(table.alex), as_(table.sam)
    assert "Send June 2025 back" in chair.get(f"{address}/sent-back").text
    assert chair.post(f"{address}/sent-back", data={"reply": ""}).status_code == 422
    assert facilitator.post(f"{address}/sent-back", data={"reply": "No"}).status_code == 403
    told = chair.post(f"{address}/sent-back", data={"reply": "Was it 50?"}, follow_redirects=True)
    assert "It is sent back" in told.text
    another = a_proposal(indicator, table.sam, month=date(2025, 7, 1))
    told = facilitator.post(f"/indicators/proposals/{another.id}/taken-back", follow_redirects=True)
    assert "It is taken back." in told.text
    assert len(readings()) == 1
    assert as_(table.robin).get(f"{address}/sent-back").status_code == 404


def test_rows_are_pasted_looked_at_and_proposed(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    client, address = as_(table.sam), f"/indicators/{indicator.id}/brought"
    assert "Out of how many people" in client.get(address).text
    pasted = {"rows": "Month\tValue\tOf\nAug 2025\t62%\t40\nSep 2025\t0.62\t40\nOct 2025\t58\t44"}
    looked = client.post(address, data=pasted)
    assert (looked.status_code, proposed()) == (200, [])
    for told in (
        "August 2025: 62%",
        "October 2025: 58%",
        "Cell B3",
        "A spreadsheet keeps 62% as 0.62",
        "Propose these 2",
    ):
        assert told in looked.text
    rows = html.unescape(re.search(r'name="rows" value="([^"]*)"', looked.text)[1])
    told = client.post(f"{address}/proposed", data={"rows": rows}, follow_redirects=True)
    assert "Readings that wait for a second person now: 2." in told.text
    assert proposed() == [(date(2025, 8, 1), 62.0, 40), (date(2025, 10, 1), 58.0, 44)]
    assert client.post(f"{address}/proposed", data={"rows": ""}).status_code == 422


def test_what_cannot_come_in_is_there_to_be_mended(as_, table) -> None:
    """Nothing that was typed is lost: neither a row that cannot come in, nor one that was overtaken (R4)."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    client, address = as_(table.sam), f"/indicators/{indicator.id}/brought"
    looked = client.post(address, data={"rows": "Aug 2025\t62%\t40\nSept 25\tsixty\t41"}).text
    assert "and leave the others out" in looked
    kept = html.unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", looked, re.DOTALL)[1])
    assert kept.splitlines() == ["Aug 2025\t62%\t40", "Sept 25\tsixty\t41"]
    from_a_file = client.post(address, data={"file": (io.BytesIO(b"Aug 2025;seven;40"), "days.csv")}).text
    assert "Aug 2025\tseven\t40" in html.unescape(from_a_file)
    rows = html.unescape(re.search(r'name="rows" value="([^"]*)"', looked)[1])
    a_proposal(indicator, table.alex, month=date(2025, 8, 1))
    met = client.post(f"{address}/proposed", data={"rows": rows})
    assert (met.status_code, "Something came in meanwhile." in met.text) == (422, True)
    assert ("August 2025 waits for a second person already." in met.text, len(proposed())) == (True, 1)


def test_a_file_is_read_and_what_cannot_be_is_said(as_, table) -> None:
    """O6."""
    indicator = an_indicator(table.recommendation, unit=Unit.DAYS)
    client, address = as_(table.sam), f"/indicators/{indicator.id}/brought"
    looked = client.post(address, data={"file": (io.BytesIO(b"Aug 2025;7\nSep 2025;8"), "days.csv")})
    assert "September 2025: 8 days" in looked.text
    for wrong, sentence in (
        ({}, "Paste some rows, or choose a file."),
        ({"file": (io.BytesIO(b"%PDF-1.7"), "days.csv")}, "This is not a spreadsheet."),
        ({"rows": "\n".join(["Aug 2025\t7"] * 301)}, "Bring 300 rows at most at a time."),
    ):
        answer = client.post(address, data=wrong)
        assert (answer.status_code, sentence in answer.text) == (422, True)
    nothing = client.post(address, data={"rows": "August\tseven 7"})
    assert "Nothing can come in as it is" in nothing.text


def test_two_points_have_no_chart(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Dental checks", 43, 71, how_often=HowOften.ONCE)
    client = as_(table.sam)
    for page in (
        client.get(f"/indicators/{indicator.id}").text,
        client.get(f"/indicators/of/{table.recommendation.id}").text,
    ):
        assert "Two points show a difference. They are never a trend." in page
        assert "<polyline" not in page
        assert "line-chart" not in page


def test_limits_begin_afresh_and_events_are_noted(as_, table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", *range(50, 64))
    client, address = as_(table.sam), f"/indicators/{indicator.id}"
    for wrong, sentence in (
        ({"starts": "2020-01-01", "why": "A clinic"}, "Choose a reading after the first."),
        ({"starts": "2020-03-01", "why": ""}, "Say why the limits begin afresh."),
    ):
        answer = client.post(f"{address}/phases", data=wrong)
        assert (answer.status_code, sentence in answer.text) == (422, True)
    begun = client.post(f"{address}/phases", data={"starts": "2020-08-01", "why": "A clinic"}, follow_redirects=True)
    assert "The limits begin afresh there." in begun.text
    assert client.post(f"{address}/phases", data={"starts": "2020-08-01", "why": "Again"}).status_code == 422
    for wrong, sentence in (
        ({"day": "1 December 2025", "words": "Soon"}, "That day has not come yet."),
        ({"day": "", "words": "When?"}, "Write the day like this"),
    ):
        answer = client.post(f"{address}/events", data=wrong)
        assert (answer.status_code, sentence in answer.text) == (422, True)
    noted = client.post(f"{address}/events", data={"day": "9 March 2020", "words": "Cards"}, follow_redirects=True)
    assert "It stands on the line now." in noted.text


# --- Side by side.


def test_every_measure_of_the_programme_stands_side_by_side_for_who_may_see_it(as_, table) -> None:
    an_indicator(table.recommendation, "Knew her name", *[48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 62])
    an_indicator(table.recommendation, "Dental checks", 43, 71, how_often=HowOften.ONCE)
    an_indicator(table.recommendation, "Came to tea", 2, 3, 4, unit=Unit.COUNT)
    other = make.a_stream(table.programme, "Mapping", members=[table.cyd])
    unsent = a_recommendation(other, table.steering, number=2, title="A map", submitted_on=None)
    an_indicator(unsent, "Maps in print", 1, 2)
    elsewhere = make.a_stream(make.a_programme(name="Elsewhere"), "Away", members=[table.robin])
    an_indicator(a_recommendation(elsewhere, table.steering, number=3, title="Further"), "Far away", 1, 2)

    address = f"/indicators/in/{table.programme.id}"
    page = html.unescape(as_(table.robin).get(address).text)
    assert "3 measures: better 1, no telling 2." in page
    assert "<b>Better</b>" in page
    assert "The latest reading lies above the upper limit, but the chart does not show why." in page
    assert "Two points show a difference. They are never a trend." in page
    assert page.count('<svg class="chart ') == 1
    assert not {"Maps in print", "Far away", "A map", "Further"} & set(re.findall(r">\s*([^<]+?)\s*<", page))
    assert "Latest fewer than 5." in page

    unsent_too = as_(table.cyd).get(address).text
    assert "1 measure: no telling 1." in unsent_too
    assert "Maps in print" in unsent_too
    assert "Knew her name" not in unsent_too
    assert as_(make.a_person("Ash")).get(address).status_code == 404


def test_a_programme_without_measures_says_so(as_, table) -> None:
    page = as_(table.kim).get(f"/indicators/in/{table.programme.id}").text
    assert "Nothing is measured yet" in page
    assert (
        f"/indicators/in/{table.programme.id}" in as_(table.sam).get(f"/indicators/of/{table.recommendation.id}").text
    )


def test_side_by_side_costs_the_same_however_much_there_is(as_, table, query_count) -> None:
    client, address = as_(table.sam), f"/indicators/in/{table.programme.id}"
    an_indicator(table.recommendation, "Knew her name", *range(20))
    few = cost_of(client, address, query_count)
    for number in range(2, 5):
        about = a_recommendation(table.stream, table.steering, number=number, title=f"Number {number}")
        an_indicator(about, f"Measure {number}", *range(60))
    assert cost_of(client, address, query_count) == few
