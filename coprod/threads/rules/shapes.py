"""The shapes that evidence, votes, decisions and actions have on a thread."""

from collections.abc import Sequence

from coprod.actions.models import Action, ActionState
from coprod.drawings.thread import Decided, Evidence, Round
from coprod.evidence.models import EvidenceKind
from coprod.recommendations.models import Recommendation, State
from coprod.recommendations.models import Round as Held
from coprod.recommendations.rules import still_stands
from coprod.steering.models import Verdict
from coprod.voting.models import Outcome, PollState

DECIDED = {
    Verdict.ACCEPT: Decided.YES,
    Verdict.ACCEPT_WITH_CHANGES: Decided.WITH_CHANGES,
    Verdict.DEFER: Decided.NOT_NOW,
    Verdict.DECLINE: Decided.NO,
    Verdict.REFER_BACK: Decided.REFERRED_BACK,
}
DRAWN_AS = {
    EvidenceKind.LOCAL_DATA: Evidence.DATA,
    EvidenceKind.RESEARCH: Evidence.DATA,
    EvidenceKind.PRACTICE_HERE: Evidence.DATA,
    EvidenceKind.PRACTICE_ELSEWHERE: Evidence.ELSEWHERE,
    EvidenceKind.TESTIMONY: Evidence.STORIES,
}
"""The shape each kind of evidence has on the thread."""


def evidence_of(asked: Recommendation) -> tuple[Evidence, ...]:
    """List the kinds of evidence it has: written in its own words, or linked and still standing."""
    linked = {DRAWN_AS[link.evidence.kind] for link in asked.evidence if still_stands(link.evidence)}
    written = (
        (Evidence.DATA, asked.data),
        (Evidence.ELSEWHERE, asked.practice_elsewhere),
        (Evidence.STORIES, asked.stories),
    )
    return tuple(kind for kind, words in written if words or kind in linked)


def rounds_of(asked: Recommendation) -> list[Held]:
    """List its votes, but for those that were given up before anything was counted."""
    return [held for held in asked.rounds if held.poll.state != PollState.VOID]


def round_of(held: Held, asked: Recommendation) -> Round:
    """Answer how a vote is drawn: open, agreed or not agreed."""
    poll = held.poll
    if poll.result is None or (poll.result.outcome == Outcome.ASK_THE_ROOM and poll.state == PollState.COUNTED):
        return Round.OPEN
    if poll.result.outcome == Outcome.ASK_THE_ROOM:
        return Round.AGREED if _the_room_agreed(held, asked) else Round.NOT_AGREED
    return Round.AGREED if poll.result.outcome == Outcome.AGREED else Round.NOT_AGREED


def _the_room_agreed(held: Held, asked: Recommendation) -> bool:
    """Answer from what came after: anything but agreement is talked about again, voted on again or sent as it is."""
    is_last = held is rounds_of(asked)[-1]
    return is_last and asked.state != State.NEEDS_TALK and not asked.submitted_as


def kept_up(actions: Sequence[Action]) -> list[Action]:
    """List the actions that were not cancelled."""
    return [action for action in actions if action.state != ActionState.CANCELLED]
