"""Pages of the agenda, its items, the papers, the minutes and the terms: they work, they refuse, they ask again."""

import re
from datetime import date, time, timedelta
from typing import Any

import pytest

from coprod.actions.models import Action
from coprod.core.clock import today
from coprod.core.db import db
from coprod.steering import queries, rules, services
from coprod.steering.models import (
    Contest,
    ContestState,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    MinutesState,
    Verdict,
)
from coprod.steering.rules import Waits
from tests.factories import keep
from tests.recommendations.written import AGREED, Round
from tests.steering.rooms import BECAUSE, Room


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def inside(page: str) -> str:
    """The page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def words_at(visitor: Any, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return inside(answer.text)


def opened(room: Room) -> Meeting:
    meeting = room.meeting()
    services.build_agenda(meeting, by=room.alex)
    return meeting


def at(meeting: Meeting, item: Any = None, more: str = "") -> str:
    return f"/meetings/{meeting.id}" + (f"/items/{item.id}" if item else "") + more


# --- The agenda.


def test_meeting_page_is_its_agenda(room: Room, as_) -> None:
    room.asked("A call", presenter="Robin", submitted_as="needs more talk")
    meeting = opened(room)
    taken = services.add_item(meeting, "Tea", 5, by=room.alex)
    services.settle_item(taken, "taken off", "It is for March.", by=room.alex)
    page = words_at(as_(room.dee), at(meeting))
    for told in ("10am A call", "A group asks us: Rec 1 from", "Speaks: Robin.", "Sent without an agreed result"):
        assert told in page
    assert "Taken off Tea It is for March." in page
    assert "Set the agenda" not in page
    page = words_at(as_(room.alex), at(meeting))
    assert "Set the agenda" in page
    assert "Close the meeting Not yet: “A call” still waits. It needs an answer before the meeting closes." in page


def test_agenda_page_is_set_by_the_chair_and_not_by_members(room: Room, as_) -> None:
    room.asked("A call")
    meeting, chair = room.meeting(MeetingState.PLANNED), as_(room.alex)
    assert "Nothing on the agenda yet" in words_at(chair, at(meeting, more="/agenda"))
    assert "Not on it yet. A call." in words_at(chair, at(meeting, more="/agenda"))
    assert chair.post(at(meeting, more="/agenda/built")).status_code == 303
    good = {"title": "Money", "minutes": "20", "speaker": "Max"}
    assert chair.post(at(meeting, more="/agenda"), data=good).status_code == 303
    page = words_at(chair, at(meeting, more="/agenda"))
    assert "Ends about 10.30am" in page
    assert "Speaks: Max." in page
    money = next(item for item in meeting.items if item.title == "Money")
    assert chair.post(at(meeting, money, "/place"), data={"places": "-1"}).status_code == 303
    assert chair.post(at(meeting, money, "/place"), data={"places": "away"}).status_code == 303
    db.session.expire_all()
    assert [item.title for item in meeting.items] == ["Money", "A call"]
    for change, fault in (
        ({"title": ""}, "Say what it is about."),
        ({"title": "Money"}, "This is on the agenda already."),
        ({"minutes": "long"}, "Write a number from 1 to 240."),
    ):
        answer = chair.post(at(meeting, more="/agenda"), data=good | {"title": "Tea"} | change)
        assert (answer.status_code, fault in answer.text) == (422, True)
    member = as_(room.dee)
    assert member.get(at(meeting, more="/agenda")).status_code == 403
    for address in (at(meeting, more="/agenda"), at(meeting, more="/agenda/built"), at(meeting, money, "/time")):
        assert member.post(address, data=good).status_code == 403
    assert member.post(at(meeting, money, "/place"), data={"places": "1"}).status_code == 403


def test_pages_are_not_there_for_people_outside_the_group(room: Room, as_) -> None:
    meeting = opened(room)
    item = services.add_item(meeting, "Money", 5, by=room.alex)
    table = f"/workstreams/{room.steering.id}/terms"
    pages = [at(meeting, more=f"/{name}") for name in ("agenda", "closing", "minutes", "pack")]
    pages += [at(meeting, item), table, f"{table}/new"]
    posts = [at(meeting, more=f"/{name}") for name in ("agenda", "agenda/built", "minutes", "minutes/approved")]
    posts += [at(meeting, item, more) for more in ("", "/place", "/time", "/interests")] + [f"{table}/new"]
    for outsider in (room.sam, room.robin, room.stranger):
        visitor = as_(outsider)
        assert [page for page in pages if visitor.get(page).status_code != 404] == []
        assert [page for page in posts if visitor.post(page).status_code != 404] == []


def test_item_of_another_meeting_is_not_there(room: Room, as_) -> None:
    meeting, other = opened(room), room.meeting(MeetingState.PLANNED, on=today() + timedelta(7))
    item = services.add_item(other, "Money", 5, by=room.alex)
    assert as_(room.alex).get(at(meeting, item)).status_code == 404


# --- Items.


def test_item_pages_lead_to_what_they_are_about(room: Room, as_, monkeypatch) -> None:
    before = room.meeting(on=today() - timedelta(7))
    decision = room.decided(meeting=before, review_on=today() + timedelta(1), title="Looked at")
    services.close_meeting(before, by=room.alex)
    asked = room.asked("A call")
    source = [lambda steering, day: [Waits(ItemKind.PILOT, steering.id, "Pilot")]]
    monkeypatch.setattr(services.agenda, "SOURCES", source)
    meeting = room.meeting(MeetingState.PLANNED, on=today() + timedelta(2))
    services.build_agenda(meeting, by=room.alex)
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, room.steering.memberships, by=room.alex)
    led = {
        ItemKind.MINUTES: f"/meetings/{before.id}/minutes",
        ItemKind.RECOMMENDATION: f"/recommendations/{asked.id}",
        ItemKind.PILOT: f"/pilots/{room.steering.id}",
        ItemKind.REVIEW: f"/decisions/{decision.id}",
    }
    chair = as_(room.alex)
    for item in meeting.items:
        assert led[item.kind] in chair.get(at(meeting, item)).text
    minutes = meeting.items[0]
    assert "Approve them" in words_at(chair, at(meeting, minutes))
    assert "Approve them" not in words_at(as_(room.dee), at(meeting, minutes))
    assert "Read it and decide" in words_at(chair, at(meeting, meeting.items[1]))


def test_contested_item_tells_the_groups_words(room: Room, as_) -> None:
    decision = room.decided(Verdict.DECLINE)
    contest = Contest(
        decision=decision, state=ContestState.SENT, words="You did not hear us.", speaker="Robin", on=today()
    )
    keep(contest)
    asked = decision.recommendation
    meeting = room.meeting(MeetingState.PLANNED, on=today() + timedelta(2))
    item = services.agenda._put_on(meeting, Waits(ItemKind.CONTESTED, asked.id, asked.title, "Robin", asked.id))
    db.session.flush()
    page = words_at(as_(room.dee), at(meeting, item))
    assert "The group says You did not hear us." in page
    assert "Speaks: Robin." in page
    assert "You did not hear us." in words_at(as_(room.dee), at(meeting, more="/pack"))


def test_item_is_settled_with_a_sentence(room: Room, as_) -> None:
    meeting, chair = opened(room), as_(room.alex)
    item = services.add_item(meeting, "Money", 5, by=room.alex)
    for typed, fault in (
        ({"move": "talked about"}, "Say what was said."),
        ({"move": "taken off"}, "Say why it is taken off."),
        ({"move": "decided", "words": "Yes"}, "Choose what became of it."),
    ):
        answer = chair.post(at(meeting, item), data=typed)
        assert (answer.status_code, fault in answer.text) == (422, True)
    typed = {"move": "talked about", "words": "We have some."}
    assert as_(room.dee).post(at(meeting, item), data=typed).status_code == 403
    assert chair.post(at(meeting, item), data=typed).status_code == 303
    db.session.expire_all()
    assert (item.state, item.outcome) == (ItemState.TALKED_ABOUT, "We have some.")
    assert "We have some." in words_at(as_(room.dee), at(meeting, item))
    assert chair.post(at(meeting, item), data={"move": "put back"}).status_code == 303
    assert chair.post(at(meeting, item, "/time"), data={"minutes": "0", "speaker": ""}).status_code == 422
    assert chair.post(at(meeting, item, "/time"), data={"minutes": "25", "speaker": "Eve"}).status_code == 303
    assert "25 minutes. Speaks: Eve." in words_at(chair, at(meeting, item))


def test_interest_is_declared_on_the_items_page_and_the_quorum_follows(room: Room, as_) -> None:
    """Domain rule 22."""
    asked = room.asked("A call")
    meeting = opened(room)
    (item,) = meeting.items
    member, chair = as_(room.dee), as_(room.alex)
    page = words_at(member, at(meeting, item))
    assert "Nobody has named one." in page
    assert "This meeting can decide" in page
    mine = str(next(held.id for held in room.steering.memberships if held.person is room.dee))
    other = str(next(held.id for held in room.steering.memberships if held.person is room.eve))
    good = {"who": mine, "stake": "I know the team.", "leaves": "yes"}
    assert member.post(at(meeting, item, "/interests"), data=good | {"who": other}).status_code == 422
    assert member.post(at(meeting, item, "/interests"), data=good).status_code == 303
    page = words_at(chair, at(meeting, item))
    assert "Dee leaves the room. I know the team." in page
    assert "1 has lived experience; 2 are needed." in page
    page = words_at(chair, at(meeting, more=f"/recommendations/{asked.id}"))
    assert "Dee leaves the room for this." in page
    assert "This meeting cannot decide yet" in page
    said = {"verdict": "accept", "reason": BECAUSE, "wants_pilot": "no"}
    assert chair.post(at(meeting, more=f"/recommendations/{asked.id}"), data=said).status_code == 403
    interest = item.interests[0]
    back = at(meeting, item, f"/interests/{interest.id}/taken-back")
    assert as_(room.eve).post(back).status_code == 403
    assert member.post(back).status_code == 303
    assert member.post(back).status_code == 404
    assert "Nobody has named one." in words_at(member, at(meeting, item))


# --- The end.


def test_meeting_with_too_few_left_asks_why_it_ends(room: Room, as_) -> None:
    room.asked("A call")
    meeting, chair = opened(room), as_(room.alex)
    assert chair.get(at(meeting, more="/closing")).status_code == 403
    assert chair.post(at(meeting, more="/closed")).status_code == 403
    services.tick(meeting, [held for held in room.steering.memberships if held.person is room.alex], by=room.alex)
    db.session.commit()
    assert f"{at(meeting)}/closing" in chair.get(at(meeting)).text
    page = words_at(chair, at(meeting, more="/closing"))
    assert "Not decided A call" in page
    answer = chair.post(at(meeting, more="/closed"), data={"why": ""})
    assert (answer.status_code, "Say why the meeting ends now." in answer.text) == (422, True)
    assert chair.post(at(meeting, more="/closed"), data={"why": "The buses stopped."}).status_code == 303
    page = words_at(as_(room.dee), at(meeting, more="/minutes"))
    assert "Why we ended early The buses stopped." in page
    assert "Carried over" in page


# --- Minutes and papers.


def test_minutes_fill_themselves_in_and_are_approved_at_the_next_meeting(room: Room, as_) -> None:
    before = room.meeting(MeetingState.PLANNED, on=today() - timedelta(7))
    room.asked("A call", presenter="Robin")
    other = services.add_item(before, "Money", 5, by=room.alex)
    tea = services.add_item(before, "Tea", 5, by=room.alex)
    services.open_meeting(before, by=room.alex)
    item = next(item for item in before.items if item.kind == ItemKind.RECOMMENDATION)
    max_ = next(held for held in room.steering.memberships if held.person is room.max)
    services.declare(item, max_, "I work there.", by=room.max)
    first = services.FirstAction("Ring the clinics", room.eve, date(2026, 1, 16))
    services.decide(
        before,
        item.recommendation,
        Verdict.ACCEPT_WITH_CHANGES,
        by=room.alex,
        reason=BECAUSE,
        changes="Two clinics.",
        dissent="Max would wait.",
        first_action=first,
    )
    chair = as_(room.alex)
    assert "Waiting" in words_at(chair, at(before, more="/minutes"))
    services.settle_item(other, "talked about", "We have some.", by=room.alex)
    services.settle_item(tea, "taken off", "It is for March.", by=room.alex)
    services.close_meeting(before, by=room.alex)
    db.session.commit()
    assert chair.post(at(before, more="/minutes"), data={"notes": "The room was cold."}).status_code == 303
    assert chair.post(at(before, more="/minutes"), data={"notes": "x" * 4001}).status_code == 422
    page = words_at(as_(room.dee), at(before, more="/minutes"))
    for told in (
        "Who was there Alex, Dee, Eve, Max.",
        "Speaker: Robin.",
        "Max left the room for this. I work there.",
        f"Decision 1: Yes, with changes. {BECAUSE}",
        "What changes: Two clinics.",
        "Seen differently: Max would wait.",
        "3 of 4 decided, 2 with lived experience : Alex, Dee, Eve .",
        "Ring the clinics: Eve, by 16 January 2026.",
        "We have some.",
        "Tea. It is for March.",
        "The room was cold.",
    ):
        assert told.replace(" .", ".").replace(" :", ":") in page.replace(" .", ".").replace(" :", ":"), told
    assert "Anything to add?" not in page
    assert as_(room.dee).post(at(before, more="/minutes"), data={"notes": "Mine."}).status_code == 403
    assert "Not yet: Minutes are approved at the next meeting, once it is open." in words_at(
        chair, at(before, more="/minutes")
    )
    assert chair.post(at(before, more="/minutes/approved")).status_code == 403
    now = opened(room)
    assert as_(room.dee).post(at(before, more="/minutes/approved")).status_code == 403
    assert chair.post(at(before, more="/minutes/approved")).status_code == 303
    assert f"Approved at the meeting of {now.on.day} November 2025." in words_at(chair, at(before, more="/minutes"))
    db.session.expire_all()
    assert before.minutes_state == MinutesState.APPROVED


def test_notes_saved_meanwhile_are_shown_beside_mine(room: Room, as_) -> None:
    """R4: nobody's words are lost, and what was looked at is what the next saving goes over."""
    meeting, chair = room.meeting(), as_(room.alex)
    services.write_minutes(meeting, "Tea was good.\nSam came late.", by=room.alex)
    db.session.commit()
    address = at(meeting, more="/minutes")
    answer = chair.post(address, data={"notes": "There was cake.", "read": ""})
    assert answer.status_code == 409
    page = inside(answer.text)
    for told in ("Somebody else saved notes", "Only in theirs: Tea was good.", "Only in yours: There was cake."):
        assert told in page
    both = {"notes": "Tea was good.\r\nThere was cake.", "read": "Tea was good.\r\nSam came late."}
    assert chair.post(address, data=both).status_code == 303
    assert "Tea was good. There was cake." in words_at(chair, address)


