"""Finding what groups know: who is asking, and for whom a testimony was given, decide what is found (P1)."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.agreements.queries import sat_at_by
from coprod.core.clock import today
from coprod.core.db import db
from coprod.evidence.models import (
    Audience,
    Evidence,
    EvidenceKind,
    Find,
    Review,
    Testimony,
    TestimonyState,
)
from coprod.files import queries as files
from coprod.people.models import Person
from coprod.workstreams.models import Kind, Membership, Workstream

Lending = Callable[[Person], Select[UUID]]
Leaning = Callable[[Evidence], bool]
Keeping = Callable[[], Select[UUID]]
_LENDING: list[Lending] = []
_LEANING: list[Leaning] = []
_KEEPING: list[Keeping] = []


def lends(lending: Lending) -> Lending:
    """Let a later feature show evidence outside its group: the keys of what this person may read through it.

    A testimony goes by whom it was given to, whatever is lent.
    """
    _LENDING.append(lending)
    return lending


def leans(leaning: Leaning) -> Leaning:
    """Let a later feature say that something of its own leans on a piece of evidence, so that it is not deleted."""
    _LEANING.append(leaning)
    return leaning


def is_linked(evidence: Evidence) -> bool:
    """Answer whether a review or a later feature leans on it."""
    found = db.session.scalar(select(exists().where(Find.evidence_id == evidence.id)))
    return bool(found) or any(leaning(evidence) for leaning in _LEANING)


def keeps_in(keeping: Keeping) -> Keeping:
    """Let a later feature keep testimonies inside their group, whoever they are for: the keys of their evidence."""
    _KEEPING.append(keeping)
    return keeping


def _is_kept_in() -> ColumnElement[bool]:
    return or_(false(), *(Evidence.id.in_(keeping()) for keeping in _KEEPING))


def kept_in(keys: Collection[UUID]) -> set[UUID]:
    """Answer which of these pieces of evidence stay inside their group for now, whomever they were given to."""
    found = select(Evidence.id).where(Evidence.id.in_(keys), _is_kept_in())
    return set(db.session.scalars(found.order_by(Evidence.id))) if keys and _KEEPING else set()


# --- Who may read what.


def _may_read(person: Person, day: date) -> ColumnElement[bool]:
    shown = or_(
        Testimony.state == TestimonyState.WITHDRAWN,
        and_(Testimony.state == TestimonyState.GIVEN, or_(Testimony.until.is_(None), Testimony.until >= day)),
    )
    here = Evidence.workstream_id.in_(sat_at_by(person))
    lent = or_(false(), *(Evidence.id.in_(lending(person)) for lending in _LENDING))
    return or_(
        and_(Evidence.kind != EvidenceKind.TESTIMONY, or_(here, lent)),
        and_(shown, or_(here, and_(_is_for(person), ~_is_kept_in()))),
        and_(Testimony.person_id == person.id, Testimony.state == TestimonyState.GIVEN),
    )


def _is_for(person: Person) -> ColumnElement[bool]:
    steering = aliased(Workstream)
    steers = exists().where(
        steering.id.in_(sat_at_by(person)),
        steering.kind == Kind.STEERING,
        steering.programme_id == Workstream.programme_id,
    )
    return or_(
        and_(Testimony.audience == Audience.STEERING, steers),
        and_(Testimony.audience == Audience.PARTNERSHIP, sat_at_by(person).exists()),
    )


def keys_for(person: Person, day: date) -> Select[UUID]:
    """Select the keys of everything this person may read on this day."""
    return (
        select(Evidence.id)
        .join(Workstream, Workstream.id == Evidence.workstream_id)
        .outerjoin(Testimony, Testimony.evidence_id == Evidence.id)
        .where(_may_read(person, day))
    )


def _whole() -> Select[Evidence]:
    return select(Evidence).options(
        joinedload(Evidence.testimony),
        joinedload(Evidence.file),
        joinedload(Evidence.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
    )


_ORDER = (Evidence.kind, Evidence.title, Evidence.id)


def _seen_by(person: Person) -> Select[Evidence]:
    return _whole().where(Evidence.id.in_(keys_for(person, today())))


def seen_by(person: Person) -> Sequence[Evidence]:
    """List everything this person may read today, in whatever group; a testimony that ended is not in it."""
    return db.session.scalars(_seen_by(person).order_by(*_ORDER)).all()


def one_seen_by(person: Person, key: UUID) -> Evidence:
    """Find one piece of evidence, if this person may read it today; one that was withdrawn says that it was."""
    return db.session.scalars(_seen_by(person).where(Evidence.id == key)).one()


def library_seen_by(person: Person, stream: Workstream, kind: EvidenceKind | None = None) -> Sequence[Evidence]:
    """List a group's library as this person may read it, of one kind where one is asked for."""
    wanted = _seen_by(person).where(Evidence.workstream_id == stream.id)
    if kind is not None:
        wanted = wanted.where(Evidence.kind == kind)
    return db.session.scalars(wanted.order_by(*_ORDER)).all()


