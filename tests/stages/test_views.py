"""The page of the stages: what is open with its link, closing in order, and what members read."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.agreements import services as agreements
from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle, CycleState, ItemState, PlanStep, SessionState
from coprod.library.models import Stage
from coprod.notes.models import Notes, NotesState
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State, Version
from coprod.stages import queries, services
from coprod.stages.models import Gate
from coprod.workstreams.models import Seat, Workstream
from coprod.workstreams.services import confirm_no_family_case
from tests.factories import a_membership, a_person, a_professional, a_steering_group, a_stream, keep
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

As = Callable[..., FlaskClient]
START = date(2025, 9, 2)


@pytest.fixture
def sam(database: None) -> Person:
    return a_professional("Sam")


@pytest.fixture
def robin(database: None) -> Person:
    return a_person("Robin")


@pytest.fixture
def stream(sam: Person, robin: Person) -> Workstream:
    return a_stream(facilitator=sam, members=[robin], neutral_name="Tuesday group")


@pytest.fixture
def cycle(stream: Workstream, sam: Person, clock: Callable[..., None]) -> Cycle:
    """Ten weeks of which nothing is left to do, none of the stages closed; nobody waits for a check."""
    clock(2025, 9, 1, 9, 0)
    made = cycles.plan(stream, START, time(18), by=sam)
    for session in made.sessions:
        put(session, SessionState.HELD)
        for item in session.items:
            put(item, ItemState.DONE)
        keep(Notes(session=session, state=NotesState.AGREED))
    for step in made.steps:
        step.done_on = START
    put(made, CycleState.REPORTING)
    agreement = agreements.start(stream, by=sam)
    agreements.talk_through(agreement, by=sam)
    agreements.agree(agreement, by=sam)
    agreement.reviewed_on = made.sessions[4].on
    confirm_no_family_case(stream, sam, by=a_professional("Ada", is_admin=True))
    db.session.flush()
    clock(2025, 11, 17, 9, 0)
    return made


def put(thing: Any, state: Any) -> None:
    setattr(thing, "state", state)  # noqa: B010 - the house's promise is about the code, not about what tests prepare


def test_all_stages_close_one_after_the_other_and_then_the_cycle(as_: As, sam: Person, cycle: Cycle) -> None:
    visitor = as_(sam)
    closed = []
    for stage in Stage:
        answer = visitor.post(f"/cycles/{cycle.id}/stages", data={"stage": stage.value})
        closed.append((answer.status_code, answer.location))
    assert closed == [(303, f"/cycles/{cycle.id}/stages")] * 5
    assert cycle.state == CycleState.CLOSED
    assert {(gate.state, gate.closed_on) for gate in db.session.scalars(select(Gate))} == {
        ("closed", date(2025, 11, 17))
    }
    entries = db.session.scalars(select(Entry).where(Entry.subject == "gate")).all()
    assert {(entry.verb, entry.by_id) for entry in entries} == {("closed", sam.id)}
    page = visitor.get(f"/cycles/{cycle.id}/stages").text
    assert (page.count("Closed on 17 November 2025"), "Close this stage" in page) == (5, False)


def test_stage_with_something_open_is_refused_and_says_what(
    as_: As, sam: Person, cycle: Cycle, stream: Workstream
) -> None:
    keep(PlanStep(cycle=cycle, stage=Stage.BEFORE, position=99, title="A walk in the park"))
    page = as_(sam).get(f"/cycles/{cycle.id}/stages").text
    answer = as_(sam).post(f"/cycles/{cycle.id}/stages", data={"stage": "before"})

    assert f'<a href="/cycles/{cycle.id}/steps">Not done yet: A walk in the park.</a>' in page
    assert answer.status_code == 403
    assert "1 thing is still open. Not done yet: A walk in the park." in answer.text
    assert db.session.scalars(select(Gate)).all() == []


def test_unknown_stage_is_not_there(as_: As, sam: Person, cycle: Cycle) -> None:
    assert as_(sam).post(f"/cycles/{cycle.id}/stages", data={"stage": "elsewhere"}).status_code == 404


def test_member_reads_where_the_group_is_and_closes_nothing(as_: As, robin: Person, cycle: Cycle) -> None:
    keep(PlanStep(cycle=cycle, stage=Stage.BEFORE, position=99, title="A walk in the park"))
    page = as_(robin).get(f"/cycles/{cycle.id}/stages").text
    assert ("Where we are now" in page, "walk in the park" in page, "Close this stage" in page) == (True, False, False)
    assert "After week 10" in page
    told = sentences(Page(page))
    assert (grade(told) <= 6, [words for words in told if len(words_of(words)) > 25]) == (True, [])
    assert as_(robin).post(f"/cycles/{cycle.id}/stages", data={"stage": "before"}).status_code == 403


def test_professional_member_reads_the_same_in_plain_words(as_: As, stream: Workstream, cycle: Cycle) -> None:
    mia = a_professional("Mia")
    a_membership(stream, mia, seat=Seat.MIDWIFE)
    page = as_(mia).get(f"/cycles/{cycle.id}/stages").text
    assert ("Where we are now" in page, "Close this stage" in page) == (True, False)


def test_cycle_of_another_group_is_not_there(as_: As, cycle: Cycle) -> None:
    stranger = as_(a_professional("Stranger"))
    assert stranger.get(f"/cycles/{cycle.id}/stages").status_code == 404
    assert stranger.post(f"/cycles/{cycle.id}/stages", data={"stage": "before"}).status_code == 404


def test_page_costs_the_same_whatever_is_open(
    as_: As, sam: Person, cycle: Cycle, stream: Workstream, query_count: list[str]
) -> None:
    steering = a_steering_group(stream.programme, chair=a_professional("Alex"))
    counts = []
    for more in (1, 3):
        for number in range(more):
            rec = {"workstream": stream, "steering": steering, "title": f"Idea {more}{number}"}
            keep(Recommendation(number=more * 10 + number, state=State.SUBMITTED, **rec))
            a_membership(stream, a_person(f"Parent {more}{number}"))
            keep(PlanStep(cycle=cycle, stage=Stage.AFTER, position=50 + more * 10 + number, title="More"))
        visitor = as_(sam)
        visitor.get(f"/cycles/{cycle.id}/stages")
        query_count.clear()
        visitor.get(f"/cycles/{cycle.id}/stages")
        counts.append(len([one for one in query_count if one.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_each_cycle_waits_for_what_was_noted_in_its_own_time(
    as_: As, sam: Person, cycle: Cycle, stream: Workstream, clock: Callable[..., None]
) -> None:
    steering = a_steering_group(stream.programme, chair=a_professional("Alex"))
    clock(2025, 12, 1, 9, 0)
    again = cycles.plan(stream, date(2026, 1, 13), time(18), by=sam)
    put(again, CycleState.SCHEDULED)
    put(cycles.plan(stream, date(2025, 12, 2), time(18), by=sam), CycleState.DRAFT)
    of_first = [date(2025, 8, 1), START, date(2025, 12, 3), date(2026, 1, 12), None]
    for number, noted in enumerate([*of_first, date(2026, 1, 13)], 1):
        made = Recommendation(workstream=stream, steering=steering, title=f"Idea {number}", number=number)
        days = (noted, date(2026, 3, 1)) if noted else ()
        made.versions = [Version(number=at, on=on, words={}) for at, on in enumerate(days, 1)]
        keep(made)

    def asked_in(one: Cycle) -> list[int]:
        return [each.number for each in queries.facts_of(one, date(2026, 3, 2)).recommendations]

    assert (asked_in(cycle), asked_in(again)) == ([1, 2, 3, 4, 5], [6])


def test_stage_is_closed_once_only(sam: Person, cycle: Cycle) -> None:
    gate = services.close(cycle, Stage.BEFORE, by=sam)
    assert gate.closed_on == date(2025, 11, 17)
    assert cycle.state == CycleState.REPORTING
    with pytest.raises(Refused, match="closed already"):
        services.close(cycle, Stage.BEFORE, by=sam)
