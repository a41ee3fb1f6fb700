"""Counting the box of a vote on paper: two people, each for herself, compared in memory (B16)."""

from sqlalchemy import delete

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.people.models import Person
from coprod.voting import queries, rules, sealing
from coprod.voting.models import PaperCount, Poll, Result
from coprod.voting.services.burning import key_folder
from coprod.voting.services.counting import LOST, write_result
from coprod.voting.services.moves import move


def count_paper(poll: Poll, piles: rules.Piles, *, by: Person) -> Result | None:
    """Take what one of two people counted; the first is sealed, and with the second, if both say the same, it counts.

    Where they differ both are forgotten and PilesDiffer is raised. Whoever catches it answers with another page, not
    with a refusal, so that the forgetting is kept.
    """
    lock(poll)
    if poll.result is not None:
        return poll.result
    require(rules.LIFECYCLE.may(by, "counted from the box", poll) & rules.piles_fit(poll, piles))
    first = queries.paper_count_of_another(poll, by)
    if first is None:
        _seal(poll, piles, by)
        return None
    require(rules.one_of_them_facilitates(poll, [first.person_id, by.id]))
    published = _compared(poll, piles, first)
    move(poll, "counted from the box", by=by)
    write_result(poll, published, by=by)
    return poll.result


def _seal(poll: Poll, piles: rules.Piles, by: Person) -> None:
    """Keep what this person counted till another has; who counts again puts it in the place of her first."""
    mine = PaperCount(poll_id=poll.id, person_id=by.id)
    mine.sealed = sealing.seal_words(poll.public_key or b"", poll.id, piles.form)
    db.session.merge(mine)
    db.session.flush()


def _compared(poll: Poll, piles: rules.Piles, first: PaperCount) -> rules.Published:
    try:
        same = sealing.open_words(key_folder(), poll.id, first.sealed) == piles.form
    except sealing.KeyLost:
        return LOST
    if not same:
        db.session.execute(delete(PaperCount).where(PaperCount.poll_id == poll.id))
        raise rules.PilesDiffer
    return rules.publish_piles(poll, piles)