def test_name_ticked_by_mistake_is_taken_off_on_the_minutes_page(room: Room, as_) -> None:
    meeting, chair = room.meeting(MeetingState.PLANNED, here=[room.max]), as_(room.alex)
    services.open_meeting(meeting, by=room.alex)
    held = next(one for one in room.steering.memberships if one.person is room.max)
    services.tick(meeting, [one for one in room.steering.memberships if one is not held], by=room.alex)
    db.session.commit()
    page = words_at(chair, at(meeting, more="/minutes"))
    assert "Alex, Dee, Eve, Max. Was somebody ticked by mistake? Take off Max" in page
    assert "ticked by mistake" not in words_at(as_(room.dee), at(meeting, more="/minutes"))
    address = at(meeting, more=f"/minutes/came/{held.id}/taken-off")
    assert as_(room.dee).post(address).status_code == 403
    assert chair.post(address).status_code == 303
    assert "Alex, Dee, Eve." in words_at(chair, at(meeting, more="/minutes"))
    assert chair.post(address).status_code == 404


def test_minutes_cost_the_same_with_one_decision_and_with_three(room: Room, as_, query_count: list[str]) -> None:
    meeting, costs = room.meeting(), []
    for n in (1, 3):
        while len(queries.decisions_at(meeting)) < n:
            room.decided(meeting=meeting)
        db.session.commit()
        query_count.clear()
        assert f"Decision {n}" in words_at(as_(room.alex), at(meeting, more="/minutes"))
        costs.append(len(query_count))
    assert costs[0] == costs[1]


