"""The register of decisions: searched, paged, printed and handed out; and what a decision may ask for."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from coprod.actions.models import OutsideOwner
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Version
from coprod.steering import queries, rules, services
from coprod.steering.models import Decision, Meeting, MeetingState, Verdict
from coprod.steering.queries import ON_A_PAGE, Wanted
from coprod.steering.services import FirstAction
from tests.factories import a_stream, keep
from tests.steering.rooms import BECAUSE, Room

TODAY = date(2025, 11, 17)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def inside(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def recorded(room: Room, number: int, on: date = TODAY, **fields: Any) -> Decision:
    """A decision as it stands in the register, without its meeting's whole course."""
    held = db.session.scalars(select(Meeting).where(Meeting.on == TODAY)).one_or_none()
    chosen = {"verdict": Verdict.ACCEPT, "reason": BECAUSE, "recommendation": room.asked(f"Ask {number}")} | fields
    decision = Decision(
        meeting=held or room.meeting(MeetingState.CLOSED),
        number=number,
        on=on,
        recorded_by=room.alex,
        members=4,
        members_present=4,
        lived_present=2,
        **chosen,
    )
    keep(decision)
    return decision


# --- Finding.


def test_register_is_found_by_number_year_and_group(room: Room) -> None:
    old = recorded(room, 1, date(2024, 12, 31))
    new = recorded(room, 2, date(2025, 1, 1))
    other = a_stream(room.programme, facilitator=room.sam, name="Maps")
    asked = room.asked("A map")
    asked.workstream = other
    mapped = recorded(room, 12, recommendation=asked)
    db.session.flush()
    found = queries.decisions_seen_by
    assert found(room.dee, Wanted("12")) == [mapped]
    assert found(room.dee, Wanted("Decision 2")) == [new]
    assert found(room.dee, Wanted("1234567")) == []
    assert found(room.dee, Wanted(year=2024)) == [old]
    assert found(room.dee, Wanted(year=2025, stream=room.stream.id)) == [new]
    register = queries.register_seen_by(room.dee, Wanted())
    assert (register.years, [stream.name for stream in register.streams]) == ([2025, 2024], ["Maps", room.stream.name])
    assert [one.name for one in queries.register_seen_by(room.robin, Wanted()).streams] == [room.stream.name]
    assert queries.register_seen_by(room.stranger, Wanted()).years == []


def test_register_is_paged_and_costs_the_same_however_long(room: Room, query_count: list[str]) -> None:
    costs = []
    for numbers in (range(1, 2), range(2, 4), range(4, ON_A_PAGE + 3)):
        for number in numbers:
            recorded(room, number)
        db.session.commit()
        room.dee.alias  # noqa: B018 - read anew before the statements are counted
        query_count.clear()
        register = queries.register_seen_by(room.dee, Wanted())
        assert all(one.reply is None and one.actions == [] for one in register.decisions)
        costs.append(len(query_count))
    assert len(set(costs)) == 1
    assert (len(register.decisions), register.total, register.pages, register.page) == (ON_A_PAGE, 52, 2, 1)
    last = queries.register_seen_by(room.dee, Wanted(page=9))
    assert ([one.number for one in last.decisions], last.page) == ([2, 1], 2)


def test_register_page_keeps_everything_in_the_address(room: Room, as_) -> None:
    for number in range(1, ON_A_PAGE + 2):
        recorded(room, number)
    page = as_(room.dee).get("/decisions/?q=Ask&year=2025").text
    assert "Page 1 of 2" in inside(page)
    assert "/decisions/?page=2&amp;q=Ask&amp;year=2025" in page
    assert "/decisions/register.csv?q=Ask&amp;year=2025" in page
    second = as_(room.dee).get("/decisions/?q=Ask&year=2025&page=2").text
    assert "Newer" in inside(second)
    assert "51 decisions" in inside(second)
    for odd in ("year=20x5&stream=nobody&page=x", "year=0000", "page=-3", "page=9999999"):
        assert as_(room.dee).get(f"/decisions/?{odd}").status_code == 200
    assert "No decision has these words" in inside(as_(room.dee).get("/decisions/?q=nowhere").text)


