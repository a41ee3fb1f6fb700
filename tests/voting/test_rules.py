"""The worked numbers of the domain guide, and every move by everybody. No database."""

import itertools
from datetime import UTC, datetime
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.people.models import Person, Side
from coprod.voting import rules
from coprod.voting.models import Kind, Outcome, Poll, PollState, Shown, Worry, WorryState
from coprod.voting.rules import SideAnswers
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

ROUND_1 = SideAnswers([5, 4, 3, 3, 2, 1], 6), SideAnswers([3, 3, 3, 4, 4, 4, 5, 5, 5], 9)
ROUND_2 = SideAnswers([5, 4, 3, 3, 2, 0], 6), SideAnswers([5, 5, 4, 4, 4, 3, 3, 2, 5], 9)
NOON = datetime(2025, 11, 17, 12, tzinfo=UTC)


def side(*choices: int, roll: int | None = None) -> SideAnswers:
    return SideAnswers(choices, len(choices) if roll is None else roll)


def test_first_worked_vote_needs_more_talk():
    lived, professionals = ROUND_1
    assert (lived.support, professionals.support) == (Fraction(2, 3), 1)
    assert rules.balance(lived, professionals) == Fraction(5, 6)
    assert rules.outcome(lived, professionals) == Outcome.NEEDS_TALK
    assert round(float((lived + professionals).support), 3) == 0.867


def test_second_worked_vote_is_agreed_and_a_skip_is_no_answer():
    lived, professionals = ROUND_2
    assert (lived.support, professionals.support) == (Fraction(4, 5), Fraction(8, 9))
    assert round(float(rules.balance(lived, professionals)), 3) == 0.844
    assert rules.outcome(lived, professionals) == Outcome.AGREED


@pytest.mark.parametrize(
    ("lived", "professionals", "expected"),
    [
        (side(5, 5, 0, 0, 0), side(*[5] * 9), Outcome.NO_RESULT),
        (side(5, 5, 5, 5, 5), side(5, 5, roll=9), Outcome.NO_RESULT),
        (side(roll=5), side(*[5] * 9), Outcome.NO_RESULT),
        (side(2, 2, 2, 5, 5), side(*[5] * 9), Outcome.NOT_AGREED),
        (side(5, 5, 5, 2, 2, 2), side(*[2] * 9), Outcome.NOT_AGREED),
        (side(5, 5, 2, 2), side(2, 2, 2, 2, roll=5), Outcome.NOT_AGREED),
        (side(5, 5, 5, 2, 2), side(*[5] * 9), Outcome.NEEDS_TALK),
        (side(*[5] * 6), side(5, 5, 2, 2, 2), Outcome.NEEDS_TALK),
        (side(5, 5, 5, 5, 5), side(5, 5, 5, 5, 1), Outcome.NEEDS_TALK),
        (side(5, 5, 5, 5, 1), side(*[5] * 9), Outcome.NEEDS_TALK),
        (side(3, 3, 3, 3, 3), side(3, 3, 3, 3, 3), Outcome.AGREED),
    ],
)
def test_outcome_by_sides_is_the_first_rule_that_matches(lived, professionals, expected):
    assert rules.outcome(lived, professionals) == expected


@pytest.mark.parametrize(
    ("lived", "professionals", "expected"),
    [
        (side(roll=0), side(*[5] * 9), Outcome.NO_RESULT),
        (side(5, 0), side(5, 5, 5, roll=8), Outcome.NO_RESULT),
        (side(5, 5), side(2, 2, 2), Outcome.NOT_AGREED),
        (side(5, 5), side(5, 2, 2), Outcome.NEEDS_TALK),
        (side(1, 5), side(5, 5, 5, 5), Outcome.NEEDS_TALK),
        (side(2, 2), side(*[5] * 8), Outcome.ASK_THE_ROOM),
        (side(5, 5, 5, 5, 5), side(5, 5, 5, 5), Outcome.ASK_THE_ROOM),
    ],
)
def test_with_fewer_than_five_on_a_side_only_the_whole_roll_is_looked_at(lived, professionals, expected):
    assert rules.outcome(lived, professionals) == expected
    assert rules.shown_form(lived.roll, professionals.roll) == (Shown.NOTHING, Shown.NOTHING)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.lists(st.integers(0, 5), min_size=4, max_size=12))
