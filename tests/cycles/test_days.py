"""A day or an evening of groups together: how long it may be, its breaks, and the agenda it starts from."""

from collections.abc import Callable
from datetime import date, time

import pytest
from flask.testing import FlaskClient

from coprod.core.answers import Refused
from coprod.cycles.models import AgendaItem, Cycle, Part, Session
from coprod.cycles.rules import agenda, days, moves
from coprod.cycles.services import days as services
from coprod.cycles.services import plans
from coprod.library.rules import house
from coprod.workstreams.models import Kind, WorkstreamState
from coprod.workstreams.rules import may_plan_a_day
from tests.cycles.build import a_holiday, a_session, a_table, items, people
from tests.cycles.conftest import Table
from tests.factories import a_stream

TODAY = date(2025, 11, 17)


def a_day(minutes: int, held: list[AgendaItem], kind: Kind = Kind.GATHERING) -> Session:
    table = a_table({})
    table.kind = kind
    return a_session(minutes=minutes, items=held, cycle=Cycle(number=1, workstream=table))


def test_every_agenda_it_starts_from_keeps_every_timing_rule() -> None:
    faults = {}
    for minutes in range(days.SHORTEST, agenda.LONGEST_DAY + 1):
        session = a_day(minutes, days.agenda_for(minutes))
        broken = [hint.words for hint in agenda.checks(session) if hint.kind == "mend"]
        if broken or agenda.minutes(session.items) != minutes:
            faults[minutes] = broken, agenda.minutes(session.items)
        assert [item.position for item in session.items] == list(range(1, len(session.items) + 1))
    assert faults == {}


@pytest.mark.parametrize(("minutes", "lunches"), [(90, 0), (120, 0), (239, 0), (240, 1), (360, 1)])
def test_long_day_has_one_lunch(minutes: int, lunches: int) -> None:
    found = [item for item in days.agenda_for(minutes) if item.title == "Lunch"]
    assert [(item.part, item.minutes) for item in found] == [(Part.BREAK, 45)] * lunches


def test_only_groups_together_may_take_longer_than_an_evening() -> None:
    found = {kind: agenda.limit(a_day(300, items(("arrive", 15)), kind)) for kind in Kind}
    assert found == {kind: 300 if kind == Kind.GATHERING else 120 for kind in Kind}
    assert agenda.limit(a_day(400, items(("arrive", 15)))) == 360
    assert [agenda.break_by(a_day(minutes, [])) for minutes in (115, 300)] == [60, None]


def test_day_without_a_break_for_longer_than_90_minutes_is_mended() -> None:
    told = [("arrive", 15), ("check-in", 10), ("work", 60), ("break", 9), ("work", 45), ("break", 10), ("work", 81)]
    held = items(*told, ("check-out", 10))
    (hint,) = (hint for hint in agenda.checks(a_day(300, held)) if hint.kind == "mend")
    assert hint.words == "139 minutes go by without a break of 10 minutes. 90 is the most."
    assert hint.item is held[3]
    held = items(*told[:3], ("break", 10), ("work", 80), ("check-out", 11))
    (hint,) = (hint for hint in agenda.checks(a_day(300, held)) if hint.kind == "mend")
    assert (hint.words[:10], hint.item) == ("91 minutes", None if hint.item is None else held[5])
    assert {hint.words for hint in agenda.checks(a_day(300, [])) if hint.kind == "good"} >= {
        "A break at least every 90 minutes"
    }


def test_day_stands_on_a_coming_day_that_is_no_bank_holiday() -> None:
    known = [a_holiday(date(2025, 12, 9), kind="bank", what="A feast"), a_holiday(date(2025, 12, 2))]
    answers = {
        on: days.may_stand_on(on, time(10), known, TODAY).reason
        for on in (date(2025, 11, 16), date(2025, 11, 17), date(2025, 12, 9), date(2025, 12, 2))
    }
    assert answers == {
        date(2025, 11, 16): "That day is over. Choose a day to come.",
        date(2025, 11, 17): "",
        date(2025, 12, 9): "Tuesday 9 December is free: A feast. Choose another.",
        date(2025, 12, 2): "",
    }
    assert days.fits(89, 360).reason == "Choose from 90 to 360 minutes."
    assert [days.longest(is_day) for is_day in (False, True)] == [120, 360]


