"""Faults for F13: each is planted alone, in the place of a rule, and the walks have to come upon it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bench.prove.stage import knowing
from coprod.actions import rules as actions
from coprod.core.answers import YES
from coprod.pilots import rules as pilots
from coprod.pilots import services as pilot_services
from coprod.recommendations import rules as recommendations
from coprod.steering import rules as steering
from coprod.steering.rules import meetings
from coprod.voting import rules as voting
from coprod.voting.models import Outcome
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import MembershipState

Fault = Callable[[pytest.MonkeyPatch], None]


def _always(*_: Any, **__: Any) -> Any:
    return YES


def everywhere(patch: pytest.MonkeyPatch, name: str, fault: Any, package: str = "coprod") -> None:
    """Put a fault in the place of what bears this name, wherever it is known."""
    for module in knowing(package, name):
        patch.setattr(module, name, fault)


def move_by(patch: pytest.MonkeyPatch, lifecycle: Any, name: str, **changed: Any) -> None:
    """Change one move of a lifecycle: who may make it, from where, or where it leads."""
    patch.setitem(lifecycle.moves, name, replace(lifecycle.moves[name], **changed))


# --- Meetings.


def one_parent_is_enough(patch: pytest.MonkeyPatch) -> None:
    """A meeting decides with one person who is there for her lived experience."""
    everywhere(patch, "LIVED_NEEDED", 1, "coprod.steering")


def half_is_rounded_down(patch: pytest.MonkeyPatch) -> None:
    """Three of seven decide."""
    patch.setattr(meetings.Quorum, "needed", property(lambda room: room.members // 2))


def who_leaves_still_counts(patch: pytest.MonkeyPatch) -> None:
    """Whoever leaves the room for an item is counted for it all the same."""
    stays = meetings.staying
    everywhere(patch, "staying", lambda meeting, item=None: stays(meeting), "coprod.steering")


def closes_undecided(patch: pytest.MonkeyPatch) -> None:
    """A meeting closes with items that could be decided."""
    everywhere(patch, "is_settled", _always, "coprod.steering")


def ends_without_a_reason(patch: pytest.MonkeyPatch) -> None:
    """A meeting that too few are left in ends without a word."""
    patch.setattr(meetings, "left_over", lambda meeting: [])


def put_off_for_good(patch: pytest.MonkeyPatch) -> None:
    """What was put off does not come back."""
    everywhere(patch, "put_off_until", lambda steering, last: [], "coprod.steering")


def reviews_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    """A review date brings nothing back."""
    everywhere(patch, "to_review", lambda steering, last: [], "coprod.steering")


def reply_owed_a_day_early(patch: pytest.MonkeyPatch) -> None:
    """Nine working days, not ten."""
    everywhere(patch, "WORKING_DAYS_TO_REPLY", 9, "coprod.steering")


def anything_is_taken_off(patch: pytest.MonkeyPatch) -> None:
    """What waits for an answer is taken off an agenda."""
    move_by(patch, steering.ITEMS, "taken off", may=meetings_chair)


def meetings_chair(person: Any, item: Any) -> Any:
    """Ask for nothing but the chair."""
    return meetings.chair_of(person, item.meeting)


# --- Decisions, replies, contests.


def a_member_decides(patch: pytest.MonkeyPatch) -> None:
    """Anybody at the table records decisions, and moves what was asked."""
    everywhere(patch, "is_chair", lambda person, table: workstreams.is_member(person, table))
    patch.setattr(meetings, "is_chair", workstreams.is_member)


def noted_is_an_answer(patch: pytest.MonkeyPatch) -> None:
    """A brush-off is taken."""
    everywhere(patch, "brushes_off", lambda words: False, "coprod.steering")


def reversed_decisions_stand(patch: pytest.MonkeyPatch) -> None:
    """What was corrected is replied to, followed up and corrected again."""
    everywhere(patch, "stands", _always, "coprod.steering")


def reviewed_too_early(patch: pytest.MonkeyPatch) -> None:
    """A decision is looked at again before its day."""
    everywhere(
        patch,
        "may_review",
        lambda person, decision, today: steering.DECISIONS.may(person, "reviewed", decision),
        "coprod.steering",
    )


def contested_without_end(patch: pytest.MonkeyPatch) -> None:
    """A recommendation is contested again and again."""
    move_by(patch, recommendations.LIFECYCLE, "contested", may=recommendations.is_member)


def contested_alone(patch: pytest.MonkeyPatch) -> None:
    """Nobody is needed beside the one who raised it."""
    move_by(patch, steering.CONTESTS, "sent", may=_always)


def content_twice(patch: pytest.MonkeyPatch) -> None:
    """A group is content while it asks for another look."""
    everywhere(patch, "contest_going_on", lambda decision: None, "coprod.steering")


# --- Actions.


def done_by_one(patch: pytest.MonkeyPatch) -> None:
    """Whoever said it is done agrees with herself."""
    move_by(patch, actions.LIFECYCLE, "agreed done", may=_always)


def anybody_moves_dates(patch: pytest.MonkeyPatch) -> None:
    """Anybody moves anybody's date."""
    everywhere(patch, "may_carry", _always, "coprod.actions")


