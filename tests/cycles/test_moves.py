"""The lifecycles of cycles, sessions and items, tried from every state by everybody; and who may do what."""

import itertools
from datetime import date, time, timedelta

import pytest

from coprod.cycles.models import AgendaItem, Cycle, CycleState, ItemState, Part, Session, SessionState
from coprod.cycles.rules import CYCLE, ITEM, SESSION, moves
from coprod.programmes.models import Phase
from coprod.workstreams.models import WorkstreamState
from tests.cycles.build import ROLES, TUESDAY, a_cycle, a_holiday, a_session, a_table, items, people

CYCLE_ALLOWED = {
    ("scheduled", CycleState.DRAFT, "facilitator"),
    ("begun", CycleState.SCHEDULED, "facilitator"),
    ("brought to its report", CycleState.RUNNING, "facilitator"),
    ("closed", CycleState.REPORTING, "facilitator"),
}
SESSION_ALLOWED = {
    ("published", SessionState.DRAFT, "facilitator"),
    ("published", SessionState.MOVED, "facilitator"),
    ("held", SessionState.PUBLISHED, "facilitator"),
    ("held", SessionState.MOVED, "facilitator"),
    ("moved", SessionState.PUBLISHED, "facilitator"),
    ("moved", SessionState.MOVED, "facilitator"),
    ("cancelled", SessionState.DRAFT, "facilitator"),
    ("cancelled", SessionState.PUBLISHED, "facilitator"),
    ("cancelled", SessionState.MOVED, "facilitator"),
}
ITEM_ALLOWED = {
    ("done", ItemState.PLANNED, "facilitator"),
    ("carried over", ItemState.PLANNED, "facilitator"),
    ("dropped", ItemState.PLANNED, "facilitator"),
}


def test_every_move_of_a_cycle_from_every_state_by_everybody() -> None:
    folk, allowed = people(*ROLES), set()
    for name, state, who in itertools.product(CYCLE.moves, CycleState, ROLES):
        cycle = a_cycle(a_table(folk), state=state)
        for session in cycle.sessions:
            session.state = SessionState.HELD
        allowed |= {(name, state, who)} if CYCLE.may(folk[who], name, cycle) else set()
    assert allowed == CYCLE_ALLOWED


def test_every_move_of_a_session_from_every_state_by_everybody() -> None:
    folk, allowed = people(*ROLES), set()
    for name, state, who in itertools.product(SESSION.moves, SessionState, ROLES):
        session = a_session(state=state)
        session.cycle = Cycle(workstream=a_table(folk))
        allowed |= {(name, state, who)} if SESSION.may(folk[who], name, session) else set()
    assert allowed == SESSION_ALLOWED


def test_every_move_of_an_item_from_every_state_by_everybody() -> None:
    folk, allowed = people(*ROLES), set()
    for name, state, who in itertools.product(ITEM.moves, ItemState, ROLES):
        session = a_cycle(a_table(folk)).sessions[0]
        session.state, session.items[3].state = SessionState.PUBLISHED, state
        allowed |= {(name, state, who)} if ITEM.may(folk[who], name, session.items[3]) else set()
    assert allowed == ITEM_ALLOWED


@pytest.fixture
def folk() -> dict[str, object]:
    return people("facilitator", "member")


@pytest.fixture
def cycle(folk: dict) -> Cycle:
    return a_cycle(a_table(folk))


@pytest.fixture
def session(cycle: Cycle) -> Session:
    return cycle.sessions[6]


def test_cycle_with_sessions_to_come_is_not_finished(folk: dict, cycle: Cycle) -> None:
    cycle.state = CycleState.RUNNING
    for session in cycle.sessions[2:]:
        session.state = SessionState.CANCELLED
    answer = CYCLE.may(folk["facilitator"], "brought to its report", cycle)
    assert answer.reason == "2 of its sessions are still to come. Hold them or cancel them first."


def test_broken_evening_is_not_published_and_the_rule_is_named(folk: dict, session: Session) -> None:
    session.items = items(("arrive", 15))
    assert "Check-in" in SESSION.may(folk["facilitator"], "published", session).reason
    assert SESSION.may(folk["member"], "published", session).reason == "Only a facilitator can do this."


def test_publishing_asks_who_then_what_then_when(folk: dict, session: Session) -> None:
    told = {"agreed": False, "today": session.on}
    assert "facilitator" in moves.may_publish(folk["member"], session, **told).reason
    assert "agreement" in moves.may_publish(folk["facilitator"], session, **told).reason
    assert "had to be out" in moves.may_publish(folk["facilitator"], session, agreed=True, today=session.on).reason
    in_time = session.on - timedelta(5)
    assert moves.may_publish(folk["facilitator"], session, agreed=True, today=in_time)


def test_item_of_an_unpublished_session_is_neither_done_nor_dropped(folk: dict, session: Session) -> None:
    session.items[0].state = ItemState.PLANNED
    assert ITEM.may(folk["facilitator"], "done", session.items[0]).reason == "Its session is not published yet."


