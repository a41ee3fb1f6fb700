"""Closing and counting, once: by hand or by the clock, and what follows from it (B5)."""

from collections.abc import Callable, Sequence
from random import SystemRandom
from uuid import UUID

from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.db import db, lock
from coprod.people.models import Person
from coprod.voting import queries, rules, sealing
from coprod.voting.models import Outcome, Poll, PollState, Result, ResultLine, Worry
from coprod.voting.rules import Published
from coprod.voting.services.burning import burn, key_folder
from coprod.voting.services.moves import move

Following = Callable[[Poll, Person | None], None]

LOST = Published(Outcome.NO_RESULT, rules.KEY_LOST)
_WHEN_COUNTED: list[Following] = []


def when_counted(follow: Following) -> Following:
    """Let a later feature follow once a result is written, or the room has answered; without a person it is the clock.

    The vote is held by then. Whatever the feature holds itself, it holds after the vote, everywhere: a vote that the
    clock counts and a vote that somebody counts by hand then never wait for each other.
    """
    _WHEN_COUNTED.append(follow)
    return follow


def tell_followers(poll: Poll, by: Person | None) -> None:
    """Let those follow who wanted to know."""
    db.session.flush()
    for follow in _WHEN_COUNTED:
        follow(poll, by)


def close(poll: Poll, *, by: Person) -> None:
    """Close a vote on paper, so that its box can be counted; done already is done."""
    lock(poll)
    require(rules.is_on_paper(poll))
    if poll.state != PollState.CLOSED:
        move(poll, "closed", by=by)


def close_and_count(poll: Poll, *, by: Person) -> Result:
    """Close the vote and count it once; a second call answers the stored result (B5)."""
    lock(poll)
    if poll.result is None:
        require(rules.is_online(poll))
        if poll.state == PollState.OPEN:
            move(poll, "closed", by=by)
        move(poll, "counted", by=by)
        write_result(poll, _count(poll), by=by)
    return poll.result  # type: ignore[return-value]  # it has just been written


def count_due() -> int:
    """Close by the clock what is past its time, and count it where people answered online; answer how many.

    A job of its own, and so it commits, each vote for itself: what goes wrong with one keeps no other waiting.
    """
    troubles: list[Exception] = []
    due = queries.past_their_time(now())
    for key in due:
        try:
            _close_by_the_clock(key)
            db.session.commit()
        except Exception as trouble:
            db.session.rollback()
            troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return len(due)


def _close_by_the_clock(key: UUID) -> None:
    """Look again once it is held: somebody may have closed it by hand."""
    poll = db.session.get_one(Poll, key)
    lock(poll)
    if poll.state != PollState.OPEN:
        return
    move(poll, "closed by the clock", by=None)
    if rules.is_online(poll):
        move(poll, "counted by the clock", by=None)
        write_result(poll, _count(poll), by=None)


def write_result(poll: Poll, published: Published, *, by: Person | None) -> None:
    """Write down what may be published, burn all else, and let others follow, in one transaction (B5)."""
    poll.counted_on = today()
    lost = _open_worries(poll)
    said = published.outcome, published.reason, published.lived, published.professionals
    poll.result = Result(**dict(zip(("outcome", "reason", "lived", "professionals"), said, strict=True)))
    poll.result.lost_worries = lost
    _write_lines(poll, published.lines)
    burn(poll)
    tell_followers(poll, by)


def _write_lines(poll: Poll, lines: Sequence[rules.Line]) -> None:
    db.session.add_all(
        ResultLine(
            poll_id=poll.id,
            number=line.number,
            rank=line.rank,
            standing=line.standing,
            reason=line.reason,
            lived=line.lived,
            professionals=line.professionals,
        )
        for line in lines
    )
    db.session.flush()
    for option in poll.options:
        db.session.expire(option, ["line"])


def _open_worries(poll: Poll) -> int:
    """Write the worries in an order that means nothing; answer how many could not be opened."""
    sealed = queries.sealed_worries(poll)
    words = sealing.open_all_words(key_folder(), poll.id, sealed)
    poll.worries = [Worry(words=said) for said in SystemRandom().sample(words, len(words))]
    return len(sealed) - len(words)


def _count(poll: Poll) -> Published:
    try:
        return rules.publish(poll, [_opened(poll, part) for part in queries.sealed_parts(poll)])
    except (sealing.KeyLost, rules.Spoiled):
        return LOST


def _opened(poll: Poll, envelopes: Sequence[bytes]) -> list[int]:
    return sealing.open_all(key_folder(), poll.id, envelopes)