def test_b13_small_sides_answers_never_change_what_is_shown(lived, professionals):
    small, large = side(*lived), side(*professionals)
    shown = rules.shown_form(small.roll, large.roll)
    assert [rules.said_of_side(small, shown[0]), rules.said_of_side(large, shown[1])] == ["", ""]
    assert rules.outcome(small, large) == rules.outcome(side(*lived[::-1]), side(*professionals[::-1]))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((4, 12), (Shown.NOTHING, Shown.NOTHING)),
        ((12, 4), (Shown.NOTHING, Shown.NOTHING)),
        ((5, 9), (Shown.WORD, Shown.WORD)),
        ((6, 10), (Shown.WORD, Shown.WORD)),
        ((30, 9), (Shown.WORD, Shown.WORD)),
        ((10, 10), (Shown.COUNTS, Shown.COUNTS)),
    ],
)
def test_b12_what_is_shown_follows_from_roll_sizes_alone(sizes, expected):
    assert rules.shown_form(*sizes) == expected


@pytest.mark.parametrize(
    ("choices", "shown", "expected"),
    [
        ([5, 4, 3, 2, 1], Shown.WORD, "Most for"),
        ([5, 2, 2, 1, 0], Shown.WORD, "Most against"),
        ([5, 5, 2, 2, 0], Shown.WORD, "No majority"),
        ([0, 0, 0, 0, 0], Shown.WORD, "No majority"),
        ([5, 5, 5, 5, 5, 5, 5, 2, 1, 0], Shown.COUNTS, "7 for, 2 against"),
        ([5, 5, 5, 5], Shown.NOTHING, ""),
    ],
)
def test_b13_a_side_is_said_in_the_form_fixed_at_opening(choices, shown, expected):
    assert rules.said_of_side(side(*choices), shown) == expected


def test_reason_names_no_threshold_and_no_side():
    told = " ".join(rules.reason(outcome, 6) for outcome in Outcome)
    assert not any(word in told for word in ("%", "half", "seventy", "parents’", "professional"))
    assert rules.reason(Outcome.NO_RESULT, 0) == "Nobody with lived experience was on the roll."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((3, 5, 6, 9), "Enough for a result"),
        ((2, 9, 6, 9), "Not yet enough for a result"),
        ((6, 4, 6, 9), "Not yet enough for a result"),
        ((0, 5, 2, 8), "Enough for a result"),
        ((2, 2, 2, 8), "Not yet enough for a result"),
    ],
)
def test_b6_turnout_is_one_word(given, expected):
    assert rules.turnout_word(*given) == expected


@pytest.mark.parametrize(
    ("state", "closes_at", "expected"),
    [
        (PollState.OPEN, datetime(2025, 11, 17, 13, tzinfo=UTC), True),
        (PollState.OPEN, NOON, False),
        (PollState.OPEN, None, False),
        (PollState.CLOSED, datetime(2025, 11, 17, 13, tzinfo=UTC), False),
    ],
)
def test_vote_is_open_till_its_moment(state, closes_at, expected):
    assert bool(rules.is_open(Poll(state=state, closes_at=closes_at), NOON)) == expected


# --- Every move, from every state, by everybody.

ALWAYS = {
    ("closed", PollState.OPEN, "facilitator"),
    ("closed by the clock", PollState.OPEN, "the clock"),
    ("asked in the room", PollState.COUNTED, "facilitator"),
    ("voided", PollState.DRAFT, "facilitator"),
    ("voided", PollState.OPEN, "facilitator"),
    ("voided", PollState.CLOSED, "facilitator"),
}
ALLOWED = {
    "online": ALWAYS
    | {
        ("opened", PollState.DRAFT, "facilitator"),
        ("counted", PollState.CLOSED, "facilitator"),
        ("counted by the clock", PollState.CLOSED, "the clock"),
    },
    "on paper": ALWAYS
    | {
        ("opened", PollState.DRAFT, "facilitator"),
        ("counted from the box", PollState.CLOSED, "facilitator"),
        ("counted from the box", PollState.CLOSED, "mother"),
        ("counted from the box", PollState.CLOSED, "midwife"),
    },
    "by hands": ALWAYS
    | {
        ("recorded as the group's", PollState.DRAFT, "facilitator"),
        ("counted", PollState.CLOSED, "facilitator"),
        ("counted by the clock", PollState.CLOSED, "the clock"),
    },
}
SORTS = {
    "online": {"kind": Kind.TEMPERATURE, "on_paper": False},
    "on paper": {"kind": Kind.CONSENT, "on_paper": True},
    "by hands": {"kind": Kind.HANDS, "on_paper": False},
}
"""A show of hands is never open or closed, so what could follow there never comes."""
BY_THE_CLOCK = {"closed by the clock", "counted by the clock"}
ALLOWED_TO_WORRIES = {
    ("talked about", WorryState.RAISED, "facilitator"),
    ("answered", WorryState.TALKED_ABOUT, "facilitator"),
    ("carried forward", WorryState.TALKED_ABOUT, "facilitator"),
}
EVERYBODY = ("facilitator", "mother", "midwife", "paused facilitator", "admin", "stranger")


