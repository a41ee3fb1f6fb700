"""Finding pilots and their test cycles."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.core.db import db
from coprod.outcomes.queries import recommendation_is_seen_by
from coprod.people.models import Person
from coprod.pilots.models import Feedback, FundingAsk, Milestone, Pilot, PilotState, PilotStep, TestCycle
from coprod.pilots.rules import ACCEPTED
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, Verdict
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream


def _with_all(chosen: Select[Pilot]) -> Select[Pilot]:
    """Load what pages show of a pilot, and who sits at the tables its rules ask about."""
    asked = joinedload(Pilot.recommendation)
    return chosen.options(
        joinedload(Pilot.owner),
        asked.joinedload(Recommendation.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
        asked.joinedload(Recommendation.steering).selectinload(Workstream.memberships).joinedload(Membership.person),
        selectinload(Pilot.test_cycles).selectinload(TestCycle.measures),
        selectinload(Pilot.test_cycles).joinedload(TestCycle.owner),
    )


def _seen_by(person: Person) -> Select[Pilot]:
    return _with_all(select(Pilot).join(Pilot.recommendation).where(recommendation_is_seen_by(person)))


def pilots_seen_by(person: Person) -> Sequence[Pilot]:
    """List the pilots of what this person's tables recommended or were sent: the latest first."""
    return db.session.scalars(_seen_by(person).order_by(Pilot.begins.desc(), Pilot.title, Pilot.id)).all()


def one_seen_by(person: Person, key: UUID) -> Pilot:
    """Find one, if this person may see it, with all its own page shows."""
    more = (
        selectinload(Pilot.test_cycles).selectinload(TestCycle.feedback),
        selectinload(Pilot.asks),
        selectinload(Pilot.spendings),
        selectinload(Pilot.milestones),
        selectinload(Pilot.steps).joinedload(PilotStep.owner),
    )
    return db.session.scalars(_seen_by(person).where(Pilot.id == key).options(*more)).one()


def test_cycle_seen_by(person: Person, key: UUID) -> TestCycle:
    """Find one test cycle, if this person may see its pilot."""
    pilot = _one_with(person, select(TestCycle.pilot_id).where(TestCycle.id == key).scalar_subquery())
    return next(one for one in pilot.test_cycles if one.id == key)


def ask_seen_by(person: Person, key: UUID) -> FundingAsk:
    """Find what a board is asked, if this person may see its pilot."""
    pilot = _one_with(person, select(FundingAsk.pilot_id).where(FundingAsk.id == key).scalar_subquery())
    return next(one for one in pilot.asks if one.id == key)


def step_seen_by(person: Person, key: UUID) -> PilotStep:
    """Find a step, if this person may see its pilot."""
    pilot = _one_with(person, select(PilotStep.pilot_id).where(PilotStep.id == key).scalar_subquery())
    return next(one for one in pilot.steps if one.id == key)


def feedback_seen_by(person: Person, key: UUID) -> Feedback:
    """Find what somebody said of a test cycle, if this person may see its pilot."""
    cycle_of_it = select(TestCycle.pilot_id).join(TestCycle.feedback).where(Feedback.id == key).scalar_subquery()
    pilot = _one_with(person, cycle_of_it)
    return next(said for one in pilot.test_cycles for said in one.feedback if said.id == key)


def _one_with(person: Person, key: ScalarSelect[UUID]) -> Pilot:
    return db.session.scalars(_seen_by(person).where(Pilot.id == key)).one()


def is_milestone_of(person: Person, key: UUID) -> bool:
    """Answer whether this milestone is of a pilot that this person's group asked for."""
    sits = exists().where(
        Membership.person_id == person.id,
        Membership.workstream_id == Recommendation.workstream_id,
        Membership.state == MembershipState.JOINED,
    )
    found = select(Milestone.id).join(Milestone.pilot).join(Pilot.recommendation)
    return db.session.scalar(found.where(Milestone.id == key, sits)) is not None


def pilots_on(keys: Sequence[UUID]) -> Sequence[Pilot]:
    """List the pilots of these recommendations, which the caller has found through the reader's own eyes."""
    chosen = select(Pilot).where(Pilot.recommendation_id.in_(keys)).options(selectinload(Pilot.milestones))
    return db.session.scalars(_with_all(chosen).order_by(Pilot.begins.desc(), Pilot.title, Pilot.id)).all()


def to_look_at(steering: Workstream, day: date) -> Sequence[Pilot]:
    """List the pilots a steering group looks at on this day: testing is done, or should be by now."""
    over = (Pilot.state == PilotState.CYCLING) & (Pilot.ends <= day)
    chosen = select(Pilot).where(
        Pilot.recommendation.has(Recommendation.steering_id == steering.id),
        or_(Pilot.state == PilotState.REVIEWED, over),
    )
    found = chosen.options(joinedload(Pilot.owner))
    return db.session.scalars(found.order_by(Pilot.ends, Pilot.title, Pilot.id)).all()


def pilot_of(recommendation: Recommendation) -> Pilot | None:
    """Find the pilot of a recommendation the reader may see, if it has one."""
    return next(iter(pilots_on([recommendation.id])), None)


def verdict_on(recommendation: Recommendation) -> Verdict | None:
    """Answer the steering group's latest verdict on a recommendation."""
    decision = decision_on(recommendation)
    return decision.verdict if decision else None


def decision_on(recommendation: Recommendation) -> Decision | None:
    """Find the steering group's latest decision on a recommendation."""
    chosen = select(Decision).where(Decision.recommendation_id == recommendation.id)
    return db.session.scalars(chosen.order_by(Decision.number.desc()).limit(1)).one_or_none()


def ready_for_a_pilot(person: Person) -> Sequence[Recommendation]:
    """List what this person, as chair, can put into a pilot: accepted, answered, and without one."""
    chaired = select(Membership.workstream_id).where(
        Membership.person_id == person.id,
        Membership.role == Role.CHAIR,
        Membership.state == MembershipState.JOINED,
    )
    other = aliased(Decision)
    latest = select(func.max(other.number)).where(other.recommendation_id == Recommendation.id).scalar_subquery()
    has_one = select(Pilot.id).where(Pilot.recommendation_id == Recommendation.id).exists()
    chosen = (
        select(Recommendation)
        .join(Decision, Decision.recommendation_id == Recommendation.id)
        .where(Recommendation.steering_id.in_(chaired), Recommendation.state == State.REPLIED)
        .where(Decision.number == latest, Decision.verdict.in_(ACCEPTED), ~has_one)
    )
    return db.session.scalars(chosen.order_by(Recommendation.number, Recommendation.id)).all()
