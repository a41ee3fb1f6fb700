"""Reading programmes, their record, and the days nobody works."""

from datetime import date
from uuid import UUID

from sqlalchemy import case, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import asked_once, db
from coprod.people.models import Person, Side
from coprod.programmes.models import Comparison, Holiday, HolidayKind, Programme, ProgrammeState, Rate, Source


def programme_here() -> Programme | None:
    """Answer the programme that is going on here: an active one before one setting up before a closed one."""
    return asked_once("programme here", _programme_here)


def _programme_here() -> Programme | None:
    order = case({ProgrammeState.ACTIVE: 0, ProgrammeState.SETTING_UP: 1}, value=Programme.state, else_=2)
    return db.session.scalars(select(Programme).order_by(order, Programme.name).limit(1)).one_or_none()


def one_seen_by(person: Person, key: UUID) -> Programme:
    """Answer one programme with its timeline and phases; everybody signed in may see it."""
    wanted = select(Programme).where(Programme.id == key)
    return db.session.scalars(wanted.options(selectinload(Programme.timeline), selectinload(Programme.phases))).one()


def may_be_named() -> list[Person]:
    """List the professionals who may receive concerns, by name; for programme admins, who name them."""
    wanted = select(Person).where(Person.side == Side.PROFESSIONAL, Person.active, ~Person.is_admin)
    return list(db.session.scalars(wanted.order_by(Person.alias, Person.id)))


def led_by(person: Person) -> list[Programme]:
    """List the programmes whose concerns come to this person, as lead or as deputy."""
    named = or_(Programme.safeguarding_lead_id == person.id, Programme.deputy_lead_id == person.id)
    both = joinedload(Programme.safeguarding_lead), joinedload(Programme.deputy_lead)
    return list(db.session.scalars(select(Programme).where(named).options(*both).order_by(Programme.name)))


def comparisons_of(programme: Programme) -> list[Comparison]:
    """List the two-point comparisons on the record, in its order."""
    wanted = select(Comparison).where(Comparison.programme_id == programme.id)
    return list(db.session.scalars(wanted.order_by(Comparison.position, Comparison.id)))


def sources_of(programme: Programme) -> list[Source]:
    """List the public documents the record was taken from."""
    return list(db.session.scalars(select(Source).where(Source.programme_id == programme.id).order_by(Source.key)))


def holidays(first: date, last: date) -> list[Holiday]:
    """List every holiday, bank or school, that touches these days."""
    wanted = select(Holiday).where(Holiday.first <= last, Holiday.last >= first)
    return list(db.session.scalars(wanted.order_by(Holiday.first, Holiday.kind, Holiday.what)))


def bank_holidays(first: date, last: date) -> list[Holiday]:
    """List the bank holidays among these days."""
    return [holiday for holiday in holidays(first, last) if holiday.kind == HolidayKind.BANK]


def school_holidays() -> list[Holiday]:
    """List the school holidays that are known, the latest first."""
    wanted = select(Holiday).where(Holiday.kind == HolidayKind.SCHOOL)
    return list(db.session.scalars(wanted.order_by(Holiday.first.desc(), Holiday.what)))


def is_known(what: str, first: date) -> bool:
    """Answer whether a school holiday of this name that begins on this day is in the calendar already."""
    same = exists().where(Holiday.kind == HolidayKind.SCHOOL, Holiday.what == what, Holiday.first == first)
    return bool(db.session.scalar(select(same)))


def rates() -> list[Rate]:
    """List every rate there is or was, by kind of work, the newest first."""
    return list(db.session.scalars(select(Rate).order_by(Rate.what, Rate.valid_from.desc(), Rate.id)))
