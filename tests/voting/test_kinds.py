"""Every kind of vote: what may be asked, what may be answered, and what is said of it afterwards. No database."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.people.models import Side
from coprod.voting import rules
from coprod.voting.models import Kind, Outcome, Poll, PollOption, PollState, Quorum, Result, ResultLine, Rule, Standing
from coprod.voting.rules import Choice, Pile, Piles, SideAnswers, Spoiled, View, answering
from tests.voting.test_rules import a_table as a_roll
from tests.voting.test_rules import side

Ends, S, Q = Outcome, Standing, Quorum
ABC = ("Time", "Trust", "Transport")


def a_poll(
    kind: Kind = Kind.TEMPERATURE,
    lived: int = 6,
    professionals: int = 9,
    options: int = 0,
    most: int = 1,
    rule: Rule | None = None,
    quorum: Quorum = Quorum.HALF,
) -> Poll:
    here, there = rules.shown_form(lived, professionals)
    return Poll(
        kind=kind,
        most=most,
        rule=rule or rules.default_rule(lived, professionals),
        quorum=quorum,
        lived_on_roll=lived,
        professionals_on_roll=professionals,
        shown_of_lived=here,
        shown_of_professionals=there,
        options=[PollOption(number=n, words=f"Thing {n}") for n in range(1, options + 1)],
    )


# --- What may be put.


def test_what_a_vote_may_ask():
    words = "word " * 60
    many = [str(n) for n in range(41)]
    tried = {
        ("sixty words", words, Kind.TEMPERATURE, (), 1, False): "",
        ("sixty-one words", words + "more", Kind.TEMPERATURE, (), 1, False): "Ask it in 60 words at most.",
        ("no words", " ", Kind.CONSENT, (), 1, False): "Ask it in 60 words at most.",
        ("things where one is asked", "Well?", Kind.CONSENT, ABC, 1, False): "This kind of vote asks one thing.",
        ("hands", "Well?", Kind.HANDS, (), 1, False): "",
        ("hands on paper", "Well?", Kind.HANDS, (), 1, True): "This kind of vote is not held on paper.",
        ("consent on paper", "Well?", Kind.CONSENT, (), 1, True): "",
        ("a pick", "Which?", Kind.PICK, ABC, 2, True): "",
        ("a pick of one thing", "Which?", Kind.PICK, ABC[:1], 1, False): "Give 2 to 40 of them.",
        ("a pick of forty", "Which?", Kind.PICK, tuple(many[:40]), 3, False): "",
        ("a pick of too many", "Which?", Kind.PICK, tuple(many), 3, False): "Give 2 to 40 of them.",
        ("all of them", "Which?", Kind.PICK, ABC, 3, False): "People choose one at least, and not all of them.",
        ("none of them", "Which?", Kind.PICK, ABC, 0, False): "People choose one at least, and not all of them.",
        ("twice the same", "Which?", Kind.PICK, ("Time", "time"), 1, False): "Two of them say the same.",
        ("no words for one", "Which?", Kind.PICK, ("Time", ""), 1, False): "Give each of them words.",
        ("statements", "Do you agree?", Kind.STATEMENTS, ABC, 1, False): "",
        ("statements on paper", "Well?", Kind.STATEMENTS, ABC, 1, True): "This kind of vote is not held on paper.",
        ("too many statements", "Well?", Kind.STATEMENTS, tuple(many[:21]), 1, False): "Give 2 to 20 of them.",
    }
    found = {
        one: rules.may_be_put(question, kind, options, most, on_paper=on_paper).reason
        for one in tried
        for _, question, kind, options, most, on_paper in [one]
    }
    assert found == tried


def test_every_kind_offers_its_own_answers():
    assert rules.choices_of(Kind.TEMPERATURE) == (5, 4, 3, 2, 1, 0)
    assert rules.choices_of(Kind.CONSENT) == (4, 3, 1, 0)
    assert [rules.choices_of(kind) for kind in (Kind.PICK, Kind.STATEMENTS, Kind.HANDS)] == [(), (), ()]


@pytest.mark.parametrize(
    ("lived", "professionals", "offered"),
    [
        (5, 5, (Rule.BOTH_SIDES, Rule.PARENTS_AND_ALL, Rule.TWO_THIRDS, Rule.SIMPLE)),
        (4, 30, (Rule.PARENTS_AND_ALL, Rule.TWO_THIRDS, Rule.SIMPLE)),
    ],
)
def test_both_sides_is_a_rule_only_where_there_are_sides_b13(lived, professionals, offered):
    assert rules.rules_for(lived, professionals) == offered
    assert rules.default_rule(lived, professionals) == offered[0]
    assert [bool(rules.rule_is_offered(rule, lived, professionals)) for rule in Rule].count(True) == len(offered)


def test_only_some_results_say_that_parents_agree():
    with_sides = {rule: rules.asks_parents(a_poll(rule=rule)) for rule in Rule}
    assert with_sides == {
        Rule.SIMPLE: False,
        Rule.TWO_THIRDS: False,
        Rule.BOTH_SIDES: True,
        Rule.PARENTS_AND_ALL: True,
    }
    assert all(rules.asks_parents(a_poll(lived=4, rule=rule)) for rule in Rule)


# --- What may be answered, and how it is sealed.


def test_consent_takes_its_own_answers_only():
    answers = {choice: bool(rules.is_choice(choice, Kind.CONSENT)) for choice in Choice}
    assert {choice for choice, may in answers.items() if may} == {Choice.YES, Choice.LIVE_WITH, Choice.WORRIED, 0}


def test_picks_are_among_the_things_and_not_too_many():
    assert rules.are_picks([], 3, 2)
    assert rules.are_picks([3, 1, 3], 3, 2)
    assert rules.are_picks([1, 2, 3], 3, 2).reason == "Choose 2 at most."
    assert rules.are_picks([0], 3, 2).reason == rules.are_picks([4], 3, 2).reason == answering.NOT_ONE_OF_THEM


def test_views_are_of_statements_that_were_put():
    assert rules.are_views({1: View.AGREE}, 3)
    assert not rules.are_views({4: View.AGREE}, 3)


@given(st.sets(st.integers(1, 40)))
def test_picks_go_into_an_envelope_and_come_out_b3(numbers):
    code = rules.code_of_picks(numbers)
    assert rules.picks_in(code, 40, 40) == numbers
    assert code < 256**16


@given(st.dictionaries(st.integers(1, 20), st.sampled_from(View)))
def test_views_go_into_an_envelope_and_come_out_b3(views):
    code = rules.code_of_views(views)
    found = rules.views_in(code, 20)
    assert {n: found[n] for n in views} == views
    assert {view for n, view in found.items() if n not in views} <= {View.PASS}
    assert code < 256**16


@pytest.mark.parametrize(
    "opened",
    [
        lambda: answering.choice_in(6, Kind.TEMPERATURE),
        lambda: answering.choice_in(5, Kind.CONSENT),
        lambda: rules.picks_in(0b1000, 3, 3),
        lambda: rules.picks_in(0b111, 3, 2),
        lambda: rules.views_in(0b11, 1),
        lambda: rules.views_in(0b100, 1),
    ],
)
def test_what_is_no_answer_is_spoiled_b5(opened):
    with pytest.raises(Spoiled):
        opened()


# --- How it ends: rules and quorums.

ALL_FOR = side(*[4] * 6), side(*[4] * 9)
SIXTY = side(4, 4, 4, 4, 2, 2), side(4, 4, 4, 4, 4, 2, 2, 2, 2)
HALF_FOR = side(*[4] * 5), side(*[2] * 5)


@pytest.mark.parametrize(
    ("sides", "ends"),
    [
        (ALL_FOR, {Rule.SIMPLE: Ends.AGREED, Rule.TWO_THIRDS: Ends.AGREED, Rule.PARENTS_AND_ALL: Ends.ASK_THE_ROOM}),
        (SIXTY, {Rule.SIMPLE: Ends.AGREED, Rule.TWO_THIRDS: Ends.NEEDS_TALK, Rule.PARENTS_AND_ALL: Ends.NEEDS_TALK}),
        (
            HALF_FOR,
            {Rule.SIMPLE: Ends.NOT_AGREED, Rule.TWO_THIRDS: Ends.NEEDS_TALK, Rule.PARENTS_AND_ALL: Ends.NEEDS_TALK},
        ),
        (
            (side(*[2] * 6), side(4, *[2] * 8)),
            {Rule.SIMPLE: Ends.NOT_AGREED, Rule.TWO_THIRDS: Ends.NOT_AGREED, Rule.PARENTS_AND_ALL: Ends.NOT_AGREED},
        ),
    ],
)
def test_a_rule_moves_the_threshold(sides, ends):
    assert {rule: rules.outcome(*sides, rule) for rule in ends} == ends


@pytest.mark.parametrize("rule", Rule)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_nothing_is_agreed_while_somebody_is_worried(rule, lived, professionals):
    worried = side(*lived, 1)
    assert rules.outcome(worried, side(*professionals), rule) not in (Ends.AGREED, Ends.ASK_THE_ROOM)


@pytest.mark.parametrize("rule", Rule)
@given(st.lists(st.integers(0, 5), max_size=4), st.lists(st.integers(0, 5), max_size=12))
def test_small_sides_agree_only_in_the_room_whatever_the_rule(rule, lived, professionals):
    assert rules.outcome(side(*lived), side(*professionals), rule) != Ends.AGREED


def test_quorum_is_of_each_side_and_of_the_whole_where_sides_are_hidden():
    half = side(4, 4, 4, roll=6), side(*[4] * 9)
    assert {q: rules.outcome(*half, None, q) for q in Q} == {
        Q.HALF: Ends.AGREED,
        Q.TWO_THIRDS: Ends.NO_RESULT,
        Q.THREE_QUARTERS: Ends.NO_RESULT,
    }
    whole = side(4, roll=3), side(*[4] * 5, roll=5)
    assert {q: rules.outcome(*whole, None, q) for q in Q} == dict.fromkeys(Q, Ends.ASK_THE_ROOM)


def test_b6_turnout_follows_rule_and_quorum():
    given = (3, 9, 6, 9)
    assert rules.turnout_word(*given) == "Enough for a result"
    assert rules.turnout_word(*given, quorum=Q.TWO_THIRDS) == "Not yet enough for a result"
    assert rules.turnout_word(*given, Rule.PARENTS_AND_ALL, Q.THREE_QUARTERS) == "Enough for a result"
    assert rules.turnout_word(0, 0, 6, 9) == "Not yet enough for a result"


# --- What is said of several things.


def published(poll: Poll, *parts: list[int]) -> dict[int, tuple]:
    said = rules.publish(poll, parts)
    assert said.outcome == Ends.COUNTED
    assert said.reason == "Enough people answered. What came of each is said beside it."
    return {line.number: (line.rank, line.standing, line.lived, line.professionals) for line in said.lines}


def picks(*slips: tuple[int, ...]) -> list[int]:
    return [rules.code_of_picks(slip) for slip in slips]


def test_picks_stand_by_shares_of_both_sides():
    """The first by the parents' share, where the score is the same; what nobody picked has no place.

    B13: of a side of five to nine the place alone; beside it a word on each thing would come to a number.
    """
    poll = a_poll(Kind.PICK, 8, 12, options=4, most=2)
    lived = picks((1,), (1,), (1,), (1,), (2,), (2,), (3,), (3,))
    professionals = picks((1,), (1,), (2,), (2,), (2,), (2,), (3,), (3,))
    assert published(poll, lived, professionals) == {
        1: (1, S.CHOSEN, "", ""),
        2: (2, S.CHOSEN, "", ""),
        3: (3, S.NOT_CHOSEN, "", ""),
        4: (4, S.NOT_CHOSEN, "", ""),
    }
    reasons = {line.reason for line in rules.publish(poll, [lived, professionals]).lines}
    assert reasons == {"It is one of those picked most.", "Others were picked more."}


def test_a_tie_across_the_last_place_is_declared():
    poll = a_poll(Kind.PICK, 10, 12, options=4, most=2)
    lived = picks((1, 2), (1, 3), (1, 2), (1, 3), (1, 2), (1, 3), ())
    professionals = picks((1, 2), (1, 3), (1, 2), (1, 3), (1, 2), (1, 3))
    assert published(poll, lived, professionals) == {
        1: (1, S.CHOSEN, "6 of 6 picked it", "6 of 6 picked it"),
        2: (2, S.TIED, "3 of 6 picked it", "3 of 6 picked it"),
        3: (2, S.TIED, "3 of 6 picked it", "3 of 6 picked it"),
        4: (4, S.NOT_CHOSEN, "0 of 6 picked it", "0 of 6 picked it"),
    }
    reasons = [line.reason for line in rules.publish(poll, [lived, professionals]).lines]
    assert reasons[:2] == [
        "6 of 6 parents and carers and 6 of 6 workers picked it. It is one of those picked most.",
        "3 of 6 parents and carers and 3 of 6 workers picked it. "
        "It came out level, and there is no room for all that did. The group talks about which to take.",
    ]
    assert reasons[3].startswith("0 of 6 parents and carers and 0 of 6 workers picked it. Others")


def test_b13_with_hidden_sides_picks_are_said_of_all_together_and_never_counted():
    poll = a_poll(Kind.PICK, 1, 6, options=3, most=1)
    said = rules.publish(poll, [picks((1,), (1,), (1,), (2,), ())])
    assert [(line.rank, line.standing, line.lived, line.professionals) for line in said.lines] == [
        (1, S.CHOSEN, "", ""),
        (2, S.NOT_CHOSEN, "", ""),
        (3, S.NOT_CHOSEN, "", ""),
    ]
    assert [line.reason for line in said.lines] == [
        "More than half of those who answered picked it. It is one of those picked most.",
        "Half of those who answered, or fewer, picked it. Others were picked more.",
        "Half of those who answered, or fewer, picked it. Others were picked more.",
    ]


def views(*slips: dict[int, View]) -> list[int]:
    return [rules.code_of_views(slip) for slip in slips]


def test_statements_are_shared_parted_or_open():
    poll = a_poll(Kind.STATEMENTS, 5, 10, options=4)
    lived = views(*[{1: View.AGREE, 2: View.AGREE, 3: View.DISAGREE}] * 5)
    professionals = views(*[{1: View.AGREE, 2: View.DISAGREE, 3: View.DISAGREE, 4: View.AGREE}] * 9)
    said = rules.publish(poll, [lived, professionals])
    assert [(line.rank, line.standing, line.lived, line.professionals) for line in said.lines] == [
        (1, S.SHARED, "Most agree", "Most agree"),
        (2, S.PARTED, "Most agree", "Most disagree"),
        (3, S.SHARED, "Most disagree", "Most disagree"),
        (4, S.OPEN, "No majority", "Most agree"),
    ]
    assert [line.reason for line in said.lines][1::2] == [
        "Most parents and carers agree, and most workers disagree.",
        "Parents and carers have no clear view, and most workers agree.",
    ]


def test_both_sides_are_counted_where_both_have_ten():
    poll = a_poll(Kind.STATEMENTS, 10, 10, options=2)
    said = rules.publish(poll, [views(*[{1: View.AGREE}] * 7), views(*[{1: View.DISAGREE}] * 5)]).lines[0]
    assert (said.standing, said.lived, said.professionals) == (S.PARTED, "7 agree, 0 disagree", "0 agree, 5 disagree")
    assert said.reason == "7 parents and carers agree and 0 disagree, and 0 workers agree and 5 disagree."


def test_nothing_is_said_of_a_side_most_of_which_passed_on_a_statement_b13():
    """One who agrees while four pass is not "most parents": it would be said of her alone."""
    poll = a_poll(Kind.STATEMENTS, 5, 5, options=2)
    lived = views({1: View.AGREE, 2: View.AGREE}, *[{2: View.AGREE}] * 4)
    professionals = views(*[{1: View.AGREE, 2: View.AGREE}] * 5)
    said = rules.publish(poll, [lived, professionals])
    assert [(line.standing, line.lived, line.professionals) for line in said.lines] == [
        (S.OPEN, "No majority", "Most agree"),
        (S.SHARED, "Most agree", "Most agree"),
    ]
    assert said.lines[0].reason == "Parents and carers have no clear view, and most workers agree."
    hidden = rules.publish(a_poll(Kind.STATEMENTS, 3, 4, options=2), [views({1: View.AGREE}, *[{2: View.AGREE}] * 4)])
    assert [line.standing for line in hidden.lines] == [S.OPEN, S.SHARED]


def test_b13_with_hidden_sides_statements_are_said_of_all_together():
    poll = a_poll(Kind.STATEMENTS, 2, 4, options=3)
    three = views(*[{1: View.AGREE, 2: View.DISAGREE}] * 3, {3: View.AGREE}, {3: View.DISAGREE})
    said = rules.publish(poll, [three])
    assert [(line.standing, line.reason) for line in said.lines] == [
        (S.SHARED, "Most of those who answered agree."),
        (S.SHARED, "Most of those who answered disagree."),
        (S.OPEN, "There is no clear view yet."),
    ]


@pytest.mark.parametrize("kind", [Kind.PICK, Kind.STATEMENTS, Kind.TEMPERATURE, Kind.CONSENT])
@pytest.mark.parametrize(
    ("lived", "reason"), [(6, "Too few people answered."), (0, "Nobody with lived experience was")]
)
def test_without_a_result_nothing_is_said_of_anything(kind, lived, reason):
    """Too few answered, or nobody with lived experience was on the roll."""
    poll = a_poll(kind, lived, 9, options=2)
    said = rules.publish(poll, [[1, 1], [1]] if lived else [[1] * 9])
    assert (said.outcome, said.lived, said.professionals, said.lines) == (Ends.NO_RESULT, "", "", ())
    assert said.reason.startswith(reason)


def test_picks_of_the_whole_reach_the_quorum_of_the_whole():
    poll = a_poll(Kind.PICK, 5, 5, options=2, rule=Rule.PARENTS_AND_ALL)
    assert rules.publish(poll, [picks((1,)), picks(*[(1,)] * 5)]).outcome == Ends.COUNTED


def test_b13_a_side_of_which_too_few_answered_is_not_spoken_of():
    poll = a_poll(rule=Rule.PARENTS_AND_ALL)
    said = rules.publish(poll, [[4], [4] * 9])
    assert (said.outcome, said.lived, said.professionals) == (Ends.ASK_THE_ROOM, "", "")


# --- In the room, by hands, and a tie that is settled.


@pytest.mark.parametrize(
    ("outcome", "said", "ends"),
    [
        (Ends.ASK_THE_ROOM, None, Ends.ASK_THE_ROOM),
        (Ends.ASK_THE_ROOM, True, Ends.AGREED),
        (Ends.ASK_THE_ROOM, False, Ends.NEEDS_TALK),
        (Ends.NOT_AGREED, None, Ends.NOT_AGREED),
    ],
)
def test_the_room_has_the_last_word_where_it_is_asked(outcome, said, ends):
    assert rules.ends_as(Result(outcome=outcome, room_said_yes=said)) == ends


def test_hands_without_anybody_with_lived_experience_have_no_result():
    stream, _ = a_roll()
    assert rules.by_hand(Poll(workstream=stream)) == (Ends.AGREED, Ends.NEEDS_TALK, Ends.NOT_AGREED, Ends.NO_RESULT)
    stream.memberships = [place for place in stream.memberships if place.side == Side.PROFESSIONAL]
    assert rules.by_hand(Poll(workstream=stream)) == (Ends.NO_RESULT,)
    assert rules.reason_by_hand(Ends.NO_RESULT) == "Nobody with lived experience was there."


def a_tie() -> tuple[Poll, dict]:
    stream, people = a_roll()
    poll = a_poll(Kind.PICK, options=4, most=2)
    poll.workstream, poll.state, poll.result = stream, PollState.COUNTED, Result(outcome=Ends.COUNTED)
    for option, standing in zip(poll.options, (S.CHOSEN, S.TIED, S.TIED, S.NOT_CHOSEN), strict=True):
        option.line = ResultLine(standing=standing)
    return poll, people


def test_a_tie_is_settled_among_what_is_level_by_the_facilitator():
    poll, people = a_tie()
    assert ([option.number for option in rules.tied(poll)], rules.places_left(poll)) == ([2, 3], 1)
    tried = {(2,): "", (3,): ""} | dict.fromkeys([(), (1,), (4,), (2, 3)], "Choose 1 to 1 of those that are level.")
    assert {one: rules.may_settle(people["facilitator"], poll, one).reason for one in tried} == tried
    assert rules.may_settle(people["mother"], poll, [2]).reason == "Only a facilitator can do this."
    poll.options[1].line.standing = poll.options[2].line.standing = S.NOT_CHOSEN
    assert rules.may_settle(people["facilitator"], poll, [2]).reason == "There is no tie to settle."


def test_minority_view_is_short_and_beside_a_result():
    poll, people = a_tie()
    assert rules.may_write_minority_view(people["facilitator"], poll, "word " * 100)
    assert rules.may_write_minority_view(people["mother"], poll, "No").reason == "Only a facilitator can do this."
    assert rules.may_write_minority_view(people["facilitator"], poll, "word " * 101).reason == "Use 100 words at most."
    poll.result = None
    assert rules.may_write_minority_view(people["facilitator"], poll, "No").reason == "There is no result yet."


def test_room_is_written_down_by_the_facilitator_while_it_is_waited_for():
    poll, people = a_tie()
    assert rules.may_write_down_the_room(people["mother"], poll).reason == "Only a facilitator can do this."
    assert rules.may_write_down_the_room(people["facilitator"], poll).reason.startswith("This result does not wait")
    poll.result.outcome = Ends.ASK_THE_ROOM
    assert rules.may_write_down_the_room(people["facilitator"], poll)


# --- Piles of paper.


def test_b16_piles_fit_the_boxes_the_roll_and_the_answers():
    sides, whole = a_poll(lived=5, professionals=5), a_poll(lived=2, professionals=4)
    five, three = Pile({4: 4, 0: 1}), Pile({4: 3})
    boxes, answers = "Count the two boxes apart", "Write a number beside each answer"
    tried = [
        (sides, Piles(five, three), ""),
        (sides, Piles(five), boxes),
        (sides, Piles(whole=five), boxes),
        (sides, Piles(five, three, three), boxes),
        (whole, Piles(whole=five), ""),
        (whole, Piles(five, three), boxes),
        (whole, Piles(), boxes),
        (sides, Piles(five, Pile({4: 6})), "There are more slips than people."),
        (sides, Piles(five, Pile({6: 1})), answers),
        (sides, Piles(five, Pile({4: -1})), answers),
        (a_poll(Kind.CONSENT, 5, 5), Piles(five, Pile({5: 1})), answers),
    ]
    found = [rules.piles_fit(poll, piles).reason for poll, piles, _ in tried]
    assert [why[: len(wanted) or None] for why, (*_, wanted) in zip(found, tried, strict=True)] == [
        wanted for *_, wanted in tried
    ]


def test_b16_ticks_fit_the_slips():
    poll = a_poll(Kind.PICK, 2, 4, options=3, most=2)
    answers = {
        (2, 2, 0, 2): True,
        (2, 0, 0, 1): False,
        (1, 0, 0, 2): False,
        (2, 2, 1, 2): False,
        (6, 6, 0, 7): False,
        (0, 0, 0, 0): True,
    }
    found = {
        one: bool(rules.piles_fit(poll, Piles(whole=Pile(dict(enumerate(one[:3], 1)), one[3])))) for one in answers
    }
    assert found == answers


def test_b16_two_counts_are_compared_in_one_form():
    assert Piles(whole=Pile({4: 2, 3: 0})).form == Piles(whole=Pile({4: 2})).form
    assert Piles(whole=Pile({4: 2})).form != Piles(Pile({4: 2}), Pile()).form
    assert str(rules.PilesDiffer()) == "The two counts differ. Please count the box once more, both of you."


def test_paper_counts_like_envelopes():
    poll = a_poll(lived=6, professionals=9)
    lived, professionals = Pile({5: 1, 4: 1, 3: 2, 2: 1, 0: 1}), Pile({5: 3, 4: 3, 3: 2, 2: 1})
    assert rules.publish_piles(poll, Piles(lived, professionals)).outcome == Ends.AGREED
    poll = a_poll(Kind.PICK, 1, 5, options=3, most=2)
    said = rules.publish_piles(poll, Piles(whole=Pile({1: 3, 2: 1, 3: 0}, 3)))
    assert [line.standing for line in said.lines] == [S.CHOSEN, S.CHOSEN, S.NOT_CHOSEN]


def test_one_of_the_two_who_count_is_the_facilitator_b16():
    stream, people = a_roll()
    poll = Poll(workstream=stream, on_paper=True)
    facilitator, mother = people["facilitator"], people["mother"]
    assert rules.one_of_them_facilitates(poll, [facilitator.id, mother.id])
    assert not rules.one_of_them_facilitates(poll, [people["midwife"].id, mother.id])
    assert rules.may_count_paper(mother, poll)
    assert not rules.may_count_paper(people["stranger"], poll)
    assert rules.may_count_paper(mother, Poll(workstream=stream, on_paper=False)).reason == "This vote is not on paper."


def test_support_of_both_sides_put_together():
    together = side(5, 2) + side(4, 0, roll=3)
    assert (together.support, together.roll, together.answered) == (Fraction(2, 3), 5, 3)
    assert isinstance(together, SideAnswers)
