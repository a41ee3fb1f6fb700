"""What the log shows and in which order, to whom, and that five years of it cost what a month costs."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

from coprod.action_log import queries, services
from coprod.action_log.rules import PAGE, Comes, Part, Section, Show, Sort, Wanted
from coprod.actions import services as actions
from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.people.models import Person
from coprod.steering import services as steering
from coprod.steering.models import MeetingState, Verdict
from coprod.steering.services import FirstAction
from coprod.workstreams.models import Role, Workstream
from tests.factories import a_membership, keep
from tests.steering.rooms import BECAUSE, Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def fill(room: Room) -> None:
    for owner, days in ((room.max, -30), (room.dee, -3), (room.dee, 7), (room.dee, 8), (room.max, 0), (room.alex, -1)):
        actions.open_action(room.steering, f"{days}", owner, TODAY + timedelta(days), by=room.alex)


def whats(lines: list[queries.Line]) -> list[str]:
    return [line.action.what for line in lines]


def log_of(person: Person, wanted: Wanted | None = None, page: int = 1) -> list[str]:
    return whats(queries.action_log(person, TODAY, wanted, page).lines)


def test_log_begins_with_mine_late_then_mine_soon_then_everyones_late(room: Room) -> None:
    fill(room)
    log = queries.action_log(room.dee, TODAY)
    assert whats(log.mine_late) == ["-3"]
    assert whats(log.mine_soon) == ["7"]
    assert whats(log.others_late) == ["-30", "-1"]
    assert whats(log.rest) == ["0", "8"]
    assert log.counts == {Section.MINE_LATE: 1, Section.MINE_SOON: 1, Section.OTHERS_LATE: 2, Section.REST: 2}
    assert (log.total, log.more, log.pages) == (6, 2, 1)
    assert [owner.alias for owner in queries.owners(room.dee)] == ["Alex", "Dee", "Max"]


def test_log_shows_a_parent_and_a_director_the_same_lines(room: Room) -> None:
    fill(room)
    assert set(log_of(room.dee)) == set(log_of(room.max))
    assert log_of(room.stranger) == []


def test_what_is_settled_stands_last_with_the_latest_on_top(room: Room) -> None:
    for days, state in ((-20, "done"), (-5, "done"), (-9, "cancelled"), (3, "said done"), (9, "open")):
        settled = TODAY if state in ("done", "cancelled") else None
        number, due = 100 + days, TODAY + timedelta(days)
        fields = {"opened_on": TODAY, "settled_on": settled, "state": ActionState(state)}
        keep(Action(workstream=room.steering, number=number, what=f"{days}", owner=room.max, due=due, **fields))
    assert log_of(room.dee) == ["3", "9", "-5", "-20", "-9"]


FILTERS = {
    Wanted(show=Show.MINE): ["-3", "7", "8"],
    Wanted(show=Show.LATE): ["-3", "-30", "-1"],
    Wanted(show=Show.SOON): ["7", "0"],
    Wanted(show=Show.OPEN): ["-3", "7", "-30", "-1", "0", "8"],
    Wanted(show=Show.ALL): ["-3", "7", "-30", "-1", "0", "8"],
    Wanted(show=Show.DONE): [],
    Wanted(show=Show.WAITING): [],
    Wanted(sort=Sort.DUE): ["-30", "-3", "-1", "0", "7", "8"],
    Wanted(sort=Sort.LAST_DUE): ["8", "7", "0", "-1", "-3", "-30"],
    Wanted(sort=Sort.NEWEST): ["-1", "0", "8", "7", "-3", "-30"],
    Wanted(sort=Sort.OWNER): ["-1", "-3", "7", "8", "-30", "0"],
    Wanted(source=Comes.NEITHER, show=Show.SOON): ["7", "0"],
    Wanted(source=Comes.DECISION): [],
    Wanted(source=Comes.SESSION): [],
    Wanted(q="-3"): ["-3", "-30"],
    Wanted(q="#2"): ["-3"],
    Wanted(q="%"): [],
}


def test_log_is_filtered_and_sorted(room: Room) -> None:
    fill(room)
    found = {wanted: log_of(room.dee, wanted) for wanted in FILTERS}
    assert found == FILTERS
    assert log_of(room.dee, Wanted(owner=str(room.max.id))) == ["-30", "0"]
    assert log_of(room.dee, Wanted(table=str(room.stream.id))) == []
    assert log_of(room.dee, Wanted(table=str(room.steering.id), show=Show.MINE)) == ["-3", "7", "8"]
    assert [table.name for table in queries.tables(room.dee)] == [room.steering.name]
    assert queries.tables(room.robin) == []


def test_most_often_moved_stands_first(room: Room) -> None:
    fill(room)
    later = queries.action_log(room.max, TODAY, Wanted(owner=str(room.max.id))).lines[1].action
    actions.move_date(later, TODAY + timedelta(60), "Ill", by=room.max)
    assert log_of(room.max, Wanted(sort=Sort.MOVED))[0] == "0"


def test_log_is_cut_into_pages(room: Room) -> None:
    for number in range(1, PAGE + 4):
        due = TODAY + timedelta(20 + number)
        fields = {"what": f"{number}", "due": due, "opened_on": TODAY}
        keep(Action(workstream=room.steering, number=number, owner=room.max, **fields))
    log = queries.action_log(room.dee, TODAY)
    assert (len(log.lines), log.total, log.pages) == (PAGE, PAGE + 3, 2)
    assert log_of(room.dee, page=2) == [str(number) for number in range(PAGE + 1, PAGE + 4)]
    assert queries.action_log(room.dee, TODAY, None, 9).page == 2
    assert len(queries.every_line(room.dee, TODAY, Wanted())) == PAGE + 3


def test_log_names_the_decision_only_to_those_who_may_read_it(room: Room) -> None:
    decision = steering.decide(
        room.meeting(),
        room.asked(),
        Verdict.ACCEPT,
        by=room.alex,
        reason=BECAUSE,
        first_action=FirstAction("Tell them", room.sam, TODAY),
    )
    of_it = Wanted(source=str(decision.id))
    for person in (room.dee, room.sam):
        (line,) = queries.action_log(person, TODAY).lines
        assert line.source
        assert line.source.key == decision.id
        assert line.came_from == "Decision 17 November 2025"
        assert line.first_due == TODAY
        assert log_of(person, of_it) == log_of(person, Wanted(source=Comes.DECISION)) == ["Tell them"]
        assert queries.decision_asked_for(person, of_it) == decision
    assert queries.decision_asked_for(room.stranger, of_it) is None
    assert queries.decision_asked_for(room.dee, Wanted()) is None
    assert log_of(room.dee, Wanted(source=Comes.NEITHER)) == []


def test_log_names_the_session_where_no_decision_led_to_it(room: Room) -> None:
    cycle = cycles.plan(room.stream, date(2025, 12, 2), time(18), by=room.sam)
    session = cycle.sessions[0]
    action = actions.open_action(room.stream, "Bring the map", room.robin, TODAY, by=room.sam, session=session)
    (line,) = queries.action_log(room.robin, TODAY, Wanted(source=Comes.SESSION)).lines
    assert line.action == action
    assert line.came_from == "Session of 2 December 2025"


def test_ticked_ones_are_those_the_person_may_see(room: Room) -> None:
    ours = actions.open_action(room.steering, "Ring", room.max, TODAY, by=room.alex)
    theirs = actions.open_action(room.stream, "Draw", room.robin, TODAY, by=room.sam)
    assert queries.ticked(room.dee, [ours.id, theirs.id]) == [ours]


def test_could_own_lists_who_sits_where_this_person_leads(room: Room) -> None:
    kim = actions.outside_owner("Kim", "kim@example.org", by=room.alex)
    actions.open_action(room.steering, "Paint", kim, TODAY, by=room.alex)
    assert [one.alias for one in queries.could_own(room.alex)] == ["Alex", "Dee", "Eve", "Kim", "Max"]
    assert queries.could_own(room.dee) == []


# --- Views somebody keeps.


def test_views_are_found_by_their_owner_only(room: Room) -> None:
    view = services.keep_view("Late", Wanted(show=Show.LATE), by=room.dee)
    assert queries.views_of(room.dee) == [view]
    assert queries.own_view(room.dee, view.id) == view
    assert queries.views_of(room.max) == []
    with pytest.raises(NoResultFound):
        queries.own_view(room.max, view.id)


# --- The review.


@pytest.fixture
def reviewed(room: Room) -> Room:
    """Last met on 1 November, meets next on 1 December."""
    room.meeting(MeetingState.CLOSED, date(2025, 10, 1))
    room.meeting(MeetingState.CLOSED, date(2025, 11, 1))
    room.meeting(MeetingState.PLANNED, date(2025, 12, 1))
    room.meeting(MeetingState.PLANNED, date(2026, 1, 5))
    for number, (what, due, opened, state, settled) in enumerate(
        [
            ("late", date(2025, 11, 10), date(2025, 9, 1), "open", None),
            ("later still", date(2025, 11, 3), date(2025, 9, 1), "open", None),
            ("said done and late", date(2025, 11, 12), date(2025, 9, 1), "said done", None),
            ("done today, was late", date(2025, 11, 14), date(2025, 9, 1), "done", TODAY),
            ("due on the day", date(2025, 12, 1), date(2025, 9, 1), "open", None),
            ("due after", date(2025, 12, 2), date(2025, 9, 1), "open", None),
            ("new", date(2026, 3, 1), date(2025, 11, 1), "open", None),
            ("said done, far off", date(2026, 3, 1), date(2025, 9, 1), "said done", None),
            ("closed", date(2025, 10, 30), date(2025, 9, 1), "done", date(2025, 11, 3)),
            ("closed before", date(2025, 10, 20), date(2025, 9, 1), "done", date(2025, 10, 31)),
        ],
        start=1,
    ):
        fields = {"opened_on": opened, "settled_on": settled, "state": ActionState(state)}
        keep(Action(workstream=room.steering, number=number, what=what, owner=room.max, due=due, **fields))
    return room


def through(room: Room) -> dict[Part, list[str]]:
    """Walk through the whole review, one at a time."""
    seen: dict[Part, list[str]] = {}
    time_of = queries.time_of_review(room.steering, TODAY)
    number: int | None = next(iter(queries.review(room.steering, TODAY).first.values()))
    while number is not None:
        here = queries.look(room.dee, room.steering, number, TODAY, time_of)
        seen.setdefault(here.part, []).append(here.line.action.what)
        assert here.place == sum(map(len, seen.values()))
        number = here.onward.number if here.onward else None
    assert here.place == here.total
    return seen


WALK = {
    Part.LATE: ["later still", "late", "said done and late", "done today, was late"],
    Part.DUE: ["due on the day", "said done, far off"],
    Part.NEW: ["new"],
    Part.CLOSED: ["closed"],
}


def test_review_goes_through_late_due_new_and_closed(reviewed: Room) -> None:
    view = queries.review(reviewed.steering, TODAY)
    assert (view.time.since, view.time.until) == (date(2025, 11, 1), date(2025, 12, 1))
    assert view.counts == {part: len(those) for part, those in WALK.items()}
    assert view.total == 8
    assert through(reviewed) == WALK


def test_what_is_moved_or_done_in_the_review_keeps_its_place(reviewed: Room) -> None:
    late = queries.one_at(reviewed.steering, 2)
    actions.move_date(late, date(2026, 2, 1), "Ill", by=reviewed.max)
    actions.move_date(late, date(2026, 2, 3), "Ill for longer", by=reviewed.max)
    actions.say_done(queries.one_at(reviewed.steering, 1), by=reviewed.max)
    actions.say_done(queries.one_at(reviewed.steering, 7), by=reviewed.max)
    actions.agree_done(queries.one_at(reviewed.steering, 8), by=reviewed.dee, evidence="Seen")
    assert through(reviewed) == WALK


def test_review_lists_those_beside_it_and_the_way_back(reviewed: Room) -> None:
    here = queries.look(reviewed.dee, reviewed.steering, 1, TODAY, queries.time_of_review(reviewed.steering, TODAY))
    assert whats(list(here.beside)) == WALK[Part.LATE]
    assert here.back == 2
    assert here.onward
    assert here.onward.what == "said done and late"
    assert here.bar == ["past", "now", *["to-come"] * 6]
    with pytest.raises(NoResultFound):
        queries.look(reviewed.dee, reviewed.steering, 10, TODAY, queries.time_of_review(reviewed.steering, TODAY))
    with pytest.raises(NoResultFound):
        queries.one_at(reviewed.steering, 99)


def test_review_without_meetings_looks_four_weeks_each_way(room: Room) -> None:
    view = queries.review(room.steering, TODAY)
    assert (view.time.since, view.time.until) == (date(2025, 10, 20), date(2025, 12, 15))
    assert (view.time.is_since_a_meeting, view.time.is_until_a_meeting) == (False, False)
    assert (view.counts, view.total) == ({}, 0)


# --- What it costs.


ASKED: dict[str, Callable[[Person, Workstream], object]] = {
    "first page": lambda who, _: queries.action_log(who, TODAY).lines,
    "filter": lambda who, _: queries.action_log(who, TODAY, Wanted(show=Show.OPEN)).lines,
    "sort": lambda who, _: queries.action_log(who, TODAY, Wanted(sort=Sort.MOVED)).lines,
    "review": lambda _, table: queries.review(table, TODAY),
    "one at a time": lambda who, table: queries.look(who, table, 1, TODAY, queries.time_of_review(table, TODAY)),
}


def test_lists_cost_the_same_with_three_and_with_three_hundred(app: Flask, room: Room, query_count: list[str]) -> None:
    costs: list[dict[str, int]] = []
    a_membership(room.steering, room.sam, Role.MEMBER)
    for first, last in ((1, 4), (4, 301)):
        keep(*(_one(room, number) for number in range(first, last)))
        for number in (first, last - 1):
            actions.move_date(queries.one_at(room.steering, number), TODAY, "Ill", by=room.alex)
        db.session.commit()
        costs.append({name: cost(app, room, query_count, ask) for name, ask in ASKED.items()})
    assert costs[0] == costs[1]


def _one(room: Room, number: int) -> Action:
    due = TODAY - timedelta(number % 3 + 1)
    fields = {"what": f"{number}", "due": due, "opened_on": due}
    return Action(workstream=room.steering, number=number, owner=room.max, **fields)


def cost(app: Flask, room: Room, query_count: list[str], ask: Callable[[Person, Workstream], object]) -> int:
    """Count the statements of one question, asked by somebody who has just come in."""
    dee, group = room.dee.id, room.steering.id
    db.session.commit()
    with app.app_context():
        who, table = db.session.get_one(Person, dee), db.session.get_one(Workstream, group)
        query_count.clear()
        assert ask(who, table)
        return len(query_count)
