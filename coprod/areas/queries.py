"""Finding the priority areas as their steering group ordered them, and what came of each."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from coprod.areas import rules
from coprod.areas.models import Ordering, Place, Proposal, SetAside, Taken, proposal_group
from coprod.areas.rules import Area
from coprod.core.db import db
from coprod.gatherings.models import Gathering
from coprod.gatherings.queries import proposes
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Workstream, WorkstreamState


def _sat_at_by(person: Person, *more: ColumnElement[bool]) -> Select[UUID]:
    here = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return select(Membership.workstream_id).where(*here, *more)


def steering_seen_by(person: Person, key: UUID) -> Workstream:
    """Find the steering group whose areas these are, for who sits there."""
    is_it = Workstream.id == key, Workstream.kind == Kind.STEERING, Workstream.id.in_(_sat_at_by(person))
    loaded = joinedload(Workstream.programme), selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(select(Workstream).where(*is_it).options(*loaded)).one()


def areas_of(steering: Workstream, today: date) -> list[Area]:
    """List the areas in the order that holds now, each with what came of it."""
    orders = orderings_of(steering)
    places, before = (rules.places_of(order) for order in (*orders[:2], None, None)[:2])
    priorities = _priorities(steering)
    keys = [one.id for one in priorities]
    taken, aside, proposed = _taken(keys), _aside(keys), _proposed(steering)
    return [
        Area(
            one,
            number,
            was=before.get(one.id) if before.get(one.id) != number else None,
            taken=taken[one.id],
            aside=aside.get(one.id),
            proposals=proposed[one.id],
            today=today,
        )
        for number, one in enumerate(rules.in_order(priorities, places), 1)
    ]


def _priorities(steering: Workstream) -> Sequence[Priority]:
    of_here = Priority.programme_id == steering.programme_id
    return db.session.scalars(select(Priority).where(of_here).order_by(Priority.number)).all()


def places_in(steering: Workstream, number: int) -> dict[UUID, int]:
    """Answer where each area stood in the order of this number; in none, as they were counted."""
    order = next((one for one in orderings_of(steering) if one.number == number), None)
    in_order = rules.in_order(_priorities(steering), rules.places_of(order))
    return {one.id: place for place, one in enumerate(in_order, 1)}


def orderings_of(steering: Workstream) -> Sequence[Ordering]:
    """List the orders this group gave, the one that holds first."""
    wanted = select(Ordering).where(Ordering.workstream_id == steering.id)
    loaded = joinedload(Ordering.by), selectinload(Ordering.places).joinedload(Place.priority)
    return db.session.scalars(wanted.options(*loaded).order_by(Ordering.number.desc())).all()


def _taken(keys: Sequence[UUID]) -> dict[UUID, list[Taken]]:
    wanted = select(Taken).where(Taken.priority_id.in_(keys)).options(joinedload(Taken.workstream))
    found: dict[UUID, list[Taken]] = defaultdict(list)
    for one in db.session.scalars(wanted.order_by(Taken.on, Taken.id)):
        found[one.priority_id].append(one)
    return found


def _aside(keys: Sequence[UUID]) -> dict[UUID, SetAside]:
    wanted = select(SetAside).where(SetAside.priority_id.in_(keys), SetAside.ended_on.is_(None))
    return {one.priority_id: one for one in db.session.scalars(wanted.order_by(SetAside.on, SetAside.id))}


def _proposed(steering: Workstream) -> dict[UUID, list[Proposal]]:
    found: dict[UUID, list[Proposal]] = defaultdict(list)
    for one in proposals_of(steering):
        if rules.is_open(one):
            for area in one.areas:
                found[area.id].append(one)
    return found


def one_area(steering: Workstream, key: UUID, today: date) -> Area:
    """Find one area of this steering group."""
    of_here = Priority.id == key, Priority.programme_id == steering.programme_id
    priority = db.session.scalars(select(Priority).where(*of_here)).one()
    return Area(priority, 0, taken=_taken([key])[key], aside=_aside([key]).get(key), today=today)


def taken_of(area: Priority) -> list[Taken]:
    """List the tables that took this area up."""
    return _taken([area.id])[area.id]


def aside_of(area: Priority) -> SetAside | None:
    """Answer that this area is set aside, if it is."""
    return _aside([area.id]).get(area.id)


def ever_set_aside(steering: Workstream) -> Sequence[SetAside]:
    """List what was set aside once and came back, the latest first."""
    of_here = Priority.programme_id == steering.programme_id, SetAside.ended_on.is_not(None)
    wanted = select(SetAside).join(SetAside.priority).where(*of_here).options(joinedload(SetAside.priority))
    return db.session.scalars(wanted.order_by(SetAside.on.desc(), SetAside.id)).all()


def tables_for(steering: Workstream) -> Sequence[Workstream]:
    """List the tables of the programme that could take an area up."""
    of_here = Workstream.programme_id == steering.programme_id, Workstream.kind != Kind.STEERING
    wanted = select(Workstream).where(*of_here, Workstream.state != WorkstreamState.CLOSED)
    return db.session.scalars(wanted.order_by(Workstream.name, Workstream.id)).all()


def groups_for(steering: Workstream) -> Sequence[Workstream]:
    """List the groups of the programme that meet now and could come together; no table of one evening among them."""
    of_here = Workstream.programme_id == steering.programme_id, Workstream.kind != Kind.GATHERING
    wanted = select(Workstream).where(*of_here, Workstream.state == WorkstreamState.ACTIVE)
    return db.session.scalars(wanted.order_by(Workstream.name, Workstream.id)).all()


# --- Groups that are to come together.


def _with_all(wanted: Select[Proposal]) -> Select[Proposal]:
    return wanted.options(
        joinedload(Proposal.by),
        joinedload(Proposal.gathering).joinedload(Gathering.workstream),
        joinedload(Proposal.workstream).selectinload(Workstream.memberships),
        selectinload(Proposal.areas),
        selectinload(Proposal.groups).selectinload(Workstream.memberships),
    )


def proposals_of(steering: Workstream) -> Sequence[Proposal]:
    """List what a steering group proposed, the latest first."""
    wanted = _with_all(select(Proposal).where(Proposal.workstream_id == steering.id))
    return db.session.scalars(wanted.order_by(Proposal.on.desc(), Proposal.id)).all()


def one_proposal_seen_by(person: Person, key: UUID) -> Proposal:
    """Find one, for who sits at the steering group, who runs one of the groups, and programme admins."""
    wanted = select(Proposal).where(Proposal.id == key, or_(_runs(person), _sits(person)))
    return db.session.scalars(_with_all(wanted)).one()


def waiting_for(person: Person) -> Sequence[Proposal]:
    """List what waits for somebody who runs one of the groups, or for a programme admin, the first asked first."""
    waits = Proposal.gathering_id.is_(None), Proposal.let_go_on.is_(None)
    wanted = _with_all(select(Proposal).where(*waits, _runs(person)))
    return db.session.scalars(wanted.order_by(Proposal.on, Proposal.id)).all()


@proposes
def _waiting_in_words(person: Person) -> list[tuple[UUID, str]]:
    return [(proposal.id, rules.proposal_words(proposal)) for proposal in waiting_for(person)]


def _sits(person: Person) -> ColumnElement[bool]:
    return Proposal.workstream_id.in_(_sat_at_by(person))


def _runs(person: Person) -> ColumnElement[bool]:
    run = _sat_at_by(person, Membership.role == Role.FACILITATOR)
    of_it = and_(proposal_group.c.proposal_id == Proposal.id, proposal_group.c.workstream_id.in_(run))
    return true() if person.is_admin else exists().where(of_it)
