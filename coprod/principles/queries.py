"""Reading principles and priorities, with the links between them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coprod.core.db import db
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Programme


def principles_of(programme: Programme) -> list[Principle]:
    """List the principles in their order, with the priorities that come from each."""
    wanted = select(Principle).where(Principle.programme_id == programme.id)
    return list(db.session.scalars(wanted.options(selectinload(Principle.priorities)).order_by(Principle.number)))


def priorities_of(programme: Programme) -> list[Priority]:
    """List the priorities in their order, with the principles each comes from."""
    wanted = select(Priority).where(Priority.programme_id == programme.id)
    return list(db.session.scalars(wanted.options(selectinload(Priority.principles)).order_by(Priority.number)))


def one_principle(key: UUID) -> Principle:
    """Answer one principle; everybody signed in may see it."""
    return db.session.scalars(select(Principle).where(Principle.id == key)).one()


def one_priority(key: UUID) -> Priority:
    """Answer one priority; everybody signed in may see it."""
    return db.session.scalars(select(Priority).where(Priority.id == key)).one()
