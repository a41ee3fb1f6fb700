"""Meetings, decisions, corrections and replies: the change, the journal line, the refusal and its reason."""

from datetime import date, time
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.recommendations.models import Recommendation, State
from coprod.steering import services
from coprod.steering.models import Decision, DecisionState, Meeting, MeetingState, Verdict
from coprod.steering.services import FirstAction
from tests.factories import keep
from tests.steering.rooms import BECAUSE, Room
from tests.together import at_once


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def verbs() -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb)))


# --- Meetings.


def test_meeting_is_planned_by_the_chair_once_a_day(room: Room) -> None:
    day = date(2025, 12, 11)
    meeting = services.plan_meeting(room.steering, day, time(10), "Town hall", by=room.alex)
    assert (meeting.on, meeting.starts_at, meeting.place, meeting.state) == (day, time(10), "Town hall", "planned")
    assert verbs() == ["planned"]
    with pytest.raises(Refused, match="There is a meeting on that day already"):
        services.plan_meeting(room.steering, day, time(14), by=room.alex)
    with pytest.raises(Refused, match="Only the chair can do this"):
        services.plan_meeting(room.steering, date(2026, 1, 8), time(10), by=room.dee)


def test_meeting_opens_and_closes_once(room: Room) -> None:
    meeting = room.meeting(MeetingState.PLANNED)
    services.open_meeting(meeting, by=room.alex)
    services.close_meeting(meeting, by=room.alex)
    assert meeting.state == MeetingState.CLOSED
    assert verbs() == ["closed", "opened"]
    with pytest.raises(Refused, match="It is closed, so it cannot be opened"):
        services.open_meeting(meeting, by=room.alex)


def test_presence_follows_who_comes_and_goes(room: Room) -> None:
    meeting = room.meeting(here=[room.alex, room.dee])
    seats = {held.person: held for held in room.steering.memberships}
    services.tick(meeting, [seats[room.alex], seats[room.eve], seats[room.max]], by=room.alex)
    db.session.commit()
    assert {presence.membership.person.alias for presence in meeting.present} == {"Alex", "Eve", "Max"}
    services.tick(meeting, [], by=room.alex)
    db.session.commit()
    assert meeting.present == []
    with pytest.raises(Refused):
        services.tick(meeting, [], by=room.dee)


# --- Decisions.


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict.ACCEPT, State.ACCEPTED),
        (Verdict.ACCEPT_WITH_CHANGES, State.ACCEPTED_WITH_CHANGES),
        (Verdict.REFER_BACK, State.REFERRED_BACK),
        (Verdict.DEFER, State.DEFERRED),
        (Verdict.DECLINE, State.DECLINED),
    ],
)
def test_decision_moves_the_recommendation_and_keeps_who_was_there(room: Room, verdict: Verdict, state: State) -> None:
    decision = room.decided(verdict, dissent="Max would wait.", wants_pilot=True, review_on=date(2026, 6, 1))
    assert decision.recommendation.state == state
    assert (decision.number, decision.on, decision.recorded_by) == (1, today(), room.alex)
    assert (decision.members, decision.members_present, decision.lived_present) == (4, 4, 2)
    assert (decision.dissent, decision.review_on) == ("Max would wait.", date(2026, 6, 1))
    assert decision.wants_pilot == (verdict in (Verdict.ACCEPT, Verdict.ACCEPT_WITH_CHANGES))
    assert "decided" in verbs()


def test_decision_begins_its_first_action(room: Room) -> None:
    first = FirstAction("Ring the clinics", room.max, date(2026, 1, 16))
    decision = services.decide(
        room.meeting(), room.asked(), Verdict.ACCEPT, by=room.alex, reason=BECAUSE, first_action=first
    )
    (action,) = decision.actions
    assert (action.what, action.owner, action.due) == ("Ring the clinics", room.max, date(2026, 1, 16))
    assert (action.workstream, action.recommendation) == (room.steering, decision.recommendation)


