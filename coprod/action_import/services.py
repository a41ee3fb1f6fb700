"""Bringing in an action log from elsewhere: reading it, saying what its columns hold, and putting it into ours."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from coprod.action_import import queries, rules
from coprod.action_import.models import BroughtIn, Import
from coprod.action_import.rules import Fault, Line, Owner, Sifted
from coprod.actions import services as actions
from coprod.actions.rules import leads
from coprod.actions.services import Kept
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.spreadsheets.reading import Sheet
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def take(table: Workstream, sheets: list[Sheet], file: str, *, by: Person) -> Import:
    """Keep what stands in a file until it is brought in: of several sheets, the one whose headings we know best."""
    require(leads(by, table))
    sheet = max(sheets, key=lambda one: rules.known_headings(one.rows))
    head = rules.head_of(sheet.rows)
    brought = Import(
        workstream_id=table.id,
        by_id=by.id,
        on=today(),
        name=rules.name_of(file, sheet.name),
        others=[rules.plain_name(one.name) for one in sheets if one is not sheet],
        cells=[[number, cells] for number, cells in sheet.rows],
        faults=sheet.faults,
        head=head,
        columns=rules.guessed(dict(sheet.rows)[head]),
    )
    db.session.add(brought)
    db.session.flush()
    return brought


def match(brought: Import, head: int, columns: Mapping[str, str], *, by: Person) -> None:
    """Say in which row the headings stand, and which part of an action each column holds."""
    _move(brought, "matched", by=by)
    brought.head, brought.columns = head, dict(columns)


def say_who(brought: Import, meant: Mapping[str, Person], *, by: Person) -> None:
    """Say whom the log means by names that nobody here goes by."""
    _move(brought, "matched", by=by)
    brought.owners = brought.owners | {rules.same(name): str(person.id) for name, person in meant.items()}


def bring_in(brought: Import, *, by: Person) -> Sifted:
    """Put every row that can come in into the log, and write down what became of each; done again it adds nothing."""
    require(rules.LIFECYCLE.may(by, "brought in", brought))
    lock(brought.workstream)
    _move(brought, "brought in", by=by)
    sifted = queries.sifted(brought, by)
    owners = _owners(sifted.good, by)
    kept = [_kept(line, owners[line.owner.whose]) for line in sifted.good]
    made = actions.bring_in_actions(brought.workstream, kept, by=by)
    pairs = list(zip(sifted.good, made, strict=True))
    db.session.add_all(
        BroughtIn(
            workstream_id=brought.workstream_id, action_id=action.id, fingerprint=fingerprint, import_id=brought.id
        )
        for line, action in pairs
        for fingerprint in (line.print_of_words, rules.print_of_owner(line, action.owner_id))
    )
    brought.report = report_of(sifted, {line.row: action.number for line, action in pairs})
    _empty(brought)
    db.session.flush()
    return sifted


def report_of(sifted: Sifted, numbers: Mapping[int, int] | None = None) -> list[dict[str, Any]]:
    """Answer what becomes of each row, or became of it where it has a number in the log now."""
    came = "can come in" if numbers is None else "brought in"
    lines: list[dict[str, Any]] = [
        *({"row": line.row, "did": came, "number": (numbers or {}).get(line.row, "")} for line in sifted.good),
        *(_told(fault, "here already") for fault in sifted.here),
        *(_told(fault, "refused") for fault in sifted.refused),
    ]
    return sorted(lines, key=lambda one: int(one["row"]))


def drop(brought: Import, *, by: Person | None) -> None:
    """Leave it; what stood in it goes. By nobody: a week went by and nobody finished it."""
    _move(brought, "dropped", by=by)
    _empty(brought)


def drop_unfinished(key: UUID) -> None:
    """Drop one that nobody finished."""
    drop(db.session.get_one(Import, key), by=None)


def _owners(lines: Iterable[Line], by: Person) -> dict[UUID | str, Person]:
    """Find everybody who is meant, each of them once; who is new is called what the first of their rows says."""
    first: dict[UUID | str, Owner] = {}
    for line in lines:
        first.setdefault(line.owner.whose, line.owner)
    return {whose: _owner(one, by) for whose, one in first.items()}


def _owner(one: Owner, by: Person) -> Person:
    return db.session.get_one(Person, one.key) if one.key else actions.outside_owner(one.name, one.email, by=by)


def _kept(line: Line, owner: Person) -> Kept:
    return Kept(line.what, owner, line.due, line.opened_on, line.state, line.settled_on, line.note)


def _told(fault: Fault, did: str) -> dict[str, Any]:
    return {"row": fault.row, "did": did, "cell": fault.cell, "reason": fault.reason}


def _empty(brought: Import) -> None:
    """Let go of what the file said: only what became of it stays."""
    brought.cells, brought.faults, brought.owners = [], {}, {}


def _move(brought: Import, name: str, *, by: Person | None) -> None:
    lock(brought)
    before, after = rules.LIFECYCLE.make(by, name, brought)
    record(by, name, brought, before=before, after=after)
