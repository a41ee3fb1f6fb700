"""The pages of an action: they work, they refuse, they ask again."""

from datetime import date, time

import pytest

from coprod.actions import queries, services
from coprod.actions.models import Action, ActionState, Repeat
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.steering.models import Decision
from coprod.steering.services import FirstAction
from coprod.workstreams.models import MembershipState, Role
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
        for step in ("done", "agreed-done", "not-done-yet", "new-date", "cancelled", "notes", "owner", "last-turn"):
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


def test_new_action_for_somebody_without_an_account_comes_again(room: Room, as_) -> None:
    where, visitor = f"/workstreams/{room.steering.id}/actions/new", as_(room.alex)
    words = {"what": "Send the plan", "owner": "else", "due": "5 December 2025", "repeats": "every week"}
    words |= {"outside_name": "Kim from estates", "outside_email": "kim@example.org"}
    answer = visitor.post(where, data=words)
    assert answer.status_code == 303
    page = visitor.get(answer.location).text
    assert "Kim from estates, who has no account here" in page
    assert "Every week" in page
    assert "kim@example.org" not in page
    assert "Kim from estates (no account)" in visitor.get(where).text
    kim = db.session.query(Action).one().owner_id
    words = {"what": "Send it again", "owner": str(kim), "due": "5 December 2025"}
    assert visitor.post(where, data=words).status_code == 303
    assert [one.owner_id for one in db.session.query(Action)] == [kim, kim]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"owner": "else"}, "Say what they are called."),
        ({"owner": "else", "outside_name": "Kim"}, "Write their e-mail address like this: kim@example.org."),
        ({"outside_name": "Kim", "outside_email": "kim"}, "Write their e-mail address like this: kim@example.org."),
        ({"outside_email": "kim@example.org"}, "Say what they are called."),
        ({"owner": "Dee", "outside_name": "Kim"}, "Choose somebody from the list, or write somebody down. Not both."),
        (
            {"owner": "else", "outside_name": "Max", "outside_email": "max@example.org"},
            "Somebody in your group has this address. Choose them from the list.",
        ),
        ({"repeats": "daily"}, "Choose how often."),
    ],
)
def test_owner_who_is_not_clear_is_asked_again(room: Room, as_, change: dict, fault: str) -> None:
    room.max.email = "max@example.org"
    db.session.commit()
    words = {"what": "Find a room", "owner": "", "due": "5 December 2025", "repeats": "once"} | change
    words["owner"] = str(room.dee.id) if words["owner"] == "Dee" else words["owner"]
    if "repeats" in change:
        words["owner"] = str(room.dee.id)
    answer = as_(room.alex).post(f"/workstreams/{room.steering.id}/actions/new", data=words)
    assert answer.status_code == 422
    assert fault in answer.text
    assert words.get("outside_name", "") in answer.text
    assert db.session.query(Action).count() == 0


def test_note_stands_beside_with_who_wrote_it(room: Room, action: Action, as_) -> None:
    answer = as_(room.dee).post(f"/actions/{action.id}/notes", data={"words": "Half of it is there"})
    assert answer.status_code == 303
    page = as_(room.eve).get(f"/actions/{action.id}").text
    assert "Half of it is there" in page
    assert "Dee, 17 November 2025" in page
    again = as_(room.dee).post(f"/actions/{action.id}/notes", data={"words": " "})
    assert again.status_code == 422
    assert "Write something down." in again.text


def test_page_says_how_often_it_was_moved_and_what_led_to_it(room: Room, as_) -> None:
    [action] = room.decided(first_action=FirstAction("Tell them", room.max, DUE)).actions
    services.move_date(action, date(2025, 12, 19), "Not signed", by=room.max)
    assert "Moved once" in as_(room.dee).get(f"/actions/{action.id}").text
    services.move_date(action, date(2026, 1, 16), "Nor now", by=room.max)
    page = as_(room.dee).get(f"/actions/{action.id}").text
    assert "Moved 2 times" in page
    assert f'href="/decisions/{db.session.query(Decision).one().id}"' in page


