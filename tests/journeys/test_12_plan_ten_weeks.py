"""Journey 12: plan ten weeks around real life; at 320 px with scripts off, and a first plan counted in clicks."""

import time as stopwatch
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator

from coprod import jobs
from coprod.agreements import services as agreements
from coprod.core.db import db
from coprod.cycles import services
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.messages.models import PartOfDay
from coprod.needs.models import NeverTime
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.programmes.models import Holiday, HolidayKind
from tests.factories import a_person, a_professional, a_programme, a_stream
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser

MOST_CLICKS, MOST_SECONDS = 12, 180
AUTUMN = ["4 Oct", "11 Oct", "18 Oct", "1 Nov", "8 Nov", "15 Nov", "22 Nov", "29 Nov", "6 Dec", "13 Dec"]
A_WEEK_LATER = ["4 Oct", "11 Oct", "1 Nov", "8 Nov", "15 Nov", "22 Nov", "29 Nov", "6 Dec", "13 Dec", "20 Dec"]


@dataclass
class Counting(Visitor):
    """A visitor whose every click is counted."""

    clicks: int = 0

    def _click(self, what: Locator) -> None:
        self.clicks += 1
        super()._click(what)


@pytest.fixture
def folk(app: Flask, live: str, clock: Callable[..., None]) -> dict[str, UUID]:
    """Sam, who runs a group of six parents; three can never come on a Tuesday evening. It is September 2022."""
    clock(2022, 9, 1, 12, 0)
    parents = [a_person(name) for name in ("Robin", "Kit", "Jay", "Lou", "Bo", "Al")]
    sam = a_professional("Sam", email="sam@example.org")
    group = a_stream(a_programme(), facilitator=sam, members=parents, neutral_name="Tuesday group")
    days_off = [("Autumn half term 2022", date(2022, 10, 24), date(2022, 10, 28), HolidayKind.SCHOOL)]
    days_off += [(f"{on} May", date(2023, 5, on), date(2023, 5, on), HolidayKind.BANK) for on in (1, 8, 29)]
    db.session.add_all(Holiday(what=what, first=first, last=last, kind=kind) for what, first, last, kind in days_off)
    db.session.add_all(NeverTime(person_id=one.id, weekday=1, part=PartOfDay.EVENING) for one in parents[:3])
    keys = {"sam": sam.id, "robin": parents[0].id, "group": group.id}
    db.session.commit()
    return keys


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _days() -> list[str]:
    with _a_look():
        cycle = db.session.scalars(db.select(Cycle).order_by(Cycle.number)).first()
        return [f"{session.on:%-d %b}" for session in cycle.sessions] if cycle else []


@contextmanager
def _a_look() -> Iterator[None]:
    """Read what is kept now, and let go of it again."""
    db.session.rollback()
    yield
    db.session.rollback()


def _fits_the_phone(visitor: Visitor) -> None:
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
def test_sam_plans_ten_weeks_around_real_life(
    live: str, browser: Browser, folk: dict[str, UUID], clock: Callable[..., None]
) -> None:
    sam = _comes_in(browser, live, folk["sam"], **PHONE)
    sam.go(f"/workstreams/{folk['group']}/cycles/new")
    _fits_the_phone(sam)
    _spring_ends_in_july(sam, folk["group"])
    _autumn_is_seen_and_accepted(sam, folk["group"])
    _the_walk_comes_first(browser, live, sam, folk["robin"])
    _publishing_waits_for_the_agreement(sam, folk)
    _one_session_is_held(folk, clock)
    _the_others_move_and_no_number_does(sam)
    sam.page.context.close()


def _spring_ends_in_july(sam: Visitor, group: UUID) -> None:
    """Mon 17 Apr 2023 ends 10 July, 13 weeks."""
    sam.go(f"/workstreams/{group}/cycles/new")
    sam.fill(starts_on="17 April 2023", starts_at="18:00", place="Sea Room")
    sam.press("See the dates")
    sam.sees("Monday 10 July 2023", "Mondays lose weeks in May.", "Skipped: 1 May", "Skipped: 8 May", "Skipped: 29 May")
    assert " ".join(sam.page.locator(".summary, dl").first.inner_text().split()).startswith("Calendar weeks 13")
    assert _days() == []


