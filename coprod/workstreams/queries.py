"""Reading tables and who sits at them; who is asking decides what is found (P1, P2)."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coprod.core.db import asked_once, db
from coprod.people.models import Person, Side
from coprod.programmes import queries as programmes
from coprod.programmes.models import Holiday, Programme, Rate
from coprod.workstreams.models import (
    Kind,
    Membership,
    MembershipState,
    Role,
    SeparationCheck,
    SeparationRequest,
    Workstream,
    WorkstreamState,
)

COMING = (MembershipState.INVITED, MembershipState.THINKING)
TO_ANSWER = (*COMING, MembershipState.PAUSED)
MEETS = Workstream.state.not_in((WorkstreamState.PAUSED, WorkstreamState.CLOSED))
"""Groups that meet now: whatever is planned of others, nobody is told to come to it."""
LONGEST_WAIT = timedelta(31)
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
        joinedload(Workstream.programme),
        sitting.joinedload(Membership.person),
        sitting.joinedload(Membership.separation),
        sitting.selectinload(Membership.checks),
    )


def read_afresh(stream: Workstream) -> None:
    """Read again who sits at a table and what was checked, in the same number of statements for few and many."""
    wanted = _with_people(select(Workstream).where(Workstream.id == stream.id))
    db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def steering_group_of(programme: Programme) -> Workstream | None:
    """Answer the steering group of this programme, if it has one, with who sits there."""
    wanted = select(Workstream).where(Workstream.programme_id == programme.id, Workstream.kind == Kind.STEERING)
    return db.session.scalars(_with_people(wanted.order_by(*BY_NAME).limit(1))).one_or_none()


def memberships_of(person: Person) -> list[Membership]:
    """List where this person sits now, with table and programme; asked for once in a request."""
    return asked_once(("memberships of", person.id), lambda: _memberships(person, (MembershipState.JOINED,)))


def invitations_of(person: Person) -> list[Membership]:
    """List the places that wait for this person's word: asked, thinking, or taking a break; a yes is said once."""
    return [place for place in _memberships(person, TO_ANSWER) if not place.said_yes]


def offers_to(person: Person) -> list[Membership]:
    """List the places that wait for this person's word, or for a check after it, with what the checks look at."""
    everybody = joinedload(Membership.workstream).selectinload(Workstream.memberships)
    loaded = (
        joinedload(Membership.separation),
        everybody.joinedload(Membership.person),
        everybody.selectinload(Membership.checks),
    )
    return list(db.session.scalars(_places_of(person, TO_ANSWER).options(*loaded)).unique())


def _memberships(person: Person, states: tuple[MembershipState, ...]) -> list[Membership]:
    return list(db.session.scalars(_places_of(person, states)))


def places_not_left(person: Person) -> list[Membership]:
    """List the places somebody has, or was asked to."""
    held = select(Membership).where(Membership.person_id == person.id, Membership.state != MembershipState.LEFT)
    return list(db.session.scalars(held.order_by(Membership.id)))


def _places_of(person: Person, states: tuple[MembershipState, ...]) -> Select[Membership]:
    wanted = select(Membership).join(Membership.workstream).where(Membership.person_id == person.id)
    loaded = joinedload(Membership.workstream).joinedload(Workstream.programme)
    return wanted.where(Membership.state.in_(states)).options(loaded).order_by(*BY_NAME, Membership.id)


def has_another_place(membership: Membership) -> bool:
    """Answer whether this person has a place at another table, whatever they have said to it so far."""
    other = Membership.person_id == membership.person_id, Membership.id != membership.id
    return bool(db.session.scalar(select(exists().where(*other, Membership.state != MembershipState.LEFT))))


def one_place(person: Person, key: UUID) -> Membership:
    """Answer one membership: to the person it belongs to, to those who sit at its table, and to programme admins."""
    sits_there = _sits_at(person).where(Workstream.id == Membership.workstream_id).exists()
    may_see = true() if person.is_admin else or_(Membership.person_id == person.id, sits_there)
    return db.session.scalars(select(Membership).where(Membership.id == key, may_see)).one()


def own_place(person: Person, key: UUID) -> Membership:
    """Answer one membership to the person it belongs to, and to nobody else."""
    wanted = select(Membership).where(Membership.id == key, Membership.person_id == person.id)
    return db.session.scalars(wanted).one()


def one_kept(person: Person, key: UUID) -> Membership:
    """Answer one place, with its table, to those the table is named to; who may do what there, the rules say."""
    where = db.session.scalars(select(Membership.workstream_id).where(Membership.id == key)).one()
    return next(place for place in one_named_to(person, where).memberships if place.id == key)


