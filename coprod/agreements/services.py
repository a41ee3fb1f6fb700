"""Everything that changes an agreement."""

from coprod.agreements import queries, rules
from coprod.agreements.models import Agreement, AgreementState
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def start(stream: Workstream, *, by: Person) -> Agreement:
    """Start the next version, from the last one's words or from those offered."""
    lock(stream)
    versions = queries.versions_of(stream)
    require(rules.may_start(by, stream, versions))
    words = versions[-1].words if versions else rules.offered()
    agreement = Agreement(workstream=stream, number=len(versions) + 1, words=dict(words), changed="")
    db.session.add(agreement)
    db.session.flush()
    record(by, "started", agreement)
    return agreement


def write(agreement: Agreement, words: dict[str, str], changed: str, *, by: Person) -> None:
    """Change the words, and say what changed, never who asked."""
    require(rules.may_write(by, agreement))
    agreement.words, agreement.changed = words, changed
    record(by, "wrote", agreement)


def talk_through(agreement: Agreement, *, by: Person) -> None:
    """Note that the group has talked it through in the room."""
    _move(agreement, "talked through", by=by)


def agree(agreement: Agreement, *, by: Person) -> None:
    """Note that the group agrees; the version before it is superseded."""
    _move(agreement, "agreed", by=by)
    agreement.agreed_on = today()
    for earlier in queries.versions_of(agreement.workstream):
        if earlier.state == AgreementState.AGREED and earlier is not agreement:
            _move(earlier, "superseded", by=by)


def _move(agreement: Agreement, name: str, *, by: Person) -> None:
    before, after = rules.LIFECYCLE.make(by, name, agreement)
    record(by, name, agreement, before=before, after=after)
