"""The steering group's pages: they work, they refuse, they ask again."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from coprod.actions.models import Action
from coprod.core.db import db
from coprod.principles.models import Priority
from coprod.recommendations.models import State
from coprod.steering import services
from coprod.steering.models import Decision, Meeting, MeetingState, Reply, Verdict
from coprod.steering.services import FirstAction
from coprod.workstreams.models import Role
from tests.factories import a_membership, a_professional, keep
from tests.recommendations.written import AGREED, Round
from tests.steering.rooms import BECAUSE, Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def inside(page: str) -> str:
    """The page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- Meetings.


def test_meetings_page_begins_with_the_next_one_and_what_waits(room: Room, as_) -> None:
    empty = inside(as_(room.dee).get("/meetings/").text)
    assert "No meetings yet" in empty
    assert "Nothing waits for an answer" in empty
    assert "Plan a meeting" not in empty
    room.asked("Shorter letters", submitted_as="needs more talk", why_sent="It cannot wait.")
    assert "Shorter letters" in inside(as_(room.dee).get("/meetings/").text)
    meeting = room.meeting(MeetingState.PLANNED, on=date(2025, 12, 11))
    page = as_(room.alex).get("/meetings/").text
    assert "Thursday 11 December, 10am" in inside(page)
    assert "Sent without an agreed result: needs more talk." in inside(page)
    assert "Plan a meeting" in page
    assert f"/meetings/{meeting.id}/recommendations/" in page


def test_meetings_are_not_there_for_people_outside_the_group(room: Room, as_) -> None:
    meeting, asked = room.meeting(), room.asked()
    for outsider in (room.sam, room.robin, room.stranger):
        visitor = as_(outsider)
        for address in ("/meetings/", "/meetings/new", f"/meetings/{meeting.id}"):
            assert visitor.get(address).status_code == 404
        assert visitor.get(f"/meetings/{meeting.id}/recommendations/{asked.id}").status_code == 404
        for step in ("opened", "closed", "presence", f"recommendations/{asked.id}"):
            assert visitor.post(f"/meetings/{meeting.id}/{step}").status_code == 404
        assert visitor.post("/meetings/new").status_code == 404


@pytest.mark.parametrize("typed", ["10:00", "10am", "10.00", "10.00AM", " 10 am ", "10:00:00"])
def test_meeting_is_planned_at_the_time_that_was_typed(room: Room, as_, typed: str) -> None:
    visitor = as_(room.alex)
    assert "Plan a meeting" in visitor.get("/meetings/new").text
    words = {"on": "11 December 2025", "starts_at": typed, "place": "Town hall"}
    answer = visitor.post("/meetings/new", data=words)
    assert answer.status_code == 303
    assert "Thursday 11 December, 10am. Town hall" in inside(visitor.get(answer.location).text)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"on": ""}, "Say which day."),
        ({"on": "soon"}, "Write the day like this: 18 November 2025."),
        ({"on": "16 November 2025"}, "This day is over."),
        ({"on": "11 December 2035"}, "This is more than 5 years ahead. Look at the year again."),
        ({"on": "18 December 2025"}, "There is a meeting on that day already."),
        ({"starts_at": ""}, "Say what time."),
        ({"starts_at": "early"}, "Write the time like this: 10am or 18:30."),
        ({"place": "x" * 301}, "Use 300 letters at most."),
    ],
)
def test_meeting_that_cannot_be_planned_asks_again(room: Room, as_, change: dict, fault: str) -> None:
    room.meeting(MeetingState.PLANNED, on=date(2025, 12, 18))
    words = {"on": "11 December 2025", "starts_at": "10am", "place": "Town hall"} | change
    answer = as_(room.alex).post("/meetings/new", data=words)
    assert answer.status_code == 422
    assert fault in answer.text
    assert all(typed in answer.text for typed in words.values())
    assert count(Meeting) == 1


def test_meeting_is_planned_by_the_chair_alone(room: Room, as_) -> None:
    assert as_(room.dee).get("/meetings/new").status_code == 403
    assert as_(room.dee).post("/meetings/new").status_code == 403


