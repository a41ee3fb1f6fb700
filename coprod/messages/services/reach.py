"""How somebody may be reached: said by themselves, and kept in no journal."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from coprod.core.answers import require
from coprod.core.db import db
from coprod.messages import queries, rules
from coprod.messages.models import Reach
from coprod.messages.services.putting import insert, read_anew
from coprod.people.models import Person


def reach_of(person: Person) -> Reach:
    """Answer what this person has said about how to reach them; who has said nothing has nothing kept."""
    return queries.reach_of(person) or queries.nothing_said(person)


def set_reach(person: Person, *, by: Person, **fields: Any) -> None:
    """Keep how this person wants to be reached; no journal speaks of it."""
    require(rules.may_set_reach(by, person))
    said = {"hours": []} | fields
    put = insert(Reach).values(id=uuid4(), person_id=person.id, **said)
    db.session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=fields))
    read_anew(select(Reach).where(Reach.person_id == person.id))
