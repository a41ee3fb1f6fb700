"""Reading principles and priorities, with the links between them."""

from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.principles.models import Principle, PrincipleVersion, Priority
from coprod.principles.rules import ChosenIn
from coprod.programmes.models import Programme
from coprod.workstreams.models import Role, Workstream
from coprod.workstreams.queries import memberships_of

Choices = Callable[[Person, Programme], Iterable[tuple[UUID, ChosenIn]]]
_CHOICES: list[Choices] = []


def tells_of_choices(tells: Choices) -> Choices:
    """Let a later feature say which vote chose a priority, of those its reader may read."""
    _CHOICES.append(tells)
    return tells


def choices_of(programme: Programme, person: Person) -> dict[UUID, list[ChosenIn]]:
    """Answer for each priority the votes that chose it, as far as this reader may read them."""
    known: dict[UUID, list[ChosenIn]] = {}
    for tells in _CHOICES:
        for key, chosen in tells(person, programme):
            known.setdefault(key, []).append(chosen)
    return known


def principles_of(programme: Programme) -> list[Principle]:
    """List the principles in their order, with the priorities that come from each and who ratified it."""
    wanted = select(Principle).where(Principle.programme_id == programme.id)
    loaded = selectinload(Principle.priorities), joinedload(Principle.ratified_by)
    return list(db.session.scalars(wanted.options(*loaded).order_by(Principle.number)))


def priorities_of(programme: Programme) -> list[Priority]:
    """List the priorities in their order, with the principles each comes from."""
    wanted = select(Priority).where(Priority.programme_id == programme.id)
    return list(db.session.scalars(wanted.options(selectinload(Priority.principles)).order_by(Priority.number)))


def one_principle(key: UUID) -> Principle:
    """Answer one principle with all it ever said; everybody signed in may see it."""
    versions = selectinload(Principle.versions).joinedload(PrincipleVersion.ratified_by)
    wanted = select(Principle).where(Principle.id == key)
    loaded = versions, selectinload(Principle.priorities), joinedload(Principle.ratified_by)
    return db.session.scalars(wanted.options(*loaded)).one()


def one_priority(key: UUID) -> Priority:
    """Answer one priority; everybody signed in may see it."""
    return db.session.scalars(select(Priority).where(Priority.id == key)).one()


def facilitated_by(person: Person, programme: Programme) -> list[Workstream]:
    """List the groups of this programme that somebody facilitates, and can write down a yes for."""
    mine = [seat.workstream for seat in memberships_of(person) if seat.role == Role.FACILITATOR]
    return [stream for stream in mine if stream.programme_id == programme.id]


def added_here() -> set[UUID]:
    """Answer the keys of the principles and priorities that somebody added here, beside those of the public record."""
    kinds = (Principle.__tablename__, Priority.__tablename__)
    return set(db.session.scalars(select(Entry.subject_id).where(Entry.verb == "added", Entry.subject.in_(kinds))))