def test_meeting_opens_counts_who_is_here_and_closes(room: Room, as_) -> None:
    """Domain rule 22: words first, recomputed as people come and go."""
    meeting = room.meeting(MeetingState.PLANNED, here=[])
    chair = as_(room.alex)
    assert chair.post(f"/meetings/{meeting.id}/opened").status_code == 303
    page = inside(chair.get(f"/meetings/{meeting.id}").text)
    assert "This meeting cannot decide yet" in page
    assert "0 of 4 are here; half is 2." in page
    here = [str(held.id) for held in room.steering.memberships if held.person in (room.alex, room.dee, room.eve)]
    assert chair.post(f"/meetings/{meeting.id}/presence", data={"here": [*here, "nobody"]}).status_code == 303
    page = inside(chair.get(f"/meetings/{meeting.id}").text)
    assert "This meeting can decide" in page
    assert "3 of 4 are here; half is 2. 2 have lived experience; 2 are needed." in page
    assert chair.post(f"/meetings/{meeting.id}/presence", data={"here": here[:1]}).status_code == 303
    assert "1 of 4 are here" in inside(chair.get(f"/meetings/{meeting.id}").text)
    assert chair.post(f"/meetings/{meeting.id}/closed").status_code == 303
    page = inside(chair.get(f"/meetings/{meeting.id}").text)
    assert "Keep who is here" not in page
    assert chair.post(f"/meetings/{meeting.id}/presence", data={"here": here}).status_code == 403


def test_meeting_is_not_run_by_members(room: Room, as_) -> None:
    meeting = room.meeting()
    visitor = as_(room.dee)
    page = visitor.get(f"/meetings/{meeting.id}").text
    assert "Close the meeting" not in page
    assert "Keep who is here" not in page
    for step in ("opened", "closed", "presence"):
        assert visitor.post(f"/meetings/{meeting.id}/{step}").status_code == 403


def test_presence_asks_for_no_reason(room: Room, as_) -> None:
    """Domain rule 20."""
    page = as_(room.alex).get(f"/meetings/{room.meeting().id}").text
    form = page[page.index("/presence") : page.index("Keep who is here")]
    assert "textarea" not in form
    assert 'type="text"' not in form


def test_meeting_lists_what_was_put_off_until_its_month(room: Room, as_) -> None:
    room.decided(Verdict.DEFER, room.meeting(MeetingState.OPEN), title="Fixed days")
    may = room.meeting(MeetingState.PLANNED, on=date(2026, 5, 14))
    assert "Not on the agenda yet. Fixed days." in inside(as_(room.dee).get(f"/meetings/{may.id}").text)
    assert as_(room.alex).post(f"/meetings/{may.id}/agenda/built").status_code == 303
    assert "Fixed days Put off until now: Rec 1 from" in inside(as_(room.dee).get(f"/meetings/{may.id}").text)


# --- Deciding.


def where(meeting: Meeting, asked: Any) -> str:
    return f"/meetings/{meeting.id}/recommendations/{asked.id}"


def test_decide_page_shows_the_recommendation_the_vote_and_the_quorum(database: None, as_) -> None:
    """Journey 21: the result in words, the worries, the thread; F4: no counts for small sides."""
    chain = Round()
    asked = chain.counted(AGREED)
    asked.state, asked.submitted_on = State.SUBMITTED, TODAY
    meeting = Meeting(workstream=chain.steering, on=TODAY, starts_at=time(10), state=MeetingState.OPEN)
    keep(meeting)
    page = inside(as_(chain.chair).get(where(meeting, asked)).text)
    for shown in ("In one page", "Parents tell it all again each time.", "Agreed", "This meeting cannot decide yet"):
        assert shown in page
    assert "Priority 4, “One person who stays”" in page
    for answer in ("Yes", "Yes, with changes", "Back with a question", "Not now", "No"):
        assert answer in page
    assert "The chair records what you decide together." in inside(
        as_(chain.parent_on_steering).get(where(meeting, asked)).text
    )


