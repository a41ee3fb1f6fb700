"""Finding handovers, and gathering what is open in a group, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select, true
from sqlalchemy.orm import joinedload

from coprod.actions.models import Action, ActionState
from coprod.agreements.queries import versions_of
from coprod.core.db import db
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.handovers.models import Handover, HandoverState
from coprod.handovers.rules import Gathered, Owed
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering.queries import owed_to_groups_of
from coprod.voting.models import Poll, PollState
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.queries import days_off

SESSIONS = 3
UNFINISHED = frozenset(
    {
        *(State.IDEA, State.OPTION, State.DRAFTED, State.VOTING, State.AGREED),
        *(State.NEEDS_TALK, State.NOT_AGREED, State.NO_RESULT, State.REFERRED_BACK),
    }
)


def _seen_by(person: Person) -> Select[Handover]:
    offered = Handover.state != HandoverState.TAKEN_BACK
    mine = or_(Handover.from_id == person.id, (Handover.to_id == person.id) & offered)
    sitting = joinedload(Handover.workstream).selectinload(Workstream.memberships)
    return (
        select(Handover)
        .where(true() if person.is_admin else mine)
        .options(
            joinedload(Handover.giver),
            joinedload(Handover.taker),
            sitting.joinedload(Membership.person),
            sitting.joinedload(Membership.separation),
            sitting.selectinload(Membership.checks),
        )
    )


def one_seen_by(person: Person, key: UUID) -> Handover:
    """Find one handover: for the one who gives, the one who is to take, and programme admins."""
    return db.session.scalars(_seen_by(person).where(Handover.id == key)).one()


def offered_to(person: Person) -> Sequence[Handover]:
    """List what waits for this person to take it, for their first page."""
    wanted = _seen_by(person).where(Handover.to_id == person.id, Handover.state == HandoverState.OFFERED)
    return db.session.scalars(wanted.order_by(Handover.offered_on, Handover.id)).all()


def open_one(stream: Workstream) -> Handover | None:
    """Answer the handover of this group that waits to be taken, if there is one."""
    wanted = select(Handover).where(Handover.workstream_id == stream.id, Handover.state == HandoverState.OFFERED)
    return db.session.scalars(wanted.order_by(Handover.offered_on, Handover.id)).first()


def gather(stream: Workstream, runner: Person | None, today: date) -> Gathered:
    """Gather what is open in a group today; what its group is owed is asked for the one who runs it."""
    return Gathered(
        stream=stream,
        sessions=_sessions(stream, today),
        actions=_actions(stream),
        polls=_polls(stream),
        unfinished=_unfinished(stream),
        owed=_owed(stream, runner, today),
        agreements=versions_of(stream),
        holidays=days_off(today),
    )


def _sessions(stream: Workstream, today: date) -> Sequence[Session]:
    over = SessionState.HELD, SessionState.CANCELLED
    coming = Cycle.workstream_id == stream.id, Session.on >= today, Session.state.not_in(over)
    wanted = select(Session).join(Session.cycle).where(*coming)
    return db.session.scalars(wanted.order_by(Session.on, Session.id).limit(SESSIONS)).all()


def _actions(stream: Workstream) -> Sequence[Action]:
    left = Action.workstream_id == stream.id, Action.state.in_((ActionState.OPEN, ActionState.SAID_DONE))
    wanted = select(Action).where(*left).options(joinedload(Action.owner))
    return db.session.scalars(wanted.order_by(Action.due, Action.id)).all()


def _polls(stream: Workstream) -> Sequence[Poll]:
    wanted = select(Poll).where(Poll.workstream_id == stream.id, Poll.state == PollState.OPEN)
    return db.session.scalars(wanted.order_by(Poll.closes_at, Poll.id)).all()


def _unfinished(stream: Workstream) -> Sequence[Recommendation]:
    left = Recommendation.workstream_id == stream.id, Recommendation.state.in_(UNFINISHED)
    return db.session.scalars(
        select(Recommendation).where(*left).order_by(Recommendation.number, Recommendation.id)
    ).all()


def _owed(stream: Workstream, runner: Person | None, today: date) -> list[Owed]:
    owed = owed_to_groups_of(runner, today) if runner else []
    return [
        Owed(one.decision.recommendation.title, one.decision.id, str(one.status), one.due)
        for one in owed
        if one.decision.recommendation.workstream_id == stream.id
    ]
