"""What a group's agreement hears of its days: when week 5 is, and when it meets next (domain rule 17)."""

from datetime import date

from coprod.agreements.queries import Ahead, ahead_of
from coprod.cycles.models import Cycle, SessionState
from coprod.workstreams.models import Workstream
from tests.cycles.conftest import Table
from tests.factories import a_stream

MONDAY = date(2025, 11, 17)


def test_group_without_weeks_has_nothing_ahead(table: Table) -> None:
    other: Workstream = a_stream(table.stream.programme, "Other")
    assert ahead_of([other.id], MONDAY) == {other.id: Ahead()}


def test_week_five_and_the_next_day_are_those_that_stand(table: Table, cycle: Cycle) -> None:
    key = table.stream.id
    days = {session.number: session.on for session in cycle.sessions}
    assert ahead_of([key], MONDAY)[key] == Ahead(days[5], days[1])
    cycle.sessions[0].state = SessionState.CANCELLED
    cycle.sessions[1].state = SessionState.HELD
    assert ahead_of([key], MONDAY)[key] == Ahead(days[5], days[3])
    assert ahead_of([key], days[10])[key] == Ahead(days[5], days[10])
    cycle.sessions[4].state = SessionState.CANCELLED
    assert ahead_of([key], MONDAY)[key].week_five is None
