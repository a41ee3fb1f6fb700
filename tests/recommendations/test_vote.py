"""A recommendation goes to the vote, and follows what was said, whoever counted it."""

from datetime import timedelta

import pytest

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.recommendations import rules, services
from coprod.recommendations.models import Recommendation, Round, State
from coprod.voting import services as voting
from coprod.voting.following import cause_of
from coprod.voting.models import Kind, Outcome, Poll, PollState, Quorum, Result, Rule, Worry, WorryState
from coprod.voting.rules import Choice, Pile, Piles
from coprod.workstreams.rules import voters
from tests.factories import a_membership, a_professional
from tests.recommendations.test_rules import a_scene
from tests.recommendations.written import AGREED, WORDS, WORRIED
from tests.recommendations.written import Round as Scene

CLOSES = {"closes_on": "21 November 2025", "closes_at": "17:00"}
DEFAULTS = {"quorum": "half", "rule": "both sides", "where": "online", "kind": "temperature"}


def typed(scene: Scene, **changed) -> dict:
    roll = [str(place.person_id) for place in voters(scene.table.stream)]
    return CLOSES | DEFAULTS | {"voters": roll} | changed


# --- Rules.


def test_what_follows_from_a_vote_is_the_last_word_on_it():
    for outcome, said, expected in (
        (Outcome.AGREED, None, "agreed"),
        (Outcome.NEEDS_TALK, None, "sent back for more talk"),
        (Outcome.NOT_AGREED, None, "not agreed"),
        (Outcome.NO_RESULT, None, "ended without a result"),
        (Outcome.ASK_THE_ROOM, None, ""),
        (Outcome.ASK_THE_ROOM, True, "agreed"),
        (Outcome.ASK_THE_ROOM, False, "sent back for more talk"),
    ):
        poll = Poll(result=Result(outcome=outcome, reason="", room_said_yes=said))
        assert rules.follows_from(poll) == expected
    assert rules.follows_from(Poll()) == ""


def test_answered_online_is_only_what_is_open_on_screens():
    for state, on_paper, expected in (
        (PollState.OPEN, False, True),
        (PollState.OPEN, True, False),
        (PollState.DRAFT, False, False),
        (PollState.CLOSED, False, False),
    ):
        made, _ = a_scene(State.VOTING, rounds=[Round(poll=Poll(state=state, on_paper=on_paper))])
        assert rules.is_answered_online(made) == expected
        made.state = State.DRAFTED
        assert not rules.is_answered_online(made)


def test_second_round_waits_for_every_worry_also_after_a_vote_was_given_up():
    for state, may in (
        (WorryState.RAISED, False),
        (WorryState.TALKED_ABOUT, False),
        (WorryState.ANSWERED, True),
        (WorryState.CARRIED_FORWARD, True),
    ):
        counted = Round(poll=Poll(state=PollState.COUNTED, worries=[Worry(words="?", state=state)]))
        given_up = Round(poll=Poll(state=PollState.VOID, worries=[]))
        made, people = a_scene(State.DRAFTED, rounds=[counted, given_up])
        assert bool(rules.LIFECYCLE.may(people["facilitator"], "put to the vote", made)) == may


# --- Services.


def test_terms_of_the_vote_reach_it(database):
    scene = Scene()
    made, left_out = scene.drafted(), scene.table.lived[0]
    poll = services.open_vote(
        made,
        now() + timedelta(days=4),
        by=scene.facilitator,
        kind=Kind.CONSENT,
        rule=Rule.TWO_THIRDS,
        quorum=Quorum.THREE_QUARTERS,
        left_out={left_out.id},
    )
    assert (poll.kind, poll.rule, poll.quorum, poll.left_out) == (
        Kind.CONSENT,
        Rule.TWO_THIRDS,
        Quorum.THREE_QUARTERS,
        1,
    )


def test_it_follows_when_the_clock_counts(database, clock):
    scene = Scene()
    made = scene.answered(AGREED)
    clock(now() + timedelta(days=5))
    assert voting.count_due() == 1
    db.session.refresh(made)
    assert made.state == State.AGREED


