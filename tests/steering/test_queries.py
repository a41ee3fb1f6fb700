"""Who sees meetings, decisions and the log; what comes back; and that long lists cost no more than short ones."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Holiday, HolidayKind
from coprod.steering import queries, services
from coprod.steering.models import MeetingState, Verdict
from coprod.steering.queries import Wanted
from coprod.steering.services import FirstAction
from coprod.workstreams.models import Workstream
from tests.factories import an_admin, keep
from tests.steering.rooms import BECAUSE, Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


# --- Meetings.


def test_meetings_are_seen_by_the_group_alone(room: Room) -> None:
    first, second = room.meeting(MeetingState.CLOSED, on=date(2025, 9, 11)), room.meeting(on=date(2025, 12, 11))
    assert queries.meetings_seen_by(room.dee) == [second, first]
    assert queries.meeting_seen_by(room.dee, first.id) == first
    assert queries.steering_of(room.dee) == room.steering
    for outsider in (room.sam, room.stranger, an_admin()):
        assert queries.meetings_seen_by(outsider) == []
        with pytest.raises(NoResultFound):
            queries.meeting_seen_by(outsider, first.id)
        with pytest.raises(NoResultFound):
            queries.steering_of(outsider)


def test_next_meeting_is_the_open_one_or_else_the_first_to_come(room: Room) -> None:
    assert queries.next_meeting(room.steering) is None
    room.meeting(MeetingState.CLOSED, on=date(2025, 9, 11))
    later = room.meeting(MeetingState.PLANNED, on=date(2026, 1, 8))
    sooner = room.meeting(MeetingState.PLANNED, on=date(2025, 12, 11))
    assert queries.next_meeting(room.steering) == sooner
    assert queries.open_meeting(room.steering) is None
    services.open_meeting(later, by=room.alex)
    assert queries.next_meeting(room.steering) == queries.open_meeting(room.steering) == later
    assert queries.is_planned(room.steering, date(2026, 1, 8))
    assert not queries.is_planned(room.steering, date(2026, 1, 9))


# --- Decisions.


def test_decision_is_seen_by_those_who_took_it_and_those_who_asked(room: Room) -> None:
    decision = room.decided()
    for insider in (room.alex, room.dee, room.sam, room.robin):
        assert queries.decisions_seen_by(insider) == [decision]
        assert queries.decision_seen_by(insider, decision.id) == decision
    for outsider in (room.stranger, an_admin()):
        assert queries.decisions_seen_by(outsider) == []
        with pytest.raises(NoResultFound):
            queries.decision_seen_by(outsider, decision.id)


def test_register_is_found_by_words_and_by_answer(room: Room) -> None:
    meeting = room.meeting()
    letters = room.decided(meeting=meeting, title="Shorter letters")
    days = room.decided(Verdict.DECLINE, meeting, "Fixed days", would_change="A 100% new list_of days")
    assert queries.decisions_seen_by(room.dee) == [days, letters]
    assert queries.decisions_seen_by(room.dee, Wanted("LETTERS")) == [letters]
    assert queries.decisions_seen_by(room.dee, Wanted("go home to silence")) == [days, letters]
    assert queries.decisions_seen_by(room.dee, Wanted("100%")) == [days]
    assert queries.decisions_seen_by(room.dee, Wanted("list_of")) == [days]
    assert queries.decisions_seen_by(room.dee, Wanted("listXof")) == []
    assert queries.decisions_seen_by(room.dee, Wanted("", Verdict.ACCEPT)) == [letters]
    assert queries.decisions_seen_by(room.dee, Wanted("letters", Verdict.DECLINE)) == []


def test_decisions_link_to_what_they_correct(room: Room) -> None:
    first = room.decided()
    later = services.correct(first, first.meeting, Verdict.ACCEPT, by=room.alex, reason="In April.")
    assert queries.decisions_of(first.recommendation) == [first, later]
    assert queries.decisions_at(first.meeting) == [first, later]
    assert queries.corrected_by(first) == later
    assert queries.corrected_by(later) is None


def test_what_was_put_off_is_listed_from_its_month_on_until_it_is_decided(room: Room) -> None:
    """Domain rule 24: the date appears in that month's list by itself."""
    meeting = room.meeting()
    put_off = room.decided(Verdict.DEFER, meeting)
    room.decided(Verdict.DECLINE, meeting)
    assert queries.put_off_until(room.steering, date(2026, 4, 30)) == []
    assert queries.put_off_until(room.steering, date(2026, 5, 31)) == [put_off]
    services.send_reply(put_off, "Not now. They look again in May.", by=room.alex)
    assert queries.put_off_until(room.steering, date(2026, 5, 31)) == [put_off]
    room.later(date(2026, 5, 14))
    assert queries.put_off_until(room.steering, date(2026, 5, 31)) == []


