"""A second person hears that a number waits: once a day, on working days, and no more once it is settled."""

from datetime import date

from coprod.core.db import db
from coprod.messages.models import Message
from coprod.messages.queries import KINDS
from coprod.outcomes import queries, services
from coprod.outcomes.services import TO_LOOK_AT
from tests.outcomes.builders import an_indicator


def told() -> set:
    found = db.select(Message).filter_by(purpose=TO_LOOK_AT.name)
    return {message.person_id for message in db.session.scalars(found)}


def how_many() -> int:
    return len(db.session.scalars(db.select(Message).filter_by(purpose=TO_LOOK_AT.name)).all())


def test_every_other_keeper_hears_once_a_day(table, clock) -> None:
    """One message, however many readings of whatever measure; the one who typed hears nothing."""
    services.appoint_keeper(table.recommendation, table.kim, by=table.alex)
    clock(2025, 11, 18, 12)
    for name in ("One", "Two"):
        indicator = an_indicator(table.recommendation, name)
        for month in (1, 2, 3):
            services.add_reading(indicator, date(2025, month, 1), 50, 40, by=table.sam)
    assert told() == {table.alex.id, table.kim.id}
    assert how_many() == 2
    clock(2025, 11, 19, 12)
    services.add_reading(indicator, date(2025, 4, 1), 50, 40, by=table.sam)
    assert how_many() == 4


def test_it_is_right_while_something_waits_for_this_person(table) -> None:
    """O3: asked again as it is sent."""
    indicator = an_indicator(table.recommendation)
    proposal = services.add_reading(indicator, date(2025, 1, 1), 50, 40, by=table.sam)
    right = KINDS[TO_LOOK_AT.name].still_right
    assert [right(person, person.id) for person in (table.alex, table.sam, table.robin)] == [True, False, False]
    services.approve(proposal, by=table.alex)
    assert not queries.waits_for(table.alex)


def test_it_rests_on_days_off(table, clock) -> None:
    rests = KINDS[TO_LOOK_AT.name].rests
    found = []
    for day in (18, 22, 23):
        clock(2025, 11, day, 12)
        found.append(rests())
    assert found == [False, True, True]