def test_it_follows_when_two_have_counted_the_box(database):
    scene = Scene()
    made = scene.drafted()
    poll = services.open_vote(made, now() + timedelta(days=1), by=scene.facilitator, on_paper=True)
    voting.close(poll, by=scene.facilitator)
    with pytest.raises(Refused, match="on paper"):
        services.count_vote(made, by=scene.facilitator)
    piles = Piles(Pile({Choice.YES: 6}, 6), Pile({Choice.YES: 9}, 9))
    assert voting.count_paper(poll, piles, by=scene.facilitator) is None
    assert made.state == State.VOTING
    voting.count_paper(poll, piles, by=scene.table.lived[0])
    assert made.state == State.AGREED
    services.follow(poll, None)
    assert made.state == State.AGREED


def test_it_follows_a_show_of_hands(database):
    scene = Scene(lived=1, professionals=2)
    for outcome, state in ((Outcome.AGREED, State.AGREED), (Outcome.NEEDS_TALK, State.NEEDS_TALK)):
        made = scene.drafted()
        poll = services.talk_it_round(made, by=scene.facilitator)
        assert (made.state, poll.kind, poll.state) == (State.VOTING, Kind.HANDS, PollState.DRAFT)
        voting.record_hands(poll, outcome, by=scene.facilitator)
        assert made.state == state


def test_nobody_in_the_room_leaves_it_waiting(database):
    scene = Scene(lived=2, professionals=8)
    made = scene.counted([5] * 10)
    services.record_room_answer(made, None, by=scene.facilitator)
    assert (made.state, rules.waits_for_the_room(made)) == (State.VOTING, True)
    services.record_room_answer(made, True, by=scene.facilitator)
    assert (made.state, rules.waits_for_the_room(made)) == (State.AGREED, False)


def test_vote_of_its_own_moves_no_recommendation(database):
    scene = Scene()
    made = scene.drafted()
    poll = voting.draft(scene.table.stream, "Shall we meet on Mondays?", by=scene.facilitator, kind=Kind.HANDS)
    voting.record_hands(poll, Outcome.AGREED, by=scene.facilitator)
    assert (made.state, cause_of(poll)) == (State.DRAFTED, None)


def test_vote_says_what_it_was_put_for(database):
    scene = Scene()
    made = scene.voting()
    cause = cause_of(services.current_poll(made))
    assert cause is not None
    assert (cause.name, cause.endpoint, cause.key) == (made.title, "recommendations.show", made.id)


# --- Pages.


def opened(scene: Scene, visitor, made: Recommendation, **changed):
    return visitor.post(f"/recommendations/{made.id}/vote", data=typed(scene, **changed))


def test_vote_opens_on_one_screen(as_):
    scene = Scene()
    made = scene.drafted()
    visitor = as_(scene.facilitator)
    page = visitor.get(f"/recommendations/{made.id}/vote").text
    assert [words in page for words in ("24 November 2025", "17:00", "Easy to read", "Change more")] == [True] * 4
    assert opened(scene, visitor, made).status_code == 303
    poll = services.current_poll(made)
    assert (made.state, poll.kind, poll.rule, poll.on_paper) == (
        State.VOTING,
        Kind.TEMPERATURE,
        Rule.BOTH_SIDES,
        False,
    )
    shown = visitor.get(f"/recommendations/{made.id}").text
    assert ("Not yet enough for a result" in shown, "Close and count" in shown) == (True, True)


def test_vote_on_paper_has_no_word_and_no_count_button(as_):
    scene = Scene()
    made = scene.drafted()
    visitor = as_(scene.facilitator)
    assert opened(scene, visitor, made, where="paper", kind="consent").status_code == 303
    shown = visitor.get(f"/recommendations/{made.id}").text
    assert ("enough for a result" in shown, "Close and count" in shown, "Run this vote" in shown) == (
        False,
        False,
        True,
    )


