"""What exactly was sent to the steering group: the version, its words and the vote it rests on."""

from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, Round, Version
from coprod.recommendations.rules.texts import words_now
from coprod.recommendations.rules.who import is_member
from coprod.voting.models import PollState


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


def words_for(person: Person, recommendation: Recommendation) -> dict[str, str]:
    """Answer the texts this reader reads: its table what is written now, everybody else what was sent."""
    sent = version_sent(recommendation)
    return words_now(recommendation) if sent is None or is_member(person, recommendation) else dict(sent.words)