def test_decide_page_says_what_was_sent_without_agreement(room: Room, as_) -> None:
    """Domain rule 21."""
    asked = room.asked(submitted_as="not agreed", why_sent="It cannot wait.")
    asked.priorities = [Priority(programme=room.programme, number=4, wording="Kind words", is_example=True)]
    page = inside(as_(room.alex).get(where(room.meeting(), asked)).text)
    assert "Sent without an agreed result: not agreed." in page
    assert "It cannot wait." in page
    assert "There was no vote." in page
    assert "(example wording)" in page


GOOD = {
    "verdict": "accept with changes",
    "changes": "Start with meetings before birth",
    "question": "typed for another answer",
    "until": "nonsense for another answer",
    "reason": BECAUSE,
    "dissent": "Max would wait.",
    "action_what": "Ring the clinics",
    "action_due": "16 January 2026",
    "wants_pilot": "yes",
    "review_on": "1 June 2026",
}


def test_decision_is_recorded_with_its_action(room: Room, as_) -> None:
    asked, meeting = room.asked("A call the day after"), room.meeting()
    visitor = as_(room.alex)
    answer = visitor.post(where(meeting, asked), data=GOOD | {"action_owner": str(room.sam.id)})
    assert answer.status_code == 303
    page = inside(visitor.get(answer.location).text)
    for shown in (
        "Decision 1: Yes, with changes",
        "Start with meetings before birth",
        BECAUSE,
        "Max would wait.",
        "Ring the clinics",
        "4 of 4, 2 with lived experience",
        "1 June 2026",
        "The group hears by 1 December 2025.",
    ):
        assert shown in page
    assert "another answer" not in page
    assert "Ring the clinics" in as_(room.sam).get("/action-log").text
    assert "Decided here" in as_(room.dee).get(f"/meetings/{meeting.id}").text


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"verdict": ""}, "Choose one of the answers."),
        ({"verdict": "noted"}, "Choose one of the answers."),
        ({"changes": ""}, "Say what changes."),
        ({"verdict": "refer back", "question": ""}, "Write the question."),
        ({"verdict": "defer", "until": ""}, "Say when you look again."),
        ({"verdict": "defer", "until": "soon"}, "Write the day like this: 18 November 2025."),
        ({"verdict": "defer", "until": "17 November 2025"}, "Choose a day after today."),
        ({"verdict": "defer", "until": "17 November 2055"}, "This is more than 5 years ahead."),
        ({"verdict": "decline"}, "Say what would change your answer."),
        ({"reason": ""}, "Say why, in plain words."),
        ({"reason": "Noted."}, "are no answer."),
        ({"reason": "It was taken on board."}, "are no answer."),
        ({"reason": "word " * 61}, "Use 60 words at most. This has 61."),
        ({"dissent": "x" * 1001}, "Use 1,000 letters at most."),
        ({"dissent": "See BP24C50321"}, "looks like a court number"),
        ({"action_what": ""}, "Say what is to be done."),
        ({"action_owner": ""}, "Choose who does it."),
        ({"action_due": ""}, "Say by when."),
        ({"action_due": "16 January 2025"}, "This day is over."),
        ({"review_on": "1 June 2025"}, "Choose a day after today."),
    ],
)
def test_decision_that_does_not_say_enough_asks_again(room: Room, as_, change: dict, fault: str) -> None:
    asked, meeting = room.asked(), room.meeting()
    words = GOOD | {"action_owner": str(room.max.id)} | change
    answer = as_(room.alex).post(where(meeting, asked), data=words)
    assert answer.status_code == 422
    assert fault in inside(answer.text)
    assert "to mend" in answer.text
    assert words["reason"].strip() in answer.text
    assert words["changes"] in answer.text
    assert (count(Decision), count(Action)) == (0, 0)
    assert asked.state == State.SUBMITTED