def a_table(members: int = 5) -> tuple[Workstream, dict[str, Person]]:
    people = {who: Person(id=uuid4(), alias=who, is_admin=who == "admin", side=Side.LIVED) for who in EVERYBODY}
    seats = [
        ("facilitator", Role.FACILITATOR, Seat.TEAM, MembershipState.JOINED),
        ("mother", Role.MEMBER, Seat.MOTHER, MembershipState.JOINED),
        ("midwife", Role.MEMBER, Seat.MIDWIFE, MembershipState.JOINED),
        ("paused facilitator", Role.FACILITATOR, Seat.TEAM, MembershipState.PAUSED),
    ]
    stream = Workstream(name="Practice models")
    stream.memberships = [
        Membership(person_id=people[who].id, role=role, seat=seat, state=state) for who, role, seat, state in seats
    ] + [
        Membership(person_id=uuid4(), role=Role.MEMBER, seat=Seat.FATHER, state=MembershipState.JOINED)
        for _ in range(members - 2)
    ]
    return stream, people


@pytest.mark.parametrize("sort", ALLOWED)
def test_every_move_of_a_vote_from_every_state_by_everybody(sort):
    stream, people = a_table()
    folk = [*people.items(), ("the clock", None)]
    tried = [
        (move, state, who)
        for move, state, (who, _) in itertools.product(rules.LIFECYCLE.moves, PollState, folk)
        if who != "the clock" or move in BY_THE_CLOCK
    ]
    answers = {
        (move, state, who): rules.LIFECYCLE.may(
            dict(folk)[who], move, Poll(workstream=stream, state=state, **SORTS[sort])
        )
        for move, state, who in tried
    }
    assert {one for one, answer in answers.items() if answer} == ALLOWED[sort]
    assert [one for one, answer in answers.items() if bool(answer.reason) == bool(answer)] == []


def test_every_move_of_a_worry_from_every_state_by_everybody():
    allowed = set()
    for name, state, who in itertools.product(rules.WORRIES.moves, WorryState, EVERYBODY):
        stream, people = a_table()
        worry = Worry(poll=Poll(workstream=stream), state=state, answer="We will ask.")
        allowed |= {(name, state, who)} if rules.WORRIES.may(people[who], name, worry) else set()
    assert allowed == ALLOWED_TO_WORRIES


def test_b11_secret_vote_needs_five_on_the_roll():
    stream, people = a_table(members=4)
    answer = rules.LIFECYCLE.may(people["facilitator"], "opened", Poll(workstream=stream, state=PollState.DRAFT))
    assert answer.reason.startswith("A private vote needs 5 people or more.")


def test_worry_cannot_be_answered_without_an_answer():
    stream, people = a_table()
    worry = Worry(poll=Poll(workstream=stream), state=WorryState.TALKED_ABOUT, answer="")
    assert rules.WORRIES.may(people["facilitator"], "answered", worry).reason == "Write down what the group answered."


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], True),
        ([WorryState.ANSWERED, WorryState.CARRIED_FORWARD], True),
        ([WorryState.ANSWERED, WorryState.RAISED], False),
        ([WorryState.TALKED_ABOUT], False),
    ],
)
def test_second_round_waits_for_every_worry(states, expected):
    assert bool(rules.worries_are_settled([Worry(state=state) for state in states])) == expected


# --- Choosing up to three.


def test_worked_choice_puts_the_parents_pick_first():
    first, second = rules.choose({"B": (1, 8), "A": (4, 2)}, 4, 8)
    assert [(one.name, one.score) for one in (*first, *second)] == [("A", Fraction(5, 8)), ("B", Fraction(5, 8))]


def test_equal_in_both_is_a_declared_tie():
    tied, last = rules.choose({"C": (2, 4), "D": (2, 4), "E": (0, 0)}, 4, 8)
    assert ([one.name for one in tied], [one.name for one in last]) == (["C", "D"], ["E"])


def test_side_on_which_nobody_picked_adds_nothing():
    assert rules.choose({"F": (0, 3)}, 0, 6)[0][0].score == Fraction(1, 4)
