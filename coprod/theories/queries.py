"""Finding theories of change: everybody at the programme's tables reads them, each with what she may open of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.core.db import db
from coprod.outcomes.models import Indicator
from coprod.outcomes.queries import READINGS, recommendation_is_seen_by
from coprod.people.models import Person
from coprod.pilots.models import Pilot
from coprod.programmes.models import Programme
from coprod.recommendations.models import Recommendation
from coprod.theories import rules
from coprod.theories.models import (
    Theory,
    TheoryArrow,
    TheoryPart,
    TheoryState,
    TheoryYes,
    theory_arrow_indicator,
    theory_arrow_pilot,
    theory_part_indicator,
    theory_part_pilot,
    theory_part_recommendation,
)
from coprod.theories.rules import Told
from coprod.workstreams.models import Membership, MembershipState, Workstream


def _sits_in(person: Person, programme: Any) -> ColumnElement[bool]:
    return exists().where(
        Workstream.programme_id == programme,
        Membership.workstream_id == Workstream.id,
        Membership.person_id == person.id,
        Membership.state == MembershipState.JOINED,
    )


def _may_see(person: Person, programme: Any) -> ColumnElement[bool]:
    """Ask whether this person sits at a table of the programme, or runs it as its admin."""
    return or_(_sits_in(person, programme), exists().where(Person.id == person.id, Person.is_admin))


def _with_all(wanted: Select[Theory]) -> Select[Theory]:
    part, arrow = selectinload(Theory.parts), selectinload(Theory.arrows)
    return wanted.options(
        joinedload(Theory.programme),
        selectinload(Theory.tables).selectinload(Workstream.memberships),
        part.selectinload(TheoryPart.recommendations),
        part.selectinload(TheoryPart.pilots),
        part.selectinload(TheoryPart.indicators).options(*READINGS),
        arrow.selectinload(TheoryArrow.pilots),
        arrow.selectinload(TheoryArrow.indicators),
    )


def _seen_by(person: Person) -> Select[Theory]:
    return _with_all(select(Theory).where(_may_see(person, Theory.programme_id)))


def read_afresh(theory: Theory) -> None:
    """Read a version again with all that belongs to it, in the same number of statements for few and many."""
    wanted = _with_all(select(Theory).where(Theory.id == theory.id))
    db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def one_seen_by(person: Person, key: UUID) -> Theory:
    """Find one version with all that belongs to it, if this person may see it."""
    return db.session.scalars(_seen_by(person).where(Theory.id == key)).one()


def part_seen_by(person: Person, key: UUID) -> TheoryPart:
    """Find one part, if this person may see its theory."""
    of_it = select(TheoryPart.theory_id).where(TheoryPart.id == key).scalar_subquery()
    theory = db.session.scalars(_seen_by(person).where(Theory.id == of_it)).one()
    return next(part for part in theory.parts if part.id == key)


def arrow_seen_by(person: Person, key: UUID) -> TheoryArrow:
    """Find one arrow, if this person may see its theory."""
    of_it = select(TheoryArrow.theory_id).where(TheoryArrow.id == key).scalar_subquery()
    theory = db.session.scalars(_seen_by(person).where(Theory.id == of_it)).one()
    return next(arrow for arrow in theory.arrows if arrow.id == key)


def programme_seen_by(person: Person, key: UUID) -> Programme:
    """Find the programme, if this person may see its theories of change."""
    return db.session.scalars(select(Programme).where(Programme.id == key, _may_see(person, Programme.id))).one()


def versions_of(programme: Programme) -> Sequence[Theory]:
    """List a programme's versions, the first one first."""
    return db.session.scalars(
        select(Theory).where(Theory.programme_id == programme.id).order_by(Theory.number, Theory.id)
    ).all()


def tables_of(programme: Programme) -> Sequence[Workstream]:
    """List the programme's tables with who sits there."""
    wanted = select(Workstream).where(Workstream.programme_id == programme.id)
    people = selectinload(Workstream.memberships)
    return db.session.scalars(wanted.options(people).order_by(Workstream.name, Workstream.id)).all()


# --- As one reader may see it.


def told_to(person: Person, theory: Theory) -> Told:
    """Answer a theory as this person may see it: no title and no verdict of what is not hers to see (P1)."""
    parts, arrows = theory.parts, theory.arrows
    links: list[Any] = [one for part in parts for one in (*part.pilots, *part.indicators)]
    links += [one for arrow in arrows for one in (*arrow.pilots, *arrow.indicators)]
    asked = {one.id for part in parts for one in part.recommendations} | {one.recommendation_id for one in links}
    seen = _recommendations_among(person, asked)
    known = seen | {one.id for one in links if one.recommendation_id in seen}
    tellings = {part.id: rules.telling_of([one for one in part.indicators if one.id in known]) for part in parts}
    return Told(theory, frozenset(known), tellings)


def _recommendations_among(person: Person, keys: set[UUID]) -> set[UUID]:
    wanted = select(Recommendation.id).where(Recommendation.id.in_(keys), recommendation_is_seen_by(person))
    return set(db.session.scalars(wanted.order_by(Recommendation.id)))


