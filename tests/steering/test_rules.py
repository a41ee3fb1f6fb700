"""Quorum, the five answers, the reply clock, and every move from every state by everybody. No database."""

import itertools
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from coprod.actions.models import Action
from coprod.core.lifecycle import Lifecycle
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind
from coprod.recommendations.models import Recommendation, State
from coprod.steering import rules
from coprod.steering.models import Decision, DecisionState, Meeting, MeetingState, Presence, Reply, Verdict
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

TODAY = date(2025, 12, 11)
EVERYBODY = ("chair", "facilitator", "member", "left", "stranger")

ALLOWED_TO_MEETINGS = {
    ("opened", MeetingState.PLANNED, "chair"),
    ("closed", MeetingState.OPEN, "chair"),
}
ALLOWED_TO_DECISIONS = {
    ("reviewed", DecisionState.RECORDED, "chair"),
    ("reversed", DecisionState.RECORDED, "chair"),
    ("reversed", DecisionState.REVIEWED, "chair"),
}


def a_seat(table: Workstream, role: Role = Role.MEMBER, seat: Seat = Seat.MANAGER, **fields: Any) -> Membership:
    person = Person(id=uuid4(), alias="Ada", side=Side.PROFESSIONAL)
    chosen = {"state": MembershipState.JOINED} | fields
    return Membership(id=uuid4(), workstream=table, person=person, person_id=person.id, role=role, seat=seat, **chosen)


def a_meeting(lived: int = 2, others: int = 5, absent: int = 7, state: MeetingState = MeetingState.OPEN) -> Meeting:
    """A meeting with these people in the room, the chair the first of the others."""
    table = Workstream(id=uuid4(), name="Steering group")
    parents = [a_seat(table, seat=Seat.MOTHER) for _ in range(lived)]
    rest = [a_seat(table, Role.MEMBER if n else Role.CHAIR) for n in range(others)]
    for _ in range(absent):
        a_seat(table)
    meeting = Meeting(workstream=table, workstream_id=table.id, state=state, on=TODAY)
    meeting.present = [Presence(membership_id=held.id) for held in (*parents, *rest)]
    return meeting


def chair_of(meeting: Meeting) -> Person:
    return next(held.person for held in meeting.workstream.memberships if held.role == Role.CHAIR)


def somebody(table: Workstream, who: str) -> Person:
    if who == "stranger":
        return Person(id=uuid4(), alias="Ada", side=Side.PROFESSIONAL)
    role = Role(who) if who in ("chair", "facilitator") else Role.MEMBER
    state = MembershipState.LEFT if who == "left" else MembershipState.JOINED
    return a_seat(table, role, state=state).person


def a_recommendation(meeting: Meeting, state: State = State.SUBMITTED) -> Recommendation:
    return Recommendation(title="A call", said="Ring us the day after.", steering_id=meeting.workstream_id, state=state)


def a_decision(meeting: Meeting, verdict: Verdict = Verdict.ACCEPT, **fields: Any) -> Decision:
    chosen: dict[str, Any] = {"state": DecisionState.RECORDED, "reason": "You should not go home to silence."} | fields
    asked = a_recommendation(meeting)
    return Decision(meeting=meeting, recommendation=asked, verdict=verdict, changes="", question="", **chosen)


# --- Moves.


def test_moves_are_those_of_the_hand_written_lists() -> None:
    assert list(rules.MEETINGS.moves) == ["opened", "closed"]
    assert list(rules.DECISIONS.moves) == ["reviewed", "reversed"]


@pytest.mark.parametrize(
    ("name", "state", "who"), list(itertools.product(rules.MEETINGS.moves, MeetingState, EVERYBODY))
)
def test_every_move_of_a_meeting_from_every_state_by_everybody(name: str, state: MeetingState, who: str) -> None:
    meeting = Meeting(workstream=Workstream(name="Steering group"), state=state)
    assert _may(rules.MEETINGS, who, name, meeting, meeting) == ((name, state, who) in ALLOWED_TO_MEETINGS)


@pytest.mark.parametrize(
    ("name", "state", "who"), list(itertools.product(rules.DECISIONS.moves, DecisionState, EVERYBODY))
)
def test_every_move_of_a_decision_from_every_state_by_everybody(name: str, state: DecisionState, who: str) -> None:
    meeting = Meeting(workstream=Workstream(name="Steering group"))
    decision = Decision(meeting=meeting, state=state)
    assert _may(rules.DECISIONS, who, name, decision, meeting) == ((name, state, who) in ALLOWED_TO_DECISIONS)


def _may(lifecycle: Lifecycle[Any], who: str, name: str, thing: Any, meeting: Meeting) -> bool:
    return bool(lifecycle.may(somebody(meeting.workstream, who), name, thing))


# --- Quorum (domain rule 22).