def test_minutes_tell_a_correction_that_stood_on_no_agenda(room: Room, as_) -> None:
    first = room.decided(Verdict.DECLINE, meeting=room.meeting(on=today() - timedelta(7)))
    now = room.meeting()
    services.correct(first, now, Verdict.DEFER, by=room.alex, reason=BECAUSE, until=date(2026, 5, 12))
    page = words_at(as_(room.dee), at(now, more="/minutes"))
    assert "Also decided" in page
    assert "It stands in the place of decision 1." in page
    assert "We look at it again on 12 May 2026." in page
    assert "What would change our answer: A new judge." in words_at(as_(room.dee), at(first.meeting, more="/minutes"))
    asked = room.decided(Verdict.REFER_BACK, meeting=now, title="Letters")
    assert "The question: Who would ring?" in words_at(as_(room.dee), at(asked.meeting, more="/minutes"))


def test_papers_have_a_page_for_each_thing_and_what_is_late(database: None, as_) -> None:
    chain = Round()
    asked = chain.counted(AGREED)
    asked.submitted_on = today()
    db.session.execute(type(asked).__table__.update().values(state="submitted"))
    db.session.expire_all()
    meeting = services.plan_meeting(chain.steering, today() + timedelta(3), time(10), by=chain.chair)
    keep(
        Action(
            workstream=chain.steering,
            number=1,
            what="Share the numbers",
            owner=chain.chair,
            due=today() - timedelta(1),
            opened_on=today() - timedelta(9),
        )
    )
    page = words_at(as_(chain.parent_on_steering), at(meeting, more="/pack"))
    for told in ("Agenda", "Share the numbers", "Parents tell it all again each time.", "Agreed"):
        assert told in page
    assert page.count("Rec 1:") == 1