def turns_slip(patch: pytest.MonkeyPatch) -> None:
    """What comes again comes a day late."""
    turn = actions.next_turn
    everywhere(patch, "next_turn", lambda *of: turn(*of) + timedelta(1), "coprod.actions")


def done_for_good(patch: pytest.MonkeyPatch) -> None:
    """What is done cannot be opened again."""
    sources = actions.LIFECYCLE.moves["opened again"].sources
    move_by(patch, actions.LIFECYCLE, "opened again", sources=frozenset(list(sources)[:1]))


# --- Votes and sending.


def worries_are_passed_over(patch: pytest.MonkeyPatch) -> None:
    """A second round opens while worries wait."""
    everywhere(patch, "worries_are_settled", _always, "coprod.voting")


def one_worry_does_not_count(patch: pytest.MonkeyPatch) -> None:
    """Somebody is worried, and it is agreed all the same."""
    side = voting.SideAnswers
    patch.setattr(side, "is_worried", property(lambda answers: False))


def the_room_is_not_heard(patch: pytest.MonkeyPatch) -> None:
    """Whatever is said in the room, it is agreed."""
    ends = voting.ends_as
    everywhere(patch, "ends_as", lambda result: _heard_as_yes(ends(result), result), "coprod")


def _heard_as_yes(outcome: Outcome, result: Any) -> Outcome:
    return Outcome.AGREED if result.room_said_yes is not None else outcome


def sent_without_a_reason(patch: pytest.MonkeyPatch) -> None:
    """What was not agreed is sent without its label."""
    everywhere(patch, "label_if_sent", lambda recommendation: "", "coprod.recommendations")


# --- Pilots.


def one_round_is_enough(patch: pytest.MonkeyPatch) -> None:
    """A pilot is adopted after one test."""
    patch.setattr(pilots, "CYCLES_BEFORE_ADOPTING", 1)


def pilots_go_their_own_way(patch: pytest.MonkeyPatch) -> None:
    """A recommendation does not follow its pilot."""
    patch.delitem(pilot_services.RECOMMENDATION_FOLLOWS, "adapted")


def studied_by_nobody(patch: pytest.MonkeyPatch) -> None:
    """A test ends without a study."""
    everywhere(patch, "is_studied", _always, "coprod.pilots")


def reviewed_while_it_runs(patch: pytest.MonkeyPatch) -> None:
    """Testing is over while a test runs."""
    everywhere(patch, "no_test_runs", _always, "coprod.pilots")


# --- Membership.


def pausing_is_sitting(patch: pytest.MonkeyPatch) -> None:
    """Who takes a break counts as there."""
    here = {MembershipState.JOINED, MembershipState.PAUSED}
    everywhere(patch, "seated", lambda stream: [held for held in stream.memberships if held.state in here])


def nobody_is_checked(patch: pytest.MonkeyPatch) -> None:
    """A professional sits down before the own-case check."""
    everywhere(patch, "is_checked", _always, "coprod.workstreams")


def others_answer_for_her(patch: pytest.MonkeyPatch) -> None:
    """Anybody ends anybody's membership."""
    move_by(patch, workstreams.MEMBERSHIP, "left", may=_always)


MEETING = ("plan a meeting", "open a meeting", "tick who is there", "decide", "close a meeting")
ITEMS = (*MEETING, "declare", "settle an item")
ANSWERING = ("reply", "be content", "contest", "second a contest", "take back a contest")
ACTIONS = ("give an action", "say it is done", "agree it is done", "open again", "move a date", "cancel")
VOTING = ("open a vote", "all answer", "answer", "say a worry", "count", "settle a worry", "ask the room", "send")
TESTING = ("move of a pilot", "plan a test", "begin a test", "finish a test", "study a test", "act on a test")
FAULTS: dict[Fault, tuple[str, ...]] = {
    one_parent_is_enough: MEETING,
    half_is_rounded_down: MEETING,
    who_leaves_still_counts: ITEMS,
    closes_undecided: MEETING,
    ends_without_a_reason: MEETING,
    put_off_for_good: MEETING,
    reviews_are_forgotten: MEETING,
    reply_owed_a_day_early: MEETING,
    anything_is_taken_off: ITEMS,
    a_member_decides: MEETING,
    noted_is_an_answer: ANSWERING,
    reversed_decisions_stand: (*MEETING, "correct", "reply", "follow up"),
    reviewed_too_early: (*MEETING, "look at a decision again"),
    contested_without_end: (*MEETING, *ANSWERING),
    contested_alone: ("contest", "second a contest"),
    content_twice: ANSWERING,
    done_by_one: ("say it is done", "agree it is done", "open again"),
    anybody_moves_dates: ACTIONS,
    turns_slip: ACTIONS,
    done_for_good: ACTIONS,
    worries_are_passed_over: VOTING,
    one_worry_does_not_count: ("open a vote", "all answer", "answer", "count"),
    the_room_is_not_heard: VOTING,
    sent_without_a_reason: VOTING,
    one_round_is_enough: TESTING,
    pilots_go_their_own_way: TESTING,
    studied_by_nobody: TESTING,
    reviewed_while_it_runs: TESTING,
    pausing_is_sitting: ("move of a place", "tick who is there", "plan a meeting"),
    nobody_is_checked: ("move of a place",),
    others_answer_for_her: ("move of a place",),
}
"""Each with what people do most in the walks that look for it; every second of those walks is of everything."""
