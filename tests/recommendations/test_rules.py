"""The nine things, and every move from every state by everybody. No database."""

import itertools
from datetime import date
from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.principles.models import Priority
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Round, Stage, State
from coprod.voting.models import Outcome, Poll, Result, Worry, WorryState
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

EVERYBODY = ("facilitator", "mother", "midwife", "chair", "parent on steering", "admin", "stranger")
STREAM = {
    "facilitator": (Role.FACILITATOR, Seat.TEAM),
    "mother": (Role.MEMBER, Seat.MOTHER),
    "midwife": (Role.MEMBER, Seat.MIDWIFE),
}
STEERING = {"chair": (Role.CHAIR, Seat.LEADER), "parent on steering": (Role.MEMBER, Seat.FATHER)}
TEXTS = {name: "Said." for name, _ in rules.NINE_THINGS if name not in ("priorities", "stage")}

S = State
MEMBERS = ("facilitator", "mother", "midwife")
ALLOWED = {
    *(("worked up", S.IDEA, who) for who in MEMBERS),
    ("drafted", S.IDEA, "facilitator"),
    ("drafted", S.OPTION, "facilitator"),
    ("put to the vote", S.DRAFTED, "facilitator"),
    ("put to the vote", S.NEEDS_TALK, "facilitator"),
    ("put to the vote", S.NO_RESULT, "facilitator"),
    ("vote given up", S.VOTING, "facilitator"),
    ("submitted", S.AGREED, "facilitator"),
    ("submitted", S.NEEDS_TALK, "facilitator"),
    ("submitted", S.NOT_AGREED, "facilitator"),
    ("submitted", S.NO_RESULT, "facilitator"),
    ("accepted", S.SUBMITTED, "chair"),
    ("accepted with changes", S.SUBMITTED, "chair"),
    ("referred back", S.SUBMITTED, "chair"),
    ("deferred", S.SUBMITTED, "chair"),
    ("declined", S.SUBMITTED, "chair"),
    ("replied", S.ACCEPTED, "chair"),
    ("replied", S.ACCEPTED_WITH_CHANGES, "chair"),
    ("replied", S.DEFERRED, "chair"),
    ("replied", S.DECLINED, "chair"),
    ("taken up again", S.REFERRED_BACK, "facilitator"),
    ("brought back", S.DEFERRED, "chair"),
    ("brought back", S.REPLIED, "chair"),
    ("brought back", S.CONTESTED, "chair"),
    ("decided again", S.ACCEPTED, "chair"),
    ("decided again", S.ACCEPTED_WITH_CHANGES, "chair"),
    ("decided again", S.REFERRED_BACK, "chair"),
    ("decided again", S.DEFERRED, "chair"),
    ("decided again", S.DECLINED, "chair"),
    ("decided again", S.REPLIED, "chair"),
    *(("contested", S.REPLIED, who) for who in MEMBERS),
    ("sent again", S.CONTESTED, "facilitator"),
    ("put into pilot", S.REPLIED, "chair"),
    ("adopted", S.IN_PILOT, "chair"),
    ("adopted", S.ADAPTED, "chair"),
    ("adapted", S.IN_PILOT, "chair"),
    ("adapted", S.ADAPTED, "chair"),
    ("abandoned", S.IN_PILOT, "chair"),
    ("abandoned", S.ADAPTED, "chair"),
    ("embedded", S.ADOPTED, "chair"),
    ("embedded", S.ADAPTED, "chair"),
    ("closed", S.ABANDONED, "chair"),
    ("closed", S.EMBEDDED, "chair"),
    ("closed", S.REPLIED, "chair"),
}
FOLLOWS_FROM_THE_COUNT = {
    ("agreed", S.VOTING),
    ("sent back for more talk", S.VOTING),
    ("not agreed", S.VOTING),
    ("ended without a result", S.VOTING),
}


def a_scene(state: State, **words) -> tuple[Recommendation, dict[str, Person]]:
    people = {who: Person(id=uuid4(), alias=who, is_admin=who == "admin", side=Side.LIVED) for who in EVERYBODY}
    made = Recommendation(
        workstream=Workstream(name="Practice models", memberships=_seats(STREAM, people)),
        steering=Workstream(name="Steering group", memberships=_seats(STEERING, people)),
        state=state,
        **(
            {
                "title": "Shorter letters",
                "said": "Write shorter letters.",
                "why_sent": "It cannot wait.",
                "stage": Stage.WARD,
                "priorities": [Priority(number=1, wording="Kind words")],
            }
            | TEXTS
            | words
        ),
    )
    return made, people