def _autumn_is_seen_and_accepted(sam: Visitor, group: UUID) -> None:
    """Tue 4 Oct 2022 with half term gives the ten Tuesdays; clashes are numbers, never names."""
    sam.follow("Change the start, day or time")
    sam.fill(starts_on="4 October 2022")
    sam.press("See the dates")
    sam.sees("Skipped: Autumn half term 2022", "3 of 6 parents can’t do this slot.", "The clocks go back on Sunday 30")
    sam.does_not_see("Robin", "Kit", "Jay")
    _fits_the_phone(sam)
    sam.press("Accept these ten dates")
    sam.sees("The ten dates stand. Nobody is told until you publish a session.")
    _fits_the_phone(sam)
    assert _days() == AUTUMN


def _the_walk_comes_first(browser: Browser, live: str, sam: Visitor, robin_key: UUID) -> None:
    sam.follow("A walk to get to know each other")
    sam.fill(title="A walk in the park", on="24 September 2022", place="Stanley Park, by the lake")
    sam.press("Keep the change")
    sam.sees("Saturday 24 September")
    _fits_the_phone(sam)
    with _a_look():
        cycle = db.session.scalars(db.select(Cycle.id)).one()
    robin = _comes_in(browser, live, robin_key, **PHONE)
    robin.go(f"/cycles/{cycle}")
    robin.sees("A walk in the park", "Saturday 24 September", "Stanley Park")
    robin.does_not_see("picnic", "steering")
    _fits_the_phone(robin)
    robin.page.context.close()


def _publishing_waits_for_the_agreement(sam: Visitor, folk: dict[str, UUID]) -> None:
    sam.follow("The weeks")
    sam.follow("Tuesday 4 October")
    sam.sees("No working-together agreement is agreed yet. Agree one before the first session.")
    assert sam.page.get_by_role("button", name="Publish", exact=True).count() == 0
    sam.page.go_back()


def _one_session_is_held(folk: dict[str, UUID], clock: Callable[..., None]) -> None:
    db.session.rollback()
    by = db.session.get_one(Person, folk["sam"])
    first, second = db.session.scalars(db.select(Session).order_by(Session.number).limit(2)).all()
    paper = agreements.start(first.cycle.workstream, by=by)
    agreements.talk_through(paper, by=by)
    agreements.agree(paper, by=by)
    for session in (first, second):
        services.publish(session, by=by)
        clock(session.begins + timedelta(hours=2))
        services.hold(session, by=by)
        clock(2022, 10, 5, 12, 0)
    db.session.commit()


def _the_others_move_and_no_number_does(sam: Visitor) -> None:
    before = _numbers()
    sam.page.reload()
    sam.follow("Move session 3")
    sam.choose("Which sessions move?", "All that are still to come, from session 3")
    sam.fill(weeks="1")
    _fits_the_phone(sam)
    sam.press("See the new dates")
    sam.sees("Was Tuesday 18 October", "Skipped: Autumn half term 2022", "Tuesday 20 December 2022")
    _fits_the_phone(sam)
    assert _days() == AUTUMN
    sam.press("Accept the new dates")
    sam.sees("Eight sessions moved.")
    assert _days() == A_WEEK_LATER
    assert _numbers() == before


def _numbers() -> dict[UUID, tuple[int, bool]]:
    with _a_look():
        found = db.session.scalars(db.select(Session)).all()
        return {session.id: (session.number, session.state == SessionState.HELD) for session in found}


@pytest.mark.browser
def test_a_first_plan_takes_twelve_clicks_and_three_minutes_at_most(
    app: Flask, live: str, browser: Browser, folk: dict[str, UUID]
) -> None:
    """From the first sign-in to ten drafted sessions, each with its evening; nothing is published by it."""
    workers = jobs.start(app)
    context = browser.new_context(base_url=live, **DESK)
    sam = Counting("Sam", context.new_page(), Path(app.config["MAIL_FILE_PATH"]))
    begun = stopwatch.monotonic()
    sam.asks_for_a_code()
    sam.types_the_code()
    sam.sets_up_an_authenticator()
    sam.follow("Choose the group")
    sam.follow("Practice models", within="main")
    sam.follow("Plan the weeks")
    sam.fill(starts_on="4 October 2022", starts_at="18:00", place="Sea Room")
    sam.press("See the dates")
    sam.press("Accept these ten dates")
    taken = stopwatch.monotonic() - begun
    context.close()
    workers.stop(graceful=True)
    assert (sam.clicks <= MOST_CLICKS, taken <= MOST_SECONDS) == (True, True), (sam.clicks, taken)
    db.session.rollback()
    sessions = db.session.scalars(db.select(Session).order_by(Session.number)).all()
    assert [(session.state, len(session.items)) for session in sessions] == [(SessionState.DRAFT, 8)] * 10
