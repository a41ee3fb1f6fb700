"""Wording principles and priorities, and linking the two."""

from collections.abc import Sequence

from coprod.core.answers import require
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.principles.models import Principle, Priority
from coprod.principles.rules import may_word
from coprod.workstreams.queries import memberships_of


def word(thing: Principle | Priority, wording: str, *, is_example: bool, by: Person) -> None:
    """Put it in these words; they stay marked as an example unless somebody says they are the published ones."""
    require(may_word(by, memberships_of(by)))
    thing.wording, thing.is_example = wording, is_example
    db.session.flush()
    record(by, "worded", thing)


def link(priority: Priority, principles: Sequence[Principle], *, by: Person) -> None:
    """Say which principles a priority comes from."""
    require(may_word(by, memberships_of(by)))
    priority.principles = list(principles)
    db.session.flush()
    record(by, "linked", priority)
