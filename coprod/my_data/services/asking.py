"""Questions about words that others wrote: asked, and answered by a person (L5)."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.my_data import queries, rules
from coprod.my_data.models import DataAsk
from coprod.people.models import Person


def ask(words: str, *, by: Person) -> DataAsk:
    """Ask to see, change or take out what somebody else wrote; the journal never speaks of it."""
    asked = DataAsk(person_id=by.id, words=words, asked_on=today())
    db.session.add(asked)
    db.session.flush()
    return asked


def answer(asked: DataAsk, words: str, *, by: Person) -> None:
    """Answer it in plain words."""
    require(rules.may_read_asks(by, is_lead=queries.is_lead(by)))
    rules.LIFECYCLE.make(by, "answered", asked)
    asked.answer, asked.answered_on, asked.answered_by_id = words, today(), by.id
