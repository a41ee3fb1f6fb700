"""What the group does once there is a result, or instead of one: the room, ties, another view, hands, worries, void."""

from collections.abc import Collection

from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.voting import rules
from coprod.voting.models import Outcome, Poll, Result, Standing, Worry
from coprod.voting.services.burning import burn
from coprod.voting.services.counting import tell_followers
from coprod.voting.services.moves import move
from coprod.workstreams.rules import is_facilitator

NOT_BY_HAND = "A show of hands cannot end like this here."


def record_hands(poll: Poll, outcome: Outcome, *, by: Person) -> Result:
    """Write down what the group answered by a show of hands: its answer, and no number (domain rule 5)."""
    lock(poll)
    move(poll, "recorded as the group's", by=by)
    if outcome not in rules.by_hand(poll):
        raise Refused(NOT_BY_HAND)
    poll.opened_on = poll.counted_on = today()
    poll.public_key = b""
    poll.result = Result(outcome=outcome, reason=rules.reason_by_hand(outcome))
    tell_followers(poll, by)
    return poll.result


def record_room_answer(poll: Poll, said: bool | None, *, by: Person) -> None:
    """Write down, as one, what those with lived experience answered in the room; None: nobody was there, ask again."""
    lock(poll)
    require(rules.may_write_down_the_room(by, poll))
    result = _result_of(poll)
    result.room_said_yes, result.asked_on = said, today()
    if said is None:
        record(by, "asked, and nobody was there", poll)
        return
    move(poll, "asked in the room", by=by)
    tell_followers(poll, by)


def settle_tie(poll: Poll, chosen: Collection[int], *, by: Person) -> None:
    """Write down which of the tied things the group chose by talking."""
    lock(poll)
    require(rules.may_settle(by, poll, chosen))
    for line in [option.line for option in rules.tied(poll) if option.line]:
        line.standing = Standing.CHOSEN if line.number in chosen else Standing.NOT_CHOSEN
        line.reason, line.is_settled = rules.settled(line.reason, line.standing), True
    record(by, "settled a tie", poll)


def write_minority_view(poll: Poll, words: str, *, by: Person, read: str | None = None) -> None:
    """Write down what those who were not for it want to be read wherever the result is read; no words take it back.

    `read` is what stood there when she began; if somebody else has written meanwhile, nothing is lost (R4).
    """
    lock(poll)
    require(rules.may_write_minority_view(by, poll, words))
    if read is not None and _result_of(poll).minority_view != read:
        raise Overtaken
    _result_of(poll).minority_view = words.strip()
    record(by, "wrote the minority view", poll)


def _result_of(poll: Poll) -> Result:
    if poll.result is None:
        raise NoResultFound
    return poll.result


def void(poll: Poll, *, by: Person) -> None:
    """Give a vote up before it is counted: its envelopes and its key go, and nobody ever knows what was in them."""
    lock(poll)
    move(poll, "voided", by=by)
    burn(poll)


def move_worry(worry: Worry, name: str, answer: str, *, by: Person) -> None:
    """Say that a worry was talked about, answered or carried forward; what somebody else wrote meanwhile stays (R4)."""
    lock(worry)
    require(is_facilitator(by, worry.poll.workstream))
    if rules.is_settled(worry) and answer not in ("", worry.answer):
        raise Overtaken
    worry.answer = answer or worry.answer
    before, after = rules.WORRIES.make(by, name, worry)
    record(by, name, worry, before=before, after=after)
