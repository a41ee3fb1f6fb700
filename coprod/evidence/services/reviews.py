"""A rapid review of evidence: one question, where was looked, what was found, what of it is used and why."""

from datetime import date

from sqlalchemy import select

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.evidence import rules
from coprod.evidence.models import Evidence, EvidenceKind, Find, Review, Search
from coprod.evidence.services.library import add
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def begin_review(stream: Workstream, question: str, *, by: Person) -> Review:
    """Begin to look for what is known on one question."""
    require(rules.may_add(by, stream))
    review = Review(workstream=stream, question=question, begun_on=today())
    db.session.add(review)
    db.session.flush()
    record(by, "begun", review)
    return review


def _hold(review: Review) -> None:
    """Hold it until the transaction ends, freshly read, with all that was found."""
    lock(review)
    found = select(Find).where(Find.review_id == review.id).order_by(Find.number)
    db.session.scalars(found.execution_options(populate_existing=True)).all()


def add_search(review: Review, where: str, words: str, found: int, on: date, *, by: Person) -> Search:
    """Write down one place that was searched, with which words, and how much came up."""
    lock(review)
    require(rules.may_look(by, review))
    if on > today():
        require(no("That day is still to come."))
    number = next_number(Search.number, Search.review_id == review.id)
    search = Search(review=review, number=number, where=where, words=words, found=found, on=on)
    db.session.add(search)
    db.session.flush()
    return search


def add_find(review: Review, title: str, source: str = "", *, by: Person) -> Find:
    """Write down one thing that came up, to be looked at."""
    lock(review)
    require(rules.may_look(by, review))
    number = next_number(Find.number, Find.review_id == review.id)
    find = Find(review=review, number=number, title=title, source=source)
    db.session.add(find)
    db.session.flush()
    return find


def include(
    find: Find,
    why: str,
    kind: EvidenceKind,
    says: str,
    *,
    by: Person,
    source: str = "",
    period: str = "",
    address: str = "",
) -> Evidence:
    """Use it, and say why: it becomes part of the group's library; a testimony is given, never found."""
    _sift(find, "included", why, by)
    if kind == EvidenceKind.TESTIMONY:
        require(no("A testimony is given by somebody. It cannot be found."))
    stream, where = find.review.workstream, source or find.source
    find.evidence = add(stream, kind, find.title, says, by=by, source=where, period=period, address=address)
    db.session.flush()
    return find.evidence


def leave_out(find: Find, why: str, *, by: Person) -> None:
    """Leave it out, and say why."""
    _sift(find, "left out", why, by)


def put_back(find: Find, *, by: Person) -> None:
    """Look at something again that was left out; why it was stays there to read until it is sifted anew."""
    _hold(find.review)
    rules.EVIDENCE_FIND.make(by, "put back", find)
    db.session.flush()


def _sift(find: Find, name: str, why: str, by: Person) -> None:
    _hold(find.review)
    find.why = why
    rules.EVIDENCE_FIND.make(by, name, find)


def conclude(review: Review, conclusion: str, *, by: Person) -> None:
    """Say in plain words what was found out; from then on the review stays as it is."""
    _hold(review)
    review.conclusion = conclusion
    before, after = rules.EVIDENCE_REVIEW.make(by, "concluded", review)
    review.concluded_on = today()
    record(by, "concluded", review, before=before, after=after)
    db.session.flush()