def test_page_names_the_session_it_was_agreed_in(room: Room, as_) -> None:
    cycle = cycles.plan(room.stream, date(2025, 12, 2), time(18), by=room.sam)
    action = services.open_action(room.stream, "Ring", room.mo, DUE, by=room.sam, session=cycle.sessions[0])
    assert f'href="/evenings/{cycle.sessions[0].id}">2 December 2025' in as_(room.sam).get(f"/actions/{action.id}").text


def test_second_person_says_how_they_know_or_what_is_missing(room: Room, action: Action, as_) -> None:
    services.say_done(action, by=room.max)
    visitor = as_(room.dee)
    page = visitor.get(f"/actions/{action.id}").text
    assert "How can anyone tell?" in page
    where = f"/actions/{action.id}/not-done-yet"
    assert visitor.post(where, data={"why": "943 476 5919"}).status_code == 422
    assert visitor.post(where, data={"why": "The folder is empty"}).status_code == 303
    assert "The folder is empty" in visitor.get(f"/actions/{action.id}").text
    services.say_done(action, by=room.max)
    where = f"/actions/{action.id}/agreed-done"
    nothing = visitor.post(where, data={"evidence": " "})
    assert (nothing.status_code, "Say how anyone can tell that it is done." in nothing.text) == (422, True)
    assert visitor.post(where, data={"evidence": "943 476 5919"}).status_code == 422
    assert visitor.post(where, data={"evidence": "I read it"}).status_code == 303
    page = visitor.get(f"/actions/{action.id}").text
    assert "“I read it”" in page
    assert "Dee, 17 November 2025" in page


def test_action_that_comes_again_leads_to_the_next_and_the_one_before(room: Room, as_) -> None:
    action = services.open_action(room.steering, "Count", room.max, DUE, by=room.alex, repeats=Repeat.WEEKLY)
    services.say_done(action, by=room.max, evidence="Counted")
    visitor = as_(room.dee)
    page = visitor.get(visitor.post(f"/actions/{action.id}/agreed-done").location).text
    assert "It is done. It comes again on 12 December 2025." in page
    following = queries.turn_after(action)
    assert f'href="/actions/{following.id}">Next on 12 December 2025' in page
    assert f'href="/actions/{action.id}">The time before' in as_(room.dee).get(f"/actions/{following.id}").text
    assert as_(room.max).post(f"/actions/{following.id}/last-turn").status_code == 403
    assert as_(room.alex).post(f"/actions/{following.id}/last-turn").status_code == 303
    assert "Not again after this" in as_(room.dee).get(f"/actions/{following.id}").text


def test_next_turn_of_one_who_is_gone_says_whose_it_is(room: Room, as_) -> None:
    action = services.open_action(room.steering, "Count", room.max, DUE, by=room.alex, repeats=Repeat.WEEKLY)
    services.say_done(action, by=room.max, evidence="Counted")
    next(held for held in room.steering.memberships if held.person is room.max).state = MembershipState.LEFT
    db.session.commit()
    visitor = as_(room.dee)
    page = visitor.get(visitor.post(f"/actions/{action.id}/agreed-done").location).text
    assert "It is done. It comes again on 12 December 2025. Alex does it from now on." in page


def test_action_is_given_to_somebody_else(room: Room, action: Action, as_) -> None:
    where, alex = f"/actions/{action.id}/owner", as_(room.alex)
    assert as_(room.max).get(where).status_code == 403
    assert as_(room.max).post(where, data={"owner": str(room.dee.id)}).status_code == 403
    assert "is Max’s now" in alex.get(where).text
    assert alex.post(where, data={"owner": ""}).status_code == 422
    answer = alex.post(where, data={"owner": str(room.dee.id)})
    assert answer.status_code == 303
    assert "Dee does it from now on." in alex.get(answer.location).text
    assert db.session.get_one(Action, action.id).owner_id == room.dee.id


def test_settled_action_is_opened_again(room: Room, action: Action, as_) -> None:
    services.cancel(action, by=room.alex)
    where = f"/actions/{action.id}/opened-again"
    assert as_(room.max).post(where, data={"why": ""}).status_code == 403
    visitor = as_(room.alex)
    assert visitor.post(where, data={"why": ""}).status_code == 422
    assert visitor.post(where, data={"why": "The form has changed"}).status_code == 303
    assert "The form has changed" in visitor.get(f"/actions/{action.id}").text
    assert db.session.get_one(Action, action.id).state == ActionState.OPEN
