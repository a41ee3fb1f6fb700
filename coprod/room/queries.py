"""Finding what is on: for those who run a session, and for whoever sits in a group that meets now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from coprod.agreements.queries import sat_at_by
from coprod.core.db import db
from coprod.cycles.models import AgendaItem, Cycle, Session
from coprod.cycles.rules.moves import TOLD
from coprod.people.models import Person
from coprod.room.models import Room
from coprod.room.rules import clock
from coprod.room.rules.clock import Now
from coprod.workstreams.models import Membership, Role


def _rooms() -> Select[Session, Room]:
    """One statement for session, group and room; the items follow only where something is to be shown."""
    return (
        select(Session, Room)
        .join(Session.cycle)
        .join(Cycle.workstream)
        .outerjoin(Room, Room.session_id == Session.id)
        .options(contains_eager(Session.cycle).contains_eager(Cycle.workstream))
        .order_by(Session.begins, Session.id)
    )


def room_of(session: Session) -> Room | None:
    """Answer what is on in this session, if it was begun; for pages that may show it."""
    return db.session.scalars(select(Room).where(Room.session_id == session.id)).one_or_none()


def items_anew(session: Session) -> Select[AgendaItem]:
    """Read the items past what this transaction remembers, for who holds the session and is about to move it on."""
    wanted = select(AgendaItem).where(AgendaItem.session_id == session.id).order_by(AgendaItem.position)
    return wanted.execution_options(populate_existing=True)


def one_run_by(person: Person, key: UUID, now: datetime) -> Now:
    """Answer what is on in a session of a group this person runs; nobody else finds its wall."""
    runs = sat_at_by(person).where(Membership.role == Role.FACILITATOR)
    wanted = _rooms().where(Session.id == key, Cycle.workstream_id.in_(runs))
    session, room = db.session.execute(wanted).one()
    return Now(session, room, now)


def on_now_for(person: Person, now: datetime) -> Now | None:
    """Answer what is on where this person sits, if anything is."""
    wanted = _rooms().where(
        Cycle.workstream_id.in_(sat_at_by(person)),
        Session.state.in_(TOLD),
        Session.begins.between(now - clock.LONGEST, now + clock.EARLIER),
    )
    found = [Now(session, room, now) for session, room in db.session.execute(wanted)]
    return min((one for one in found if clock.is_about_now(one)), key=lambda one: not one.item_is_on, default=None)