def test_decision_without_quorum_is_refused_and_leaves_nothing(room: Room) -> None:
    asked, meeting = room.asked(), room.meeting(here=[room.alex, room.max, room.dee])
    with pytest.raises(Refused, match="1 with lived experience here"):
        services.decide(meeting, asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert asked.state == State.SUBMITTED
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


@pytest.mark.parametrize(
    ("verdict", "said", "reason"),
    [
        (Verdict.ACCEPT, {"reason": "Noted"}, "no answer"),
        (Verdict.DEFER, {"reason": BECAUSE, "until": None}, "Say when you look again"),
        (Verdict.DECLINE, {"reason": BECAUSE, "would_change": ""}, "Say what would change your answer"),
    ],
)
def test_decision_that_does_not_say_enough_is_refused(room: Room, verdict: Verdict, said: dict, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        services.decide(room.meeting(), room.asked(), verdict, by=room.alex, **said)


def test_decision_twice_on_one_recommendation_is_refused(room: Room) -> None:
    decision = room.decided()
    with pytest.raises(Refused, match="It is accepted, so it is not waiting for a decision"):
        services.decide(decision.meeting, decision.recommendation, Verdict.DECLINE, by=room.alex, reason=BECAUSE)


def test_decisions_are_numbered_in_order(room: Room) -> None:
    meeting = room.meeting()
    assert [room.decided(meeting=meeting).number for _ in range(3)] == [1, 2, 3]


def test_decisions_of_the_same_moment_have_different_numbers(app: Flask, room: Room) -> None:
    """R3: four at once, each in a transaction of its own."""
    meeting, asked = room.meeting().id, [room.asked(f"Ask {n}").id for n in range(4)]
    alex = room.alex.id
    db.session.commit()

    def take(key: object) -> None:
        with app.app_context():
            found, by = db.session.get_one(Meeting, meeting), db.session.get_one(type(room.alex), alex)
            services.decide(found, db.session.get_one(Recommendation, key), Verdict.ACCEPT, by=by, reason=BECAUSE)
            db.session.commit()

    at_once(*(partial(take, key) for key in asked))
    assert sorted(db.session.scalars(select(Decision.number))) == [1, 2, 3, 4]


def test_one_recommendation_decided_twice_at_once_has_one_decision(app: Flask, room: Room) -> None:
    """R3: the second finds it decided."""
    meeting, asked, alex = room.meeting().id, room.asked().id, room.alex.id
    db.session.commit()
    refused = []

    def take() -> None:
        with app.app_context():
            found, by = db.session.get_one(Meeting, meeting), db.session.get_one(type(room.alex), alex)
            about = db.session.get_one(Recommendation, asked)
            try:
                services.decide(found, about, Verdict.ACCEPT, by=by, reason=BECAUSE)
                db.session.commit()
            except Refused as refusal:
                refused.append(str(refusal))
                db.session.rollback()

    at_once(take, take)
    assert refused == ["It is accepted, so it is not waiting for a decision."]
    assert db.session.scalars(select(Decision.number)).all() == [1]


@pytest.mark.parametrize("field", ["reason", "verdict", "number", "dissent"])
def test_decision_is_never_edited(room: Room, field: str) -> None:
    decision = room.decided()
    setattr(decision, field, {"number": 9, "verdict": Verdict.DECLINE}.get(field, "Something else"))
    with pytest.raises(TypeError, match="A decision is never edited"):
        db.session.flush()


def test_reply_is_never_edited(room: Room) -> None:
    decision = room.decided()
    reply = services.send_reply(decision, "Yes. It begins in January.", by=room.alex)
    reply.words = "No."
    with pytest.raises(TypeError, match="A reply is never edited"):
        db.session.flush()


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict != Verdict.ACCEPT])
def test_database_itself_asks_for_what_an_answer_needs(room: Room, verdict: Verdict) -> None:
    decision = room.decided()
    copied = {"meeting": decision.meeting, "recommendation": decision.recommendation, "recorded_by": room.alex}
    counts = {"members": 4, "members_present": 4, "lived_present": 2, "on": today(), "number": 2}
    with pytest.raises(IntegrityError):
        keep(Decision(verdict=verdict, reason=BECAUSE, **copied, **counts))
    db.session.rollback()


def test_decision_is_reviewed_once(room: Room) -> None:
    decision = room.decided()
    services.review(decision, by=room.alex)
    assert decision.state == DecisionState.REVIEWED
    assert "reviewed" in verbs()
    with pytest.raises(Refused, match="It is reviewed, so it cannot be reviewed"):
        services.review(decision, by=room.alex)


def test_decision_is_not_reviewed_before_its_day(room: Room, clock) -> None:
    decision = room.decided(review_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="It is looked at again on 1 June 2026"):
        services.review(decision, by=room.alex)
    clock(2026, 6, 1, 9)
    services.review(decision, by=room.alex)
    assert decision.state == DecisionState.REVIEWED


