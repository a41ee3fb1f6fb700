"""What a decision has to say, and who may take it (domain rules 22, 24)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Meeting, Verdict
from coprod.steering.rules.meetings import can_decide, item_on

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


TO_BE_DECIDED = frozenset({State.SUBMITTED, State.CONTESTED})
"""Where a recommendation waits for an answer: its first, or a new one."""


NEEDED = {
    Verdict.ACCEPT_WITH_CHANGES: ("changes", "Say what changes."),
    Verdict.REFER_BACK: ("question", "Write the question."),
    Verdict.DEFER: ("until", "Say when you look again."),
    Verdict.DECLINE: ("would_change", "Say what would change your answer."),
}


FUNDING = {"funding_board", "funding_ask"}
"""What is asked for money; only somebody who says yes asks."""


_BRUSH_OFF = re.compile(r"\bnoted\b|\btaken on board\b", re.IGNORECASE)


BRUSH_OFF = "“Noted” and “taken on board” are no answer. Say what you decided, and why."


def may_decide(person: Person, meeting: Meeting, recommendation: Recommendation) -> Answer:
    """A meeting decides on what was sent to its own table and waits for an answer."""
    here = recommendation.steering_id == meeting.workstream_id
    ours = YES if here else no("It was not sent to this steering group.")
    waiting = recommendation.state in TO_BE_DECIDED
    in_time = YES if waiting else no(f"It is {recommendation.state}, so it is not waiting for a decision.")
    return can_decide(person, meeting, item_on(meeting, recommendation)) & ours & in_time


def brushes_off(said: str) -> bool:
    """Answer whether these words only say that something was heard."""
    return bool(_BRUSH_OFF.search(said))


def faults(verdict: Verdict, said: Mapping[str, Any], today: date) -> dict[str, str]:
    """Answer what a decision still has to say: the field's name, and a sentence (domain rules 22, 24)."""
    found = {"reason": _reason_fault(said.get("reason") or "")}
    if verdict in NEEDED:
        name, sentence = NEEDED[verdict]
        given = said.get(name)
        found[name] = sentence if not given else BRUSH_OFF if brushes_off(str(given)) else ""
    if verdict in ACCEPTING:
        found |= _money_faults(said)
    for name in ("until", "review_on"):
        day = said.get(name)
        if day and day <= today and (name != "until" or verdict == Verdict.DEFER):
            found[name] = "Choose a day after today."
    return {name: sentence for name, sentence in found.items() if sentence}


def _money_faults(said: Mapping[str, Any]) -> dict[str, str]:
    """Whoever asks for money says which board, and for what."""
    board, ask = said.get("funding_board"), said.get("funding_ask")
    return {
        "funding_board": "Say which board you ask." if ask and not board else "",
        "funding_ask": "Say what you ask the board for." if board and not ask else "",
    }


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
    others |= set() if verdict in ACCEPTING else FUNDING
    kept = {name: value for name, value in said.items() if name not in others}
    return kept | {"wants_pilot": bool(said.get("wants_pilot")) and verdict in ACCEPTING}