@dataclass(frozen=True)
class Links:
    """What a writer can link a part or an arrow to: what she may see of the programme's own."""

    recommendations: Sequence[Recommendation]
    pilots: Sequence[Pilot]
    indicators: Sequence[Indicator]

    @property
    def keys(self) -> set[UUID]:
        """Answer the keys of all of them."""
        return {one.id for some in (self.recommendations, self.pilots, self.indicators) for one in some}


def links_for(person: Person, theory: Theory) -> Links:
    """List what this person can link to, in this theory's programme."""
    here = Recommendation.workstream.has(Workstream.programme_id == theory.programme_id)
    may = recommendation_is_seen_by(person), here
    asked = select(Recommendation).where(*may).order_by(Recommendation.number, Recommendation.id)
    pilots = select(Pilot).join(Pilot.recommendation).where(*may).order_by(Pilot.title, Pilot.id)
    measures = select(Indicator).join(Indicator.recommendation).where(*may).order_by(Indicator.name, Indicator.id)
    return Links(*(db.session.scalars(wanted).all() for wanted in (asked, pilots, measures)))


# --- Who agreed to which version.


@dataclass(frozen=True)
class Yeses:
    """How many agreed to a version, whom of them the reader knows, and what she said herself."""

    many: int
    names: Sequence[str]
    own: TheoryYes | None


def yeses_of(person: Person, theory: Theory) -> Yeses:
    """Answer who agreed: by name only those this person sits with, and who let their name stand there (P2)."""
    many = db.session.scalar(select(func.count()).where(TheoryYes.theory_id == theory.id)) or 0
    ours, theirs = aliased(Membership), aliased(Membership)
    sits_with = exists().where(
        ours.person_id == person.id,
        ours.state == MembershipState.JOINED,
        theirs.workstream_id == ours.workstream_id,
        theirs.person_id == Person.id,
        theirs.state == MembershipState.JOINED,
    )
    named = select(Person.alias).join(TheoryYes, TheoryYes.person_id == Person.id)
    known = named.where(TheoryYes.theory_id == theory.id, TheoryYes.named, sits_with)
    names = db.session.scalars(known.order_by(Person.alias, Person.id)).all()
    return Yeses(many, names, own_yes(person, theory))


def own_yes(person: Person, theory: Theory) -> TheoryYes | None:
    """Answer this person's own yes to a version, if she gave it."""
    return db.session.get(TheoryYes, (theory.id, person.id))


def to_answer(person: Person) -> Sequence[Theory]:
    """List the versions that wait for this person's own answer."""
    own = exists().where(TheoryYes.theory_id == Theory.id, TheoryYes.person_id == person.id)
    waits = Theory.state == TheoryState.READ
    wanted = select(Theory).where(waits, _sits_in(person, Theory.programme_id), ~own)
    return db.session.scalars(wanted.options(joinedload(Theory.programme)).order_by(Theory.number, Theory.id)).all()


# --- From a recommendation, a pilot or a measure back to where it is named.


@dataclass(frozen=True)
class Named:
    """What a thing is for in a version: the words of a part, or what an arrow takes for granted."""

    theory_id: UUID
    version: int
    words: str
    arrow: int | None
    part_id: UUID | None


def naming(person: Person, key: UUID) -> list[Named]:
    """List the parts, then the arrows, that name a recommendation, a pilot or a measure, where she may read them."""
    in_part = _linked(TheoryPart, key, theory_part_recommendation, theory_part_pilot, theory_part_indicator)
    in_arrow = _linked(TheoryArrow, key, theory_arrow_pilot, theory_arrow_indicator)
    told, first = (Theory.id, Theory.number), _read_first(person)
    parts = select(*told, TheoryPart.words, TheoryPart.id).join(TheoryPart.theory).where(in_part, *first)
    arrows = select(*told, TheoryArrow.assumption, TheoryArrow.number).join(TheoryArrow.theory).where(in_arrow, *first)
    found = parts.order_by(Theory.number, TheoryPart.number, TheoryPart.id)
    claims = arrows.order_by(Theory.number, TheoryArrow.number, TheoryArrow.id)
    return [
        *(Named(theory, version, words, None, part) for theory, version, words, part in db.session.execute(found)),
        *(Named(theory, version, words, number, None) for theory, version, words, number in db.session.execute(claims)),
    ]


def _linked(kind: type[TheoryPart | TheoryArrow], key: UUID, *tables: Table) -> ColumnElement[bool]:
    """Ask whether one of these tables, whose columns are its own end and the other, links it to this thing."""
    ends = [tuple(links.c) for links in tables]
    return or_(*(kind.id.in_(select(own).where(other == key)) for own, other in ends))


def _read_first(person: Person) -> tuple[ColumnElement[bool], ...]:
    """Ask for the version that is agreed, or where none is, the one that is written or read, if she may see it."""
    other = aliased(Theory)
    agreed = exists().where(other.programme_id == Theory.programme_id, other.state == TheoryState.AGREED)
    first = or_(Theory.state == TheoryState.AGREED, and_(Theory.state.in_(rules.OPEN), ~agreed))
    return first, _may_see(person, Theory.programme_id)