@pytest.mark.parametrize(
    ("lived", "others", "absent", "can"),
    [
        (2, 5, 7, True),  # exactly half of 14, two with lived experience
        (2, 4, 8, False),  # one under half
        (3, 6, 5, True),  # the picture: 9 of 14, three with lived experience
        (1, 13, 0, False),  # everybody, and only one with lived experience
        (0, 14, 0, False),
        (2, 0, 0, True),
        (2, 1, 4, False),  # 3 of 7: half of seven is four
        (2, 2, 3, True),
        (0, 0, 0, False),
    ],
)
def test_quorum_is_half_of_the_members_and_two_with_lived_experience(
    lived: int, others: int, absent: int, can: bool
) -> None:
    assert bool(rules.quorum(a_meeting(lived, others, absent)).answer) == can


def test_quorum_says_the_answer_first_and_how_it_comes_about() -> None:
    found = rules.quorum(a_meeting(3, 6, 5))
    assert found.words == "This meeting can decide"
    assert found.detail == "9 of 14 are here; half is 7. 3 have lived experience; 2 are needed."
    assert (found.needed, found.others, found.absent) == (7, 6, 5)

    one = rules.quorum(a_meeting(1, 8, 5))
    assert one.words == "This meeting cannot decide yet"
    assert one.detail == "9 of 14 are here; half is 7. 1 has lived experience; 2 are needed."
    assert one.answer.reason == "1 with lived experience here. 2 are needed to decide."
    few = rules.quorum(a_meeting(2, 4, 8))
    assert few.answer.reason == "6 of 14 are here. 7 are needed to decide."


def test_quorum_counts_nobody_who_has_left_the_group() -> None:
    meeting = a_meeting(2, 5, 7)
    meeting.workstream.memberships[0].state = MembershipState.LEFT
    assert rules.quorum(meeting).lived == 1


# --- Who may decide, and when.


def test_decision_needs_the_chair_an_open_meeting_a_quorum_and_something_waiting() -> None:
    meeting = a_meeting()
    chair, asked = chair_of(meeting), a_recommendation(meeting)
    assert rules.may_decide(chair, meeting, asked)
    assert rules.may_decide(somebody(meeting.workstream, "stranger"), meeting, asked).reason == (
        "Only the chair can do this."
    )
    assert rules.may_decide(chair, meeting, a_recommendation(meeting, State.DRAFTED)).reason == (
        "It is drafted, so it is not waiting for a decision."
    )
    asked.steering_id = uuid4()
    assert rules.may_decide(chair, meeting, asked).reason == "It was not sent to this steering group."


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (MeetingState.PLANNED, "The meeting is planned. Open it first."),
        (MeetingState.CLOSED, "The meeting is closed, so nothing more can be decided in it."),
    ],
)
def test_decision_is_refused_when_the_meeting_is_not_open(state: MeetingState, reason: str) -> None:
    meeting = a_meeting(state=state)
    assert rules.may_decide(chair_of(meeting), meeting, a_recommendation(meeting)).reason == reason


def test_decision_is_refused_without_quorum() -> None:
    meeting = a_meeting(lived=1, others=9)
    assert rules.may_decide(chair_of(meeting), meeting, a_recommendation(meeting)).reason == (
        "1 with lived experience here. 2 are needed to decide."
    )


def test_presence_is_ticked_by_the_chair_or_a_facilitator_until_the_meeting_is_closed() -> None:
    meeting = a_meeting(state=MeetingState.PLANNED)
    assert rules.may_tick(chair_of(meeting), meeting)
    assert rules.may_tick(somebody(meeting.workstream, "facilitator"), meeting)
    assert not rules.may_tick(somebody(meeting.workstream, "member"), meeting)
    meeting.state = MeetingState.CLOSED
    assert rules.may_tick(chair_of(meeting), meeting).reason == "The meeting is closed."


def test_correction_is_of_a_decision_of_this_table_that_stands() -> None:
    meeting = a_meeting()
    decision = a_decision(meeting)
    for state in (State.SUBMITTED, State.CONTESTED):
        decision.recommendation.state = state
        waits = "The group waits for a new answer to this. Decide it from the agenda."
        assert rules.may_correct(chair_of(meeting), meeting, decision).reason == waits
    decision.recommendation.state = State.ACCEPTED
    assert rules.may_correct(chair_of(meeting), meeting, decision)
    decision.state = DecisionState.REVERSED
    assert rules.may_correct(chair_of(meeting), meeting, decision).reason == "A later decision stands in its place."
    elsewhere = a_decision(a_meeting())
    assert rules.may_correct(chair_of(meeting), meeting, elsewhere).reason == "It was decided at another table."


def test_reply_is_the_chairs_and_given_once() -> None:
    meeting = a_meeting()
    decision = a_decision(meeting)
    assert rules.may_reply(chair_of(meeting), decision)
    assert not rules.may_reply(somebody(meeting.workstream, "member"), decision)
    decision.reply = Reply(words="Yes.")
    assert rules.may_reply(chair_of(meeting), decision).reason == "The group has been told."
    decision.reply = None
    decision.state = DecisionState.REVERSED
    assert rules.may_reply(chair_of(meeting), decision).reason == "A later decision stands in its place."


# --- What a decision says.

GOOD = "You should not go home to silence. We can do this now."


