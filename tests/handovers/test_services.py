"""A group is offered, taken and taken back; roles, rights and the journal follow."""

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.handovers import queries, services
from coprod.handovers.models import Handover
from coprod.people.models import Person, SignedIn
from coprod.people.services import begin_session
from coprod.workstreams.models import MembershipState, Role, Words
from coprod.workstreams.rules import is_facilitator
from tests.handovers.conftest import Table


def _role(table: Table, person: Person) -> tuple[Role, MembershipState]:
    place = next(m for m in table.stream.memberships if m.person is person)
    return place.role, place.state


def _verbs(handover: Handover) -> list[str]:
    wanted = select(Entry.verb).where(Entry.subject_id == handover.id).order_by(Entry.verb)
    return list(db.session.scalars(wanted))


def test_taking_makes_the_taker_the_facilitator_and_both_begin_anew(table: Table) -> None:
    """A1."""
    handover = services.offer(table.stream, table.sam, table.mia, by=table.sam, words="Bring biscuits.")
    assert _role(table, table.mia)[0] == Role.MEMBER
    for person in (table.sam, table.mia, table.robin):
        begin_session(person)

    services.take(handover, by=table.mia)

    assert _role(table, table.mia) == (Role.FACILITATOR, MembershipState.JOINED)
    assert _role(table, table.sam) == (Role.MEMBER, MembershipState.JOINED)
    assert handover.taken_on is not None
    assert set(db.session.scalars(select(SignedIn.person_id))) == {table.robin.id}
    assert _verbs(handover) == ["offered", "taken"]


def test_giver_leaves_where_she_said_so(table: Table) -> None:
    handover = services.offer(table.stream, table.sam, table.mia, by=table.sam, leaves=True)
    services.take(handover, by=table.mia)
    place = next(m for m in table.stream.memberships if m.person is table.sam)
    assert (place.state, place.role, place.words) == (MembershipState.LEFT, Role.MEMBER, Words.KEEP)
    assert is_facilitator(table.mia, table.stream)


def test_taker_who_runs_it_already_goes_on_running_it(table: Table) -> None:
    next(m for m in table.stream.memberships if m.person is table.mia).role = Role.FACILITATOR
    services.take(services.offer(table.stream, table.sam, table.mia, by=table.ada), by=table.mia)
    assert (_role(table, table.mia)[0], _role(table, table.sam)[0]) == (Role.FACILITATOR, Role.MEMBER)


def test_offer_is_taken_back_and_offered_to_another(table: Table) -> None:
    first = services.offer(table.stream, table.sam, table.mia, by=table.sam)
    with pytest.raises(Refused, match="waits to be taken already"):
        services.offer(table.stream, table.sam, table.robin, by=table.sam)
    services.take_back(first, by=table.ada)
    assert _verbs(first) == ["offered", "taken back"]
    second = services.offer(table.stream, table.sam, table.robin, by=table.sam)
    assert queries.open_one(table.stream) is second
    assert list(queries.offered_to(table.robin)) == [second]
    assert list(queries.offered_to(table.mia)) == []


def test_offer_and_taking_are_refused_to_others(table: Table) -> None:
    with pytest.raises(Refused, match="Only a facilitator or a programme admin"):
        services.offer(table.stream, table.sam, table.mia, by=table.mia)
    handover = services.offer(table.stream, table.sam, table.mia, by=table.sam)
    for person in (table.sam, table.robin, table.ada):
        with pytest.raises(Refused, match="Only the one it is offered to"):
            services.take(handover, by=person)
    assert _role(table, table.sam)[0] == Role.FACILITATOR
