"""A group with its facilitator, a member who sits there, one who is asked, and a professional."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

import pytest

from coprod.agreements import services as agreements
from coprod.agreements.models import Agreement
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Session
from coprod.payments.models import Payment
from coprod.people.models import Person
from coprod.workstreams.models import (
    CaseCheck,
    CheckAnswer,
    Membership,
    MembershipState,
    SeparationCheck,
    Workstream,
)
from coprod.workstreams.rules import membership_of
from tests.factories import a_membership, a_person, a_professional, a_stream, keep

LONG_AGO = date(2025, 11, 3)


@dataclass
class Table:
    """The people of one group."""

    stream: Workstream
    sam: Person
    robin: Person
    kit: Person
    mia: Person
    here: Membership
    asked: Membership


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, kit, mia = a_professional("Sam"), a_person("Robin"), a_person("Kit"), a_professional("Mia")
    stream = a_stream(facilitator=sam, members=[robin], neutral_name="Tuesday group")
    a_membership(stream, mia, state=MembershipState.PAUSED)
    asked = a_membership(stream, kit, state=MembershipState.INVITED)
    asked.asked_on = LONG_AGO
    here = membership_of(robin, stream)
    assert here is not None
    return Table(stream, sam, robin, kit, mia, here, asked)


@pytest.fixture
def checked(table: Table) -> Callable[[Membership], None]:
    """Have both checks of a place answered, long enough ago."""

    def check(place: Membership) -> None:
        keep(
            SeparationCheck(
                membership_id=place.id,
                answer=CheckAnswer.TOGETHER,
                checked_on=LONG_AGO,
                checked_by_id=table.sam.id,
            ),
            *(
                CaseCheck(
                    professional_id=other.id,
                    lived_id=place.person_id,
                    confirmed_on=LONG_AGO,
                    confirmed_by_id=table.sam.id,
                )
                for other in (table.sam, table.mia)
            ),
        )
        db.session.expire(place)

    return check


@pytest.fixture
def agreement(table: Table) -> Agreement:
    """What the group agreed."""
    paper = agreements.start(table.stream, by=table.sam)
    agreements.talk_through(paper, by=table.sam)
    agreements.agree(paper, by=table.sam)
    return paper


@pytest.fixture
def evening(table: Table, agreement: Agreement) -> Session:
    """The first evening, sent out; it is on 2 December."""
    first = cycles.plan(table.stream, date(2025, 12, 2), time(18), by=table.sam, place="Sea Room").sessions[0]
    cycles.publish(first, by=table.sam)
    return first


@pytest.fixture
def offer(table: Table) -> Payment:
    """Thirty pounds, offered to Robin and not answered."""
    days = {"task_on": date(2025, 12, 2), "pay_on": date(2025, 12, 12)}
    payment = Payment(person=table.robin, workstream=table.stream, what="coming to a session", pence=3000, **days)
    keep(payment)
    return payment