def test_nothing_is_planned_at_a_table_whose_checks_wait() -> None:
    folk = people("facilitator")
    table = a_table(folk)
    table.kind, waits = Kind.GATHERING, WorkstreamState.PROPOSED
    setattr(table, "state", waits)  # noqa: B010 - the house's promise is about the code, not about what tests prepare
    assert moves.may_plan(folk["facilitator"], table).reason == "This stream is proposed."


def test_weeks_are_planned_where_people_were_asked_for_more_than_one_meeting() -> None:
    """Domain rule 3: the separation check was made for one meeting."""
    folk = people("facilitator", "member")
    table = a_table(folk)
    found = {}
    for kind in Kind:
        table.kind = kind
        found[kind] = bool(moves.may_plan(folk["facilitator"], table)), bool(may_plan_a_day(folk["facilitator"], table))
        assert not may_plan_a_day(folk["member"], table)
    assert found == {kind: (kind != Kind.GATHERING, True) for kind in Kind}


def test_nowhere_are_weeks_offered_at_a_table_that_meets_once(as_: Callable[..., FlaskClient], table: Table) -> None:
    """Domain rule 3."""
    once = a_stream(table.stream.programme, "Everybody together", facilitator=table.sam)
    once.kind = Kind.GATHERING
    planned = services.plan_day(once, date(2025, 12, 9), time(10), by=table.sam, minutes=300, is_day=True)
    sam = as_(table.sam)
    address = f"/workstreams/{once.id}/cycles"
    assert {
        "new": sam.get(f"{address}/new").status_code,
        "dates": sam.get(f"{address}/dates").status_code,
        "accepted": sam.post(f"{address}/new").status_code,
        "group": "Plan the weeks" in sam.get(f"/workstreams/{once.id}").text,
        "template": "Everybody together" in sam.get(f"/templates/{house.TEN_WEEKS}").text,
        "day": "Plan the weeks again from this" in sam.get(f"/cycles/{planned.id}").text,
        "copied": "Everybody together" in sam.get(f"/workstreams/{table.stream.id}/cycles/new?from={planned.id}").text,
        "kept": "Keep it as a template" in sam.get(f"/cycles/{planned.id}").text,
        "keep": sam.get(f"/cycles/{planned.id}/keep").status_code,
    } == {
        **dict.fromkeys(("new", "dates", "accepted", "keep"), 403),
        **dict.fromkeys(("group", "template", "day", "copied", "kept"), False),
    }
    with pytest.raises(Refused, match="asked to meet here once"):
        plans.plan(once, date(2025, 12, 9), time(18), by=table.sam)
    with pytest.raises(Refused, match="no plan of weeks"):
        plans.keep_plan(planned, "One day", by=table.sam)
    assert "Plan the weeks" in sam.get(f"/workstreams/{table.stream.id}").text


def test_day_is_called_a_day_wherever_its_agenda_is_built(as_: Callable[..., FlaskClient], table: Table) -> None:
    once = a_stream(table.stream.programme, "Everybody together", facilitator=table.sam)
    once.kind = Kind.GATHERING
    (session,) = services.plan_day(once, date(2025, 12, 9), time(10), by=table.sam, minutes=300, is_day=True).sessions
    sam = as_(table.sam)
    first = f"/agenda-items/{session.items[2].id}"
    for path, words in (
        (f"/sessions/{session.id}", "Build the day"),
        (f"/sessions/{session.id}/items/new", "Add to the day"),
        (first, "Take it off the day"),
    ):
        shown = sam.get(path).text
        assert words in shown
        assert "The session</a>" not in shown
