"""Quorum, what a decision has to say, who may take it, and when the group has to hear (domain rules 22 to 24, 26)."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coprod.actions.rules import SOON, Status, leads
from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, DecisionState, Meeting, MeetingState, Verdict
from coprod.workstreams.rules import is_chair, on_side, seated

LIVED_NEEDED = 2
WORKING_DAYS_TO_REPLY = 10
MOST_WORDS = 60

IN_WORDS = {
    Verdict.ACCEPT: "Yes",
    Verdict.ACCEPT_WITH_CHANGES: "Yes, with changes",
    Verdict.REFER_BACK: "Back with a question",
    Verdict.DEFER: "Not now",
    Verdict.DECLINE: "No",
}
MOVES = {
    Verdict.ACCEPT: "accepted",
    Verdict.ACCEPT_WITH_CHANGES: "accepted with changes",
    Verdict.REFER_BACK: "referred back",
    Verdict.DEFER: "deferred",
    Verdict.DECLINE: "declined",
}
ACCEPTING = {Verdict.ACCEPT, Verdict.ACCEPT_WITH_CHANGES}
NEEDED = {
    Verdict.ACCEPT_WITH_CHANGES: ("changes", "Say what changes."),
    Verdict.REFER_BACK: ("question", "Write the question."),
    Verdict.DEFER: ("until", "Say when you look again."),
    Verdict.DECLINE: ("would_change", "Say what would change your answer."),
}
_BRUSH_OFF = re.compile(r"\bnoted\b|\btaken on board\b", re.IGNORECASE)
BRUSH_OFF = "“Noted” and “taken on board” are no answer. Say what you decided, and why."


@dataclass(frozen=True)
class Quorum:
    """Who is in the room, of how many: half the members, two of them with lived experience (domain rule 22)."""

    members: int
    present: int
    lived: int

    @property
    def needed(self) -> int:
        """Answer how many people are half."""
        return (self.members + 1) // 2

    @property
    def others(self) -> int:
        """Answer how many are here who are not here for their lived experience."""
        return self.present - self.lived

    @property
    def absent(self) -> int:
        """Answer how many places are empty."""
        return self.members - self.present

    @property
    def answer(self) -> Answer:
        """Answer whether these people can decide."""
        if self.present < self.needed:
            return no(f"{self.present} of {self.members} are here. {self.needed} are needed to decide.")
        if self.lived < LIVED_NEEDED:
            return no(f"{self.lived} with lived experience here. {LIVED_NEEDED} are needed to decide.")
        return YES

    @property
    def words(self) -> str:
        """Say it, the answer first."""
        return "This meeting can decide" if self.answer else "This meeting cannot decide yet"

    @property
    def detail(self) -> str:
        """Say how that comes about."""
        have = "has" if self.lived == 1 else "have"
        here = f"{self.present} of {self.members} are here; half is {self.needed}."
        return f"{here} {self.lived} {have} lived experience; {LIVED_NEEDED} are needed."


def quorum(meeting: Meeting) -> Quorum:
    """Count who is here now of those who sit at the table now."""
    members = seated(meeting.workstream)
    here = {presence.membership_id for presence in meeting.present}
    present = [held for held in members if held.id in here]
    return Quorum(len(members), len(present), len(on_side(present, Side.LIVED)))


def _chair_of(person: Person, meeting: Meeting) -> Answer:
    return is_chair(person, meeting.workstream)


MEETINGS = Lifecycle[Meeting](
    [
        Move("opened", frozenset({MeetingState.PLANNED}), MeetingState.OPEN, _chair_of, "Open the meeting"),
        Move("closed", frozenset({MeetingState.OPEN}), MeetingState.CLOSED, _chair_of, "Close the meeting"),
    ]
)


def _chair_at(person: Person, decision: Decision) -> Answer:
    return is_chair(person, decision.meeting.workstream)


DECISIONS = Lifecycle[Decision](
    [
        Move(
            "reviewed",
            frozenset({DecisionState.RECORDED}),
            DecisionState.REVIEWED,
            _chair_at,
            "We have looked at it again",
        ),
        Move(
            "reversed", frozenset({DecisionState.RECORDED, DecisionState.REVIEWED}), DecisionState.REVERSED, _chair_at
        ),
    ]
)


def may_tick(person: Person, meeting: Meeting) -> Answer:
    """The chair or a facilitator says who is in the room, until the meeting is closed."""
    over = no("The meeting is closed.") if meeting.state == MeetingState.CLOSED else YES
    return leads(person, meeting.workstream) & over


def can_decide(person: Person, meeting: Meeting) -> Answer:
    """The chair may record a decision of an open meeting with enough people in the room."""
    is_open = YES if meeting.state == MeetingState.OPEN else no(f"The meeting is {meeting.state}. Open it first.")
    if meeting.state == MeetingState.CLOSED:
        is_open = no("The meeting is closed, so nothing more can be decided in it.")
    return _chair_of(person, meeting) & is_open & quorum(meeting).answer


def may_decide(person: Person, meeting: Meeting, recommendation: Recommendation) -> Answer:
    """A meeting decides on what was sent to its own table and waits for an answer."""
    here = recommendation.steering_id == meeting.workstream_id
    ours = YES if here else no("It was not sent to this steering group.")
    waiting = recommendation.state == State.SUBMITTED
    in_time = YES if waiting else no(f"It is {recommendation.state}, so it is not waiting for a decision.")
    return can_decide(person, meeting) & ours & in_time


def may_correct(person: Person, meeting: Meeting, decision: Decision) -> Answer:
    """A decision that stands may be corrected by a new one beside it, at a meeting that can decide."""
    ours = decision.meeting.workstream_id == meeting.workstream_id
    return can_decide(person, meeting) & (YES if ours else no("It was decided at another table.")) & _stands(decision)


def _stands(decision: Decision) -> Answer:
    return no("A later decision stands in its place.") if decision.state == DecisionState.REVERSED else YES


def may_review(person: Person, decision: Decision, today: date) -> Answer:
    """The chair says that a decision was looked at again, not before the day set for it."""
    when = decision.review_on
    early = no(f"It is looked at again on {words.long_date(when)}.") if when and today < when else YES
    return DECISIONS.may(person, "reviewed", decision) & early


def may_reply(person: Person, decision: Decision) -> Answer:
    """The chair tells the group, once, what came of a decision that stands."""
    first = no("The group has been told.") if decision.reply else YES
    return _chair_at(person, decision) & _stands(decision) & first


def may_follow_up(person: Person, decision: Decision) -> Answer:
    """The chair may give out more to do, while the decision stands."""
    return _chair_at(person, decision) & _stands(decision)


def brushes_off(said: str) -> bool:
    """Answer whether these words only say that something was heard."""
    return bool(_BRUSH_OFF.search(said))


def says_something(reply: str) -> Answer:
    """A reply says what came of it, not only that it was heard."""
    if not reply:
        return no("Write what you tell the group.")
    return no(BRUSH_OFF) if brushes_off(reply) else YES


def faults(verdict: Verdict, said: Mapping[str, Any], today: date) -> dict[str, str]:
    """Answer what a decision still has to say: the field's name, and a sentence (domain rules 22, 24)."""
    found = {"reason": _reason_fault(said.get("reason") or "")}
    if verdict in NEEDED:
        name, sentence = NEEDED[verdict]
        given = said.get(name)
        found[name] = sentence if not given else BRUSH_OFF if brushes_off(str(given)) else ""
    for name in ("until", "review_on"):
        day = said.get(name)
        if day and day <= today and (name != "until" or verdict == Verdict.DEFER):
            found[name] = "Choose a day after today."
    return {name: sentence for name, sentence in found.items() if sentence}


