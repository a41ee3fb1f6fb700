"""Journey 19: plan, do and study a small test on three screens; four families are not plotted like a hospital."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from coprod.core.db import db
from coprod.outcomes.models import Direction, Indicator, MeasureKind, Reading, Unit
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.pilots.models import TestCycle
from coprod.recommendations.models import State
from tests import factories as make
from tests.factories import keep
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_pilot

PLAN = {
    "change": "A card with her name and face",
    "prediction": "55 in 100 will know it.",
    "scale": "One midwife, five families",
    "safety_check": "Ask each parent whether the card is welcome",
    "begins": "1 October 2025",
    "ends": "31 October 2025",
}


DATES = ("begins", "ends")


def _months(indicator: Indicator, *values: float, people: int | None = None) -> None:
    for place, value in enumerate(values, start=1):
        indicator.readings.append(Reading(month=date(2025, place, 1), value=value, denominator=people))
    keep(indicator)


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """Kim's pilot, with five readings of one measure, eight of another and a handful of complaints."""
    programme = make.a_programme()
    people = {alias: make.a_professional(alias) for alias in ("Sam", "Alex", "Kim")}
    people["Robin"] = make.a_person("Robin")
    steering = make.a_steering_group(programme, chair=people["Alex"], members=[people["Kim"]])
    stream = make.a_stream(programme, facilitator=people["Sam"], members=[people["Robin"]])
    asked = a_recommendation(stream, steering, state=State.IN_PILOT)
    _months(an_indicator(asked, "Knew her name"), 48, 52, 50, 54, 49, people=40)
    _months(an_indicator(asked, "Days to wait", kind=MeasureKind.BALANCING, unit=Unit.DAYS, better=Direction.DOWN),
            9, 10, 9, 11, 10, 8, 10, 9)  # fmt: skip
    few = {"kind": MeasureKind.BALANCING, "unit": Unit.COUNT, "better": Direction.DOWN}
    _months(an_indicator(asked, "Formal complaints", **few), 1, 2, 3)
    a_pilot(asked, people["Kim"])
    db.session.commit()
    found = {alias.lower(): person.id for alias, person in people.items()}
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _refused(visitor: Visitor, button: str) -> None:
    """Press a button, and be asked again."""
    with visitor.page.expect_navigation() as coming:
        visitor.page.get_by_role("button", name=button, exact=True).click()
    assert coming.value.status == 422


