"""Reading tables and who sits at them; who is asking decides what is found (P1, P2)."""

from uuid import UUID

from sqlalchemy import Select, exists, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import asked_once, db
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream, WorkstreamState

TO_ANSWER = (MembershipState.INVITED, MembershipState.THINKING, MembershipState.PAUSED)
BY_NAME = (Workstream.state == WorkstreamState.CLOSED, Workstream.kind, Workstream.name, Workstream.id)


def _sits_at(person: Person) -> Select[Workstream]:
    here = exists().where(
        Membership.workstream_id == Workstream.id,
        Membership.person_id == person.id,
        Membership.state == MembershipState.JOINED,
    )
    return select(Workstream).where(here)


def seen_by(person: Person) -> list[Workstream]:
    """List the tables this person sits at."""
    return list(db.session.scalars(_sits_at(person).order_by(*BY_NAME)))


def one_seen_by(person: Person, key: UUID) -> Workstream:
    """Answer one table this person sits at, and what goes on there; being an admin is not enough (P1)."""
    wanted = _sits_at(person).where(Workstream.id == key)
    return db.session.scalars(_with_people(wanted)).one()


def named_to(person: Person) -> list[Workstream]:
    """List every table by name and state to a programme admin; to others, those they sit at."""
    wanted = select(Workstream) if person.is_admin else _sits_at(person)
    return list(db.session.scalars(wanted.order_by(*BY_NAME)))


def one_named_to(person: Person, key: UUID) -> Workstream:
    """Answer one table with who sits there: to those who sit there, and to programme admins, who seat people."""
    wanted = (select(Workstream) if person.is_admin else _sits_at(person)).where(Workstream.id == key)
    return db.session.scalars(_with_people(wanted).options(selectinload(Workstream.runs))).one()


def _with_people(wanted: Select[Workstream]) -> Select[Workstream]:
    sitting = selectinload(Workstream.memberships)
    return wanted.options(
        joinedload(Workstream.programme), sitting.joinedload(Membership.person), sitting.selectinload(Membership.checks)
    )


def steering_group_of(programme: Programme) -> Workstream | None:
    """Answer the steering group of this programme, if it has one, with who sits there."""
    wanted = select(Workstream).where(Workstream.programme_id == programme.id, Workstream.kind == Kind.STEERING)
    return db.session.scalars(_with_people(wanted.order_by(*BY_NAME).limit(1))).one_or_none()


def memberships_of(person: Person) -> list[Membership]:
    """List where this person sits now, with table and programme; asked for once in a request."""
    return asked_once(("memberships of", person.id), lambda: _memberships(person, (MembershipState.JOINED,)))


def invitations_of(person: Person) -> list[Membership]:
    """List the places that wait for this person's word: asked, thinking, or taking a break."""
    return _memberships(person, TO_ANSWER)


def _memberships(person: Person, states: tuple[MembershipState, ...]) -> list[Membership]:
    wanted = select(Membership).join(Membership.workstream).where(Membership.person_id == person.id)
    loaded = joinedload(Membership.workstream).joinedload(Workstream.programme)
    return list(
        db.session.scalars(wanted.where(Membership.state.in_(states)).options(loaded).order_by(*BY_NAME, Membership.id))
    )


def one_place(person: Person, key: UUID) -> Membership:
    """Answer one membership: to the person it belongs to, to those who sit at its table, and to programme admins."""
    sits_there = _sits_at(person).where(Workstream.id == Membership.workstream_id).exists()
    may_see = true() if person.is_admin else or_(Membership.person_id == person.id, sits_there)
    return db.session.scalars(select(Membership).where(Membership.id == key, may_see)).one()


def own_place(person: Person, key: UUID) -> Membership:
    """Answer one membership to the person it belongs to, and to nobody else."""
    wanted = select(Membership).where(Membership.id == key, Membership.person_id == person.id)
    return db.session.scalars(wanted).one()


def place_of(key: UUID, stream: Workstream) -> Membership:
    """Answer the place that the person with this key has at this table."""
    wanted = select(Membership).where(Membership.workstream_id == stream.id, Membership.person_id == key)
    return db.session.scalars(wanted).one()


def not_at(stream: Workstream, asked_by: Person) -> list[Person]:
    """List whom somebody may ask to this table: nobody is listed to a facilitator who shares no table with her (P2)."""
    known = exists().where(Membership.workstream_id == stream.id, Membership.person_id == Person.id)
    met = exists().where(
        Membership.person_id == Person.id,
        Membership.workstream_id.in_(_sits_at(asked_by).with_only_columns(Workstream.id)),
    )
    wanted = select(Person).where(Person.active, ~known, true() if asked_by.is_admin else met)
    return list(db.session.scalars(wanted.order_by(Person.alias, Person.id)))


def is_taken(programme: Programme, name: str) -> bool:
    """Answer whether a table of this programme has this name."""
    same = exists().where(Workstream.programme_id == programme.id, Workstream.name == name)
    return bool(db.session.scalar(select(same)))