def test_decision_is_refused_with_the_reason(room: Room, as_) -> None:
    asked = room.asked()
    chair = as_(room.alex)
    open_one = room.meeting()
    assert as_(room.dee).post(where(open_one, asked), data=GOOD).status_code == 403
    few = room.meeting(on=date(2025, 12, 1), here=[room.alex, room.max, room.dee])
    answer = chair.post(where(few, asked), data=GOOD)
    assert answer.status_code == 403
    assert "1 with lived experience here. 2 are needed to decide." in answer.text
    assert "1 with lived experience here." in chair.get(where(few, asked)).text
    planned = room.meeting(MeetingState.PLANNED, on=date(2025, 12, 2))
    assert "The meeting is planned. Open it first." in chair.post(where(planned, asked), data=GOOD).text
    decided = room.decided(meeting=open_one)
    page = chair.post(where(open_one, decided.recommendation), data=GOOD)
    assert "It is accepted, so it is not waiting for a decision." in page.text
    assert "Decided before" in chair.get(where(open_one, decided.recommendation)).text
    assert count(Decision) == 1


def test_decision_on_what_was_not_sent_is_not_there(room: Room, as_) -> None:
    asked = room.asked(state=State.DRAFTED)
    asked.submitted_on = None
    a_membership(room.stream, room.alex)
    meeting = room.meeting()
    assert as_(room.alex).get(where(meeting, asked)).status_code == 404
    assert as_(room.alex).post(where(meeting, asked), data=GOOD).status_code == 404


# --- The register, corrections, replies.


def test_register_keeps_its_filter_in_the_address(room: Room, as_) -> None:
    empty = as_(room.dee).get("/decisions/").text
    assert "No decisions yet" in empty
    meeting = room.meeting()
    room.decided(meeting=meeting, title="Shorter letters")
    room.decided(Verdict.DECLINE, meeting, title="Fixed days")
    visitor = as_(room.robin)
    assert "Fixed days" in visitor.get("/decisions/").text
    found = visitor.get("/decisions/?q=letters&verdict=accept").text
    assert "Shorter letters" in found
    assert "Fixed days" not in found
    assert 'value="letters"' in found
    assert "No decision has these words" in visitor.get("/decisions/?verdict=defer").text
    assert "Shorter letters" in visitor.get("/decisions/?verdict=nonsense&q=%00").text
    assert "Shorter letters" not in as_(room.stranger).get("/decisions/").text


def test_decision_page_is_for_those_who_asked_and_those_who_took_it(room: Room, as_) -> None:
    decision = room.decided(Verdict.DECLINE)
    for insider in (room.dee, room.robin, room.sam):
        page = as_(insider).get(f"/decisions/{decision.id}").text
        assert "A new judge." in page
        assert "Write to the group" not in page
        assert "Correct it" not in page
    assert as_(room.stranger).get(f"/decisions/{decision.id}").status_code == 404


def test_decision_is_looked_at_again(room: Room, as_) -> None:
    decision = room.decided()
    assert as_(room.dee).post(f"/decisions/{decision.id}/reviewed").status_code == 403
    assert as_(room.alex).post(f"/decisions/{decision.id}/reviewed").status_code == 303
    assert "Yes, and it stands" in as_(room.dee).get(f"/decisions/{decision.id}").text


def test_decision_has_no_way_to_be_edited(room: Room, as_, app) -> None:
    """Domain rule 26: append-only."""
    decision = room.decided()
    chair = as_(room.alex)
    for method in (chair.post, chair.put, chair.patch, chair.delete):
        assert method(f"/decisions/{decision.id}").status_code == 405


def test_correction_stands_beside_the_first(room: Room, as_) -> None:
    first = room.decided(Verdict.DECLINE)
    chair = as_(room.alex)
    form = chair.get(f"/decisions/{first.id}/correction").text
    assert "Correct decision 1" in form
    assert "A new judge." in form
    assert BECAUSE in form
    bad = chair.post(f"/decisions/{first.id}/correction", data={"verdict": "accept", "reason": "Noted"})
    assert bad.status_code == 422
    words = {"verdict": "accept", "reason": "We mixed up two papers."}
    answer = chair.post(f"/decisions/{first.id}/correction", data=words)
    assert answer.status_code == 303
    assert "It stands in the place of decision 1 ." in inside(chair.get(answer.location).text)
    assert "Decision 2 stands in its place." in inside(chair.get(f"/decisions/{first.id}").text)
    assert chair.get(f"/decisions/{first.id}/correction").status_code == 403


