"""Taking a decision, correcting one, and giving somebody something to do because of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Required, TypedDict, Unpack

from coprod.actions.models import Action
from coprod.actions.services import open_action
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation, State
from coprod.steering import rules
from coprod.steering.models import Decision, Meeting, Verdict
from coprod.steering.services import agenda
from coprod.steering.services.holding import hold, hold_decision, is_last


class Words(TypedDict, total=False):
    """What a decision says."""

    reason: Required[str]
    options: str
    changes: str
    question: str
    until: date | None
    would_change: str
    dissent: str
    wants_pilot: bool
    funding_board: str
    funding_ask: str
    review_on: date | None


@dataclass(frozen=True)
class FirstAction:
    """What somebody does first because of a decision, and by when."""

    what: str
    owner: Person
    due: date


def decide(
    meeting: Meeting,
    recommendation: Recommendation,
    verdict: Verdict,
    *,
    by: Person,
    first_action: FirstAction | None = None,
    **said: Unpack[Words],
) -> Decision:
    """Answer a recommendation for good, with the reason; the reply clock starts (domain rules 22 to 24)."""
    hold(meeting)
    lock(recommendation)
    require(rules.may_decide(by, meeting, recommendation))
    decision = _write(meeting, recommendation, verdict, said, by=by)
    agenda.close_item(meeting, decision, by=by)
    if recommendation.state == State.CONTESTED:  # sent while this meeting went on, and put on its agenda by hand
        recommendations.move(recommendation, "brought back", by=by)
    recommendations.move(recommendation, rules.MOVES[verdict], by=by)
    record(by, "decided", decision)
    _begin(decision, first_action, by=by)
    return decision


def correct(
    decision: Decision,
    meeting: Meeting,
    verdict: Verdict,
    *,
    by: Person,
    first_action: FirstAction | None = None,
    **said: Unpack[Words],
) -> Decision:
    """Put a new decision in the place of one that was wrong; both stay, linked (domain rule 26)."""
    hold(meeting)
    lock(decision)
    lock(decision.recommendation)
    require(rules.may_correct(by, meeting, decision) & is_last(decision))
    if verdict != decision.verdict:
        recommendations.move(decision.recommendation, "decided again", by=by)
        recommendations.move(decision.recommendation, rules.MOVES[verdict], by=by)
    later = _write(meeting, decision.recommendation, verdict, said, by=by, corrects=decision)
    agenda.close_correction(meeting, decision, later, by=by)
    before, after = rules.DECISIONS.make(by, "reversed", decision)
    record(by, "reversed", decision, before=before, after=after)
    record(by, "decided", later)
    _begin(later, first_action, by=by)
    return later


def _write(
    meeting: Meeting,
    recommendation: Recommendation,
    verdict: Verdict,
    said: Words,
    *,
    by: Person,
    corrects: Decision | None = None,
) -> Decision:
    words: dict[str, Any] = rules.what_belongs(verdict, said)
    require(rules.says_enough(verdict, words, today()))
    item = rules.item_to_correct_at(meeting, corrects) if corrects else rules.item_on(meeting, recommendation)
    room = rules.quorum(meeting, item)
    decision = Decision(
        number=next_number(Decision.number),
        meeting=meeting,
        recommendation=recommendation,
        verdict=verdict,
        on=today(),
        recorded_by=by,
        members=room.members,
        members_present=room.present,
        lived_present=room.lived,
        corrects=corrects,
        takers=rules.staying(meeting, item),
        **words,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _begin(decision: Decision, first: FirstAction | None, *, by: Person) -> None:
    if first is not None:
        _give(decision, first, by=by)


def _give(decision: Decision, more: FirstAction, *, by: Person) -> Action:
    table, asked = decision.meeting.workstream, decision.recommendation
    action = open_action(table, more.what, more.owner, more.due, by=by, recommendation=asked)
    decision.actions.append(action)
    db.session.flush()
    return action


def follow_up(decision: Decision, more: FirstAction, *, by: Person) -> Action:
    """Give somebody one more thing to do because of a decision."""
    hold_decision(decision)
    require(rules.may_follow_up(by, decision))
    return _give(decision, more, by=by)