def for_group(stream: Workstream) -> Sequence[Evidence]:
    """List what a group may lean on today: its library, without testimonies that were withdrawn or have ended."""
    can_be_read = or_(
        Evidence.kind != EvidenceKind.TESTIMONY,
        and_(Testimony.state == TestimonyState.GIVEN, or_(Testimony.until.is_(None), Testimony.until >= today())),
    )
    wanted = _whole().outerjoin(Testimony, Testimony.evidence_id == Evidence.id)
    return db.session.scalars(wanted.where(Evidence.workstream_id == stream.id, can_be_read).order_by(*_ORDER)).all()


def told_by(person: Person) -> Sequence[Evidence]:
    """List this person's own testimonies that are still given, in groups she has left too."""
    hers = Testimony.person_id == person.id, Testimony.state == TestimonyState.GIVEN
    return db.session.scalars(_whole().join(Testimony).where(*hers).order_by(Evidence.title, Evidence.id)).all()


def given_to(person: Person) -> Sequence[Evidence]:
    """List what tellers of other groups let this person read."""
    elsewhere = Evidence.kind == EvidenceKind.TESTIMONY, Evidence.workstream_id.not_in(sat_at_by(person))
    standing = Evidence.testimony.has(and_(Testimony.state == TestimonyState.GIVEN, _is_not_by(person)))
    return db.session.scalars(_seen_by(person).where(*elsewhere, standing).order_by(*_ORDER)).all()


def _is_not_by(person: Person) -> ColumnElement[bool]:
    return or_(Testimony.person_id.is_(None), Testimony.person_id != person.id)


def told_in(person: Person, stream_key: UUID) -> Sequence[Evidence]:
    """List this person's own testimonies in one group."""
    return [one for one in told_by(person) if one.workstream_id == stream_key]


def given_among(keys: Collection[UUID]) -> Sequence[Testimony]:
    """List which of these pieces of evidence are testimonies that are given here."""
    wanted = select(Testimony).where(Testimony.evidence_id.in_(keys), Testimony.state == TestimonyState.GIVEN)
    return db.session.scalars(wanted.options(joinedload(Testimony.evidence)).order_by(Testimony.id)).all()


def gone() -> Sequence[UUID]:
    """List the testimonies whose words went, by the keys of their evidence."""
    over = select(Testimony.evidence_id).where(Testimony.state != TestimonyState.GIVEN)
    return db.session.scalars(over.order_by(Testimony.evidence_id)).all()


def ended_before(day: date) -> Sequence[UUID]:
    """List the testimonies that were given until a day before this one, by their keys."""
    over = Testimony.state == TestimonyState.GIVEN, Testimony.until < day
    return db.session.scalars(select(Testimony.id).where(*over).order_by(Testimony.until, Testimony.id)).all()


@files.belongs_to
def _files_of_evidence(person: Person, day: date) -> Select[UUID | None]:
    return select(Evidence.file_id).where(Evidence.file_id.is_not(None), Evidence.id.in_(keys_for(person, day)))


# --- Reviews.


def reviews_of(stream: Workstream) -> Sequence[Review]:
    """List a group's reviews, those still open first; for those who sit there."""
    wanted = select(Review).where(Review.workstream_id == stream.id)
    order = Review.concluded_on.is_not(None), Review.begun_on.desc(), Review.id
    return db.session.scalars(wanted.order_by(*order)).all()


def one_review_seen_by(person: Person, key: UUID) -> Review:
    """Find one review with all it holds, if this person sits at its group."""
    return db.session.scalars(_reviews(person).where(Review.id == key)).one()


def one_find_seen_by(person: Person, key: UUID) -> Find:
    """Find one thing that was found, if this person sits at its group."""
    of_it = select(Find.review_id).where(Find.id == key).scalar_subquery()
    review = db.session.scalars(_reviews(person).where(Review.id == of_it)).one()
    return next(find for find in review.finds if find.id == key)


def _reviews(person: Person) -> Select[Review]:
    return (
        select(Review)
        .where(Review.workstream_id.in_(sat_at_by(person)))
        .options(
            joinedload(Review.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
            selectinload(Review.searches),
            selectinload(Review.finds).joinedload(Find.evidence),
        )
    )