def test_register_goes_out_as_lines_that_no_spreadsheet_runs(room: Room, as_) -> None:
    """O7: a cell that could begin a formula is text; nobody who was there is named."""
    first = recorded(room, 1, reason="=1+1", funding_board="Better Start", funding_ask="Half a post")
    recorded(room, 2, date(2024, 5, 1), corrects=first)
    answer = as_(room.robin).get("/decisions/register.csv?year=2025")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    head, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert tuple(head) == rules.HEAD
    told = dict(zip(head, line, strict=True))
    assert (told["Decision"], told["Because"], told["Board asked for money"]) == ("1", "'=1+1", "Better Start")
    assert (told["Present"], told["With lived experience"]) == ("4", "2")
    assert not {"Dee", "Eve"} & set(line)
    assert len(as_(room.robin).get("/decisions/register.csv").data.decode().splitlines()) == 3
    assert len(as_(room.stranger).get("/decisions/register.csv").data.decode().splitlines()) == 1


def test_parent_who_does_something_is_named_to_nobody_who_does_not_know_her(room: Room, as_) -> None:
    """P2, P5: the steering group reads who does it and who wrote it down; the group that asked reads that one does."""
    decision = room.decided()
    keep(Version(recommendation=decision.recommendation, number=1, on=today(), words={}))
    for owner in (room.eve, room.max):
        services.follow_up(decision, FirstAction(f"Ask {owner.side}", owner, date(2026, 1, 16)), by=room.alex)
    db.session.execute(update(Decision).values(recorded_by_id=room.dee.id))
    db.session.commit()
    pages = [f"/decisions/{decision.id}", f"/decisions/{decision.id}/extract"]
    for page in [*pages, f"/threads/{decision.recommendation_id}"]:
        ours, theirs = (inside(as_(who).get(page).text) for who in (room.alex, room.robin))
        assert {"Eve", "Max"} <= set(re.findall(r"\w+", ours)), page
        assert not {"Eve", "Dee"} & set(re.findall(r"\w+", theirs)), page
        assert "Max" in theirs
        assert "One of us" in theirs


def test_extract_names_who_was_there_only_to_the_table_itself(room: Room, as_) -> None:
    """P5: a group reads in numbers who decided; the steering group's own people read who."""
    first = FirstAction("Ring the wards", room.max, date(2026, 1, 16))
    decision = services.decide(
        room.meeting(),
        room.asked(),
        Verdict.ACCEPT,
        by=room.alex,
        first_action=first,
        reason=BECAUSE,
        funding_board="Better Start",
        funding_ask="Half a post",
    )
    ours = inside(as_(room.dee).get(f"/decisions/{decision.id}/extract").text)
    for words in ("Extract: decision 1", BECAUSE, "Alex, Dee, Eve, Max", "Ring the wards (Max, by 16 January 2026)"):
        assert words in ours
    assert "Better Start" in ours
    theirs = inside(as_(room.robin).get(f"/decisions/{decision.id}/extract").text)
    assert "4 of 4, 2 with lived experience" in theirs
    assert "Dee" not in theirs
    assert as_(room.stranger).get(f"/decisions/{decision.id}/extract").status_code == 404
    later = services.correct(decision, decision.meeting, Verdict.ACCEPT, by=room.alex, reason="We mistyped.")
    assert "Decision 2 of 17 November 2025 stands in its place" in inside(
        as_(room.dee).get(f"/decisions/{decision.id}/extract").text
    )
    assert "It stands in the place of decision 1" in inside(as_(room.dee).get(f"/decisions/{later.id}/extract").text)


