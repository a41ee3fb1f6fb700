"""The board for those who run a table, what is left of it outside, and nothing for anybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import NoResultFound

from coprod.actions.models import ActionState
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import AgendaItem, Attendance, How, ItemState, Part, Session, SessionState
from coprod.parity import queries
from coprod.parity.rules import Pair
from coprod.people.models import Person, Side
from coprod.workstreams.models import MembershipState, Workstream
from coprod.workstreams.queries import memberships_of
from tests.factories import a_person, a_professional, a_steering_group, a_stream, an_action, an_admin, keep

Visitor = Callable[..., FlaskClient]


@dataclass
class Table:
    """A stream with two evenings, and everybody who may ask about it."""

    sam: Person
    robin: Person
    mia: Person
    alex: Person
    val: Person
    ada: Person
    stream: Workstream
    evenings: list[Session]


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, mia = a_professional("Sam"), a_person("Robin"), a_professional("Mia")
    alex, val = a_professional("Alex"), a_person("Val")
    stream = a_stream(facilitator=sam, members=[robin, mia])
    a_steering_group(stream.programme, chair=alex, members=[val])
    cycle = cycles.plan(stream, date(2025, 12, 2), time(18), by=sam)
    return Table(sam, robin, mia, alex, val, an_admin(), stream, cycle.sessions[:3])


def _tick(session: Session, person: Person, how: How) -> None:
    keep(Attendance(session_id=session.id, person_id=person.id, how=how))


def _act(table: Table, owner: Person, state: ActionState = ActionState.OPEN) -> None:
    an_action(table.stream, owner, due=date(2025, 12, 1), opened_on=date(2025, 11, 1), state=state)


def _address(table: Table) -> str:
    return f"/workstreams/{table.stream.id}/parity"


def test_facts_count_places_items_and_actions_by_side(table: Table) -> None:
    first, second, off = table.evenings
    for how in (How.ARRIVED, How.WITH_SUPPORTER, How.DIALLED_IN, How.NOT_HERE):
        _tick(first, a_person(how.value), how)
    _tick(second, table.mia, How.NOT_HERE)
    _tick(off, table.mia, How.ARRIVED)
    off.state = SessionState.CANCELLED  # type: ignore[misc]
    first.state = SessionState.HELD  # type: ignore[misc]
    work = [item for item in first.items if item.part == Part.WORK]
    work[0].raised_by, work[1].raised_by = Side.LIVED, Side.PROFESSIONAL
    before = queries.facts_of(table.stream).items
    # What goes on in a later evening is one thing that was asked for.
    goes_on = AgendaItem(title="Goes on", minutes=5, position=50, raised_by=Side.LIVED, carried_from_id=work[0].id)
    second.items.append(goes_on)
    work[1].state = ItemState.DROPPED  # type: ignore[misc]
    _act(table, table.robin)
    _act(table, table.sam)
    _act(table, table.sam, ActionState.SAID_DONE)

    facts = queries.facts_of(table.stream)

    assert facts.seats == Pair(1, 1)
    assert [(evening.on, evening.here, evening.away) for evening in facts.evenings] == [
        (first.on, Pair(3, 0), Pair(1, 0)),
        (second.on, Pair(), Pair(0, 1)),
    ]
    assert (before.lived, before.professional) == (1, 1)
    assert (facts.items.lived, facts.items.professional, facts.items.neither) == (1, 0, before.neither)
    assert facts.actions == Pair(1, 1)


def test_board_warns_its_facilitator(as_: Visitor, table: Table) -> None:
    """Domain rule 19."""
    page = as_(table.sam).get(_address(table)).text
    for words in (
        "The two sides",
        "Fewer than 2 parents and carers are in the group.",
        "No register has been kept yet.",
    ):
        assert words in page
    assert "Mother: 1" in page


def test_outside_has_no_small_number_no_kind_of_seat_and_no_warning(as_: Visitor, table: Table) -> None:
    """Small numbers; the chair, the steering group and programme admins see the same."""
    for person in (table.alex, table.val, table.ada):
        page = as_(person).get(_address(table)).text
        assert "Fewer than 5" in page
        assert "Not shown" in page
        assert not any(words in page for words in ("Mother", "Fewer than 2", "Whose seats"))


def test_board_is_not_there_for_anybody_else(as_: Visitor, table: Table) -> None:
    elsewhere = a_stream(table.stream.programme, "Elsewhere", facilitator=a_professional("Pat"))
    pat = next(m.person for m in elsewhere.memberships)
    for person in (table.robin, table.mia, pat, a_person("Kit")):
        assert as_(person).get(_address(table)).status_code == 404
    next(m for m in table.stream.memberships if m.person is table.sam).state = MembershipState.LEFT  # type: ignore[misc]
    with pytest.raises(NoResultFound):
        queries.one_seen_by(table.sam, table.stream.id)


def test_chair_sees_the_whole_board_of_her_own_table(as_: Visitor, table: Table) -> None:
    [steering] = [seat.workstream_id for seat in memberships_of(table.alex)]
    assert "Whose seats" in as_(table.alex).get(f"/workstreams/{steering}/parity").text


def test_board_costs_the_same_with_one_and_three_rows(as_: Visitor, table: Table, query_count: list[str]) -> None:
    visitors = [as_(table.sam), as_(table.ada)]

    def cost() -> list[int]:
        db.session.commit()
        counted = []
        for visitor in visitors:
            query_count.clear()
            assert visitor.get(_address(table)).status_code == 200
            counted.append(len(query_count))
        return counted

    def add() -> None:
        person = a_person("Kit")
        for evening in table.evenings:
            _tick(evening, person, How.ARRIVED)
        _act(table, person)

    add()
    one = cost()
    add()
    add()
    assert cost() == one