def test_vote_asks_again(as_):
    scene = Scene()
    made = scene.drafted()
    visitor = as_(scene.facilitator)
    for changed, told in (
        ({"closes_on": ""}, "Say which day it closes."),
        ({"closes_on": "soon"}, "Write the day like this: 18 November 2025."),
        ({"closes_on": "2025-11-16"}, "later than now"),
        ({"closes_on": "2026-11-16"}, "within sixty days"),
        ({"closes_on": "2026-03-29", "closes_at": "01:30"}, "this time does not exist"),
        ({"closes_at": ""}, "Say at what time it closes"),
        ({"kind": "pick"}, "Choose one of these."),
        ({"voters": []}, "A private vote needs 5 people or more"),
    ):
        response = opened(scene, visitor, made, **changed)
        assert (response.status_code, told in response.text, made.state) == (422, True, State.DRAFTED), changed


def test_member_does_not_open_a_vote(as_):
    scene = Scene()
    made = scene.drafted()
    assert opened(scene, as_(scene.table.lived[0]), made).status_code == 403


def test_small_group_talks_it_round_b11(as_):
    scene = Scene(lived=2, professionals=2)
    made = scene.drafted()
    visitor = as_(scene.facilitator)
    assert "A private vote needs 5 people or more" in visitor.get(f"/recommendations/{made.id}/vote").text
    assert opened(scene, visitor, made).status_code == 422
    response = visitor.post(f"/recommendations/{made.id}/vote", data={"kind": "show of hands"})
    assert response.location == f"/votes/{services.current_poll(made).id}/running"
    assert "Run this vote" in visitor.get(f"/recommendations/{made.id}").text


def test_ballot_is_looked_at_as_a_member_and_nothing_is_stored(as_):
    scene = Scene()
    made = scene.drafted()
    visitor, page = as_(scene.facilitator), f"/recommendations/{made.id}/vote/preview"
    for changed, told in (
        ({}, "Love it"),
        ({"kind": "consent"}, "I agree"),
        ({"where": "paper"}, "paper"),
        ({"kind": "show of hands"}, "A show of hands"),
    ):
        seen = visitor.post(page, data=typed(scene, **changed))
        assert (seen.status_code, told in seen.text, WORDS["said"] in seen.text) == (200, True, True), changed
    assert visitor.post(page, data=typed(scene, closes_on="")).status_code == 422
    back = visitor.post(page, data=typed(scene, do="change", closes_at="18:15"))
    assert (back.status_code, "18:15" in back.text) == (200, True)
    assert (made.state, made.rounds) == (State.DRAFTED, [])


def test_worry_is_settled_on_the_page_of_its_vote(as_):
    scene = Scene()
    made = scene.voting()
    voting.raise_worry(services.current_poll(made), "One more check?", by=scene.table.lived[0])
    services.count_vote(made, by=scene.facilitator)
    db.session.commit()
    visitor, worry = as_(scene.facilitator), made.rounds[0].poll.worries[0]
    page = f"/recommendations/{made.id}"
    assert f"/worries/{worry.id}" in visitor.get(page).text
    assert f"/worries/{worry.id}" not in as_(scene.table.lived[0]).get(page).text
    voting.move_worry(worry, "talked about", "", by=scene.facilitator)
    db.session.commit()
    assert "Write down what the group answered" in visitor.get(page).text


def test_given_up_vote_may_be_followed_by_another_only_once_worries_are_settled(as_):
    scene = Scene()
    made = scene.counted(WORRIED)
    made.rounds[0].poll.worries = [Worry(words="Who pays?")]
    db.session.commit()
    assert opened(scene, as_(scene.facilitator), made).status_code == 403


def test_facilitator_of_another_table_opens_nothing(database):
    scene = Scene()
    other = a_professional("Other")
    a_membership(scene.steering, other)
    with pytest.raises(Refused):
        services.talk_it_round(scene.drafted(), by=other)
