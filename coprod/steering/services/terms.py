"""Writing down what a steering group is for."""

from datetime import date
from typing import TypedDict, Unpack

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.steering import rules
from coprod.steering.models import Terms
from coprod.workstreams.models import Workstream


class TermsWords(TypedDict, total=False):
    """What the terms say beside the purpose."""

    members: str
    deciding: str
    meeting_often: str
    look_again_on: date | None


def set_terms(steering: Workstream, purpose: str, *, by: Person, **said: Unpack[TermsWords]) -> Terms:
    """Keep a new version of what the group has agreed; the earlier ones stay as they were."""
    lock(steering)
    require(rules.may_set_terms(by, steering))
    number = next_number(Terms.number, Terms.workstream_id == steering.id)
    terms = Terms(workstream=steering, number=number, purpose=purpose, agreed_on=today(), by_id=by.id, **said)
    db.session.add(terms)
    db.session.flush()
    record(by, "set the terms", steering)
    return terms
