"""The register: who ticks, when, for whom, and that nobody else finds it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import queries, services
from coprod.cycles.models import Attendance, Cycle, How, Session, SessionState
from coprod.cycles.rules import register
from coprod.people.models import Side
from tests.cycles.build import ROLES, a_cycle, a_table, people
from tests.cycles.conftest import Table
from tests.factories import a_person, a_stream

Visitor = Callable[..., FlaskClient]


@pytest.fixture
def on_the_day(published: Session, clock: Callable[..., None]) -> Session:
    clock(published.begins - timedelta(minutes=10))
    return published


# --- Rules.


def test_register_is_kept_from_the_day_on_by_facilitators_until_it_is_called_off() -> None:
    known = people(*ROLES)
    session = a_cycle(a_table(known)).sessions[0]
    allowed = [
        (state, late, role)
        for state in SessionState
        for late in (-1, 0, 90)
        for role in ROLES
        if register.may_register(known[role], _in(session, state), session.on + timedelta(late))
    ]
    assert allowed == [
        (state, late, "facilitator") for state in SessionState if state != SessionState.CANCELLED for late in (0, 90)
    ]


def _in(session: Session, state: SessionState) -> Session:
    session.state = state  # type: ignore[misc]
    return session


def test_four_ways_and_none_of_them_a_reason() -> None:
    """Domain rule 20."""
    assert [how.value for how in How] == ["arrived", "with a supporter", "dialled in", "not here"]
    known = people(*ROLES)
    known["member"].side = Side.LIVED
    told = register.lines(a_cycle(a_table(known)).sessions[0], {known["member"].id: How.NOT_HERE})
    assert [(line.place.person.alias, line.how, len(line.answers)) for line in told] == [
        ("Chair", None, 3),
        ("Member", How.NOT_HERE, 4),
    ]
    assert register.tally(told) == "0 here. 1 to tick."
    assert register.tally(told[1:]) == "0 here. Everybody is ticked."


# --- Services and queries.


def test_tick_is_one_row_a_person_and_says_nothing_in_the_journal(table: Table, on_the_day: Session) -> None:
    """P4."""
    for how in (How.ARRIVED, How.WITH_SUPPORTER, How.NOT_HERE):
        services.tick(on_the_day, table.robin, how, by=table.sam)
    services.tick(on_the_day, table.ada, How.DIALLED_IN, by=table.sam)
    assert queries.register_of(on_the_day) == {table.robin.id: How.NOT_HERE, table.ada.id: How.DIALLED_IN}
    assert {column.name for column in Attendance.__table__.columns} == {"session_id", "person_id", "how"}
    written = db.session.query(Entry).filter_by(verb="kept a register").all()
    assert [(entry.subject_id, entry.before, entry.after) for entry in written] == [(on_the_day.id, "", "")]


def test_tick_is_refused_before_the_day_to_others_and_for_others(
    table: Table, on_the_day: Session, clock: Callable[..., None]
) -> None:
    for guest, how, by, reason in (
        (table.robin, How.ARRIVED, table.robin, "Only a facilitator"),
        (table.stranger, How.ARRIVED, table.sam, "Only people in the group"),
        (table.sam, How.ARRIVED, table.sam, "Only people in the group"),
        (table.ada, How.WITH_SUPPORTER, table.sam, "Only a parent or carer"),
    ):
        with pytest.raises(Refused, match=reason):
            services.tick(on_the_day, guest, how, by=by)
    clock(on_the_day.begins - timedelta(days=1))
    with pytest.raises(Refused, match="It is on Tuesday 2 December"):
        services.tick(on_the_day, table.robin, How.ARRIVED, by=table.sam)


def test_register_is_found_by_facilitators_of_its_group_alone(table: Table, on_the_day: Session) -> None:
    assert queries.one_session_run_by(table.sam, on_the_day.id) is on_the_day
    a_stream(table.stream.programme, "Elsewhere", facilitator=table.stranger)
    for person in (table.robin, table.ada, table.stranger):
        with pytest.raises(NoResultFound):
            queries.one_session_run_by(person, on_the_day.id)


# --- Pages.


def test_register_is_ticked_by_large_buttons_and_changed(as_: Visitor, table: Table, on_the_day: Session) -> None:
    """Journey 15."""
    sam, address = as_(table.sam), f"/sessions/{on_the_day.id}/register"
    assert address in sam.get(f"/sessions/{on_the_day.id}").text
    assert "0 here. 3 to tick." in sam.get(address).text

    answer = sam.post(address, data={"person": table.robin.id, "how": "arrived"})
    assert answer.location.startswith(f"{address}#line-")
    assert "1 here. 2 to tick." in sam.get(address).text
    sam.post(address, data={"person": table.robin.id, "how": "not here"})
    page = sam.get(address).text
    assert "0 here. 2 to tick." in page
    assert page.count('aria-pressed="true"') == 1
    assert "textarea" not in page


def test_register_asks_again_and_finds_nobody_else(as_: Visitor, table: Table, on_the_day: Session) -> None:
    sam, address = as_(table.sam), f"/sessions/{on_the_day.id}/register"
    for typed in ({"person": table.robin.id}, {"person": table.robin.id, "how": "ill"}, {"how": "arrived"}):
        assert sam.post(address, data=typed).status_code == 422
    assert sam.post(address, data={"person": table.stranger.id, "how": "arrived"}).status_code == 404
    assert sam.post(address, data={"person": table.ada.id, "how": "with a supporter"}).status_code == 403
    for person in (table.robin, table.ada, table.stranger):
        assert as_(person).get(address).status_code == 404
        assert as_(person).post(address, data={"person": table.robin.id, "how": "arrived"}).status_code == 404
    assert queries.register_of(on_the_day) == {}


def test_register_waits_for_the_day(as_: Visitor, table: Table, published: Session, cycle: Cycle) -> None:
    sam = as_(table.sam)
    assert "on the day or after" in sam.get(f"/sessions/{published.id}/register").text
    assert "/register" not in sam.get(f"/sessions/{published.id}").text
    assert sam.post(f"/sessions/{published.id}/register", data={}).status_code == 403


def test_register_costs_the_same_with_one_and_three_more(
    as_: Visitor, table: Table, on_the_day: Session, query_count: list[str]
) -> None:
    sam = as_(table.sam)

    def cost(*ticked: object) -> int:
        for person in ticked:
            db.session.add(Attendance(session_id=on_the_day.id, person_id=person.id, how=How.ARRIVED))  # type: ignore[attr-defined]
        db.session.commit()
        query_count.clear()
        assert sam.get(f"/sessions/{on_the_day.id}/register").status_code == 200
        return len(query_count)

    assert cost(table.robin) == cost(table.ada, a_person("Kit"), a_person("Jo"))


def test_item_says_which_side_brought_it_up(as_: Visitor, table: Table, cycle: Cycle) -> None:
    session, sam = cycle.sessions[0], as_(table.sam)
    typed = {"title": "Our map", "part": "work", "purpose": "", "minutes": "5"}
    for said, kept in (("lived experience", Side.LIVED), ("professional", Side.PROFESSIONAL), ("", None)):
        sam.post(f"/sessions/{session.id}/items/new", data=typed | {"raised_by": said})
        assert session.items[-2].raised_by == kept
    answer = sam.post(f"/sessions/{session.id}/items/new", data=typed | {"raised_by": "supporter"})
    assert answer.status_code == 422