def test_what_was_put_off_and_then_declined_is_not_listed_again(room: Room) -> None:
    put_off = room.decided(Verdict.DEFER)
    may = room.later(date(2026, 5, 14))
    asked = put_off.recommendation
    later = services.decide(may, asked, Verdict.DECLINE, by=room.alex, reason=BECAUSE, would_change="Money.")
    services.send_reply(later, "No. This is why.", by=room.alex)
    assert queries.put_off_until(room.steering, date(2026, 12, 31)) == []


# --- Replies.


def test_replies_owed_are_those_not_sent_of_decisions_that_stand(room: Room, clock) -> None:
    assert queries.owed_replies(room.steering, TODAY) == []
    clock(2022, 12, 15, 10)
    for day in (date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2)):
        keep(Holiday(kind=HolidayKind.BANK, first=day, last=day, what="Christmas"))
    meeting = room.meeting()
    owed, told, wrong = (room.decided(meeting=meeting) for _ in range(3))
    services.send_reply(told, "Yes. It begins in January.", by=room.alex)
    right = services.correct(wrong, meeting, Verdict.ACCEPT, by=room.alex, reason="In April.")
    found = queries.owed_replies(room.steering, date(2023, 1, 4))
    assert [(reply.decision, reply.due, str(reply.status)) for reply in found] == [
        (owed, date(2023, 1, 3), "late"),
        (right, date(2023, 1, 3), "late"),
    ]
    assert queries.reply_due(owed) == date(2023, 1, 3)


def test_replies_owed_to_a_group_are_seen_by_its_own_people(room: Room) -> None:
    decision = room.decided()
    assert [reply.decision for reply in queries.owed_to_groups_of(room.sam, TODAY)] == [decision]
    assert queries.owed_to_groups_of(room.dee, TODAY) == []
    services.send_reply(decision, "Yes. It begins in January.", by=room.alex)
    assert queries.owed_to_groups_of(room.sam, TODAY) == []


ASKED = {
    "home": lambda _, group: queries.chair_view(group, TODAY).owed,
    "decisions": lambda who, _: [d.reply or d.meeting.workstream.name for d in queries.decisions_seen_by(who)],
    "agenda": lambda who, _: _agenda(who),
    "owed": lambda _, group: [r.decision.recommendation.title for r in queries.owed_replies(group, TODAY)],
    "put off": lambda _, group: queries.put_off_until(group, date(2027, 1, 1)),
}


def _agenda(who: Person) -> list[object]:
    meeting = queries.meeting_seen_by(who, queries.meetings_seen_by(who)[0].id)
    names = [(item.recommendation.workstream.name, item.decision, item.interests) for item in meeting.items]
    return [
        names,
        queries.waits_for(meeting, TODAY),
        queries.contests_at(meeting),
        queries.late_actions(meeting.workstream, TODAY),
    ]


def cost(app: Flask, room: Room, query_count: list[str], ask: Callable[[Person, Workstream], object]) -> int:
    """Count the statements of one question, asked by somebody who has just come in."""
    db.session.commit()
    person, group = room.dee.id, room.steering.id
    db.session.commit()
    with app.app_context():
        who, table = db.session.get_one(Person, person), db.session.get_one(Workstream, group)
        query_count.clear()
        assert ask(who, table)
        return len(query_count)


@pytest.mark.parametrize("name", list(ASKED))
def test_lists_cost_the_same_with_one_and_with_three(app: Flask, room: Room, query_count: list[str], name: str) -> None:
    meeting, costs = room.meeting(), []
    for more in (1, 2):
        for _ in range(more):
            room.decided(Verdict.DEFER, meeting, first_action=FirstAction("Ring", room.max, TODAY))
            room.asked("Another")
        costs.append(cost(app, room, query_count, ASKED[name]))
    assert costs[0] == costs[1]


def test_chair_view_holds_what_needs_this_person_now(room: Room) -> None:
    meeting = room.meeting(on=date(2025, 12, 11))
    waiting = room.asked("Shorter letters")
    decision = room.decided(meeting=meeting)
    put_off = room.decided(Verdict.DEFER, meeting, until=date(2025, 12, 31))
    view = queries.chair_view(room.steering, TODAY)
    assert view.next_meeting == meeting
    assert view.to_decide == [waiting]
    assert view.put_off == [put_off]
    assert [(reply.decision, reply.due) for reply in view.owed] == [
        (decision, date(2025, 12, 1)),
        (put_off, date(2025, 12, 1)),
    ]


def test_chair_view_without_a_meeting_looks_at_this_month(room: Room) -> None:
    view = queries.chair_view(room.steering, TODAY)
    assert (view.next_meeting, view.to_decide, view.put_off, view.owed) == (None, [], [], [])
