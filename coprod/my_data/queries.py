"""Gathering what is kept about one person, by the register; and what people asked about others' words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Table, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from coprod.core.db import Root, asked_once, db
from coprod.evidence.models import Testimony
from coprod.my_data import rules
from coprod.my_data.models import AskState, DataAsk
from coprod.my_data.rules import Held
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme
from coprod.supporters.models import Support
from coprod.workstreams.models import Membership

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """One kind of thing that is kept about somebody, and every one of it: words beside what they say."""

    held: Held
    rows: list[Row]


def everything_about(person: Person) -> list[Kept]:
    """Gather all that is kept about this person and that she may read, kind by kind; kinds with nothing left out."""
    known = [held for held in rules.REGISTER if held.shown and held.table in Root.metadata.tables]
    found = [Kept(held, _rows(held, person.id)) for held in known]
    return [kept for kept in found if kept.rows]


def _rows(held: Held, key: UUID) -> list[Row]:
    table = Root.metadata.tables[held.table]
    wanted: list[Any] = []
    joined: Any = table
    followed: list[Any] = []
    for shown, label in held.shown.items():
        name, _, elsewhere = shown.partition(">")
        if not elsewhere:
            wanted.append(table.c[name].label(label))
            continue
        other = Root.metadata.tables[elsewhere.partition(".")[0]]
        if other not in followed:
            joined = joined.join(other, table.c[name] == other.c.id)
            followed.append(other)
        wanted.append(other.c[elsewhere.partition(".")[2]].label(label))
    # PostgreSQL puts no order on JSON.
    in_order = [column for column in wanted if not isinstance(column.type, JSON)]
    found = select(*wanted).select_from(joined).where(is_hers(held, key)).order_by(*in_order)
    return [dict(row) for row in db.session.execute(found).mappings()]


def is_hers(held: Held, key: UUID) -> ColumnElement[bool]:
    """Ask for the rows that are about the person with this key."""
    table = Root.metadata.tables[held.table]
    return or_(*(_says_so(table, column.partition(".")[2], key) for column in held.whose))


def _says_so(table: Table, column: str, key: UUID) -> ColumnElement[bool]:
    if column == "membership_id":
        return table.c[column].in_(select(Membership.id).where(Membership.person_id == key))
    if column == "testimony_id":
        return table.c[column].in_(select(Testimony.id).where(Testimony.person_id == key))
    return table.c[column] == key


# --- Erasing.


def is_lead(person: Person) -> bool:
    """Answer whether concerns come to this person, first or as deputy."""
    return asked_once(("is lead", person.id), lambda: _is_lead(person))


def _is_lead(person: Person) -> bool:
    leads = or_(Programme.safeguarding_lead_id == person.id, Programme.deputy_lead_id == person.id)
    return bool(db.session.scalar(select(exists().where(leads))))


def is_last_admin(person: Person) -> bool:
    """Answer whether nobody else keeps the accounts."""
    others = exists().where(Person.is_admin, Person.active, Person.id != person.id)
    return person.is_admin and not db.session.scalar(select(others))


def places_of(person: Person) -> Sequence[Membership]:
    """List every place this person has or had."""
    return db.session.scalars(select(Membership).where(Membership.person_id == person.id).order_by(Membership.id)).all()


def left_alone_by(person: Person) -> Sequence[Person]:
    """List the supporters who would have nobody left to help without this person."""
    others = exists().where(
        Support.supporter_id == Person.id, Support.member_id != person.id, Support.ended_on.is_(None)
    )
    hers = exists().where(Support.supporter_id == Person.id, Support.member_id == person.id)
    found = select(Person).where(Person.side == Side.SUPPORTER, hers, ~others)
    return db.session.scalars(found.order_by(Person.id)).all()


def shares_her_name(person: Person) -> bool:
    """Answer whether somebody else who is not erased goes by the same name: plans that name it may mean them."""
    same = exists().where(Person.alias == person.alias, Person.id != person.id, Person.erased_on.is_(None))
    return bool(db.session.scalar(select(same)))


def erased_people() -> Sequence[UUID]:
    """List everybody who was erased here."""
    return db.session.scalars(select(Person.id).where(Person.erased_on.is_not(None)).order_by(Person.id)).all()


def not_erased_among(keys: Sequence[UUID]) -> Sequence[Person]:
    """List those of these people who are not erased here, as after a restore."""
    found = select(Person).where(Person.id.in_(keys), Person.erased_on.is_(None))
    return db.session.scalars(found.order_by(Person.id)).all()


# --- Questions about others' words.


def own_asks(person: Person) -> Sequence[DataAsk]:
    """List what this person asked, the latest first."""
    found = select(DataAsk).where(DataAsk.person_id == person.id)
    return db.session.scalars(found.order_by(DataAsk.asked_on.desc(), DataAsk.id)).all()


def asks_seen_by(person: Person) -> Sequence[DataAsk]:
    """List what waits for an answer, then what was answered, to those who may answer."""
    _only_who_answers(person)
    found = select(DataAsk).options(joinedload(DataAsk.person))
    order = (DataAsk.state != AskState.ASKED, DataAsk.asked_on, DataAsk.id)
    return db.session.scalars(found.order_by(*order)).all()


def ask_seen_by(person: Person, key: UUID) -> DataAsk:
    """Find one of them."""
    _only_who_answers(person)
    return db.session.scalars(select(DataAsk).where(DataAsk.id == key).options(joinedload(DataAsk.person))).one()


def waiting_asks(person: Person) -> int:
    """Count what waits for an answer that this person may give; for everybody else there is nothing."""
    if not rules.may_read_asks(person, is_lead=is_lead(person)):
        return 0
    waiting = select(DataAsk.id).where(DataAsk.state == AskState.ASKED, DataAsk.person_id != person.id)
    return len(db.session.scalars(waiting.order_by(DataAsk.id)).all())


def closed_accounts(person: Person) -> Sequence[Person]:
    """List whose account is closed, to those who keep the accounts: they may have asked on paper to be erased."""
    if not person.is_admin:
        return []
    found = select(Person).where(~Person.active, Person.erased_on.is_(None))
    return db.session.scalars(found.order_by(Person.alias, Person.id)).all()


def _only_who_answers(person: Person) -> None:
    if not rules.may_read_asks(person, is_lead=is_lead(person)):
        raise NoResultFound