def _seats(table, people) -> list[Membership]:
    return [
        Membership(person_id=people[who].id, role=role, seat=seat, state=MembershipState.JOINED)
        for who, (role, seat) in table.items()
    ]


def test_every_move_from_every_state_by_everybody():
    answers = {}
    for name, state, who in itertools.product(rules.LIFECYCLE.moves, State, EVERYBODY):
        recommendation, people = a_scene(state)
        answers[name, state, who] = rules.LIFECYCLE.may(people[who], name, recommendation)
    assert {tried for tried, answer in answers.items() if answer} == ALLOWED
    assert [tried for tried, answer in answers.items() if bool(answer.reason) == bool(answer)] == []


def test_what_follows_from_a_count_is_made_by_nobody():
    made = {
        (name, state)
        for name, state in itertools.product(rules.AFTER_THE_COUNT.values(), State)
        if rules.LIFECYCLE.may(None, name, a_scene(state)[0])
    }
    assert made == FOLLOWS_FROM_THE_COUNT


def test_moves_are_those_of_the_hand_written_list():
    moves = {(name, state) for name, move in rules.LIFECYCLE.moves.items() for state in move.sources}
    assert moves == {(name, state) for name, state, _ in ALLOWED} | FOLLOWS_FROM_THE_COUNT


@pytest.mark.parametrize(("name", "hint"), rules.NINE_THINGS)
def test_each_of_the_nine_things_is_missed_by_name(name, hint):
    recommendation, people = a_scene(
        State.AGREED, **{name: [] if name == "priorities" else None if name == "stage" else ""}
    )
    assert rules.missing(recommendation) == {name: hint}
    assert rules.LIFECYCLE.may(people["facilitator"], "submitted", recommendation).reason == hint


@pytest.mark.parametrize("state", sorted(rules.NOT_AGREED_YET))
def test_without_an_agreed_result_it_is_sent_only_with_a_reason(state):
    recommendation, people = a_scene(state, why_sent="")
    assert rules.LIFECYCLE.may(people["facilitator"], "submitted", recommendation).reason.startswith("Say why")


def test_it_is_not_put_to_the_vote_without_words():
    recommendation, people = a_scene(State.DRAFTED, said="")
    assert rules.LIFECYCLE.may(people["facilitator"], "put to the vote", recommendation).reason.startswith(
        "First write"
    )


def test_second_round_cannot_open_while_a_worry_waits():
    recommendation, people = a_scene(State.NEEDS_TALK)
    recommendation.rounds = [Round(poll=Poll(worries=[Worry(words="?", state=WorryState.RAISED)]))]
    assert rules.LIFECYCLE.may(people["facilitator"], "put to the vote", recommendation).reason.startswith("First talk")


def test_decision_is_contested_once():
    recommendation, people = a_scene(State.REPLIED, contested_on=date(2025, 11, 1))
    assert (
        rules.LIFECYCLE.may(people["mother"], "contested", recommendation).reason == "A decision can be contested once."
    )


@pytest.mark.parametrize("state", State)
def test_words_are_open_until_it_is_sent(state):
    recommendation, people = a_scene(state)
    open_now = state in {S.IDEA, S.OPTION, S.DRAFTED, S.NEEDS_TALK, S.NO_RESULT, S.AGREED, S.NOT_AGREED}
    assert bool(rules.may_edit(people["mother"], recommendation)) == open_now
    assert not rules.may_edit(people["chair"], recommendation)
    assert rules.wording_is_fixed(recommendation) == (state in {S.AGREED, S.NOT_AGREED})


@pytest.mark.parametrize(
    ("state", "rounds", "expected"),
    [
        (S.VOTING, [], False),
        (S.VOTING, [Round(poll=Poll())], False),
        (S.VOTING, [Round(poll=Poll(result=Result(outcome=Outcome.ASK_THE_ROOM, reason="")))], True),
        (S.AGREED, [Round(poll=Poll(result=Result(outcome=Outcome.ASK_THE_ROOM, reason="")))], False),
    ],
)
def test_waiting_for_the_room_is_between_count_and_answer(state, rounds, expected):
    recommendation, _ = a_scene(state, rounds=rounds)
    assert rules.waits_for_the_room(recommendation) == expected


def test_buttons_are_only_the_moves_made_by_hand():
    recommendation, people = a_scene(State.SUBMITTED)
    assert rules.by_hand(people["chair"], recommendation) == []
    recommendation, people = a_scene(State.REPLIED)
    assert [move.name for move in rules.by_hand(people["chair"], recommendation)] == ["closed"]
