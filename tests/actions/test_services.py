"""What changes an action: the change, the journal line, the refusal and its reason."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from coprod.actions import services
from coprod.actions.models import Action, ActionState
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from tests.factories import an_action
from tests.steering.rooms import Room

DUE = date(2025, 12, 5)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


@pytest.fixture
def action(room: Room) -> Action:
    return services.open_action(room.steering, "Share the ward data", room.max, DUE, by=room.alex)


def verbs() -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb)))


def test_action_opens_with_one_owner_and_one_day(room: Room, action: Action) -> None:
    assert (action.what, action.owner, action.due) == ("Share the ward data", room.max, DUE)
    assert (action.state, action.opened_on, action.recommendation) == (ActionState.OPEN, today(), None)
    assert verbs() == ["opened"]


def test_action_may_be_a_facilitators_of_the_group_that_asked(room: Room) -> None:
    asked = room.asked()
    action = services.open_action(room.steering, "Tell them", room.sam, DUE, by=room.alex, recommendation=asked)
    assert (action.owner, action.recommendation) == (room.sam, asked)


def test_action_of_somebody_who_is_not_here_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match="Robin is not at this table"):
        services.open_action(room.steering, "Ring", room.robin, DUE, by=room.alex, recommendation=room.asked())
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.open_action(room.steering, "Ring", room.max, DUE, by=room.max)


def test_done_takes_a_second_person(room: Room, action: Action) -> None:
    services.say_done(action, by=room.max, evidence="It is in the shared folder")
    assert (action.state, action.said_done_by, action.evidence) == (
        ActionState.SAID_DONE,
        room.max,
        "It is in the shared folder",
    )
    with pytest.raises(Refused, match="A second person has to agree"):
        services.agree_done(action, by=room.max)
    services.agree_done(action, by=room.dee)
    assert action.state == ActionState.DONE
    assert verbs() == ["agreed done", "opened", "said done"]


def test_done_that_a_second_person_does_not_see_is_open_again(room: Room, action: Action) -> None:
    services.say_done(action, by=room.alex)
    services.find_not_done(action, by=room.max)
    assert (action.state, action.said_done_by) == (ActionState.OPEN, None)
    services.say_done(action, by=room.max)
    assert action.state == ActionState.SAID_DONE


def test_date_that_moves_keeps_every_old_one_in_order(room: Room, action: Action) -> None:
    services.move_date(action, date(2025, 12, 19), "The agreement is not signed", by=room.max)
    services.move_date(action, date(2026, 1, 16), "The board meets in January", by=room.alex)
    db.session.commit()
    assert [(change.was, change.now, change.reason) for change in action.due_changes] == [
        (DUE, date(2025, 12, 19), "The agreement is not signed"),
        (date(2025, 12, 19), date(2026, 1, 16), "The board meets in January"),
    ]
    assert action.due == date(2026, 1, 16)
    assert verbs() == ["moved the date of", "moved the date of", "opened"]


def test_date_is_not_moved_by_others_nor_to_the_day_it_has(room: Room, action: Action) -> None:
    with pytest.raises(Refused, match="Only the person it belongs to"):
        services.move_date(action, date(2026, 1, 16), "Later", by=room.dee)
    with pytest.raises(Refused, match="That is the date it has now"):
        services.move_date(action, DUE, "Later", by=room.max)
    with pytest.raises(IntegrityError):
        services.move_date(action, date(2026, 1, 16), "", by=room.max)
    db.session.rollback()


def test_action_is_cancelled_by_the_chair(room: Room, action: Action) -> None:
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.cancel(action, by=room.max)
    services.cancel(action, by=room.alex)
    assert action.state == ActionState.CANCELLED


def test_action_needs_words(room: Room) -> None:
    with pytest.raises(IntegrityError):
        an_action(room.steering, room.max, "")
    db.session.rollback()
