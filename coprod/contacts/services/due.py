"""What was confirmed a day ago takes effect by itself: a job of its own, which commits (A6)."""

from uuid import UUID

from sqlalchemy import exists, select, update

from coprod.contacts import queries, rules
from coprod.contacts.models import ChangeState, ContactChange
from coprod.contacts.queries import COLUMNS, SEALED_FOR
from coprod.contacts.services.effect import take_effect
from coprod.core.clock import now
from coprod.core.db import db, lock
from coprod.people.sealing import unseal

_UNTOUCHED = {"synchronize_session": False}


def make_due_changes() -> int:
    """Let what was confirmed a day ago take effect; answer how many."""
    made = sum(_make_one(key) for key in queries.to_make())
    last = ContactChange.old.is_not(None), ContactChange.asked_at < now() - rules.LAST_WORD_WITHIN
    db.session.execute(update(ContactChange).where(*last).values(old=None), execution_options=_UNTOUCHED)
    db.session.commit()
    return made


def _make_one(key: UUID) -> bool:
    change = db.session.scalars(select(ContactChange).where(ContactChange.id == key)).one()
    lock(change)
    if rules.is_due(change, now()):
        rules.LIFECYCLE.make(None, "made", change)
    elif change.state != ChangeState.MADE or not _is_free(change):
        return False
    take_effect(change, by=change.asked_by)
    db.session.commit()
    return True


def _is_free(change: ContactChange) -> bool:
    column = COLUMNS[change.channel]
    return not db.session.scalar(select(exists().where(column == unseal(SEALED_FOR, change.sealed or b""))))
