"""The pages of an action: they work, they refuse, they ask again."""

from datetime import date

import pytest

from coprod.actions import services
from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.workstreams.models import Role
from tests.factories import a_membership, a_professional
from tests.steering.rooms import Room

DUE = date(2025, 12, 5)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


@pytest.fixture
def action(room: Room) -> Action:
    asked = room.asked("One named midwife")
    return services.open_action(room.steering, "Share the ward data", room.max, DUE, by=room.alex, recommendation=asked)


def test_page_shows_who_by_when_and_every_date_it_had(room: Room, action: Action, as_) -> None:
    services.move_date(action, date(2025, 12, 19), "The agreement is not signed", by=room.max)
    page = as_(room.dee).get(f"/actions/{action.id}").text
    for shown in ("Share the ward data", "Max", "19 December 2025", "5 December 2025", "The agreement is not signed"):
        assert shown in page
    assert "One named midwife" in page
    assert "Give it a new date" not in page
    assert "Give it a new date" in as_(room.max).get(f"/actions/{action.id}").text


def test_page_is_not_there_for_people_of_other_tables(room: Room, action: Action, as_) -> None:
    for outsider in (room.robin, room.stranger):
        visitor = as_(outsider)
        assert visitor.get(f"/actions/{action.id}").status_code == 404
        for step in ("done", "agreed-done", "not-done-yet", "new-date", "cancelled"):
            assert visitor.post(f"/actions/{action.id}/{step}").status_code == 404


def test_done_and_agreed_by_two_people(room: Room, action: Action, as_) -> None:
    answer = as_(room.max).post(f"/actions/{action.id}/done", data={"evidence": "In the shared folder"})
    assert (answer.status_code, answer.location) == (303, f"/actions/{action.id}")
    page = as_(room.max).get(f"/actions/{action.id}").text
    assert "A second person has to agree that it is done." in page
    assert "In the shared folder" in page
    assert "Yes, it is done" in as_(room.dee).get(f"/actions/{action.id}").text
    assert as_(room.max).post(f"/actions/{action.id}/agreed-done").status_code == 403
    assert as_(room.dee).post(f"/actions/{action.id}/agreed-done").status_code == 303
    assert db.session.get_one(Action, action.id).state == ActionState.DONE


def test_not_done_yet_opens_it_again(room: Room, action: Action, as_) -> None:
    services.say_done(action, by=room.max)
    assert as_(room.dee).post(f"/actions/{action.id}/not-done-yet").status_code == 303
    assert db.session.get_one(Action, action.id).state == ActionState.OPEN


def test_done_with_too_much_or_a_family_number_asks_again(room: Room, action: Action, as_) -> None:
    visitor = as_(room.max)
    answer = visitor.post(f"/actions/{action.id}/done", data={"evidence": "See 943 476 5919"})
    assert answer.status_code == 422
    assert "looks like an NHS number" in answer.text
    assert "See 943 476 5919" in answer.text
    assert db.session.get_one(Action, action.id).state == ActionState.OPEN


def test_new_date_is_kept_with_the_old_one(room: Room, action: Action, as_) -> None:
    words = {"due": "16 January 2026", "reason": "The board meets in January"}
    assert as_(room.max).post(f"/actions/{action.id}/new-date", data=words).status_code == 303
    assert "The board meets in January" in as_(room.dee).get(f"/actions/{action.id}").text


@pytest.mark.parametrize(
    ("due", "reason", "fault"),
    [
        ("", "Ill", "Say the new date."),
        ("   ", "Ill", "Say the new date."),
        ("soon", "Ill", "Write the day like this: 18 November 2025."),
        ("16 November 2025", "Ill", "This day is over."),
        ("5 December 2025", "Ill", "That is the date it has now."),
        ("6 December 2025", " ", "Say what is in the way."),
        ("6 December 2025", "x" * 301, "Use 300 letters at most."),
    ],
)
def test_new_date_that_cannot_be_kept_asks_again(room, action: Action, as_, due: str, reason: str, fault: str) -> None:
    answer = as_(room.max).post(f"/actions/{action.id}/new-date", data={"due": due, "reason": reason})
    assert answer.status_code == 422
    assert fault in answer.text
    assert due.strip() in answer.text
    assert reason.strip() in answer.text
    assert db.session.get_one(Action, action.id).due_changes == []


def test_new_date_of_somebody_elses_action_is_refused(room: Room, action: Action, as_) -> None:
    words = {"due": "16 January 2026", "reason": "Later"}
    answer = as_(room.dee).post(f"/actions/{action.id}/new-date", data=words)
    assert answer.status_code == 403
    assert "Only the person it belongs to" in answer.text


def test_cancelling_is_the_chairs(room: Room, action: Action, as_) -> None:
    assert as_(room.max).post(f"/actions/{action.id}/cancelled").status_code == 403
    assert as_(room.alex).post(f"/actions/{action.id}/cancelled").status_code == 303
    page = as_(room.alex).get(f"/actions/{action.id}").text
    assert "Cancelled" in page
    assert "Give it a new date" not in page


def test_new_action_is_put_in_the_log(room: Room, as_) -> None:
    where = f"/workstreams/{room.steering.id}/actions/new"
    a_membership(room.steering, paul := a_professional("Paul"), Role.FACILITATOR)
    for person in (room.alex, paul):
        visitor = as_(person)
        assert "Who does it?" in visitor.get(where).text
        words = {"what": "Find a room", "owner": str(room.dee.id), "due": "5 December 2025"}
        answer = visitor.post(where, data=words)
        assert answer.status_code == 303
        assert "Find a room" in visitor.get(answer.location).text


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"what": ""}, "Say what is to be done."),
        ({"owner": ""}, "Choose who does it."),
        ({"owner": "somebody"}, "Choose who does it."),
        ({"due": ""}, "Say by when."),
        ({"due": "1 January 2025"}, "This day is over."),
    ],
)
def test_new_action_that_is_not_whole_asks_again(room: Room, as_, change: dict, fault: str) -> None:
    words = {"what": "Find a room", "owner": str(room.dee.id), "due": "5 December 2025"} | change
    answer = as_(room.alex).post(f"/workstreams/{room.steering.id}/actions/new", data=words)
    assert answer.status_code == 422
    assert fault in answer.text
    assert words["what"] in answer.text
    assert db.session.query(Action).count() == 0


def test_new_action_is_not_for_members_nor_for_strangers(room: Room, as_) -> None:
    where = f"/workstreams/{room.steering.id}/actions/new"
    assert as_(room.max).get(where).status_code == 403
    assert as_(room.max).post(where).status_code == 403
    assert as_(room.stranger).get(where).status_code == 404
    assert as_(room.stranger).post(where).status_code == 404
