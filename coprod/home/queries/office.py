"""What a programme admin looks after, and who does what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from coprod.administration import queries as administration
from coprod.core.db import db
from coprod.home import rules
from coprod.messages import queries as messages
from coprod.my_data import queries as my_data
from coprod.payments import queries as payments
from coprod.people.models import Person
from coprod.retention import queries as retention
from coprod.workstreams.models import Membership, MembershipState, Workstream


@dataclass(frozen=True)
class OfficeView:
    """What a programme admin is reminded of: a review, a run that did not finish, a question, a lost message."""

    review_is_due: bool
    runs_are_late: bool
    asks: int
    lost: Mapping[str, int]
    to_approve: int


def for_office(person: Person, today: date, now: datetime) -> OfficeView:
    """Gather what a programme admin is reminded of."""
    fees, expenses = payments.to_approve(person)
    return OfficeView(
        review_is_due=administration.review_is_due(today),
        runs_are_late=retention.needs_a_look(person, now),
        asks=my_data.waiting_asks(person),
        lost=messages.given_up(),
        to_approve=len(fees) + len(expenses),
    )


def what_they_do() -> dict[UUID, str]:
    """Say what everybody does at their tables, for choosing whom to try the demonstration as."""
    held = select(Membership).join(Membership.workstream).where(Membership.state == MembershipState.JOINED)
    loaded = held.options(contains_eager(Membership.workstream))
    done: dict[UUID, list[str]] = {}
    for seat in db.session.scalars(loaded.order_by(Workstream.kind.desc(), Workstream.name, Membership.id)):
        done.setdefault(seat.person_id, []).append(rules.doing(seat))
    return {key: "; ".join(words) for key, words in done.items()}
