"""The moves of a table; with its end, whatever place is still offered there ends too."""

from coprod.core.journal import record
from coprod.people.models import Person
from coprod.workstreams import rules
from coprod.workstreams.models import Workstream, WorkstreamState
from coprod.workstreams.services.places import take_back_offers
from coprod.workstreams.services.tables import hold


def move_stream(stream: Workstream, name: str, *, by: Person) -> None:
    """Make one of the table's moves, and write it down."""
    _move(stream, name, mover=by, by=by)


def settle_table(stream: Workstream, name: str, *, by: Person | None) -> None:
    """Make a move that no button makes: groups come together, close when they are one, or are called off."""
    _move(stream, name, mover=None, by=by)


def _move(stream: Workstream, name: str, *, mover: Person | None, by: Person | None) -> None:
    hold(stream)
    before, after = rules.LIFECYCLE.make(mover, name, stream)
    record(by, name, stream, before=before, after=after)
    if stream.state == WorkstreamState.CLOSED:
        take_back_offers(stream, by=by)