# --- What was put off comes back.


def test_what_was_put_off_comes_back_at_the_meeting_of_its_month(room: Room) -> None:
    decision = room.decided(Verdict.DEFER, room.meeting(on=date(2025, 11, 13)))
    room.later(date(2026, 4, 16))
    assert decision.recommendation.state == State.DEFERRED
    may = room.later(date(2026, 5, 7))
    assert decision.recommendation.state == State.SUBMITTED
    later = services.decide(may, decision.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert [decision.number, later.number] == [1, 2]


def test_what_was_put_off_comes_back_after_its_reply_too(room: Room) -> None:
    decision = room.decided(Verdict.DEFER)
    services.send_reply(decision, "Not now. They look again in May.", by=room.alex)
    assert decision.recommendation.state == State.REPLIED
    room.later(date(2026, 6, 4))
    assert decision.recommendation.state == State.SUBMITTED


# --- Corrections.


def test_correction_with_another_answer_stands_beside_the_first(room: Room) -> None:
    first = room.decided(Verdict.DECLINE)
    later = services.correct(first, first.meeting, Verdict.ACCEPT, by=room.alex, reason="We mixed up two papers.")
    assert (first.state, later.corrects, later.number) == (DecisionState.REVERSED, first, 2)
    assert first.reason == BECAUSE
    assert later.recommendation.state == State.ACCEPTED
    assert "reversed" in verbs()
    with pytest.raises(Refused, match="A later decision stands in its place"):
        services.correct(first, first.meeting, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)


def test_correction_of_the_words_alone_leaves_the_recommendation_where_it_is(room: Room) -> None:
    first = room.decided()
    services.send_reply(first, "Yes. It begins in January.", by=room.alex)
    later = services.correct(first, first.meeting, Verdict.ACCEPT, by=room.alex, reason="It begins in April.")
    assert later.recommendation.state == State.REPLIED
    services.send_reply(later, "We got the month wrong. It begins in April.", by=room.alex)
    assert later.recommendation.state == State.REPLIED
    assert first.reply.words == "Yes. It begins in January."


def test_correction_with_another_answer_is_refused_once_it_has_moved_on(room: Room) -> None:
    first = room.decided()
    asked = first.recommendation
    db.session.execute(
        Recommendation.__table__.update().where(Recommendation.id == asked.id).values(state=State.IN_PILOT)
    )
    with pytest.raises(Refused, match="It is in pilot, so it cannot be decided again"):
        services.correct(first, first.meeting, Verdict.DECLINE, by=room.alex, reason=BECAUSE, would_change="Money.")


def test_correction_says_enough_too_and_may_begin_an_action(room: Room) -> None:
    first = room.decided()
    with pytest.raises(Refused, match="Say what changes"):
        services.correct(first, first.meeting, Verdict.ACCEPT_WITH_CHANGES, by=room.alex, reason=BECAUSE)
    db.session.rollback()


# --- Replies.


@pytest.mark.parametrize("verdict", list(Verdict))
def test_reply_moves_the_recommendation_but_a_question_does_not(room: Room, verdict: Verdict) -> None:
    decision = room.decided(verdict)
    reply = services.send_reply(decision, "They decided. This is why.", by=room.alex)
    assert (reply.words, reply.sent_on, decision.reply) == ("They decided. This is why.", today(), reply)
    expected = State.REFERRED_BACK if verdict == Verdict.REFER_BACK else State.REPLIED
    assert decision.recommendation.state == expected
    with pytest.raises(Refused, match="The group has been told"):
        services.send_reply(decision, "Again.", by=room.alex)


def test_reply_that_says_nothing_or_is_not_the_chairs_is_refused(room: Room) -> None:
    decision = room.decided()
    with pytest.raises(Refused, match="no answer"):
        services.send_reply(decision, "Noted with thanks.", by=room.alex)
    with pytest.raises(Refused, match="Only the chair"):
        services.send_reply(decision, "Yes.", by=room.sam)


def test_more_can_be_given_to_do_because_of_a_decision(room: Room) -> None:
    decision = room.decided()
    more = FirstAction("Find the room", room.dee, date(2025, 12, 19))
    action = services.follow_up(decision, more, by=room.alex)
    assert decision.actions == [action]
    assert (action.what, action.owner, action.recommendation) == ("Find the room", room.dee, decision.recommendation)
    with pytest.raises(Refused, match="Only the chair can do this"):
        services.follow_up(decision, more, by=room.dee)
