"""What a group says to its answer: content, a question, or once, by two people, a contest."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.history import rules as history
from coprod.messages.models import Message
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering import queries, rules, services
from coprod.steering.models import (
    Contest,
    ContestState,
    Decision,
    DecisionState,
    GroupAccepts,
    GroupQuestion,
    ItemKind,
    Meeting,
    MeetingState,
    Reply,
    Verdict,
)
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from tests.factories import a_membership, a_person
from tests.steering.rooms import BECAUSE, Room
from tests.steering.test_rules import a_seat, somebody

AGAIN = "Wards have no one to ring."
WHO = ("raiser", "member", "facilitator", "left", "stranger", "chair")
ALLOWED = {
    *(("sent", ContestState.RAISED, who) for who in ("member", "facilitator")),
    ("taken back", ContestState.RAISED, "raiser"),
}


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def answered(room: Room, verdict: Verdict = Verdict.DECLINE, **said: Any) -> Decision:
    decision = room.decided(verdict, **said)
    services.send_reply(decision, "We say no. It needs a new judge.", by=room.alex)
    db.session.flush()
    return decision


def inside(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- Rules.


def a_contest(state: ContestState) -> tuple[Contest, Workstream]:
    """A contest of an answered decision, and the group whose it is."""
    stream, table = Workstream(id=uuid4(), name="Our group"), Workstream(id=uuid4(), name="Steering group")
    asked = Recommendation(title="A call", workstream=stream, state=State.REPLIED)
    meeting = Meeting(workstream=table, workstream_id=table.id)
    decision = Decision(id=uuid4(), meeting=meeting, recommendation=asked, state=DecisionState.RECORDED)
    decision.reply = Reply(words="No.")
    raiser = a_seat(stream)
    return Contest(decision=decision, state=state, raised_by_id=raiser.person_id), stream


def person_as(who: str, contest: Contest, stream: Workstream) -> Person:
    if who == "raiser":
        return next(held.person for held in stream.memberships if held.person_id == contest.raised_by_id)
    return somebody(contest.decision.meeting.workstream if who == "chair" else stream, who)


def test_every_move_of_a_contest_from_every_state_by_everybody() -> None:
    differs = []
    for name in rules.CONTESTS.moves:
        for state in ContestState:
            for who in WHO:
                contest, stream = a_contest(state)
                may = bool(rules.CONTESTS.may(person_as(who, contest, stream), name, contest))
                if may != ((name, state, who) in ALLOWED):
                    differs.append((name, state, who, may))
    assert differs == []
    assert list(rules.CONTESTS.moves) == ["sent", "taken back"]


def test_contest_of_somebody_who_left_may_be_taken_back_by_anybody_in_the_group() -> None:
    contest, stream = a_contest(ContestState.RAISED)
    member = somebody(stream, "member")
    answer = rules.CONTESTS.may(member, "taken back", contest)
    assert answer.reason == "Only the person who wrote it can take it back."
    raiser = next(held for held in stream.memberships if held.person_id == contest.raised_by_id)
    raiser.state = MembershipState.LEFT
    assert rules.CONTESTS.may(member, "taken back", contest)


def test_group_answers_once_it_is_told_and_while_the_decision_stands() -> None:
    contest, stream = a_contest(ContestState.TAKEN_BACK)
    decision, member = contest.decision, somebody(stream, "member")
    assert rules.may_answer(member, decision)
    assert rules.may_contest(member, decision)
    assert rules.may_accept(member, decision, said_before=False)
    assert rules.may_accept(member, decision, said_before=True).reason == "Your group has said so."
    contest.state = ContestState.RAISED
    assert rules.may_contest(member, decision).reason == "Somebody in your group has asked for this."
    assert rules.may_accept(member, decision, said_before=False).reason == "Your group asks them to look again."
    decision.recommendation.contested_on = date(2025, 12, 1)
    contest.state = ContestState.TAKEN_BACK
    assert rules.may_contest(member, decision).reason == "A decision can be contested once."
    decision.state = DecisionState.REVERSED
    assert rules.may_answer(member, decision).reason == "A later decision stands in its place."
    decision.state, decision.reply = DecisionState.RECORDED, None
    assert rules.may_answer(member, decision).reason == "You can say something once the answer has come."
    stranger = somebody(stream, "stranger")
    assert rules.may_answer(stranger, decision).reason == "Only people in Our group can do this."


# --- Content, and questions.


def test_content_is_said_once_and_names_nobody(room: Room) -> None:
    decision = answered(room)
    accepted = services.accept_answer(decision, by=room.robin)
    assert (accepted.on, accepted.by_id) == (today(), room.robin.id)
    with pytest.raises(Refused, match="Your group has said so"):
        services.accept_answer(decision, by=room.mo)
    with pytest.raises(Refused, match="Only people in"):
        services.accept_answer(decision, by=room.alex)
    assert "accepted the answer" in set(db.session.scalars(select(Entry.verb)))


def test_question_is_numbered_told_to_the_chair_and_answered_once(room: Room) -> None:
    decision = answered(room)
    first = services.ask(decision, "Which judge?", by=room.robin)
    second = services.ask(decision, "And when?", by=room.mo)
    assert (first.number, second.number) == (1, 2)
    assert queries.questions_to(room.steering) == [first, second]
    told = select(Message.person_id).where(Message.purpose == "group says")
    assert db.session.scalars(told).all() == [room.alex.id, room.alex.id]
    assert queries.waits_for_lead(room.alex, first.id)
    assert not queries.waits_for_lead(room.dee, first.id)
    assert not queries.is_still_answered(room.robin, first.id)
    services.answer_question(first, "The one of the area.", by=room.alex)
    assert (first.answer, first.answered_on, first.answered_by_id) == ("The one of the area.", today(), room.alex.id)
    assert queries.questions_to(room.steering) == [second]
    assert not queries.waits_for_lead(room.alex, first.id)
    assert queries.waits_for_lead(room.alex, second.id)
    assert queries.is_still_answered(room.robin, first.id)
    for words, by, reason in (
        ("Again.", room.alex, "The group has its answer"),
        ("Again.", room.dee, "Only the chair can do this"),
    ):
        with pytest.raises(Refused, match=reason):
            services.answer_question(first, words, by=by)
    with pytest.raises(Refused, match="are no answer"):
        services.answer_question(second, "Noted.", by=room.alex)


# --- A contest.


def test_contest_goes_nowhere_until_a_second_person_sends_it(room: Room) -> None:
    decision = answered(room)
    raised = services.contest(decision, AGAIN, "Robin", by=room.robin)
    assert (raised.state, decision.recommendation.state) == (ContestState.RAISED, State.REPLIED)
    asked = select(Message.person_id).where(Message.purpose == "contest to second")
    assert set(db.session.scalars(asked)) == {room.sam.id, room.mo.id}
    assert queries.is_still_to_second(room.mo, raised.id)
    assert not queries.is_still_to_second(room.robin, raised.id)
    with pytest.raises(Refused, match="Somebody else from your group has to send it"):
        services.second(raised, by=room.robin)
    with pytest.raises(Refused, match="Only people in"):
        services.second(raised, by=room.alex)
    services.second(raised, by=room.mo)
    assert (raised.state, raised.sent_on, raised.sent_by_id) == (ContestState.SENT, today(), room.mo.id)
    assert decision.recommendation.state == State.CONTESTED
    assert decision.recommendation.contested_on == today()
    assert queries.waits_for_lead(room.alex, raised.id)
    assert not queries.waits_for_lead(room.dee, raised.id)
    assert not queries.is_still_to_second(room.mo, raised.id)


def test_contested_decision_is_on_the_next_agenda_with_its_words_and_its_speaker(room: Room) -> None:
    meeting = room.meeting()
    decision = room.decided(Verdict.DECLINE, meeting)
    services.send_reply(decision, "We say no.", by=room.alex)
    services.close_meeting(meeting, by=room.alex)
    later = room.meeting(MeetingState.PLANNED, on=date(2025, 12, 11))
    services.second(services.contest(decision, AGAIN, "Robin", by=room.robin), by=room.mo)
    [item] = [one for one in later.items if one.kind == ItemKind.CONTESTED]
    assert (item.title, item.speaker) == ("A call", "Robin")
    assert queries.contests_at(later)[decision.recommendation_id].words == AGAIN
    services.open_meeting(later, by=room.alex)
    assert decision.recommendation.state == State.SUBMITTED
    newer = services.decide(later, decision.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    services.send_reply(newer, "We say yes.", by=room.alex)
    with pytest.raises(Refused, match="A decision can be contested once"):
        services.contest(newer, AGAIN, by=room.robin)
    with pytest.raises(Refused, match="There is a newer decision"):
        services.ask(decision, "Why?", by=room.robin)


def test_contest_sent_during_a_meeting_can_be_answered_at_it(room: Room) -> None:
    meeting = room.meeting()
    decision = room.decided(Verdict.DECLINE, meeting)
    services.send_reply(decision, "We say no.", by=room.alex)
    services.second(services.contest(decision, AGAIN, by=room.robin), by=room.mo)
    assert not [item for item in meeting.items if item.kind == ItemKind.CONTESTED]
    services.decide(meeting, decision.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert decision.recommendation.state == State.ACCEPTED
    services.close_meeting(meeting, by=room.alex)


def test_contest_taken_back_may_be_raised_again(room: Room) -> None:
    decision = answered(room)
    first = services.contest(decision, AGAIN, by=room.robin)
    with pytest.raises(Refused, match="Somebody in your group has asked for this"):
        services.contest(decision, AGAIN, by=room.mo)
    services.take_back(first, by=room.robin)
    with pytest.raises(Refused, match="It is taken back, so it cannot be sent"):
        services.second(first, by=room.mo)
    again = services.contest(decision, AGAIN, by=room.mo)
    services.second(again, by=room.robin)
    assert rules.contest_going_on(decision) is again
    assert rules.contest_sent(decision) is again


def test_history_tells_nobody_who_asks_or_contests() -> None:
    """P5: who asks is the group's own; the thread's history says that the group did."""
    assert {"contest", "group_accepts", "group_question"} <= set(history.UNSAID)
    assert "{who}" not in history.sentence("recommendation", "contested", who="Robin", whom="", what="A call")
    assert "Robin" not in history.sentence("recommendation", "contested", who="Robin", whom="", what="A call")


# --- Pages.


def test_group_says_something_from_its_answers_page(room: Room, as_) -> None:
    decision = answered(room)
    robin, mo = as_(room.robin), as_(room.mo)
    assert f"/decisions/{decision.id}/answer" in as_(room.robin).get("/answers").text
    page = as_(room.robin).get(f"/decisions/{decision.id}/answer")
    for words in ("They decided: No.", BECAUSE, "We are content", "Ask them something", "Ask them to look again"):
        assert words in inside(page.text)
    assert as_(room.robin).get(f"/decisions/{decision.id}/answer/contest").status_code == 200
    sent = as_(room.robin).post(
        f"/decisions/{decision.id}/answer/contest", data={"words": AGAIN, "speaker": "One of us"}
    )
    assert sent.status_code == 303
    mine = inside(as_(room.robin).get(sent.location).text)
    assert "You wrote" in mine
    assert "Take it back" in mine
    assert "Send it with me" not in mine
    theirs = as_(room.mo).get(sent.location).text
    assert "Somebody in your group wrote" in theirs
    assert "Robin" not in inside(theirs)
    assert "One of us asks them to look again." in inside(as_(room.mo).get("/answers").text)
    contest = db.session.scalars(select(Contest)).one()
    assert as_(room.mo).post(f"/decisions/{decision.id}/contests/{contest.id}/taken-back").status_code == 403
    assert as_(room.mo).post(f"/decisions/{decision.id}/contests/{contest.id}/sent").status_code == 303
    assert "When they next meet." in inside(as_(room.robin).get(sent.location).text)
    seen = inside(as_(room.dee).get(f"/decisions/{decision.id}").text)
    assert AGAIN in seen
    assert "Robin" not in seen
    assert "Mo" not in seen.split()
    assert robin is not mo


def test_answer_that_was_decided_again_promises_no_meeting_and_leads_to_the_new_one(room: Room, as_) -> None:
    decision = answered(room)
    assert "What does your group say?" in inside(as_(room.robin).get(f"/decisions/{decision.id}").text)
    services.second(services.contest(decision, AGAIN, "Robin", by=room.robin), by=room.mo)
    newer = services.decide(decision.meeting, decision.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    db.session.commit()
    page = as_(room.robin).get(f"/decisions/{decision.id}/answer").text
    for words in ("They have decided again. Read the new answer", "What we wrote", AGAIN):
        assert words in inside(page)
    assert f"/decisions/{newer.id}/answer" in page
    for words in ("They look at it again", "speaks for us", "There is a newer decision", "What would you like to do?"):
        assert words not in inside(page)
    assert "What does your group say?" not in inside(as_(room.robin).get(f"/decisions/{decision.id}").text)


def test_contest_is_taken_back_and_content_said_on_the_page(room: Room, as_) -> None:
    decision = answered(room)
    services.contest(decision, AGAIN, by=room.robin)
    contest = db.session.scalars(select(Contest)).one()
    assert as_(room.robin).post(f"/decisions/{decision.id}/contests/{contest.id}/taken-back").status_code == 303
    assert as_(room.mo).post(f"/decisions/{decision.id}/answer/content").status_code == 303
    page = inside(as_(room.robin).get(f"/decisions/{decision.id}/answer").text)
    assert "your group said it is content" in page
    assert "We are content" not in page
    assert "The group said on" in inside(as_(room.alex).get(f"/decisions/{decision.id}").text)
    assert db.session.scalars(select(GroupAccepts)).one().by_id == room.mo.id


def test_question_is_asked_and_answered_on_pages(room: Room, as_) -> None:
    decision = answered(room)
    assert as_(room.robin).get(f"/decisions/{decision.id}/answer/question").status_code == 200
    where = f"/decisions/{decision.id}/answer/question"
    for words, fault in (
        ("", "Write your question."),
        ("word " * 61, "Use 60 words at most. This has 61."),
        ("See BP24C50321", "looks like a court number"),
    ):
        again = as_(room.robin).post(where, data={"words": words})
        assert again.status_code == 422
        assert fault in inside(again.text)
    assert as_(room.robin).post(where, data={"words": "Which judge?"}).status_code == 303
    question = db.session.scalars(select(GroupQuestion)).one()
    page = as_(room.alex).get(f"/decisions/{decision.id}").text
    assert "Which judge?" in page
    answers = f"/decisions/{decision.id}/questions/{question.id}"
    assert answers in page
    assert as_(room.alex).get(answers).status_code == 200
    assert as_(room.dee).get(answers).status_code == 403
    assert "are no answer" in as_(room.alex).post(answers, data={"words": "Noted"}).text
    assert as_(room.alex).post(answers, data={"words": "The one of the area."}).status_code == 303
    assert "They say: The one of the area." in inside(as_(room.mo).get(f"/decisions/{decision.id}/answer").text)
    assert as_(room.alex).post(answers, data={"words": "Again."}).status_code == 403


def test_pages_of_the_group_are_for_the_group(room: Room, as_) -> None:
    """404 to those who may not see the decision, 403 with the reason to those who may."""
    decision = answered(room)
    for path in ("answer", "answer/question", "answer/contest"):
        assert as_(room.stranger).get(f"/decisions/{decision.id}/{path}").status_code == 404
        refused = as_(room.alex).get(f"/decisions/{decision.id}/{path}")
        assert refused.status_code == 403
        assert "Only people in" in inside(refused.text)
    for path in ("answer/content", "answer/question", "answer/contest", f"contests/{uuid4()}/sent"):
        assert as_(room.alex).post(f"/decisions/{decision.id}/{path}").status_code == 403
        assert as_(room.stranger).post(f"/decisions/{decision.id}/{path}").status_code == 404
    assert as_(room.robin).post(f"/decisions/{decision.id}/contests/{uuid4()}/sent").status_code == 404


def test_answer_page_says_why_nothing_can_be_said_yet(room: Room, as_) -> None:
    decision = room.decided(Verdict.REFER_BACK)
    page = inside(as_(room.robin).get(f"/decisions/{decision.id}/answer").text)
    assert "You can say something once the answer has come." in page
    assert as_(room.robin).post(f"/decisions/{decision.id}/answer/contest", data={"words": "x"}).status_code == 403


def test_contest_without_words_asks_again(room: Room, as_) -> None:
    decision = answered(room)
    again = as_(room.robin).post(f"/decisions/{decision.id}/answer/contest", data={"words": "", "speaker": "Robin"})
    assert again.status_code == 422
    assert "Say what they should think about again." in again.text
    assert "Robin" in again.text


def test_meeting_of_a_contest_is_named_on_the_page(room: Room, as_) -> None:
    decision = answered(room)
    decision.meeting.state = MeetingState.CLOSED
    room.meeting(MeetingState.PLANNED, on=date(2025, 12, 11))
    services.second(services.contest(decision, AGAIN, "Robin", by=room.robin), by=room.mo)
    page = inside(as_(room.robin).get(f"/decisions/{decision.id}/answer").text)
    assert "On Thursday 11 December." in page
    assert "Robin speaks for us." in page


def test_answer_page_costs_the_same_whatever_was_said(room: Room, query_count: list[str]) -> None:
    costs = []
    decision = answered(room)
    for n in range(3):
        db.session.commit()
        query_count.clear()
        found = queries.answered_seen_by(room.robin, decision.id)
        assert [len(found.questions), len(found.recommendation.workstream.memberships)] == [n, 3]
        costs.append(len(query_count))
        services.ask(decision, f"Why {n}?", by=room.robin)
    assert len(set(costs)) == 1


def test_second_who_joined_later_may_send_it(room: Room) -> None:
    decision = answered(room)
    contest = services.contest(decision, AGAIN, by=room.robin)
    late = a_person("Kay")
    a_membership(room.stream, late, Role.MEMBER)
    services.second(contest, by=late)
    assert contest.sent_by_id == late.id
    assert db.session.scalars(select(Membership).where(Membership.person_id == late.id)).one()