def _reason_fault(reason: str) -> str:
    if not reason:
        return "Say why, in plain words."
    if words.count(reason) > MOST_WORDS:
        return f"Use {MOST_WORDS} words at most. This has {words.count(reason)}."
    return BRUSH_OFF if brushes_off(reason) else ""


def says_enough(verdict: Verdict, said: Mapping[str, Any], today: date) -> Answer:
    """Answer whether a decision says everything it has to."""
    first = next(iter(faults(verdict, said, today).values()), "")
    return no(first) if first else YES


def what_belongs(verdict: Verdict, said: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was typed for another answer: the changes belong to yes with changes, the date to not now."""
    own = NEEDED[verdict][0] if verdict in NEEDED else ""
    others = {name for name, _ in NEEDED.values()} - {own}
    kept = {name: value for name, value in said.items() if name not in others}
    return kept | {"wants_pilot": bool(said.get("wants_pilot")) and verdict in ACCEPTING}


def reply_due(decided_on: date, holidays: Iterable[Holiday]) -> date:
    """Answer by when the group has to hear: ten working days after the decision (domain rule 23)."""
    return add_working_days(decided_on, WORKING_DAYS_TO_REPLY, holidays)


def reply_status(due: date, today: date) -> Status:
    """Answer how an unsent reply stands: late from the day after it was due."""
    if due < today:
        return Status.LATE
    return Status.DUE_SOON if due - today <= SOON else Status.ON_TRACK


def end_of_month(day: date) -> date:
    """Answer the last day of this day's month: what is put off until a day in it is on that month's list."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def draft_reply(decision: Decision) -> str:
    """Begin the reply in the members' own words: what they asked, the answer, why, what happens next."""
    asked = decision.recommendation
    parts = [f"You asked: {asked.said or asked.title}", f"We say: {IN_WORDS[decision.verdict]}."]
    parts += [f"{label}: {said}" for label, said in _more(decision) if said]
    parts += [
        f"What happens next: {action.what}. {action.owner.alias} does this by {words.long_date(action.due)}."
        for action in decision.actions
    ]
    return "\n\n".join(parts)


def _more(decision: Decision) -> list[tuple[str, str]]:
    again = f"{words.long_date(decision.until)}" if decision.until else ""
    return [
        ("What changes", decision.changes),
        ("Our question to you", decision.question),
        ("We look at it again on", again),
        ("Because", decision.reason),
        ("What would change our answer", decision.would_change),
    ]