# --- Asking a board for money.


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"funding_ask": "Half a post"}, "Say which board you ask."),
        ({"funding_board": "Better Start"}, "Say what you ask the board for."),
    ],
)
def test_whoever_asks_for_money_says_which_board_and_for_what(room: Room, said: dict, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        services.decide(room.meeting(), room.asked(), Verdict.ACCEPT, by=room.alex, reason=BECAUSE, **said)


def test_money_is_asked_for_only_with_a_yes() -> None:
    said = {"reason": BECAUSE, "would_change": "A judge.", "funding_board": "Better Start", "funding_ask": ""}
    assert rules.faults(Verdict.DECLINE, said, TODAY) == {}
    assert "funding_board" not in rules.what_belongs(Verdict.DECLINE, said)
    assert rules.what_belongs(Verdict.ACCEPT, said)["funding_board"] == "Better Start"


# --- The page to decide on.

GOOD = {
    "verdict": "accept",
    "reason": BECAUSE,
    "wants_pilot": "no",
    "action_what": "Ring the wards",
    "action_owner": "else",
    "action_name": "Kim",
    "action_email": "kim@example.org",
    "action_due": "16 January 2026",
}


def where(room: Room) -> str:
    return f"/meetings/{room.meeting().id}/recommendations/{room.asked().id}"


def test_first_action_is_given_to_somebody_without_an_account(room: Room, as_) -> None:
    answer = as_(room.alex).post(where(room), data=GOOD | {"funding_board": "Better Start", "funding_ask": "Half"})
    assert answer.status_code == 303
    [action] = db.session.scalars(select(Decision)).one().actions
    assert (action.owner.alias, action.owner.active) == ("Kim", False)
    assert db.session.scalars(select(OutsideOwner)).one().email == "kim@example.org"
    assert "Better Start" in inside(as_(room.alex).get(answer.location).text)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"action_name": ""}, "Say what they are called."),
        ({"action_email": "kim"}, "Write their e-mail address like this: kim@example.org."),
        ({"action_owner": "nobody", "action_name": "", "action_email": ""}, "Choose who does it."),
        ({"action_email": "max@example.org"}, "Somebody in your group has this address. Choose them from the list."),
        ({"funding_ask": "Half a post"}, "Say which board you ask."),
    ],
)
def test_first_action_and_money_ask_again(room: Room, as_, change: dict, fault: str) -> None:
    room.max.email = "max@example.org"
    answer = as_(room.alex).post(where(room), data=GOOD | change)
    assert answer.status_code == 422
    assert fault in inside(answer.text)
    assert "Ring the wards" in answer.text
    assert db.session.scalars(select(Decision)).all() == []


def test_first_action_has_one_owner(room: Room, as_) -> None:
    answer = as_(room.alex).post(where(room), data=GOOD | {"action_owner": str(room.max.id)})
    assert answer.status_code == 422
    assert "Not both." in inside(answer.text)
    assert db.session.scalars(select(Person).where(Person.alias == "Kim")).all() == []


def test_correction_with_a_bad_address_asks_again(room: Room, as_) -> None:
    room.max.email = "max@example.org"
    decision = room.decided()
    answer = as_(room.alex).post(
        f"/decisions/{decision.id}/correction", data=GOOD | {"action_email": "max@example.org"}
    )
    assert answer.status_code == 422
    assert "Choose them from the list." in inside(answer.text)


def test_reading_light_shows_how_the_words_read_and_keeps_nothing(room: Room, as_) -> None:
    """Journey 8: a reason of grade 6 at most; the light says what would make it easier."""
    hard = "Multidisciplinary prioritisation considerations necessitated organisational recalibration across provision."
    page = where(room)
    assert "Hard to read" in inside(as_(room.alex).post(f"{page}/read-over", data=GOOD | {"reason": hard}).text)
    again = as_(room.alex).post(f"{page}/read-over", data=GOOD).text
    assert "Easy to read" in inside(again)
    assert f'action="{page}"' in again
    assert as_(room.dee).post(f"{page}/read-over", data=GOOD).status_code == 403
    assert db.session.scalars(select(Decision)).all() == []
    meeting = db.session.scalars(select(Meeting)).one()
    decision = room.decided(meeting=meeting)
    correcting = as_(room.alex).post(f"/decisions/{decision.id}/correction/read-over", data=GOOD | {"reason": hard})
    assert "Hard to read" in inside(correcting.text)
    assert f'action="/decisions/{decision.id}/correction"' in correcting.text
    telling = as_(room.alex).post(f"/decisions/{decision.id}/reply/read-over", data={"words": hard})
    assert "Hard to read" in inside(telling.text)
    assert hard in telling.text
    assert f'action="/decisions/{decision.id}/reply"' in telling.text
    assert decision.reply is None
    assert as_(room.dee).post(f"/decisions/{decision.id}/reply/read-over", data={"words": hard}).status_code == 403
