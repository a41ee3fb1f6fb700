"""Reading the library: the house's outlines, one's own, and what others share."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.core.db import db
from coprod.library.models import Template, TemplateKind, TemplateWeek
from coprod.library.rules import house, templates
from coprod.library.rules.templates import TemplatePart
from coprod.people.models import Person
from coprod.workstreams.queries import memberships_of


@dataclass(frozen=True)
class Shelves:
    """The library as one person finds it."""

    offered: Sequence[Template]
    own: Sequence[Template]
    shared: Sequence[Template]
    lent: frozenset[UUID]
    """The keys of one's own evenings that others read with weeks one shares."""


def must_use(person: Person) -> None:
    """To everybody who runs no group and keeps no programme there is no library (P2)."""
    if not templates.may_use(person, memberships_of(person)):
        raise NoResultFound


def _may_be_read(person: Person) -> ColumnElement[bool]:
    """What is hers, what is shared, and the evenings that shared weeks of the same owner start from."""
    weeks = aliased(Template)
    lends = and_(TemplateWeek.outline_id == Template.id, weeks.owner_id == Template.owner_id, weeks.shared)
    lent = exists().where(TemplateWeek.template_id == weeks.id, lends)
    return or_(Template.owner_id == person.id, Template.shared, lent)


def _seen_by(person: Person) -> Select[Template]:
    must_use(person)
    return (
        select(Template)
        .where(_may_be_read(person))
        .options(
            joinedload(Template.owner),
            selectinload(Template.weeks).selectinload(TemplateWeek.outline).selectinload(Template.items),
            selectinload(Template.steps),
            selectinload(Template.items),
        )
        .order_by(Template.name, Template.id)
    )


def shelves(person: Person) -> Shelves:
    """Lay out what the house offers, what this person keeps, and what others share."""
    found = db.session.scalars(_seen_by(person)).all()
    own = [template for template in found if template.owner_id == person.id]
    others = [template for template in found if template.owner_id != person.id]
    lent = [week.outline_id for template in own if template.shared for week in template.weeks if week.outline_id]
    return Shelves(house.outlines(), own, others, frozenset(lent))


def of_kind(person: Person, kind: TemplateKind) -> list[Template]:
    """List every template of one kind this person may start from, the house's own first."""
    found = db.session.scalars(_seen_by(person).where(Template.kind == kind))
    return [*(offered for offered in house.outlines() if offered.kind == kind), *found]


def names_of(person: Person, kind: TemplateKind) -> list[tuple[UUID, str]]:
    """List keys and names of the kept templates of one kind, own and shared."""
    must_use(person)
    wanted = select(Template.id, Template.name).where(Template.kind == kind, _may_be_read(person))
    return [(row.id, row.name) for row in db.session.execute(wanted.order_by(Template.name, Template.id))]


def one_seen_by(person: Person, key: UUID) -> Template:
    """Find one template: the house's, one's own, or a shared one."""
    must_use(person)
    offered = next((template for template in house.outlines() if template.id == key), None)
    return offered or db.session.scalars(_seen_by(person).where(Template.id == key)).one()


def lent_with(evening: Template) -> list[str]:
    """Name the shared weeks with which others read this evening."""
    wanted = (
        select(Template.name)
        .where(Template.shared, Template.owner_id == evening.owner_id)
        .where(Template.weeks.any(TemplateWeek.outline_id == evening.id))
    )
    return list(db.session.scalars(wanted.order_by(Template.name, Template.id)))


def one_part_seen_by(person: Person, key: UUID, part: UUID) -> tuple[Template, TemplatePart]:
    """Find one session, step or item of a template."""
    template = one_seen_by(person, key)
    found = next((each for each in templates.parts_of(template) if each.id == part), None)
    if found is None:
        raise NoResultFound
    return template, found
