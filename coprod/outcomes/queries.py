"""Finding indicators and their readings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coprod.core.db import db
from coprod.outcomes.models import Indicator, Keeper, MeasureKind, ProposalState, ProposedReading, Reading
from coprod.outcomes.rules import may_keep
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.rules import seated

KIND_ORDER = case({kind.value: place for place, kind in enumerate(MeasureKind)}, value=Indicator.kind)
READINGS = (
    selectinload(Indicator.readings).selectinload(Reading.corrections),
    selectinload(Indicator.keepers),
    selectinload(Indicator.phases),
    selectinload(Indicator.events),
)


def recommendation_is_seen_by(person: Person) -> ColumnElement[bool]:
    """Ask for recommendations of the person's own streams, and what was sent to a steering group the person sits on."""
    tables = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )
    was_sent = Recommendation.submitted_on.is_not(None)
    return or_(Recommendation.workstream_id.in_(tables), and_(Recommendation.steering_id.in_(tables), was_sent))


def _seen_by(person: Person) -> Select[Indicator]:
    return (
        select(Indicator)
        .join(Indicator.recommendation)
        .where(recommendation_is_seen_by(person))
        .options(
            joinedload(Indicator.recommendation)
            .joinedload(Recommendation.workstream)
            .selectinload(Workstream.memberships),
            joinedload(Indicator.recommendation)
            .joinedload(Recommendation.steering)
            .selectinload(Workstream.memberships),
            selectinload(Indicator.proposals).joinedload(ProposedReading.by),
            selectinload(Indicator.former),
            *READINGS,
        )
    )


def one_seen_by(person: Person, key: UUID) -> Indicator:
    """Find one, if this person may see it."""
    return db.session.scalars(_seen_by(person).where(Indicator.id == key)).one()


def reading_seen_by(person: Person, key: UUID) -> Reading:
    """Find one reading, if this person may see its indicator."""
    reading_of = select(Reading.indicator_id).where(Reading.id == key).scalar_subquery()
    indicator = db.session.scalars(_seen_by(person).where(Indicator.id == reading_of)).one()
    return next(reading for reading in indicator.readings if reading.id == key)


def proposal_seen_by(person: Person, key: UUID) -> ProposedReading:
    """Find one proposed reading: for the keepers of its measure alone, whatever became of it."""
    proposed_for = select(ProposedReading.indicator_id).where(ProposedReading.id == key).scalar_subquery()
    indicator = db.session.scalars(_seen_by(person).where(Indicator.id == proposed_for)).one()
    if not may_keep(person, indicator):
        raise NoResultFound
    return next(proposal for proposal in indicator.proposals if proposal.id == key)


def waits_for(person: Person) -> bool:
    """Answer whether any reading waits for this person as the second one."""
    waiting = exists().where(
        ProposedReading.indicator_id == Indicator.id,
        ProposedReading.state == ProposalState.WAITING,
        ProposedReading.by_id != person.id,
    )
    found = db.session.scalars(_seen_by(person).where(waiting).order_by(Indicator.id))
    return any(may_keep(person, indicator) for indicator in found)


def second_people(recommendation: Recommendation, proposer: Person) -> list[UUID]:
    """List who may look at what this person proposed: everybody else who keeps its readings."""
    lead = [held.person_id for held in seated(recommendation.workstream) if held.role == Role.FACILITATOR]
    lead += [held.person_id for held in seated(recommendation.steering) if held.role == Role.CHAIR]
    return sorted({*lead, *(keeper.person_id for keeper in keepers_of(recommendation))} - {proposer.id})


def recommendation_seen_by(person: Person, key: UUID) -> Recommendation:
    """Find the recommendation that is to be measured, if this person may see it."""
    asked = select(Recommendation).where(Recommendation.id == key, recommendation_is_seen_by(person))
    return db.session.scalars(
        asked.options(
            joinedload(Recommendation.workstream).selectinload(Workstream.memberships),
            joinedload(Recommendation.steering).selectinload(Workstream.memberships),
        )
    ).one()


def indicators_on(keys: Sequence[UUID]) -> Sequence[Indicator]:
    """List what is measured about these recommendations, which the caller has found through the reader's own eyes.

    Outcomes come first, then the doing, then harm elsewhere.
    """
    found = select(Indicator).where(Indicator.recommendation_id.in_(keys)).options(*READINGS)
    return db.session.scalars(found.order_by(KIND_ORDER, Indicator.name, Indicator.id)).all()


def indicators_of(recommendation: Recommendation) -> Sequence[Indicator]:
    """List what is measured about a recommendation the reader may see."""
    return indicators_on([recommendation.id])


def programme_seen_by(person: Person, key: UUID) -> Programme:
    """Find the programme, if this person sits at a table of it."""
    sits = exists().where(
        Workstream.programme_id == Programme.id,
        Membership.workstream_id == Workstream.id,
        Membership.person_id == person.id,
        Membership.state == MembershipState.JOINED,
    )
    return db.session.scalars(select(Programme).where(Programme.id == key, sits)).one()


def indicators_across(person: Person, programme: Programme) -> Sequence[Indicator]:
    """List what is measured in the programme and may be seen by this person, by what each is about."""
    found = (
        select(Indicator)
        .join(Indicator.recommendation)
        .where(
            recommendation_is_seen_by(person), Recommendation.workstream.has(Workstream.programme_id == programme.id)
        )
        .options(
            contains_eager(Indicator.recommendation),
            selectinload(Indicator.readings),
            selectinload(Indicator.phases),
            selectinload(Indicator.events),
        )
    )
    about = (Recommendation.title, Recommendation.id)
    return db.session.scalars(found.order_by(*about, KIND_ORDER, Indicator.name, Indicator.id)).all()


def keepers_of(recommendation: Recommendation) -> Sequence[Keeper]:
    """List who may add its readings besides the facilitator and the chair."""
    asked = select(Keeper).where(Keeper.recommendation_id == recommendation.id)
    return db.session.scalars(asked.order_by(Keeper.id)).all()
