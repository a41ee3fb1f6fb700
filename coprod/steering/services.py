"""Everything that changes a meeting, a decision or a reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Required, TypedDict, Unpack

from coprod.actions.models import Action
from coprod.actions.services import open_action
from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation
from coprod.recommendations.rules import DECIDED
from coprod.steering import queries, rules
from coprod.steering.models import Decision, Meeting, Presence, Reply, Verdict
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.rules import is_chair, seated


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
    review_on: date | None


@dataclass(frozen=True)
class FirstAction:
    """What somebody does first because of a decision, and by when."""

    what: str
    owner: Person
    due: date


def plan_meeting(steering: Workstream, on: date, starts_at: time, place: str = "", *, by: Person) -> Meeting:
    """Set a day for the steering group to meet."""
    require(is_chair(by, steering))
    lock(steering)
    if queries.is_planned(steering, on):
        require(no("There is a meeting on that day already."))
    meeting = Meeting(workstream=steering, on=on, starts_at=starts_at, place=place)
    db.session.add(meeting)
    db.session.flush()
    record(by, "planned", meeting)
    return meeting


def open_meeting(meeting: Meeting, *, by: Person) -> None:
    """Begin; what was put off until this month is waiting for an answer again (domain rule 24)."""
    _move(meeting, "opened", by=by)
    for decision in queries.put_off_until(meeting.workstream, rules.end_of_month(meeting.on)):
        lock(decision.recommendation)
        recommendations.move(decision.recommendation, "brought back", by=by)


def close_meeting(meeting: Meeting, *, by: Person) -> None:
    """End it; nothing more is decided in it."""
    _move(meeting, "closed", by=by)


def _move(meeting: Meeting, name: str, *, by: Person) -> None:
    lock(meeting)
    before, after = rules.MEETINGS.make(by, name, meeting)
    record(by, name, meeting, before=before, after=after)


def _hold(meeting: Meeting) -> None:
    """Let nobody come or go until this is written, and look again at who is in the room."""
    lock(meeting)
    db.session.refresh(meeting, ["present"])


def tick(meeting: Meeting, here: Sequence[Membership], *, by: Person) -> None:
    """Say who is in the room now; why somebody is not is never asked (domain rule 20)."""
    _hold(meeting)
    require(rules.may_tick(by, meeting))
    wanted = {held.id for held in here}
    kept = [presence for presence in meeting.present if presence.membership_id in wanted]
    known = {presence.membership_id for presence in kept}
    for gone in set(meeting.present) - set(kept):
        db.session.delete(gone)
    come = [held for held in seated(meeting.workstream) if held.id in wanted - known]
    meeting.present = [*kept, *(Presence(membership=held) for held in come)]
    db.session.flush()
    record(by, "ticked who is there", meeting)


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
    _hold(meeting)
    lock(recommendation)
    require(rules.may_decide(by, meeting, recommendation))
    decision = _write(meeting, recommendation, verdict, said, by=by)
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
    _hold(meeting)
    lock(decision)
    lock(decision.recommendation)
    require(rules.may_correct(by, meeting, decision))
    if verdict != decision.verdict:
        recommendations.move(decision.recommendation, "decided again", by=by)
        recommendations.move(decision.recommendation, rules.MOVES[verdict], by=by)
    later = _write(meeting, decision.recommendation, verdict, said, by=by, corrects=decision)
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
    lock(meeting.workstream)
    room = rules.quorum(meeting)
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
    lock(decision)
    require(rules.may_follow_up(by, decision))
    return _give(decision, more, by=by)


def review(decision: Decision, *, by: Person) -> None:
    """Say that the group has looked at a decision again, and that it stands."""
    lock(decision)
    require(rules.may_review(by, decision, today()))
    before, after = rules.DECISIONS.make(by, "reviewed", decision)
    record(by, "reviewed", decision, before=before, after=after)


def send_reply(decision: Decision, words: str, *, by: Person) -> Reply:
    """Tell the people who asked what came of it (domain rule 23); a question sent back moves no further by this."""
    lock(decision)
    lock(decision.recommendation)
    require(rules.may_reply(by, decision) & rules.says_something(words))
    reply = Reply(decision=decision, words=words, sent_on=today(), by_id=by.id)
    db.session.add(reply)
    db.session.flush()
    record(by, "replied", decision)
    if decision.recommendation.state in DECIDED:
        recommendations.move(decision.recommendation, "replied", by=by)
    return reply
