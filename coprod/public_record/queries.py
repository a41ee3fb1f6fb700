"""Reading what is kept here of the public record, as facts beside their rows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from coprod.core.db import Base, db
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Comparison, Holiday, HolidayKind, Phase, Programme, Source, TimelineEntry
from coprod.public_record.rules import FIELDS, Fact
from coprod.workstreams.models import Run, Workstream

Kept = dict[Fact, Base]


def programme_of(name: str) -> Programme | None:
    """Answer the programme of this name, or the only one that was ever imported, whose name has then changed."""
    programmes = list(db.session.scalars(select(Programme).order_by(Programme.name)))
    same = [programme for programme in programmes if programme.name == name]
    imported = [programme for programme in programmes if programme.record_hash]
    return next(iter(same or imported), None)


def kept_of(programme: Programme) -> Kept:
    """Answer everything kept here that the record may speak of, in its order."""
    return {
        _fact("programme", "", programme): programme,
        **dict(_own(programme)),
        **dict(_tables(programme)),
        **dict(_holidays()),
        **dict(_numbered(programme)),
    }


def _own(programme: Programme) -> Iterator[tuple[Fact, Base]]:
    for table, model, named_by, order in (
        ("source", Source, "key", Source.key),
        ("phase", Phase, "name", Phase.position),
        ("timeline entry", TimelineEntry, "what", TimelineEntry.position),
        ("comparison", Comparison, "name", Comparison.position),
    ):
        rows: Any = db.session.scalars(select(model).where(model.programme_id == programme.id).order_by(order))
        for row in rows:
            yield _fact(table, getattr(row, named_by), row), row


def _tables(programme: Programme) -> Iterator[tuple[Fact, Base]]:
    mine = Workstream.programme_id == programme.id
    for stream in db.session.scalars(select(Workstream).where(mine).order_by(Workstream.name)):
        yield _fact("workstream", stream.name, stream), stream
    runs = select(Run, Workstream.name).join(Run.workstream).where(mine).order_by(Workstream.name, Run.number)
    for run, name in db.session.execute(runs):
        yield _fact("run", str(run.number), run, name), run


def _holidays() -> Iterator[tuple[Fact, Base]]:
    for holiday in db.session.scalars(select(Holiday).order_by(Holiday.first, Holiday.what)):
        table = "bank holiday" if holiday.kind == HolidayKind.BANK else "school holiday"
        yield _fact(table, holiday.what, holiday, holiday.first.isoformat()), holiday


def _numbered(programme: Programme) -> Iterator[tuple[Fact, Base]]:
    for table, model in (("principle", Principle), ("priority", Priority)):
        rows: Any = db.session.scalars(select(model).where(model.programme_id == programme.id).order_by(model.number))
        for row in rows:
            yield Fact(table, str(row.number)), row


def _fact(table: str, name: str, row: Base, of: str = "") -> Fact:
    return Fact(table, name, of, {field: getattr(row, field) for field in FIELDS[table]})
