"""A day or an evening of groups together: how long it may be, its breaks, and the agenda it starts from."""

from datetime import date, time

import pytest

from coprod.cycles.models import AgendaItem, Cycle, Part, Session
from coprod.cycles.rules import agenda, days, moves
from coprod.workstreams.models import Kind, WorkstreamState
from tests.cycles.build import a_holiday, a_session, a_table, items, people

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