def test_papers_of_an_empty_meeting_say_so(room: Room, as_) -> None:
    page = words_at(as_(room.dee), at(room.meeting(MeetingState.PLANNED), more="/pack"))
    assert "Nothing is on it yet." in page
    assert "Nothing is late." in page


# --- The terms.


def test_terms_say_what_the_group_is_for_and_who_sits_there(room: Room, as_) -> None:
    address, chair = f"/workstreams/{room.steering.id}/terms", as_(room.alex)
    page = words_at(as_(room.dee), address)
    for told in ("Nothing is written yet", "Alex, chair", "4 people. 2 of them sit here for their lived experience."):
        assert told in page
    assert "Write the terms" not in page
    assert "Write the terms" in words_at(chair, address)
    assert as_(room.dee).get(f"{address}/new").status_code == 403
    assert as_(room.dee).post(f"{address}/new").status_code == 403
    answer = chair.post(f"{address}/new", data={"members": "Six people"})
    assert (answer.status_code, "Say what the group is for." in answer.text, "Six people" in answer.text) == (
        422,
        True,
        True,
    )
    good = {"purpose": "We answer.", "members": "Six people", "look_again_on": "1 November 2026"}
    assert chair.post(f"{address}/new", data=good).status_code == 303
    assert "Six people" in chair.get(f"{address}/new").text
    assert chair.post(f"{address}/new", data=good | {"purpose": "We answer in time."}).status_code == 303
    page = words_at(as_(room.dee), address)
    assert page.index("We answer in time.") < page.index("Version 1, agreed")
    assert "We look at this again 1 November 2026" in page


def test_terms_of_a_group_that_is_no_steering_group_are_not_there(room: Room, as_) -> None:
    assert as_(room.sam).get(f"/workstreams/{room.stream.id}/terms").status_code == 404


def test_seats_are_listed_for_whom_one_may_declare(room: Room) -> None:
    meeting = room.meeting(here=[room.alex])
    item = services.add_item(meeting, "Money", 5, by=room.alex)
    found = queries.meeting_seen_by(room.alex, meeting.id)
    assert [held.person.alias for held in rules.to_declare(room.alex, item)] == ["Alex"]
    assert [held.person.alias for held in rules.to_declare(room.dee, item)] == ["Dee"]
    assert found.items == [item]