@pytest.mark.parametrize(
    ("verdict", "said", "found"),
    [
        (Verdict.ACCEPT, {"reason": GOOD}, {}),
        (Verdict.ACCEPT, {}, {"reason": "Say why, in plain words."}),
        (Verdict.ACCEPT, {"reason": "Noted."}, {"reason": rules.BRUSH_OFF}),
        (Verdict.ACCEPT, {"reason": "This was taken on board by all."}, {"reason": rules.BRUSH_OFF}),
        (Verdict.ACCEPT, {"reason": " ".join(["word"] * 60)}, {}),
        (
            Verdict.ACCEPT,
            {"reason": " ".join(["word"] * 61)},
            {"reason": "Use 60 words at most. This has 61."},
        ),
        (Verdict.ACCEPT, {"reason": GOOD, "review_on": TODAY}, {"review_on": "Choose a day after today."}),
        (Verdict.ACCEPT, {"reason": GOOD, "until": TODAY}, {}),
        (Verdict.ACCEPT_WITH_CHANGES, {"reason": GOOD}, {"changes": "Say what changes."}),
        (Verdict.ACCEPT_WITH_CHANGES, {"reason": GOOD, "changes": "Start before birth."}, {}),
        (Verdict.REFER_BACK, {"reason": GOOD, "question": ""}, {"question": "Write the question."}),
        (Verdict.DEFER, {"reason": GOOD}, {"until": "Say when you look again."}),
        (Verdict.DEFER, {"reason": GOOD, "until": TODAY}, {"until": "Choose a day after today."}),
        (Verdict.DEFER, {"reason": GOOD, "until": date(2026, 5, 12)}, {}),
        (Verdict.DECLINE, {"reason": GOOD}, {"would_change": "Say what would change your answer."}),
        (Verdict.DECLINE, {"reason": GOOD, "would_change": "noted"}, {"would_change": rules.BRUSH_OFF}),
        (Verdict.DECLINE, {"reason": GOOD, "would_change": "A new judge."}, {}),
    ],
)
def test_faults_name_what_each_answer_still_has_to_say(
    verdict: Verdict, said: dict[str, Any], found: dict[str, str]
) -> None:
    assert rules.faults(verdict, said, TODAY) == found
    assert rules.says_enough(verdict, said, TODAY).reason == next(iter(found.values()), "")


def test_what_was_typed_for_another_answer_is_left_out() -> None:
    said = {"reason": GOOD, "changes": "A", "question": "B", "until": TODAY, "would_change": "C", "wants_pilot": True}
    assert rules.what_belongs(Verdict.ACCEPT, said) == {"reason": GOOD, "wants_pilot": True}
    assert rules.what_belongs(Verdict.DECLINE, said) == {"reason": GOOD, "would_change": "C", "wants_pilot": False}


def test_reply_has_to_say_something() -> None:
    assert rules.says_something("").reason == "Write what you tell the group."
    assert rules.says_something("Your words were noted.").reason == rules.BRUSH_OFF
    assert rules.says_something("Yes. It begins in January.")


def test_draft_reply_says_what_was_asked_the_answer_why_and_what_is_next() -> None:
    meeting = a_meeting()
    decision = a_decision(meeting, Verdict.DEFER, until=date(2026, 5, 12), would_change="")
    owners = Person(alias="Manager Example", side=Side.PROFESSIONAL), Person(alias="Eve", side=Side.LIVED)
    decision.actions = [Action(number=1, what="Ask the rooms team", owner=owner, due=TODAY) for owner in owners]
    assert rules.draft_reply(decision) == (
        "You asked: Ring us the day after.\n\n"
        "We say: Not now.\n\n"
        "We look at it again on: 12 May 2026\n\n"
        "Because: You should not go home to silence.\n\n"
        "What happens next: Ask the rooms team. Manager Example does this by 11 December 2025.\n\n"
        "What happens next: Ask the rooms team. One of us does this by 11 December 2025."
    )


def test_draft_reply_falls_back_on_the_title() -> None:
    decision = a_decision(a_meeting(), would_change="")
    decision.recommendation.said = ""
    assert rules.draft_reply(decision).startswith("You asked: A call\n\nWe say: Yes.\n\nBecause: ")


# --- The reply clock (domain rule 23; section 6).


def test_reply_is_due_ten_working_days_after_the_decision() -> None:
    christmas = [
        Holiday(kind=HolidayKind.BANK, first=day, last=day, what="Christmas")
        for day in (date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2))
    ]
    assert rules.reply_due(date(2022, 12, 15), christmas) == date(2023, 1, 3)


@pytest.mark.parametrize(
    ("today", "word"),
    [
        (date(2023, 1, 4), "late"),
        (date(2023, 1, 3), "due soon"),
        (date(2022, 12, 27), "due soon"),
        (date(2022, 12, 26), "on track"),
    ],
)
def test_unsent_reply_is_late_from_the_day_after(today: date, word: str) -> None:
    assert rules.reply_status(date(2023, 1, 3), today) == word


def test_month_ends_on_its_last_day() -> None:
    assert rules.end_of_month(date(2024, 2, 3)) == date(2024, 2, 29)
    assert rules.end_of_month(date(9999, 12, 3)) == date(9999, 12, 31)
