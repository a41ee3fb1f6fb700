"""What is sent to the steering group, under which label, and what exactly was sent: its words and its vote."""

from collections.abc import Mapping, Sequence

from coprod.people.models import Person
from coprod.recommendations.models import OpenQuestion, Recommendation, Round, State, Version
from coprod.recommendations.rules.texts import words_now, words_of
from coprod.recommendations.rules.who import is_member
from coprod.voting import rules as voting
from coprod.voting.models import PollState

NOBODY_YET = frozenset({"", "nobody", "nobody yet"})


def label_if_sent(recommendation: Recommendation) -> str:
    """Answer the result word it would be sent with: nothing where the group, parents and carers too, agreed on it."""
    if recommendation.state != State.AGREED:
        return str(recommendation.state)
    held = last_round(recommendation)
    if held is None or voting.asks_parents(held.poll):
        return ""
    return f"agreed by {held.poll.rule} of the whole group"


def wants_a_presenter(recommendation: Recommendation) -> bool:
    """Answer whether nobody presents it yet, so that a parent may be asked."""
    return recommendation.presenter.strip().strip(".").lower() in NOBODY_YET


def priorities_in(words: Mapping[str, str], recommendation: Recommendation) -> list[str]:
    """List the priorities a version names, with their wording where it still comes from them."""
    known = {str(priority.number): priority.wording for priority in recommendation.priorities}
    numbers = [number for number in words.get("priorities", "").split(", ") if number]
    return [f"{number}. {known[number]}" if number in known else f"Priority {number}" for number in numbers]


def version_sent(recommendation: Recommendation) -> Version | None:
    """Answer the version that was sent; of what was sent before its number was kept, the last one of that day."""
    if recommendation.submitted_on is None:
        return None
    sent_on, number = recommendation.submitted_on, recommendation.sent_version
    sent = [one for one in recommendation.versions if one.number == number or (number is None and one.on <= sent_on)]
    return sent[-1] if sent else None


def round_sent(recommendation: Recommendation) -> Round | None:
    """Answer the vote whose result went with it: the last that was counted by the day it was sent."""
    if recommendation.submitted_on is None:
        return None
    sent_on = recommendation.submitted_on
    return _last([held for held in rounds_counted(recommendation) if (held.poll.counted_on or sent_on) <= sent_on])


def last_round(recommendation: Recommendation) -> Round | None:
    """Answer the last vote that was counted."""
    return _last(rounds_counted(recommendation))


def rounds_counted(recommendation: Recommendation) -> list[Round]:
    """List the votes that have a result."""
    return [held for held in recommendation.rounds if held.poll.state != PollState.VOID and held.poll.result]


def _last(rounds: list[Round]) -> Round | None:
    return rounds[-1] if rounds else None


def words_sent(recommendation: Recommendation) -> dict[str, str]:
    """Answer the texts that were sent; while nothing was, those that are written now."""
    sent = version_sent(recommendation)
    return words_of(sent) if sent else words_now(recommendation)


def words_for(person: Person, recommendation: Recommendation) -> dict[str, str]:
    """Answer the texts this reader reads: its table what is written now, everybody else what was sent."""
    return words_now(recommendation) if is_member(person, recommendation) else words_sent(recommendation)


def rounds_for(person: Person, recommendation: Recommendation) -> Sequence[Round]:
    """List the votes this reader is told of: everybody but its table those that were counted when it was sent."""
    if is_member(person, recommendation):
        return recommendation.rounds
    sent = round_sent(recommendation)
    return [held for held in rounds_counted(recommendation) if sent and held.number <= sent.number]


def questions_sent(recommendation: Recommendation, questions: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """List those of these questions that went along with it; while nothing was sent, all of them."""
    sent_on = recommendation.submitted_on
    return [question for question in questions if sent_on is None or question.on <= sent_on]
