"""Adding, wording and ratifying principles and priorities, and linking the two."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from coprod.core.answers import YES, no, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.principles.models import Principle, PrincipleVersion, Priority
from coprod.principles.rules import can_be_ratified, may_ratify, may_word
from coprod.programmes.models import Programme
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import memberships_of


def add_principle(programme: Programme, wording: str, *, is_example: bool, by: Person) -> Principle:
    """Add a principle under the next number, in its first version."""
    require(may_word(by, memberships_of(by), programme.id))
    lock(programme)
    number = next_number(Principle.number, Principle.programme_id == programme.id)
    principle = Principle(programme=programme, number=number, wording=wording, is_example=is_example)
    begin(principle)
    record(by, "added", principle)
    return principle


def begin(principle: Principle) -> None:
    """Keep a new principle, and its words as the first version."""
    principle.version = 0
    db.session.add(principle)
    _keep_version(principle)


def add_priority(programme: Programme, wording: str, *, is_example: bool, by: Person) -> Priority:
    """Add a priority under the next number."""
    require(may_word(by, memberships_of(by), programme.id))
    lock(programme)
    number = next_number(Priority.number, Priority.programme_id == programme.id)
    priority = Priority(programme=programme, number=number, wording=wording, is_example=is_example)
    db.session.add(priority)
    db.session.flush()
    record(by, "added", priority)
    return priority


def word(thing: Principle | Priority, wording: str, *, is_example: bool, by: Person, read: str | None = None) -> None:
    """Put it in these words; they stay marked as an example unless somebody says they are the published ones.

    Other words of a principle are a new version, which no group has ratified yet. Raises that somebody else was faster
    where the words are no longer those that were `read` (R4).
    """
    require(may_word(by, memberships_of(by), thing.programme_id))
    lock(thing)
    if (thing.wording, thing.is_example) == (wording, is_example):
        return
    if read is not None and thing.wording not in (read, wording):
        raise Overtaken
    thing.wording, thing.is_example = wording, is_example
    if isinstance(thing, Principle):
        _keep_version(thing)
    db.session.flush()
    record(by, "worded", thing)


def _keep_version(principle: Principle) -> None:
    principle.version += 1
    principle.ratified_on = principle.ratified_by = None
    db.session.flush()
    said = {"wording": principle.wording, "is_example": principle.is_example, "on": today()}
    db.session.add(PrincipleVersion(principle_id=principle.id, number=principle.version, **said))
    db.session.flush()


def ratify(principle: Principle, stream: Workstream, on: date, *, by: Person) -> None:
    """Write down that this group said yes to these very words on this day."""
    require(may_ratify(by, stream, on, today()))
    read = principle.version
    lock(principle)
    require(YES if principle.version == read else no("The words have changed. Please read them again."))
    require(can_be_ratified(principle, stream))
    these = (PrincipleVersion.principle_id == principle.id, PrincipleVersion.number == principle.version)
    for said in (principle, db.session.scalars(select(PrincipleVersion).where(*these)).one()):
        said.ratified_on, said.ratified_by = on, stream
    db.session.flush()
    record(by, "ratified", principle)


def link(
    priority: Priority, principles: Iterable[Principle], *, by: Person, read: Iterable[Principle] | None = None
) -> None:
    """Say which principles a priority comes from; what somebody else linked since these were `read` stays (R4)."""
    require(may_word(by, memberships_of(by), priority.programme_id))
    lock(priority)
    db.session.refresh(priority, ["principles"])
    now, chosen = set(priority.principles), set(principles)
    before = now if read is None else set(read)
    wanted = (now | (chosen - before)) - (before - chosen)
    if wanted == now:
        return
    priority.principles = sorted(wanted, key=lambda principle: principle.number)
    db.session.flush()
    record(by, "linked", priority)
