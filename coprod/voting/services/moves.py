"""Making one of a vote's moves, and writing it down: never who voted, and never how (B7)."""

from coprod.core.journal import record
from coprod.people.models import Person
from coprod.voting import rules
from coprod.voting.models import Poll


def move(poll: Poll, name: str, *, by: Person | None) -> None:
    """Make one of the lifecycle's moves, and write it down."""
    before, after = rules.LIFECYCLE.make(by, name, poll)
    record(by, name, poll, before=before, after=after)
