"""The words an installation has made its own."""

from uuid import uuid4

from sqlalchemy import select

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.messages import rules
from coprod.messages.models import Wording
from coprod.messages.rules import Purpose
from coprod.messages.services.putting import insert, read_anew
from coprod.messages.services.sending import longest_link
from coprod.people.models import Person


def set_wording(purpose: Purpose, words: str, *, by: Person) -> None:
    """Send these words from now on in place of ours."""
    require(rules.may_word(by) & rules.may_say(words, purpose, longest_link(purpose)))
    put = insert(Wording).values(id=uuid4(), purpose=purpose.name, words=words, changed_on=today())
    changed = {"words": words, "changed_on": today()}
    db.session.execute(put.on_conflict_do_update(index_elements=["purpose"], set_=changed))
    record(by, "reworded", read_anew(select(Wording).where(Wording.purpose == purpose.name)))


def reset_wording(purpose: Purpose, *, by: Person) -> None:
    """Send our words again."""
    require(rules.may_word(by))
    for own in db.session.scalars(select(Wording).where(Wording.purpose == purpose.name).order_by(Wording.id)):
        db.session.delete(own)
        record(by, "set back to the first words", own)
