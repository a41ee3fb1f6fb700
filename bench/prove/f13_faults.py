"""Faults for F13: each is planted alone, in the place of one rule, and the walks have to come upon just that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import true

from bench.prove.stage import knowing
from coprod.actions import rules as actions
from coprod.actions.models import Action, ActionState
from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.pilots import rules as pilots
from coprod.pilots import services as pilot_services
from coprod.recommendations import rules as recommendations
from coprod.steering import rules as steering
from coprod.steering.models import Contest
from coprod.steering.rules import meetings
from coprod.voting import rules as voting
from coprod.voting.models import Outcome
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import MembershipState
from tests.walk.walking import ALLOWED, DAYS, REFUSED, STORED, Difference

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


def two_meetings_at_once(patch: pytest.MonkeyPatch) -> None:
    """A meeting opens while another goes on."""
    alone = steering.may_open
    everywhere(patch, "may_open", lambda person, meeting, going_on: alone(person, meeting, None), "coprod.steering")


# --- Decisions, replies, contests.


def a_member_chairs(patch: pytest.MonkeyPatch) -> None:
    """Anybody at the table opens a meeting, records decisions and ends it, as only its chair may."""
    everywhere(patch, "is_chair", workstreams.is_member, "coprod.steering")
    patch.setattr(workstreams, "is_chair", workstreams.is_member)


def noted_is_an_answer(patch: pytest.MonkeyPatch) -> None:
    """A brush-off is taken."""
    everywhere(patch, "brushes_off", lambda words: False, "coprod.steering")


def reversed_decisions_stand(patch: pytest.MonkeyPatch) -> None:
    """What was corrected is followed up, replied to or corrected once more."""
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
    """Whoever raised a contest sends it alone; then the database is the last to refuse."""
    move_by(patch, steering.CONTESTS, "sent", may=_sent_by_anybody_of_the_group)


def _sent_by_anybody_of_the_group(person: Person, contest: Contest) -> Answer:
    in_time = recommendations.LIFECYCLE.may(person, "contested", contest.decision.recommendation)
    return steering.may_answer(person, contest.decision) & in_time


def content_with_what_is_contested(patch: pytest.MonkeyPatch) -> None:
    """A group is content, or asks once more, while somebody in it asks for another look."""
    everywhere(patch, "contest_going_on", lambda decision: None, "coprod.steering")


def older_decisions_count(patch: pytest.MonkeyPatch) -> None:
    """A decision that a newer one has replaced is looked at again, and answered to."""
    everywhere(patch, "is_last", _always, "coprod.steering")


def older_decisions_owe(patch: pytest.MonkeyPatch) -> None:
    """A decision that a newer one has replaced still owes its reply."""
    everywhere(patch, "is_newest", true, "coprod.steering")


# --- Actions.


def done_by_one(patch: pytest.MonkeyPatch) -> None:
    """Whoever said it is done agrees with herself; then the database is the last to refuse."""
    move_by(patch, actions.LIFECYCLE, "agreed done", may=_belongs)


def _belongs(person: Person, action: Action) -> Answer:
    here = action.owner_id == person.id or bool(workstreams.is_member(person, action.workstream))
    return YES if here else no("Only people at its table can do this.")


def done_without_a_word(patch: pytest.MonkeyPatch) -> None:
    """It is done though nobody says how anyone can tell."""
    everywhere(patch, "is_evident", _always, "coprod.actions")


def anybody_moves_dates(patch: pytest.MonkeyPatch) -> None:
    """Anybody moves anybody's date."""
    everywhere(patch, "may_carry", _always, "coprod.actions")


def turns_slip(patch: pytest.MonkeyPatch) -> None:
    """What comes again comes a day late."""
    turn = actions.next_turn
    everywhere(patch, "next_turn", lambda *of: turn(*of) + timedelta(1), "coprod.actions")


def the_next_turn_is_nobodys(patch: pytest.MonkeyPatch) -> None:
    """What comes again stays with somebody who has left the table."""
    everywhere(patch, "_who_goes_on", lambda action, by: action.owner, "coprod.actions")


def done_for_good(patch: pytest.MonkeyPatch) -> None:
    """What is done cannot be opened again."""
    move_by(patch, actions.LIFECYCLE, "opened again", sources=frozenset({ActionState.CANCELLED}))


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


@dataclass(frozen=True)
class Sought:
    """What people do in the walks that look for a fault, and what shows it: a deed, and in which way it differs."""

    names: tuple[str, ...]
    shown: frozenset[tuple[str, str]]
    legal: float = 0.5
    """How much of it is allowed: a fault in who may is seen where somebody tries who may not."""

    def is_shown_by(self, difference: Difference) -> bool:
        """Answer whether this is the difference the fault has to make, and not another."""
        return any((difference.deed, way) in self.shown for way in difference.ways)


