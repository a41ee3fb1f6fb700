"""The pages of the action log: they show, they change, they refuse, they ask again."""

import io
import re
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from coprod.action_log import rules, services
from coprod.action_log.models import SavedView
from coprod.actions import services as actions
from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.steering.models import MeetingState
from coprod.steering.services import FirstAction
from tests.factories import keep
from tests.steering.rooms import Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def inside(page: str) -> str:
    """The page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def filled(room: Room) -> Room:
    meeting = room.meeting()
    for owner, days in ((room.max, -30), (room.dee, -3), (room.dee, 7), (room.dee, 8), (room.alex, -1)):
        first = FirstAction(f"Task of {owner.alias}, {days} days", owner, TODAY + timedelta(days))
        room.decided(meeting=meeting, first_action=first)
    return room


def test_log_is_in_the_order_the_reader_needs(filled: Room, as_) -> None:
    """Journey 20."""
    page = inside(as_(filled.dee).get("/action-log").text)
    order = [
        "Yours, late",
        "Task of Dee, -3 days",
        "Yours, due in 7 days",
        "Task of Dee, 7 days",
        "Everyone’s, late",
        "Task of Max, -30 days",
        "1 more, on track or done",
        "Task of Dee, 8 days",
    ]
    found = [page.index(words) for words in order]
    assert found == sorted(found)
    assert "Late Task of Max, -30 days From: Decision 17 November 2025 Max Due 18 October 2025" in page


def test_done_is_one_tap_and_the_filter_stays(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    page = visitor.get("/action-log?show=mine").text
    assert "Task of Max" not in page
    (address, *_) = re.findall(r'action="(/action-log/[^"]+/done[^"]*)"', page)
    answer = visitor.post(address.replace("&amp;", "&"))
    assert (answer.status_code, answer.location) == (303, "/action-log?show=mine")
    after = visitor.get("/action-log?show=mine").text
    assert "Waiting for a second person" in after
    said = [action for action in db.session.scalars(select(Action)) if action.state == ActionState.SAID_DONE]
    assert [action.owner for action in said] == [filled.dee]


def test_done_button_stands_only_where_the_reader_may_press_it(filled: Room, as_) -> None:
    page = as_(filled.dee).get("/action-log").text
    assert page.count("/done") == 3
    assert "New action" not in page
    chairs = as_(filled.alex).get("/action-log").text
    assert chairs.count("/done") == 1
    assert f"/workstreams/{filled.steering.id}/actions/new" in chairs
    other = next(action for action in db.session.scalars(select(Action)) if action.owner == filled.max)
    assert as_(filled.dee).post(f"/action-log/{other.id}/done").status_code == 403
    assert as_(filled.robin).post(f"/action-log/{other.id}/done").status_code == 404


def test_log_is_filtered_by_owner_in_the_address(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    page = visitor.get(f"/action-log?owner={filled.max.id}").text
    assert "Task of Max" in page
    assert "Task of Dee" not in page
    assert "Task of Dee" in visitor.get("/action-log?owner=nonsense&show=nonsense").text


def test_log_shows_the_first_date_of_what_was_moved(filled: Room, as_) -> None:
    action = next(action for action in db.session.scalars(select(Action)) if action.owner == filled.max)
    as_(filled.max).post(f"/actions/{action.id}/new-date", data={"due": "5 December 2025", "reason": "Ill"})
    page = inside(as_(filled.dee).get("/action-log").text)
    assert "From: Decision 17 November 2025. First date: 18 October 2025" in page


def test_empty_log_says_what_it_is(room: Room, as_) -> None:
    assert "Nothing here" in as_(room.stranger).get("/action-log").text


# --- Filters, pages, views, files.


def test_log_is_sorted_and_cut_into_pages_in_the_address(room: Room, as_) -> None:
    for number in range(1, 53):
        due = TODAY + timedelta(30 + number)
        made = {"what": f"Task {number:02}", "owner": room.max, "due": due, "opened_on": TODAY}
        keep(Action(workstream=room.steering, number=number, **made))
    visitor = as_(room.dee)
    first = visitor.get("/action-log").text
    assert "50 of 52" in first
    assert 'href="/action-log?page=2"' in first
    assert "Task 51" not in first
    assert "Task 51" in visitor.get("/action-log?page=2").text
    last = inside(visitor.get("/action-log?sort=last-due").text)
    assert last.index("Task 52") < last.index("Task 51")
    assert "Page 1 of 2" in last
    assert "None of them" in visitor.get("/action-log?q=nothing+like+it").text


def test_view_is_kept_shown_and_let_go(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    answer = visitor.post("/action-log/views?show=late&sort=due", data={"name": "Late ones"})
    assert (answer.status_code, answer.location) == (303, "/action-log?show=late&sort=due")
    page = visitor.get("/action-log").text
    assert 'href="/action-log?show=late&amp;sort=due">Late ones' in page
    assert visitor.post("/action-log/views?show=done", data={"name": "Late ones"}).status_code == 303
    view = db.session.scalars(select(SavedView)).one()
    assert view.address == {"show": "done"}
    assert "Late ones" not in as_(filled.max).get("/action-log").text
    assert as_(filled.max).post(f"/action-log/views/{view.id}/dropped").status_code == 404
    assert as_(filled.dee).post(f"/action-log/views/{view.id}/dropped").status_code == 303
    assert db.session.scalars(select(SavedView)).all() == []


def test_view_without_a_name_or_one_too_many_asks_again(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    answer = visitor.post("/action-log/views?show=late", data={"name": " "})
    assert answer.status_code == 422
    assert "Give it a name." in answer.text
    for number in range(rules.MOST_VIEWS):
        services.keep_view(f"View {number}", rules.Wanted(), by=filled.dee)
    answer = as_(filled.dee).post("/action-log/views?show=late", data={"name": "One more"})
    assert answer.status_code == 422
    assert "You keep 20 views already." in answer.text


def test_log_is_taken_away_as_a_spreadsheet_without_formulas(room: Room, as_) -> None:
    """O7: no cell is ever taken for a formula."""
    actions.open_action(room.steering, "=HYPERLINK(1)", room.max, TODAY, by=room.alex)
    actions.open_action(room.steering, "Ring\x07 <the> ward", room.dee, TODAY, by=room.alex)
    csv = as_(room.dee).get("/action-log/export")
    assert csv.headers["Content-Disposition"] == "attachment; filename=actions-2025-11-17.csv"
    head, first, *_ = csv.data.decode("utf-8-sig").splitlines()
    assert head.startswith("Number,Group,Action,Who,Due,First date,Times moved,Status,From")
    assert "'=HYPERLINK(1)" in csv.text
    assert "17 November 2025" in first
    book = as_(room.dee).get("/action-log/export?kind=xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet] == ["Action", "Ring <the> ward", "'=HYPERLINK(1)"]
    assert b"<f>" not in ZipFile(io.BytesIO(book.data)).read("xl/worksheets/sheet1.xml")
    assert len(as_(room.robin).get("/action-log/export?kind=csv").text.splitlines()) == 1


# --- Several at once.


def keys(room: Room) -> list[str]:
    return [str(action.id) for action in db.session.scalars(select(Action).order_by(Action.number))]


def test_several_are_given_a_new_date_and_each_refused_one_is_named(filled: Room, as_) -> None:
    visitor = as_(filled.dee)
    assert visitor.get("/action-log?several=1").text.count('name="ticked"') == 5
    asked = {"ticked": keys(filled), "do": "new-date", "due": "16 January 2026", "reason": "The board meets then"}
    answer = visitor.post("/action-log/change?show=open", data=asked)
    assert (answer.status_code, answer.location) == (303, "/action-log?show=open")
    told = inside(visitor.get(answer.location).text)
    assert "3 changed. Not changed: 1 “Task of Max, -30 days”, 5 “Task of Alex, -1 days”." in told
    assert "Only the person it belongs to, the chair or a facilitator can do this." in told
    moved = [action.due for action in db.session.scalars(select(Action).order_by(Action.number))]
    assert moved.count(date(2026, 1, 16)) == 3


def test_several_are_done_written_beside_and_handed_over(filled: Room, as_) -> None:
    chair, ticked = as_(filled.alex), keys(filled)
    assert chair.post("/action-log/change", data={"ticked": ticked[:2], "do": "done"}).status_code == 303
    notes = {"ticked": ticked, "do": "note", "words": "We talked about it"}
    assert chair.post("/action-log/change", data=notes).status_code == 303
    handed = {"ticked": ticked, "do": "owner", "owner": str(filled.eve.id)}
    answer = chair.post("/action-log/change", data=handed)
    told = inside(chair.get(answer.location).text)
    assert "3 changed. Not changed: 1 “Task of Max, -30 days”, 2 “Task of Dee, -3 days”. It is said done" in told
    again = chair.post("/action-log/change", data=handed)
    assert "Nothing was changed." in inside(chair.get(again.location).text)
    found = db.session.scalars(select(Action).order_by(Action.number)).all()
    assert [action.owner.alias for action in found] == ["Max", "Dee", "Eve", "Eve", "Eve"]
    assert [action.state for action in found].count(ActionState.SAID_DONE) == 2
    assert {note.words for action in found for note in action.notes} == {"We talked about it"}


def test_a_long_name_is_cut_where_it_is_refused(room: Room) -> None:
    action = actions.open_action(room.steering, "Ask the ward for all of its data", room.max, TODAY, by=room.alex)
    changed = services.change([action], lambda one: actions.say_done(one, by=room.dee))
    assert changed.words.startswith("Nothing was changed. Not changed: 1 “Ask the ward for all of…”. Only")


def test_several_ask_again_for_what_is_missing(filled: Room, as_) -> None:
    visitor, one = as_(filled.alex), keys(filled)[:1]
    asked = {
        "Tick the actions it is about.": {"do": "done"},
        "Choose what is to be done with them.": {"ticked": one},
        "Say the new date.": {"ticked": one, "do": "new-date", "reason": "Ill"},
        "This day is over.": {"ticked": one, "do": "new-date", "due": "1 May 2020", "reason": "Ill"},
        "Say what is in the way.": {"ticked": one, "do": "new-date", "due": "1 May 2026"},
        "Write something down.": {"ticked": one, "do": "note"},
        "Choose who does it.": {"ticked": one, "do": "owner"},
    }
    answers = {fault: visitor.post("/action-log/change?several=1", data=data) for fault, data in asked.items()}
    assert [fault for fault, answer in answers.items() if answer.status_code != 422 or fault not in answer.text] == []
    assert f'value="{one[0]}"\n' in answers["Write something down."].text
    assert answers["Write something down."].text.count("checked") >= 1
    members = as_(filled.dee).get("/action-log?several=1").text
    assert "Give them to somebody" not in members
    assert as_(filled.stranger).post("/action-log/change", data={"ticked": one, "do": "done"}).status_code == 303
    assert db.session.scalars(select(Action).where(Action.state != ActionState.OPEN)).all() == []


# --- The review.


@pytest.fixture
def reviewed(room: Room) -> Room:
    room.meeting(MeetingState.CLOSED, date(2025, 11, 1))
    for what, owner, days in (("Late one", room.max, -3), ("Another", room.dee, -1), ("Soon", room.max, 5)):
        actions.open_action(room.steering, what, owner, TODAY + timedelta(days), by=room.alex)
    return room


def test_review_begins_with_what_is_late_and_goes_on_by_itself(reviewed: Room, as_) -> None:
    chair = as_(reviewed.alex)
    page = inside(chair.get("/action-log/review").text)
    assert "Since 1 November 2025: 0 closed, 0 new" in page
    assert "Late 2 Due before next time 1 New 0 Closed 0" in page
    assert "3 things to go through" in page
    assert "Start with: Late" in page
    first = inside(chair.get("/action-log/review/1").text)
    for words in ("Late one", "1 of 3", "Next: Another", "Give it a new date", "Write a note"):
        assert words in first
    answer = chair.post("/action-log/review/1/done")
    assert (answer.status_code, answer.location) == (303, "/action-log/review/2")
    later = {"due": "16 January 2026", "reason": "The board meets then"}
    assert chair.post("/action-log/review/2/new-date", data=later).location == "/action-log/review/3"
    assert chair.post("/action-log/review/3/notes", data={"words": "Half done"}).location == "/action-log/review/3"
    assert "Half done" in chair.get("/action-log/review/3").text
    assert "That was the last one" in chair.get("/action-log/review/3").text
    assert chair.post("/action-log/review/3/done").location == "/action-log/review"
    assert "Moved once" in inside(chair.get("/action-log/review/2").text)


def test_a_second_person_agrees_in_the_review(reviewed: Room, as_) -> None:
    actions.say_done(db.session.scalars(select(Action).where(Action.number == 1)).one(), by=reviewed.max)
    owner, other = as_(reviewed.max), as_(reviewed.dee)
    assert "A second person has to agree" in owner.get("/action-log/review/1").text
    assert "Yes, it is done" in as_(reviewed.dee).get("/action-log/review/1").text
    assert other.post("/action-log/review/1/not-done-yet", data={"why": "Half"}).location == "/action-log/review/1"
    assert as_(reviewed.max).post("/action-log/review/1/done").status_code == 303
    nothing = as_(reviewed.dee).post("/action-log/review/1/agreed-done", data={"evidence": ""})
    assert (nothing.status_code, "Say how anyone can tell that it is done." in nothing.text) == (422, True)
    answer = as_(reviewed.dee).post("/action-log/review/1/agreed-done", data={"evidence": "Seen"})
    assert answer.location == "/action-log/review/2"
    assert db.session.scalars(select(Action).where(Action.number == 1)).one().state == ActionState.DONE
    assert "Closed" in as_(reviewed.dee).get("/action-log/review").text


def test_what_is_not_done_yet_and_far_off_leads_back_to_the_review(reviewed: Room, as_) -> None:
    far = actions.open_action(reviewed.steering, "Far off", reviewed.max, date(2026, 3, 1), by=reviewed.alex)
    far.opened_on = date(2025, 9, 1)
    actions.say_done(far, by=reviewed.max)
    other = as_(reviewed.dee)
    assert "0 closed" in inside(other.get(f"/action-log/review/{far.number}").text)
    answer = other.post(f"/action-log/review/{far.number}/not-done-yet", data={"why": "Half"})
    assert answer.location == "/action-log/review"


def test_review_asks_again_refuses_and_is_not_there_for_others(reviewed: Room, as_) -> None:
    chair, here = as_(reviewed.alex), "/action-log/review/1"
    family = {"evidence": "See 943 476 5919", "why": "See 943 476 5919"}
    asked = {
        "new-date": {"due": "", "reason": "Ill"},
        "notes": {"words": ""},
        "done": family,
        "not-done-yet": family,
    }
    assert {step: chair.post(f"{here}/{step}", data=data).status_code for step, data in asked.items()} == dict.fromkeys(
        asked, 422
    )
    assert as_(reviewed.dee).post(f"{here}/done").status_code == 403
    assert as_(reviewed.dee).post(f"{here}/agreed-done", data=family).status_code == 403
    assert "Late one" in as_(reviewed.dee).get(here).text
    for outsider in (reviewed.robin, reviewed.sam, reviewed.stranger):
        visitor = as_(outsider)
        assert visitor.get("/action-log/review").status_code == visitor.get(here).status_code == 404
        assert visitor.post(f"{here}/done").status_code == 404
    for number in (99, 2**31 - 1, 2**31, 10**20):
        assert as_(reviewed.alex).get(f"/action-log/review/{number}").status_code == 404


def test_review_with_nothing_in_it_says_so(room: Room, as_) -> None:
    assert "Nothing to go through" in as_(room.alex).get("/action-log/review").text
    assert "No meeting is planned" not in as_(room.alex).get("/action-log/review").text