def test_correction_needs_the_chair_and_an_open_meeting(room: Room, as_) -> None:
    decision = room.decided()
    assert as_(room.dee).get(f"/decisions/{decision.id}/correction").status_code == 403
    services.close_meeting(decision.meeting, by=room.alex)
    answer = as_(room.alex).post(f"/decisions/{decision.id}/correction", data={"verdict": "accept"})
    assert answer.status_code == 403
    assert "A correction needs an open meeting." in answer.text
    room.meeting(MeetingState.PLANNED, on=date(2025, 12, 11))
    assert as_(room.alex).get(f"/decisions/{decision.id}/correction").status_code == 403


def test_reply_is_drafted_sent_and_read_by_the_group(room: Room, as_) -> None:
    decision = room.decided()
    chair = as_(room.alex)
    assert "Write to the group" in chair.get(f"/decisions/{decision.id}").text
    assert "We say: Yes." in chair.get(f"/decisions/{decision.id}/reply").text
    words = {"words": "Yes.\n\nIt begins in January."}
    assert chair.post(f"/decisions/{decision.id}/reply", data=words).status_code == 303
    page = inside(as_(room.robin).get(f"/decisions/{decision.id}").text)
    assert "What the group was told Yes. It begins in January. 17 November 2025" in page
    assert chair.get(f"/decisions/{decision.id}/reply").status_code == 403
    assert chair.post(f"/decisions/{decision.id}/reply", data=words).status_code == 403


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (" ", "Write what you tell the group."),
        ("Your words were noted.", "are no answer."),
        ("x" * 2001, "Use 2,000 letters at most."),
    ],
)
def test_reply_that_says_nothing_asks_again(room: Room, as_, words: str, fault: str) -> None:
    decision = room.decided()
    answer = as_(room.alex).post(f"/decisions/{decision.id}/reply", data={"words": words})
    assert answer.status_code == 422
    assert fault in answer.text
    assert words.strip() in answer.text
    assert count(Reply) == 0


def test_late_reply_shows_to_the_chair(room: Room, as_, clock) -> None:
    """Domain rule 23."""
    decision = room.decided(meeting=room.meeting(on=TODAY + timedelta(30)))
    clock(2025, 12, 2, 9)
    page = inside(as_(room.alex).get("/meetings/").text)
    assert "Late Rec 1 , decided 17 November 2025. The group should have heard by 1 December 2025." in page
    assert "should have heard by" in as_(room.alex).get(f"/decisions/{decision.id}").text
    assert "should have heard by" in as_(room.alex).get(f"/decisions/{decision.id}/reply").text


def test_reply_page_is_the_chairs(room: Room, as_) -> None:
    decision = room.decided()
    assert as_(room.dee).get(f"/decisions/{decision.id}/reply").status_code == 403
    assert as_(room.stranger).get(f"/decisions/{decision.id}/reply").status_code == 404


# --- For both sides.


@pytest.fixture
def filled(room: Room) -> Room:
    meeting = room.meeting()
    for owner, days in ((room.max, -30), (room.dee, -3), (room.dee, 7), (room.dee, 8), (room.alex, -1)):
        first = FirstAction(f"Task of {owner.alias}, {days} days", owner, TODAY + timedelta(days))
        room.decided(meeting=meeting, first_action=first)
    return room


def test_every_page_has_its_title_or_the_neutral_one(filled: Room, as_) -> None:
    """P3: members' pages keep their fixed neutral title; a1, one heading on each."""
    a_membership(filled.steering, fay := a_professional("Fay"), Role.FACILITATOR)
    decision = db.session.scalars(select(Decision).order_by(Decision.number)).first()
    meeting, waiting = decision.meeting, filled.asked("Shorter letters")
    action = decision.actions[0]
    addresses = (
        "/meetings/",
        f"/meetings/{meeting.id}",
        where(meeting, waiting),
        "/decisions/",
        f"/decisions/{decision.id}",
        "/action-log",
        f"/actions/{action.id}",
    )
    for address in addresses:
        for person in (filled.dee, fay):
            page = as_(person).get(address).text
            (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
            (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
            assert title.strip() == "Your page" if person is filled.dee else title.strip().startswith(heading.strip())
            assert "style=" not in page
