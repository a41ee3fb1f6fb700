"""Who finds a log on its way in, and what finding out about it costs."""

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

from coprod.action_import import queries, services
from coprod.action_import.models import Import
from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import MembershipState
from tests.action_import.conftest import Table

ROW = "Ring {0},Max,5/12/2025,max@blackpool.example\nTell {0},Kim {0},5/12/2025,kim{0}@example.org\n"


def a_log(rows: int) -> str:
    return "Action,Owner,Due,E-mail\n" + "".join(ROW.format(number) for number in range(rows))


def test_log_is_found_by_who_leads_its_table_alone(room: Table) -> None:
    brought, dropped = room.take(a_log(1)), room.take(a_log(1), "other.csv")
    services.drop(dropped, by=room.alex)
    assert queries.seen_by(room.alex, room.steering) == [brought]
    assert queries.one_seen_by(room.alex, brought.id) == brought
    for person in (room.max, room.dee, room.sam, room.robin, room.stranger):
        assert queries.seen_by(person, room.steering) == []
        with pytest.raises(NoResultFound):
            queries.one_seen_by(person, brought.id)
    with pytest.raises(NoResultFound):
        queries.one_seen_by(room.alex, dropped.id)
    for held in room.steering.memberships:
        held.state = MembershipState.LEFT
    assert queries.seen_by(room.alex, room.steering) == []


def test_sifting_many_rows_costs_as_many_statements_as_sifting_few(
    app: Flask, room: Table, query_count: list[str]
) -> None:
    keys, alex = [room.take(a_log(rows)).id for rows in (1, 3)], room.alex.id
    db.session.commit()
    costs = []
    for key in keys:
        with app.app_context():
            person = db.session.get_one(Person, alex)
            query_count.clear()
            brought = queries.one_seen_by(person, key)
            assert queries.sifted(brought, person).refused == []
            costs.append(len(query_count))
    assert costs[0] == costs[1]


def test_bringing_in_many_rows_costs_as_many_questions_as_bringing_in_few(
    app: Flask, room: Table, query_count: list[str]
) -> None:
    """Max's, whom everybody knows, and those of two whom the log alone knows."""
    alex, costs = room.alex.id, []
    for rows in (1, 4):
        owners = ("Max,", f"Kim,kim{rows}@x.example", f"Pat,pat{rows}@x.example")
        lines = "".join(f"Ring {rows} {number},5/12/2025,{who}\n" for number in range(rows) for who in owners)
        key = room.take(f"Action,Due,Owner,E-mail\n{lines}").id
        db.session.commit()
        with app.app_context():
            person = db.session.get_one(Person, alex)
            brought = queries.one_seen_by(person, key)
            query_count.clear()
            assert len(services.bring_in(brought, by=person).good) == 3 * rows
            costs.append(len([one for one in query_count if one.lstrip().startswith("SELECT")]))
            db.session.commit()
    assert costs[0] == costs[1]


def test_list_costs_the_same_with_one_and_with_three_and_reads_no_cells(
    app: Flask, room: Table, query_count: list[str]
) -> None:
    costs, alex, table = [], room.alex.id, room.steering.id
    for more in (1, 2):
        for number in range(more):
            room.take(a_log(2), f"{more}{number}.csv")
        db.session.commit()
        with app.app_context():
            person, group = db.session.get_one(Person, alex), db.session.get_one(type(room.steering), table)
            query_count.clear()
            names = [(one.name, one.by.alias) for one in queries.seen_by(person, group)]
            assert names == sorted(names)
            costs.append(len(query_count))
            assert "action_import.cells" not in "".join(query_count)
    assert costs[0] == costs[1]
    assert db.session.query(Import).count() == 3
