"""Who sees which action: those of the tables they sit at, and those a steering group gave a facilitator to do."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.actions.models import Action, ActionNote, ActionState
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, MembershipState, Workstream


def may_be_seen_by(person: Person) -> ColumnElement[bool]:
    """Say which actions somebody may see: of the tables they sit at, and their own for what such a table asked."""
    tables = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )
    asked = Action.recommendation.has(Recommendation.workstream_id.in_(tables))
    return Action.workstream_id.in_(tables) | ((Action.owner_id == person.id) & asked)


def _seen_by(person: Person) -> Select[Action]:
    return (
        select(Action)
        .where(may_be_seen_by(person))
        .options(
            joinedload(Action.owner),
            joinedload(Action.said_done_by),
            joinedload(Action.recommendation),
            selectinload(Action.due_changes),
            joinedload(Action.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
        )
    )


def seen_by(person: Person) -> Sequence[Action]:
    """List the actions this person may see, first due first."""
    return db.session.scalars(_seen_by(person).order_by(Action.due, Action.id)).all()


def one_seen_by(person: Person, key: UUID) -> Action:
    """Find one with all that was written beside it, if this person may see it."""
    found = _seen_by(person).where(Action.id == key)
    whole = (
        joinedload(Action.agreed_by),
        selectinload(Action.notes).joinedload(ActionNote.by),
        joinedload(Action.follows),
    )
    return db.session.scalars(found.options(*whole)).one()


def turn_after(action: Action) -> Action | None:
    """Find the next turn of something that is done again and again, if it has begun."""
    return db.session.scalars(select(Action).where(Action.follows_id == action.id)).one_or_none()


def in_states(stream: Workstream, *states: ActionState) -> Sequence[Action]:
    """List what people of this group are to do and how far that is, first due first; for pages that may show it."""
    found = select(Action).where(Action.workstream_id == stream.id, Action.state.in_(states))
    return db.session.scalars(found.options(joinedload(Action.owner)).order_by(Action.due, Action.id)).all()


def actions_of(recommendation_id: UUID) -> Sequence[Action]:
    """List what a recommendation has led people to do, first due first; for pages that may show the recommendation."""
    found = select(Action).where(Action.recommendation_id == recommendation_id).options(joinedload(Action.owner))
    return db.session.scalars(found.order_by(Action.due, Action.id)).all()