def _sought(names: tuple[str, ...], *shown: tuple[str, str]) -> Sought:
    return Sought(names, frozenset(shown))


def _stored(kind: str, *names: str) -> list[tuple[str, str]]:
    return [(name, f"{STORED} {kind}") for name in names]


MEETING = ("plan a meeting", "open a meeting", "tick who is there", "decide", "close a meeting")
DECIDED_BY_TOO_FEW = (("decide", ALLOWED), ("close a meeting", REFUSED), ("settle an item", REFUSED))
BUILT = _stored("item", *MEETING, DAYS)
OLDER = ("be content", "ask about a decision", "look at a decision again")
FAULTS: dict[Fault, Sought] = {
    one_parent_is_enough: _sought(MEETING, *DECIDED_BY_TOO_FEW),
    half_is_rounded_down: _sought(MEETING, *DECIDED_BY_TOO_FEW),
    who_leaves_still_counts: _sought(
        (*MEETING, "declare", "settle an item"), *DECIDED_BY_TOO_FEW, *_stored("decision", "decide")
    ),
    closes_undecided: _sought(MEETING, ("close a meeting", ALLOWED)),
    ends_without_a_reason: _sought(MEETING, ("close a meeting", ALLOWED)),
    put_off_for_good: _sought(MEETING, *BUILT, *_stored("asked", "open a meeting")),
    reviews_are_forgotten: _sought(MEETING, *BUILT),
    reply_owed_a_day_early: _sought(MEETING, *BUILT),
    anything_is_taken_off: _sought(("settle an item",), ("settle an item", ALLOWED)),
    a_member_chairs: _sought(MEETING, *((name, ALLOWED) for name in MEETING if name != "tick who is there")),
    noted_is_an_answer: Sought(("reply",), frozenset({("reply", ALLOWED)}), legal=0),
    reversed_decisions_stand: _sought(
        ("follow up", "reply", "correct"), ("follow up", ALLOWED), ("reply", ALLOWED), ("correct", ALLOWED)
    ),
    reviewed_too_early: _sought(("look at a decision again",), ("look at a decision again", ALLOWED)),
    contested_without_end: _sought(
        ("contest", "second a contest"), ("contest", ALLOWED), ("second a contest", ALLOWED)
    ),
    contested_alone: _sought(("contest", "second a contest"), ("second a contest", "ck_contest_two_people_send_it")),
    content_with_what_is_contested: _sought(("contest", "be content"), ("contest", ALLOWED), ("be content", ALLOWED)),
    two_meetings_at_once: _sought(MEETING, ("open a meeting", ALLOWED)),
    older_decisions_count: _sought(OLDER, *((name, ALLOWED) for name in OLDER)),
    older_decisions_owe: _sought(MEETING, *BUILT),
    done_by_one: _sought(
        ("say it is done", "agree it is done"), ("agree it is done", "ck_action_a_second_person_agrees")
    ),
    done_without_a_word: _sought(("say it is done", "agree it is done"), ("agree it is done", ALLOWED)),
    anybody_moves_dates: _sought(("move a date",), ("move a date", ALLOWED)),
    turns_slip: _sought(
        ("give an action", "say it is done", "agree it is done"), *_stored("action", "agree it is done")
    ),
    the_next_turn_is_nobodys: _sought(("say it is done", "agree it is done"), *_stored("action", "agree it is done")),
    done_for_good: _sought(("say it is done", "agree it is done", "open again"), ("open again", REFUSED)),
    worries_are_passed_over: _sought(("open a vote", "settle a worry"), ("open a vote", ALLOWED)),
    one_worry_does_not_count: _sought(("open a vote", "all answer", "count"), *_stored("vote", "count")),
    the_room_is_not_heard: _sought(
        ("open a vote", "all answer", "count", "ask the room"), *_stored("asked", "ask the room")
    ),
    sent_without_a_reason: _sought(("send",), ("send", ALLOWED)),
    one_round_is_enough: Sought(("move of a pilot",), frozenset({("move of a pilot", ALLOWED)}), legal=0.2),
    pilots_go_their_own_way: _sought(("move of a pilot",), *_stored("asked", "move of a pilot")),
    studied_by_nobody: _sought(("begin a test", "finish a test", "act on a test"), ("act on a test", ALLOWED)),
    reviewed_while_it_runs: _sought(("begin a test", "move of a pilot"), ("move of a pilot", ALLOWED)),
    pausing_is_sitting: _sought(("move of a place", "tick who is there"), *_stored("here", "tick who is there")),
    nobody_is_checked: _sought(("move of a place",), *_stored("place", "move of a place")),
    others_answer_for_her: _sought(("move of a place",), ("move of a place", ALLOWED)),
}
"""Each with how it shows. A stub that breaks, or that differs elsewhere, has not been found."""
