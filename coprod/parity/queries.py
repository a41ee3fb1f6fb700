"""Gathering what the parity board tells, in a fixed number of statements; votes are never asked (B13)."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.cycles.models import AgendaItem, Attendance, Cycle, ItemState, Part, Session, SessionState
from coprod.cycles.rules.register import HERE
from coprod.parity import rules
from coprod.parity.rules import Evening, Facts, Pair
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Workstream


def one_seen_by(person: Person, key: UUID) -> Workstream:
    """Find one table: for those who run or chair it, for its programme's steering group, and for programme admins."""
    may_see = true() if person.is_admin else or_(_leads(person), _steers(person))
    people = selectinload(Workstream.memberships).joinedload(Membership.person)
    wanted = select(Workstream).where(Workstream.id == key, may_see).options(joinedload(Workstream.programme), people)
    return db.session.scalars(wanted).one()


def _leads(person: Person) -> ColumnElement[bool]:
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    leading = Membership.role.in_((Role.FACILITATOR, Role.CHAIR))
    return exists().where(Membership.workstream_id == Workstream.id, *sits, leading)


def _steers(person: Person) -> ColumnElement[bool]:
    table = aliased(Workstream)
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    steering = table.kind == Kind.STEERING, table.programme_id == Workstream.programme_id
    return exists().where(Membership.workstream_id == table.id, *sits, *steering)


def facts_of(stream: Workstream) -> Facts:
    """Count seats, places taken, items and open actions of one table by side."""
    return Facts(
        seats=rules.seats(stream),
        coming=rules.coming(stream),
        types=rules.types(stream),
        evenings=_evenings(stream),
        items=_items(stream),
        actions=_actions(stream),
    )


def _evenings(stream: Workstream) -> list[Evening]:
    of_it = Cycle.workstream_id == stream.id, Session.state != SessionState.CANCELLED
    wanted = (
        select(Session.id, Session.on, Person.side, Attendance.how, func.count().label("number"))
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Person, Person.id == Attendance.person_id)
        .join(Cycle, Cycle.id == Session.cycle_id)
        .where(*of_it)
        .group_by(Session.id, Session.on, Person.side, Attendance.how)
        .order_by(Session.on, Session.id)
    )
    counted: dict[tuple[date, UUID], Counter[tuple[Side, bool]]] = {}
    for row in db.session.execute(wanted):
        counted.setdefault((row.on, row.id), Counter())[row.side, row.how in HERE] += row.number
    return [Evening(on, _sides(found, came=True), _sides(found, came=False)) for (on, _), found in counted.items()]


def _sides(found: Counter[tuple[Side, bool]], *, came: bool) -> Pair:
    return Pair(found[Side.LIVED, came], found[Side.PROFESSIONAL, came])


def _items(stream: Workstream) -> Pair:
    out = Session.state.not_in((SessionState.DRAFT, SessionState.CANCELLED))
    of_it = Cycle.workstream_id == stream.id, out
    once = AgendaItem.carried_from_id.is_(None)
    worked_on = AgendaItem.part == Part.WORK, AgendaItem.state != ItemState.DROPPED, once
    wanted = (
        select(AgendaItem.raised_by, func.count().label("number"))
        .join(AgendaItem.session)
        .join(Session.cycle)
        .where(*of_it, *worked_on)
        .group_by(AgendaItem.raised_by)
        .order_by(AgendaItem.raised_by)
    )
    found = {row.raised_by: row.number for row in db.session.execute(wanted)}
    return Pair(found.get(Side.LIVED, 0), found.get(Side.PROFESSIONAL, 0), found.get(None, 0))


def _actions(stream: Workstream) -> Pair:
    wanted = (
        select(Person.side, func.count().label("number"))
        .join(Action, Action.owner_id == Person.id)
        .where(Action.workstream_id == stream.id, Action.state == ActionState.OPEN)
        .group_by(Person.side)
        .order_by(Person.side)
    )
    found = {row.side: row.number for row in db.session.execute(wanted)}
    return Pair(found.get(Side.LIVED, 0), found.get(Side.PROFESSIONAL, 0))
