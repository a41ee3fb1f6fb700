"""Journey 22: what becomes of a pilot, on one screen; one month up and one down is no trend."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.outcomes.models import Direction, HowOften, Indicator, MeasureKind, Reading, Unit
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.pilots.models import BoardAnswer, Feedback, FundingAsk, PilotState, TestCycleState, Touched
from coprod.recommendations.models import State
from tests import factories as make
from tests.factories import keep
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_pilot, a_test_cycle

TRAFFIC_LIGHTS = """charts => {
    const hue = colour => {
        const [r, g, b] = (colour.match(/[0-9.]+/g) || [0, 0, 0]).map(Number);
        const most = Math.max(r, g, b), least = Math.min(r, g, b), span = most - least;
        if (span < 90 || colour === 'none') return '';
        if (most === r && Math.abs(g - b) < 60) return 'red ' + colour;
        if (most === g && g - b > 60 && g - r > 60) return 'green ' + colour;
        return '';
    };
    const marks = charts.flatMap(chart => [...chart.querySelectorAll('svg *, td, p, span')]);
    const used = marks.flatMap(one => { const s = getComputedStyle(one); return [s.fill, s.stroke, s.color]; });
    return [...new Set(used.map(hue).filter(Boolean))];
}"""
"""No mark of a chart is a pure red or green; the thread's gold is the line's own, whatever it says."""
DAY = date(2025, 3, 1)
WORKED = (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62)
"""The worked example: from the thirteenth on, a shift with two of three and one outside."""
WAITED = (9, 10, 9, 11, 10, 8, 10, 9, 11, 10, 9, 10, 11, 10, 9, 11, 10, 9, 11, 30)


def _months(indicator: Indicator, *values: float, people: int | None = None) -> None:
    for place, value in enumerate(values):
        month = date(2024 + place // 12, place % 12 + 1, 1)
        indicator.readings.append(Reading(month=month, value=value, denominator=people))
    keep(indicator)


@pytest.fixture
def keys(app, live: str, database: None) -> dict[str, UUID]:
    """A pilot whose testing is done: one test cycle only, and a wait that has got much longer."""
    programme = make.a_programme()
    people = {alias: make.a_professional(alias) for alias in ("Sam", "Alex", "Kim")}
    people["Robin"] = make.a_person("Robin")
    steering = make.a_steering_group(programme, chair=people["Alex"], members=[people["Kim"]])
    stream = make.a_stream(programme, facilitator=people["Sam"], members=[people["Robin"]])
    asked = a_recommendation(stream, steering, state=State.IN_PILOT)
    knew = an_indicator(asked, "Knew her name", target=60, baseline=50)
    wait = an_indicator(asked, "Days to wait", kind=MeasureKind.BALANCING, unit=Unit.DAYS, better=Direction.DOWN)
    twice = {"kind": MeasureKind.BALANCING, "unit": Unit.DAYS, "how_often": HowOften.ONCE}
    an_indicator(asked, "Days to a letter", 10, 12, people=None, **twice | {"better": Direction.DOWN})
    _months(knew, *WORKED, people=40)
    _months(wait, *WAITED)
    pilot = a_pilot(asked, people["Kim"], PilotState.REVIEWED)
    answered = {"answer": BoardAnswer.ALL, "granted": 18_000, "answered_on": DAY, "asked_on": DAY}
    keep(FundingAsk(pilot=pilot, number=1, board="Better Start Executive Board", pounds=18_000, **answered))
    cycle = a_test_cycle(pilot, TestCycleState.ADAPT, measures=[knew, wait])
    said = {"by_id": people["Robin"].id, "whose": Touched.PARENT, "words": "I knew who to ask for.", "on": DAY}
    keep(Feedback(test_cycle=cycle, **said))
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
def test_adopt_adapt_or_stop(keys: dict[str, UUID], live: str, browser: Browser) -> None:
    alex = _comes_in(browser, live, keys["alex"], **DESK)
    _one_screen_holds_both_sides(alex)
    _signs_are_those_of_the_worked_example(alex)
    _adopting_is_greyed_with_its_reasons(alex)
    _override_needs_a_reason(alex)
    _parents_who_asked_hear_it(_comes_in(browser, live, keys["robin"], **PHONE))


def _one_screen_holds_both_sides(alex: Visitor) -> None:
    alex.go("/pilots/")
    alex.follow("One named midwife")
    alex.follow("See what speaks for it")
    left, right = (alex.page.locator(".halves > div").nth(side) for side in (0, 1))
    told, numbers = left.inner_text(), right.inner_text()
    assert [words for words in ("The aim", "A card with her name", "I knew who to ask for.") if words not in told] == []
    shown = ("It got better", "hit and miss", "Days to wait", "£18,000 of £18,000 is left.")
    assert [words for words in shown if words not in numbers] == []
    assert "Days to a letter" in numbers
    assert "Two points show a difference. They are never a trend." in numbers
    assert left.bounding_box()["x"] < right.bounding_box()["x"]  # type: ignore[index]
    whole = alex.page.locator("main").inner_text().lower()
    assert [colour for colour in ("amber", "rag ", "red ", "green") if colour in whole] == []
    assert alex.page.locator(".line-chart").evaluate_all(TRAFFIC_LIGHTS) == []
    rules_beside = ("Two or more are needed.", "Goes back to testing.", "Needs a note: what did we learn?")
    assert [words for words in rules_beside if words not in numbers] == []


def _signs_are_those_of_the_worked_example(alex: Visitor) -> None:
    table = alex.page.locator(".line-chart table").first
    rows = table.locator("tbody tr").all_text_contents()
    called = {place: text.lower() for place, text in enumerate(rows, start=1)}
    shift = [place for place, text in called.items() if "shift" in text]
    two = [place for place, text in called.items() if "two of three" in text]
    outside = [place for place, text in called.items() if "outside" in text]
    assert (shift, two, outside) == ([13, 14, 16, 18, 19], [15, 17], [20])


def _adopting_is_greyed_with_its_reasons(alex: Visitor) -> None:
    alex.sees("Two finished test cycles are needed. So far: 1.", "A balancing measure shows a concern. Days to wait:")
    assert alex.page.get_by_role("button", name="Adopt", exact=True).count() == 0
    alex.open("Adapt it")
    assert alex.page.get_by_role("button", name="Adapt", exact=True).is_visible()


def _override_needs_a_reason(alex: Visitor) -> None:
    alex.open("Adopt it all the same")
    _refused(alex, "Adopt it")
    alex.sees("Say why.")
    alex.sees("Say where it goes, or who gets it.", "Say by when.")
    alex.fill(override_reason="Parents ask for it now, and the ward was shut in August.")
    alex.fill(scaled_to="All six clinics", scaled_by="31 March 2026")
    alex.press("Adopt it")
    alex.sees("The pilot is at: adopted.", "Parents ask for it now", "All six clinics, by 31 March 2026")


def _parents_who_asked_hear_it(robin: Visitor) -> None:
    robin.go("/pilots/")
    robin.follow("One named midwife")
    robin.sees(
        "It stays for good. Why: Parents ask for it now, and the ward was shut in August. "
        "It goes to: All six clinics, by 31 March 2026."
    )
