"""Finding what may come in the way of a table: those who sit there see it, and nobody else."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.actions.models import Action
from coprod.actions.queries import Source, comes_from
from coprod.core.db import db
from coprod.people.models import Person
from coprod.risks.models import Risk, RiskState
from coprod.workstreams.models import Membership, MembershipState, Workstream


def _seen_by(person: Person) -> ColumnElement[bool]:
    here = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return Risk.workstream_id.in_(select(Membership.workstream_id).where(*here))


def of_table(person: Person, table: Workstream) -> Sequence[Risk]:
    """List them all: the open ones first, the worst of them on top, those without a rating after."""
    weight = func.coalesce(Risk.likelihood * Risk.impact, 0)
    found = select(Risk).where(Risk.workstream_id == table.id, _seen_by(person)).options(joinedload(Risk.owner))
    return db.session.scalars(found.order_by(Risk.state == RiskState.CLOSED, weight.desc(), Risk.number)).all()


def one_seen_by(person: Person, key: UUID) -> Risk:
    """Find one with every rating it had, if this person sits at its table."""
    return db.session.scalars(_whole().where(Risk.id == key, _seen_by(person))).one()


def _whole() -> Select[Risk]:
    people = joinedload(Risk.workstream).selectinload(Workstream.memberships).joinedload(Membership.person)
    action = joinedload(Risk.action).joinedload(Action.owner)
    return select(Risk).options(joinedload(Risk.owner), action, selectinload(Risk.ratings), people)


@comes_from
def risks_that_led_to(person: Person, actions: Sequence[UUID]) -> dict[UUID, Source]:
    """Answer the risk each of these actions is about, for those who may read the risk."""
    found = select(Risk).where(Risk.action_id.in_(actions), _seen_by(person)).order_by(Risk.number)
    return {risk.action_id: _source(risk) for risk in db.session.scalars(found) if risk.action_id}


def _source(risk: Risk) -> Source:
    return Source(f"{risk.kind.capitalize()} {risk.number}", "risks.show", risk.id)
