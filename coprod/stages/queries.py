"""Gathering what the gates of a cycle look at, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.agreements.models import Agreement, AgreementState
from coprod.agreements.queries import sat_at_by
from coprod.core.db import db
from coprod.cycles.models import Cycle, CycleState, Session
from coprod.notes.models import Notes
from coprod.people.models import Person
from coprod.pilots.models import Pilot
from coprod.recommendations.models import Recommendation, Version
from coprod.stages.models import Gate
from coprod.stages.rules import Facts
from coprod.steering.models import Decision
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.queries import days_off


def one_seen_by(person: Person, key: UUID) -> Cycle:
    """Find one cycle, if this person sits at its group, with all that its stages are told from."""
    stream = joinedload(Cycle.workstream)
    sitting = stream.selectinload(Workstream.memberships)
    wanted = select(Cycle).where(Cycle.id == key, Cycle.workstream_id.in_(sat_at_by(person)))
    return db.session.scalars(
        wanted.options(
            stream.joinedload(Workstream.programme),
            sitting.joinedload(Membership.person),
            sitting.joinedload(Membership.separation),
            sitting.selectinload(Membership.checks),
            selectinload(Cycle.sessions).joinedload(Session.phase),
            selectinload(Cycle.sessions).selectinload(Session.items),
            selectinload(Cycle.steps),
        )
    ).one()


def facts_of(cycle: Cycle, today: date) -> Facts:
    """Gather what is open in a cycle that the caller has found."""
    asked = _recommendations(cycle)
    keys = [recommendation.id for recommendation in asked]
    return Facts(
        cycle=cycle,
        gates={gate.stage: gate for gate in _gates(cycle)},
        agreement=_agreed(cycle.workstream_id),
        notes={notes.session_id: notes.state for notes in _notes(cycle)},
        recommendations=asked,
        decisions=_decisions(keys),
        piloted=set(db.session.scalars(select(Pilot.recommendation_id).where(Pilot.recommendation_id.in_(keys)))),
        holidays=days_off(today),
    )


def _gates(cycle: Cycle) -> Sequence[Gate]:
    wanted = select(Gate).where(Gate.cycle_id == cycle.id)
    return db.session.scalars(wanted.order_by(Gate.closed_on, Gate.id)).all()


def _agreed(stream: UUID) -> Agreement | None:
    wanted = select(Agreement).where(Agreement.workstream_id == stream, Agreement.state == AgreementState.AGREED)
    return db.session.scalars(wanted.order_by(Agreement.number.desc()).limit(1)).first()


def _notes(cycle: Cycle) -> Sequence[Notes]:
    wanted = select(Notes).join(Notes.session).where(Session.cycle_id == cycle.id)
    return db.session.scalars(wanted.order_by(Notes.id)).all()


def _recommendations(cycle: Cycle) -> Sequence[Recommendation]:
    """List what was first noted in the time of this cycle: from its first day until the next one begins.

    What was noted before any of them is the first one's.
    """
    noted = select(func.min(Version.on)).where(Version.recommendation_id == Recommendation.id)
    other = aliased(Cycle)
    stands = or_(other.state != CycleState.DRAFT, other.id == cycle.id)
    every = select(other.id).where(other.workstream_id == cycle.workstream_id, stands)
    begun = every.where(other.starts_on <= noted.correlate(Recommendation).scalar_subquery())
    last = begun.order_by(other.starts_on.desc(), other.number.desc()).limit(1).scalar_subquery()
    first = every.order_by(other.starts_on, other.number).limit(1).scalar_subquery()
    wanted = select(Recommendation).where(
        Recommendation.workstream_id == cycle.workstream_id, func.coalesce(last, first) == cycle.id
    )
    return db.session.scalars(wanted.order_by(Recommendation.number, Recommendation.id)).all()


def _decisions(keys: Sequence[UUID]) -> Sequence[Decision]:
    wanted = select(Decision).where(Decision.recommendation_id.in_(keys))
    loaded = joinedload(Decision.recommendation), joinedload(Decision.reply)
    return db.session.scalars(wanted.options(*loaded).order_by(Decision.number)).all()