def place_here(person: Person, key: UUID) -> Membership | None:
    """Answer her own place, if there is one of this key."""
    wanted = select(Membership).where(Membership.id == key, Membership.person_id == person.id)
    return db.session.scalars(wanted).one_or_none()


def place_of(key: UUID, stream: Workstream) -> Membership:
    """Answer the place that the person with this key has at this table."""
    wanted = select(Membership).where(Membership.workstream_id == stream.id, Membership.person_id == key)
    return db.session.scalars(wanted).one()


def not_at(stream: Workstream, asked_by: Person) -> list[Person]:
    """List whom somebody may ask to this table: nobody is listed to a facilitator who shares no table with her (P2).

    A supporter has no seat at any.
    """
    known = exists().where(Membership.workstream_id == stream.id, Membership.person_id == Person.id)
    met = exists().where(
        Membership.person_id == Person.id,
        Membership.workstream_id.in_(_sits_at(asked_by).with_only_columns(Workstream.id)),
    )
    sits = Person.side != Side.SUPPORTER
    wanted = select(Person).where(Person.active, sits, ~known, true() if asked_by.is_admin else met)
    return list(db.session.scalars(wanted.order_by(Person.alias, Person.id)))


def is_taken(programme: Programme, name: str) -> bool:
    """Answer whether a table of this programme has this name."""
    same = exists().where(Workstream.programme_id == programme.id, Workstream.name == name)
    return bool(db.session.scalar(select(same)))


# --- What the checks look at (P3).


def separation_requests(people: Iterable[Person]) -> dict[UUID, list[str]]:
    """Answer what each of these people asked in private; for the page on which the check is made, and no other."""
    keys = [person.id for person in people]
    wanted = select(SeparationRequest).where(SeparationRequest.person_id.in_(keys))
    told: dict[UUID, list[str]] = {key: [] for key in keys}
    for asked in db.session.scalars(wanted.order_by(SeparationRequest.asked_on, SeparationRequest.id)):
        told[asked.person_id].append(asked.words)
    return told


def own_requests(person: Person) -> list[SeparationRequest]:
    """List what a member has asked in private herself."""
    wanted = select(SeparationRequest).where(SeparationRequest.person_id == person.id)
    return list(db.session.scalars(wanted.order_by(SeparationRequest.asked_on, SeparationRequest.id)))


def own_request(person: Person, key: UUID) -> SeparationRequest:
    """Answer one of her own requests, and nobody else's."""
    wanted = select(SeparationRequest).where(SeparationRequest.id == key, SeparationRequest.person_id == person.id)
    return db.session.scalars(wanted).one()


def to_settle() -> list[Membership]:
    """List the places that may be settled: somebody looked whether they can be taken, or a yes waits."""
    everybody = selectinload(Membership.workstream).selectinload(Workstream.memberships)
    looked_at = and_(SeparationCheck.id.is_not(None), Membership.state.in_(COMING))
    comes_back = and_(Membership.said_yes, Membership.state == MembershipState.PAUSED)
    wanted = select(Membership).outerjoin(Membership.separation).where(or_(looked_at, comes_back))
    loaded = (
        contains_eager(Membership.separation).joinedload(SeparationCheck.checked_by),
        joinedload(Membership.person),
        everybody.selectinload(Membership.checks),
    )
    return list(db.session.scalars(wanted.options(*loaded).order_by(Membership.asked_on, Membership.id)))


def days_off(today: date) -> list[Holiday]:
    """List the holidays that can move the day on which somebody hears; asked for once in a request."""
    return asked_once(("days off", today), lambda: programmes.holidays(today - LONGEST_WAIT, today + LONGEST_WAIT))


# --- What those who run a table do next, and what somebody who is asked reads.


def to_ring(person: Person) -> list[Membership]:
    """List who would like a call before they answer, at the tables this person runs."""
    run = [seat.workstream_id for seat in memberships_of(person) if seat.role == Role.FACILITATOR]
    wanted = select(Membership).where(
        Membership.workstream_id.in_(run), Membership.wants_a_call, Membership.state.in_(COMING)
    )
    both = joinedload(Membership.person), joinedload(Membership.workstream)
    return list(db.session.scalars(wanted.options(*both).order_by(Membership.asked_on, Membership.id)))


def rates_on(day: date) -> list[Rate]:
    """List what is paid on this day, for each kind of work the newest rate that has begun."""
    begun = select(Rate).where(Rate.valid_from <= day).order_by(Rate.what, Rate.valid_from, Rate.id)
    return list({rate.what: rate for rate in db.session.scalars(begun)}.values())
