"""Tables themselves: proposed, named; who is looked for; who may come and go while something is decided."""

from collections.abc import Mapping
from typing import Any

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.workstreams import queries, rules
from coprod.workstreams.models import Kind, Run, Seat, Workstream


def create(programme: Programme, name: str, kind: Kind = Kind.STREAM, *, by: Person, **words: Any) -> Workstream:
    """Propose a new table; `words` are its purpose, neutral name, step, and whether it is open-ended."""
    require(rules.is_admin(by))
    stream = Workstream(programme=programme, name=name, kind=kind, **words)
    stream.runs = [Run(number=1, began=f"{today():%Y-%m}")]
    db.session.add(stream)
    db.session.flush()
    record(by, "proposed", stream)
    return stream


def call(stream: Workstream, neutral_name: str, *, by: Person) -> None:
    """Say what members' pages call this table where anyone might look."""
    require(rules.is_admin(by))
    stream.neutral_name = neutral_name
    record(by, "given a neutral name", stream)


def look_for(stream: Workstream, seats: Mapping[Seat, int], *, by: Person) -> None:
    """Say how many more people are looked for, by seat."""
    require(rules.may_invite(by, stream))
    stream.open_seats = {seat.value: number for seat, number in seats.items() if number}
    record(by, "open seats changed", stream)


def hold(stream: Workstream) -> None:
    """Keep others from coming and going until this is saved, and read afresh who is here, however many they are."""
    lock(stream)
    queries.read_afresh(stream)