@pytest.mark.browser
def test_run_a_test_cycle(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    kim = _comes_in(browser, live, keys["kim"], **DESK)
    _plan_is_refused_until_it_is_whole(kim)
    _numbers_and_notes_are_dated(kim)
    _study_is_refused_until_the_prediction_is_compared(kim)
    _first_one_cannot_be_adopted(kim)
    _adapting_opens_the_next_one_filled_in(kim)
    robin = _comes_in(browser, live, keys["robin"], **PHONE)
    _those_it_touched_say_how_it_was(robin)
    _it_stands_on_one_printed_page(kim)
    _much_of_it_stands_on_one_printed_page(kim)


def _plan_is_refused_until_it_is_whole(kim: Visitor) -> None:
    kim.go("/pilots/")
    kim.follow("One named midwife")
    kim.follow("Plan a test cycle")
    kim.fill(**PLAN | {"prediction": ""})
    kim.tick("Knew her name")
    _refused(kim, "Keep the plan")
    kim.sees("Say what you think will happen.", "Choose a balancing measure: it shows harm elsewhere.")
    kim.fill(prediction=PLAN["prediction"])
    kim.tick("Days to wait")
    kim.tick("Formal complaints")
    kim.press("Keep the plan")
    kim.sees("Test cycle 1 is planned.")


def _numbers_and_notes_are_dated(kim: Visitor) -> None:
    kim.press("Begin")
    kim.fill(words="Three cards given.")
    kim.press("Keep the note")
    kim.sees("17 November 2025: Three cards given.")
    kim.pick("Which measure?", "Formal complaints")
    kim.fill(value="2")
    kim.press("Keep the number")
    kim.sees("17 November 2025: Formal complaints: fewer than 5")
    kim.press("It is done: study it")


def _study_is_refused_until_the_prediction_is_compared(kim: Visitor) -> None:
    assert kim.heading == "Study test cycle 1"
    kim.sees("What we predicted", PLAN["prediction"])
    _charts_say_no_more_than_they_can(kim)
    kim.fill(result="52 in 100 knew her name.")
    kim.choose("What now?", "Adapt")
    _refused(kim, "Keep the study")
    kim.sees("Say how it compares with the prediction.", "Say what surprised us, or “nothing”.")


def _charts_say_no_more_than_they_can(kim: Visitor) -> None:
    five = kim.page.locator("section", has=kim.page.get_by_role("link", name="Knew her name"))
    assert five.locator("table tbody tr").count() == 5
    assert five.locator("svg").count() > 0
    assert "imit" not in five.inner_text() + "".join(
        five.locator("svg").evaluate_all("all => all.map(e => e.outerHTML)")
    )
    assert "5 readings: too few to tell a change from ordinary ups and downs." in five.inner_text()
    eight = kim.page.locator("section", has=kim.page.get_by_role("link", name="Days to wait"))
    assert "8 readings, with trial limits: too early to tell a change" in eight.inner_text()
    assert eight.locator("table tbody tr").count() == 8
    few = kim.page.locator("section", has=kim.page.get_by_role("link", name="Formal complaints"))
    assert "ewer than 5" in few.inner_text()
    assert few.locator("svg").count() == 0
    for section in (five, eight):
        assert section.locator("svg title, svg[aria-label], svg[aria-labelledby]").count() > 0


def _first_one_cannot_be_adopted(kim: Visitor) -> None:
    kim.choose("Beside the prediction, it was", "Worse than predicted")
    kim.fill(surprised="Cards get lost.")
    kim.choose("What now?", "Adopt")
    _refused(kim, "Keep the study")
    kim.sees("Two test cycles are needed. This is the first.")


def _screens(kim: Visitor) -> list[str]:
    """List the pages between the pilot's own and the next plan, each once: three screens, and the next plan."""
    titles = [found[1] for text in kim.read if (found := re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", text, re.S))]
    return [title for title in dict.fromkeys(titles) if "test cycle" in title]


def _adapting_opens_the_next_one_filled_in(kim: Visitor) -> None:
    kim.choose("What now?", "Adapt")
    kim.press("Keep the study")
    kim.sees("Test cycle 2 is open, filled in from this one.")
    assert kim.heading == "Plan test cycle 2"
    filled_in = {name: kim.page.locator(f"[name={name}]").input_value() for name in PLAN if name not in DATES}
    assert filled_in == {name: words for name, words in PLAN.items() if name not in DATES}
    ticked = kim.page.locator("[name=measures]:checked")
    assert ticked.count() == 3
    assert [kim.page.locator(f"[name={name}]").input_value() for name in DATES] == [
        "1 November 2025",
        "1 December 2025",
    ]
    assert _screens(kim) == ["Plan test cycle 1", "Do test cycle 1", "Study test cycle 1", "Plan test cycle 2"]
    kim.fill(change="A phone call in week one")
    kim.press("Keep the plan")
    kim.go("/pilots/")
    kim.follow("One named midwife")
    kim.follow("Open test cycle 2")
    kim.sees("It follows test cycle 1.")


def _those_it_touched_say_how_it_was(robin: Visitor) -> None:
    robin.go("/pilots/")
    robin.follow("One named midwife")
    robin.sees("Test 1 is over: A card with her name and face.")
    robin.follow("Open test cycle 1")
    robin.follow("Say how it was")
    robin.choose("Whose words are these?", "A parent")
    robin.fill(words="I lost the card.")
    _refused(robin, "Keep these words")
    robin.sees("First ask whether the words may be shown.")
    robin.tick("They said yes")
    robin.press("Keep these words")
    robin.sees("“I lost the card.”")


def _much_of_it_stands_on_one_printed_page(kim: Visitor) -> None:
    """However much was written: what is long is cut, and the page says that there is more."""
    long = "Parents asked more than we thought, and two of them wanted the call on another day. " * 8
    first = db.session.scalars(select(TestCycle).where(TestCycle.number == 1)).one()
    first.did = "\n".join(f"{day} October 2025: {long}" for day in range(1, 20))
    first.result = first.surprised = first.learning = first.safety_check = first.prediction = long
    db.session.commit()
    kim.page.reload()
    kim.sees("There is more. The page of the test cycle has all of it.")
    _is_one_page(kim)


def _is_one_page(kim: Visitor) -> None:
    paper = kim.page.pdf(format="A4")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page/") == 1


def _it_stands_on_one_printed_page(kim: Visitor) -> None:
    kim.go("/pilots/")
    kim.follow("One named midwife")
    kim.follow("Open test cycle 1")
    kim.follow("Print it on one page")
    kim.sees("“I lost the card.”", "Worse than predicted")
    _is_one_page(kim)