def test_check_in_the_break_and_check_out_stay_in_every_evening(folk: dict, session: Session) -> None:
    """Domain rule 18: without them the evening told to people would be none that may be told."""
    session.state = SessionState.PUBLISHED
    for item in session.items:
        item.state = ItemState.PLANNED
    dropped = {item.part for item in session.items if ITEM.may(folk["facilitator"], "dropped", item)}
    assert dropped == {Part.RECAP, Part.WORK, Part.ACTIONS}
    assert (
        ITEM.may(folk["facilitator"], "dropped", session.items[0]).reason == "Check-in, the break and check-out stay."
    )


def test_told_evening_is_mended_only_where_what_was_carried_into_it_still_stands(folk: dict, session: Session) -> None:
    session.state = SessionState.PUBLISHED
    session.items.insert(5, AgendaItem(part=Part.WORK, minutes=60, state=ItemState.PLANNED))
    assert not moves.may_change(folk["facilitator"], session)
    session.items[5].carried_from_id = session.id
    assert moves.may_change(folk["facilitator"], session)
    assert not moves.may_change(folk["member"], session)
    session.items[5].state = ItemState.DONE
    assert not moves.may_change(folk["facilitator"], session)
    session.items[5].state, session.state = ItemState.PLANNED, SessionState.HELD
    assert not moves.may_change(folk["facilitator"], session)


@pytest.mark.parametrize("state", WorkstreamState)
def test_paused_and_closed_streams_plan_nothing(folk: dict, state: WorkstreamState) -> None:
    stream = a_table(folk)
    stream.state = state
    rests = state in (WorkstreamState.PAUSED, WorkstreamState.CLOSED)
    assert bool(moves.may_plan(folk["facilitator"], stream)) is not rests
    assert not moves.may_plan(folk["member"], stream)


def test_programme_needs_its_three_phases(folk: dict) -> None:
    stream = a_table(folk)
    assert moves.has_phases(stream)
    stream.programme.phases = [Phase(position=1, name="Only")]
    assert "three phases" in moves.has_phases(stream).reason


def test_published_agenda_stays_as_it_is(folk: dict, session: Session) -> None:
    assert moves.may_change(folk["facilitator"], session)
    assert not moves.may_change(folk["member"], session)
    session.state = SessionState.PUBLISHED
    assert moves.may_change(folk["facilitator"], session).reason == "This session is published, so its agenda stays."


def test_evening_holds_thirty_items_at_most() -> None:
    assert moves.fit_in(items(*[("work", 1)] * 30))
    assert moves.fit_in(items(*[("work", 1)] * 31)).reason == "An evening has 30 items at most."


def test_session_is_held_on_its_day_or_after(folk: dict, session: Session) -> None:
    session.state = SessionState.PUBLISHED
    assert moves.may_hold(folk["facilitator"], session, session.on)
    early = moves.may_hold(folk["facilitator"], session, session.on - timedelta(1))
    assert early.reason == "It is on Tuesday 25 November. Mark it as held on the day or after."
    assert not moves.may_hold(folk["member"], session, session.on)


@pytest.mark.parametrize("state", SessionState)
def test_held_and_cancelled_sessions_keep_their_day(folk: dict, session: Session, state: SessionState) -> None:
    session.state = state
    assert bool(moves.may_reschedule(folk["facilitator"], session)) is (state not in moves.OVER)
    assert not moves.may_reschedule(folk["member"], session)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (TUESDAY + timedelta(1), ""),
        (TUESDAY, "It is on that day already."),
        (date(2025, 11, 16), "That day is over. Choose a day to come."),
        (date(2025, 12, 25), "That day is free: Christmas Day. Choose another."),
        (date(2025, 11, 20), "That day is free: Half term. Choose another."),
        (date(2025, 11, 18), "Session 6 is on Tuesday 18 November. Choose a day after it."),
        (date(2025, 12, 2), "Session 8 is on Tuesday 2 December. Choose a day before it."),
    ],
)
def test_session_moves_to_a_coming_day_between_its_neighbours(session: Session, on: date, reason: str) -> None:
    bank = [a_holiday(date(2025, 11, 20), kind="bank"), a_holiday(TUESDAY + timedelta(1))]
    assert moves.may_stand_on(session, on, bank, date(2025, 11, 17)).reason == reason


def test_cancelled_neighbour_leaves_its_day_free(session: Session) -> None:
    session.cycle.sessions[7].state = SessionState.CANCELLED
    assert moves.may_stand_on(session, date(2025, 12, 2), [], date(2025, 11, 17))


def test_session_does_not_move_to_an_hour_that_does_not_exist(session: Session) -> None:
    """R6."""
    session.cycle.sessions[7:] = []
    session.starts_at = time(1, 30)
    assert "no 1.30am" in moves.may_stand_on(session, date(2026, 3, 29), [], date(2025, 11, 17)).reason
