"""Who sees an action, and who does not; and that a long list costs no more than a short one."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

from coprod.actions import queries, services
from coprod.actions.queries import Source, led_to
from coprod.actions.rules import LIFECYCLE, first_due
from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import MembershipState
from tests.factories import an_admin
from tests.steering.rooms import Room

DUE = date(2025, 12, 5)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def test_action_is_seen_at_its_table_and_by_a_facilitator_it_was_given_to(room: Room) -> None:
    asked = room.asked()
    theirs = services.open_action(room.steering, "Tell them", room.sam, DUE, by=room.alex, recommendation=asked)
    ours = services.open_action(room.stream, "Bring the map", room.robin, DUE, by=room.sam)
    early = services.open_action(room.steering, "Ring", room.max, DUE - timedelta(1), by=room.alex)
    assert queries.seen_by(room.dee) == [early, theirs]
    assert set(queries.seen_by(room.sam)) == {theirs, ours}
    assert queries.seen_by(room.robin) == [ours]
    assert queries.seen_by(room.stranger) == []
    assert queries.seen_by(an_admin()) == []
    assert queries.one_seen_by(room.sam, theirs.id) == theirs
    with pytest.raises(NoResultFound):
        queries.one_seen_by(room.robin, theirs.id)
    assert queries.actions_of(asked.id) == [theirs]


def test_action_is_not_seen_after_leaving(room: Room) -> None:
    asked = room.asked()
    services.open_action(room.steering, "Tell them", room.sam, DUE, by=room.alex, recommendation=asked)
    services.open_action(room.steering, "Ring", room.max, DUE, by=room.alex)
    for table in (room.steering, room.stream):
        for held in table.memberships:
            held.state = MembershipState.LEFT
    assert queries.seen_by(room.sam) == queries.seen_by(room.max) == []


def test_action_says_what_led_to_it_as_later_features_tell(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    action = services.open_action(room.steering, "Tell them", room.max, DUE, by=room.alex)
    plain = services.open_action(room.steering, "Ring", room.max, DUE, by=room.alex)
    source = Source("Decision 3", "steering.decision", room.steering.id)

    def tells(person: Person, keys: Sequence[UUID]) -> dict[UUID, Source]:
        assert keys == [action.id, plain.id]
        return {action.id: source} if person is room.dee else {}

    monkeypatch.setattr(led_to, "_TELLS", [])
    queries.comes_from(tells)
    assert queries.sources(room.dee, [action, plain]) == {action.id: [source], plain.id: []}
    assert queries.sources(room.max, [action, plain]) == {action.id: [], plain.id: []}


def test_page_costs_the_same_however_much_was_written(app: Flask, room: Room, as_, query_count: list[str]) -> None:
    action = services.open_action(room.steering, "Ring", room.max, DUE, by=room.alex)
    costs = []
    for day in (1, 2, 3):
        writer = (room.max, room.dee, room.alex)[day - 1]
        services.note(action, "Half of it", by=writer)
        services.move_date(action, DUE + timedelta(day), "Later", by=room.alex)
        db.session.commit()
        visitor = as_(room.eve)
        visitor.get(f"/actions/{action.id}")
        query_count.clear()
        assert visitor.get(f"/actions/{action.id}").status_code == 200
        costs.append(len(query_count))
    assert costs[0] == costs[1] == costs[2]


def test_list_costs_the_same_with_one_and_with_three(app: Flask, room: Room, query_count: list[str]) -> None:
    costs, dee = [], room.dee.id
    for more in (1, 2):
        for _ in range(more):
            action = services.open_action(
                room.steering, "Ring", room.max, DUE, by=room.alex, recommendation=room.asked()
            )
            services.move_date(action, DUE + timedelta(1), "Later", by=room.alex)
        db.session.commit()
        with app.app_context():
            person = db.session.get_one(Person, dee)
            query_count.clear()
            for found in queries.seen_by(person):
                LIFECYCLE.open_to(person, found)
                assert first_due(found) == DUE
                assert found.recommendation
                assert found.owner.alias
            costs.append(len(query_count))
    assert costs[0] == costs[1]
