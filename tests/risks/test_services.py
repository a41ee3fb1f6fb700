"""What changes with a risk, what is kept of it, who sees it, and what is refused."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from coprod.actions.queries import sources
from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.risks import queries, services
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.risks.services import Rated
from coprod.workstreams.models import Workstream
from tests.factories import an_admin
from tests.steering.rooms import Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


@pytest.fixture
def risk(room: Room) -> Risk:
    what = "The midwife leaves in March"
    rated = Rated(4, 5)
    return services.write_down(room.steering, RiskKind.RISK, what, room.dee, rated, by=room.alex, response="Ask two")


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.subject == "risk").order_by(Entry.at, Entry.id)))


def test_risk_is_written_down_and_numbered(room: Room, risk: Risk) -> None:
    other = services.write_down(room.steering, RiskKind.ASSUMPTION, "The ward stays", room.max, by=room.alex)
    assert (risk.number, other.number) == (1, 2)
    assert (risk.opened_on, risk.state, risk.response) == (TODAY, RiskState.OPEN, "Ask two")
    assert verbs() == ["written down", "written down"]


def test_rating_anew_keeps_the_old_one(room: Room, risk: Risk) -> None:
    services.rate_anew(risk, Rated(2, 5), "A second one is there", by=room.dee, response="Train her")
    services.rate_anew(risk, Rated(1, 5), "She has begun", by=room.alex)
    assert [(one.number, one.likelihood, one.impact, one.why) for one in risk.ratings] == [
        (1, 4, 5, "A second one is there"),
        (2, 2, 5, "She has begun"),
    ]
    assert (risk.likelihood, risk.impact, risk.response) == (1, 5, "")


def test_closing_says_how_and_opening_again_says_why(room: Room, risk: Risk) -> None:
    services.close(risk, "She stays", by=room.dee)
    assert (risk.state, risk.closed_on, risk.how_closed) == (RiskState.CLOSED, TODAY, "She stays")
    with pytest.raises(Refused, match="It is closed"):
        services.rate_anew(risk, Rated(1, 1), "Why", by=room.alex)
    services.reopen(risk, "She leaves after all", by=room.alex)
    assert (risk.state, risk.closed_on, risk.how_closed) == (RiskState.OPEN, None, "")


def test_every_closing_is_kept_with_who_said_it(room: Room, risk: Risk) -> None:
    """Domain rule 26: the second closing writes over nothing."""
    services.close(risk, "She stays", by=room.dee)
    assert risk.before == []
    services.reopen(risk, "She leaves after all", by=room.alex)
    services.close(risk, "We found two", by=room.dee)
    assert [(one.why, one.by_id, one.likelihood) for one in risk.ratings] == [
        ("She stays", room.dee.id, 4),
        ("She leaves after all", room.alex.id, 4),
        ("We found two", room.dee.id, 4),
    ]
    assert (risk.how_closed, [one.why for one in risk.before]) == (
        "We found two",
        ["She stays", "She leaves after all"],
    )


def test_action_comes_from_a_risk_once(room: Room, risk: Risk) -> None:
    action = services.act_on(risk, "Ask the trust", room.max, date(2025, 12, 5), by=room.alex)
    assert risk.action == action
    assert [one.words for one in sources(room.dee, [action])[action.id]] == ["Risk 1"]
    assert sources(room.robin, [action])[action.id] == []
    with pytest.raises(Refused, match="There is an action for it already"):
        services.act_on(risk, "Ask again", room.max, date(2025, 12, 5), by=room.alex)


def test_who_does_not_lead_or_watch_is_refused(room: Room, risk: Risk) -> None:
    for refused in (
        lambda: services.write_down(room.steering, RiskKind.ISSUE, "No room", room.dee, by=room.dee),
        lambda: services.write_down(room.steering, RiskKind.ISSUE, "No room", room.robin, by=room.alex),
        lambda: services.write_down(room.steering, RiskKind.RISK, "No room", room.dee, by=room.alex),
        lambda: services.rate_anew(risk, Rated(1, 1), "Why", by=room.max),
        lambda: services.rate_anew(risk, Rated(1, None), "Why", by=room.alex),
        lambda: services.close(risk, "So", by=room.max),
        lambda: services.act_on(risk, "Ask", room.max, TODAY, by=room.dee),
    ):
        with pytest.raises(Refused):
            refused()
    db.session.rollback()


def test_risks_are_seen_at_their_table_only(room: Room, risk: Risk) -> None:
    mild = services.write_down(room.steering, RiskKind.RISK, "Rain", room.max, Rated(5, 1), by=room.alex)
    gone = services.write_down(room.steering, RiskKind.RISK, "Snow", room.max, Rated(5, 5), by=room.alex)
    services.close(gone, "Spring", by=room.alex)
    assert queries.of_table(room.dee, room.steering) == [risk, mild, gone]
    assert queries.one_seen_by(room.max, risk.id) == risk
    for person in (room.robin, room.sam, room.stranger, an_admin()):
        assert queries.of_table(person, room.steering) == []
        with pytest.raises(NoResultFound):
            queries.one_seen_by(person, risk.id)


def test_list_costs_the_same_with_one_and_with_three(
    app: Flask, room: Room, risk: Risk, query_count: list[str]
) -> None:
    costs, dee, group = [], room.dee.id, room.steering.id
    for more in (0, 2):
        for _ in range(more):
            services.write_down(room.steering, RiskKind.RISK, "Rain", room.max, Rated(5, 1), by=room.alex)
        db.session.commit()
        with app.app_context():
            who, table = db.session.get_one(Person, dee), db.session.get_one(Workstream, group)
            query_count.clear()
            assert [one.owner.alias for one in queries.of_table(who, table)]
            costs.append(len(query_count))
    assert costs[0] == costs[1]
