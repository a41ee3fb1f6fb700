"""A group in which somebody offers, somebody answers, somebody approves and somebody pays."""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from coprod.core.clock import HERE
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.payments import services
from coprod.payments.models import Expense, Payment, PaymentState
from coprod.payments.rules import BankDetails, Says
from coprod.people.models import Person
from coprod.programmes.models import Programme, Rate
from coprod.workstreams.models import Role, Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin, keep

ACCOUNT = BankDetails("Robin Example", "123456", "87654334")
BEFORE, AFTER = (2025, 11, 17, 9), (2025, 11, 26, 9)
"""A week before the session, and the morning after it."""


@dataclass
class Money:
    """Who is who, and what there is to be paid for."""

    sam: Person
    max: Person
    robin: Person
    kit: Person
    ada: Person
    pat: Person
    lee: Person
    stranger: Person
    programme: Programme
    stream: Workstream
    session: Session

    def task(self, **fields) -> services.Task:
        given = {"what": "Coming to the group", "kind": "One session", "times": 1, "on": self.session.on}
        given |= {"session": self.session, "pay_on": date(2025, 12, 2)}
        return services.Task(**given | fields)

    def offered(self, person: Person | None = None, **fields) -> Payment:
        return services.offer(self.stream, person or self.robin, self.task(**fields), by=self.sam)

    def at(self, state: PaymentState, clock, person: Person | None = None) -> Payment:
        """Walk a payment to this state, by the people whose part it is."""
        clock(*BEFORE)
        person = person or self.robin
        payment = self.offered(person)
        says = {PaymentState.OFFERED: Says.ASK, PaymentState.DECLINED: Says.NO, PaymentState.PART: Says.SOME}
        services.answer(payment, says.get(state, Says.ALL), 1000, by=person)
        later = {PaymentState.DUE: 1, PaymentState.APPROVED: 2, PaymentState.PAID: 3}.get(state, 0)
        if later:
            clock(*AFTER)
        for name, by in (("done", self.sam), ("approved", self.max), ("paid", self.pat))[:later]:
            services.move(payment, name, by=by)
        return payment

    def spent(self, person: Person | None = None, **fields) -> Expense:
        given = {"what": "Taxi", "pence": 460, "spent_on": date(2025, 11, 14)} | fields
        return services.claim(self.stream, *given.values(), by=person or self.robin)


def a_session(stream: Workstream, on: date, number: int = 1, cycle: Cycle | None = None) -> Session:
    """An evening of this group."""
    cycle = cycle or Cycle(workstream=stream, number=1, starts_on=on, starts_at=time(18))
    session = Session(cycle=cycle, number=number, on=on, starts_at=time(18), minutes=115, state=SessionState.PUBLISHED)
    session.begins, session.phase = datetime.combine(on, time(18), HERE), stream.programme.phases[0]
    keep(cycle, session)
    return session


@pytest.fixture
def money(database) -> Money:
    people = {name: a_professional(name.capitalize()) for name in ("sam", "max", "ada", "pat", "stranger")}
    robin, kit = a_person("Robin", phone="+447700900142", email="robin@example.org"), a_person("Kit")
    programme = a_programme(payments_officer=people["pat"])
    stream = a_stream(programme, facilitator=people["sam"], members=[robin, kit], neutral_name="Tuesday group")
    a_membership(stream, people["max"], Role.FACILITATOR, Seat.TEAM)
    a_membership(stream, people["ada"])
    keep(Rate(what="One session", pence=2500, valid_from=date(2025, 1, 1)))
    session = a_session(stream, date(2025, 11, 25))
    return Money(
        **people, robin=robin, kit=kit, lee=an_admin("Lee"), programme=programme, stream=stream, session=session
    )
