"""The run sheet, the wall and the phones: who finds them, what they say, what a poll costs, what counts once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.actions.models import Action
from coprod.core.db import db
from coprod.core.security_log import SecurityEvent
from coprod.cycles import services as cycles
from coprod.cycles.models import Attendance, How, ItemState, Session
from coprod.cycles.queries import register_of
from coprod.cycles.rules.agenda import LONGEST_DAY
from coprod.notes.models import ItemNote
from coprod.people import services as people
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.room import queries, services
from coprod.room.models import Temperature
from coprod.rsvp import services as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.wellbeing.queries import calls_of
from tests.cycles.conftest import Table
from tests.factories import a_membership, a_person, a_professional, a_stream
from tests.room.conftest import Later

Visitor = Callable[..., FlaskClient]
SCRIPT = {"Accept": "application/json"}
SEEN = re.compile(r'data-seen="([^"]+)"')


def _sheet(session: Session, more: str = "") -> str:
    return f"/sessions/{session.id}/run-sheet{more}"


def _text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def _begin(session: Session, by: Person, turns: int = 1) -> None:
    for turn in range(turns):
        services.go_on(session, turn, by=by)
    db.session.commit()


@pytest.fixture
def demonstration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where anybody signs in as anybody."""
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)


# --- Who finds what.


def test_sheet_and_wall_are_there_for_facilitators_alone(table: Table, tonight: Session, as_: Visitor) -> None:
    """P1: for everybody else there is nothing."""
    other = a_professional("Olu")
    a_stream(table.stream.programme, "Other", facilitator=other)
    pages = [
        _sheet(tonight),
        _sheet(tonight, "/now"),
        f"/sessions/{tonight.id}/wall",
        f"/sessions/{tonight.id}/wall/now",
    ]
    posts = [
        _sheet(tonight, f"/{what}")
        for what in ["next", "back", "let-go", "temperature", "tick", "call", "note", "action", "idea"]
    ]
    for person in (table.robin, table.ada, table.stranger, other):
        client = as_(person)
        assert [client.get(page).status_code for page in pages] == [404] * 4
        assert [client.post(address).status_code for address in posts] == [404] * 9
    sam = as_(table.sam)
    assert [sam.get(page).status_code for page in pages] == [200] * 4


def test_sheet_has_three_tabs_that_are_plain_links(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    for tab, panel in (("now", "now"), ("people", "people"), ("notes", "notes"), ("odd", "now")):
        page = sam.get(_sheet(tonight, f"?tab={tab}")).text
        shown = re.findall(r'data-panel="(\w+)"\s*(hidden)?', page)
        assert [name for name, hidden in shown if not hidden] == [panel]
        assert page.count("?tab=") >= 3


# --- Now.


def test_sheet_says_what_is_on_how_long_is_left_and_what_comes(
    table: Table, tonight: Session, as_: Visitor, later: Later
) -> None:
    sam = as_(table.sam)
    later(-10)
    before = _text(sam, _sheet(tonight))
    assert "We start at 6pm" in before
    assert "On time" in before
    # The agreement, in short, stands at the start: its limits come first.
    assert "How we work together, in short" in before
    assert "If someone may be in danger, or a court orders it" in before
    later(0)
    answer = sam.post(_sheet(tonight, "/next"), data={"turn": 0})
    assert (answer.status_code, answer.location) == (303, _sheet(tonight, "?tab=now"))
    later(4)
    now = _text(sam, _sheet(tonight))
    for words in (
        "Now, until 6.15",
        "Arrive and food",
        "11 minutes left",
        "Then: Check-in, 10 minutes",
        "Home at 7.55",
    ):
        assert words in now
    later(20)
    assert "Running 5 minutes late" in _text(sam, _sheet(tonight))
    assert "5 minutes over" in _text(sam, _sheet(tonight))


def test_evening_can_be_begun_after_something_was_let_go_and_taken_back_after_the_end(
    table: Table, tonight: Session, as_: Visitor
) -> None:
    sam, page = as_(table.sam), _sheet(tonight)
    sam.post(_sheet(tonight, "/let-go"), data={"item": str(tonight.items[3].id), "how": "drop"})
    assert ">Begin</button>" in sam.get(page).text
    for turn in range(1, 1 + len(tonight.items)):
        sam.post(_sheet(tonight, "/next"), data={"turn": turn})
    over = sam.get(page).text
    assert "That was the evening" in over
    assert (">Back</button>" in over, ">Begin</button>" in over, ">Finish</button>" in over) == (True, False, False)
    sam.post(_sheet(tonight, "/back"), data={"turn": 1 + len(tonight.items)})
    assert ">Finish</button>" in sam.get(page).text
    cycles.hold(tonight, by=table.sam)
    db.session.commit()
    assert ">Back</button>" not in sam.get(page).text


def test_two_facilitators_press_next_at_once(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    for _ in range(2):
        sam.post(_sheet(tonight, "/next"), data={"turn": 0})
    assert "Somebody moved it on already." in _text(sam, _sheet(tonight))
    assert queries.room_of(tonight).turn == 1
    sam.post(_sheet(tonight, "/next"), data={"turn": 1})
    sam.post(_sheet(tonight, "/back"), data={"turn": 2})
    assert queries.room_of(tonight).item.position == 1
    assert sam.post(_sheet(tonight, "/next"), data={"turn": "x"}).status_code == 422


def test_hard_item_has_its_note_and_may_be_sat_out(table: Table, tonight: Session, as_: Visitor) -> None:
    work = tonight.items[3]
    work.title, work.is_hard, work.content_note = "The ward", True, "We talk about the first days."
    work.lead, work.outcome_wanted, work.method = "Ada", "We know", "In pairs."
    _begin(tonight, table.sam, 4)
    sheet, phone = _text(as_(table.sam), _sheet(tonight)), _text(as_(table.robin), "/now")
    wall = _text(as_(table.sam), f"/sessions/{tonight.id}/wall")
    assert "We talk about the first days. Say before you begin: you may sit it out, and nobody asks why." in sheet
    assert "Led by Ada." in sheet
    assert "We talk about the first days. You can sit it out. Nobody will ask why." in phone
    # The wall is plain: no note, no person.
    assert "You can sit this out. Nobody asks why." in wall
    assert "first days" not in wall
    assert "Ada" not in wall


def test_behind_offers_what_may_go_and_lets_it_go(table: Table, tonight: Session, as_: Visitor) -> None:
    sam, (first, *_, last) = as_(table.sam), tonight.items
    _begin(tonight, table.sam, 4)
    page = sam.get(_sheet(tonight)).text
    offered = re.findall(r'name="item" value="([^"]+)"', page)
    assert offered == [str(tonight.items[at].id) for at in (3, 5, 6)]
    assert ", on now" in page
    sam.post(_sheet(tonight, "/let-go"), data={"item": str(tonight.items[5].id), "how": "carry"})
    sam.post(_sheet(tonight, "/let-go"), data={"item": str(tonight.items[3].id), "how": "drop"})
    assert [tonight.items[at].state for at in (3, 5)] == [ItemState.DROPPED, ItemState.CARRIED_OVER]
    told = _text(sam, _sheet(tonight))
    assert "Carried over: What the numbers and stories say." in told
    assert "Dropped: What happens here now." in told
    for item, how, status in ((last, "drop", 403), (first, "drop", 403), (None, "drop", 403), (last, "odd", 422)):
        given = {"item": str(item.id if item else uuid4()), "how": how}
        assert sam.post(_sheet(tonight, "/let-go"), data=given).status_code == status


def test_last_session_has_nowhere_to_carry_to(table: Table, tonight: Session, as_: Visitor) -> None:
    for other in tonight.cycle.sessions[1:]:
        cycles.cancel(other, by=table.sam)
    _begin(tonight, table.sam, 3)
    page = as_(table.sam).get(_sheet(tonight)).text
    assert 'value="carry"' not in page
    assert "No session of this cycle is left to carry it to." in page


def test_actions_item_shows_what_is_still_to_do(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    _begin(tonight, table.sam, 7)
    assert "Nothing is still to do." in _text(sam, _sheet(tonight))
    given = {"what": "Ask for the ward’s map", "owner": str(table.ada.id), "due": "9 December 2025"}
    sam.post(_sheet(tonight, "/action"), data=given)
    told = _text(sam, _sheet(tonight))
    assert "What is still to do" in told
    assert "Ask for the ward’s map" in told


def test_evening_ends_with_the_groups_temperature_and_held(
    table: Table, tonight: Session, as_: Visitor, later: Later
) -> None:
    sam = as_(table.sam)
    _begin(tonight, table.sam, 8)
    assert "How is the group, as a whole?" in _text(sam, _sheet(tonight))
    assert sam.post(_sheet(tonight, "/temperature"), data={"temperature": "mixed"}).status_code == 303
    assert sam.post(_sheet(tonight, "/temperature"), data={"temperature": "icy"}).status_code == 422
    page = sam.get(_sheet(tonight)).text
    assert re.search(r'value="mixed"\s+aria-pressed="true"', page)
    assert "Mark as held" in page
    sam.post(f"/sessions/{tonight.id}/hold")
    assert queries.room_of(tonight).temperature == Temperature.MIXED
    told = _text(sam, _sheet(tonight))
    assert "That was the evening" in told
    assert "Mark as held" not in told
    assert sam.post(_sheet(tonight, "/next"), data={"turn": 8}).status_code == 403


def test_sheet_of_a_day_to_come_says_so(table: Table, tonight: Session, as_: Visitor, later: Later) -> None:
    sam = as_(table.sam)
    later(-24 * 60)
    told = _text(sam, _sheet(tonight))
    assert "It is on Tuesday 2 December. Begin on the day." in told
    assert "Tick who came on the day or after." in told
    assert "Notes begin on the day." in told
    later(0)
    cycles.cancel(tonight, by=table.sam)
    db.session.commit()
    assert "This session is cancelled" in _text(sam, _sheet(tonight))
    assert "Nothing is on now" in _text(sam, f"/sessions/{tonight.id}/wall")


# --- People and notes.


def test_ticks_are_kept_without_a_reason_and_by_name(table: Table, tonight: Session, as_: Visitor) -> None:
    """P4: by name, never by who came first."""
    sam = as_(table.sam)
    for person, how in ((table.robin, "with a supporter"), (table.ada, "dialled in")):
        answer = sam.post(_sheet(tonight, "/tick"), data={"person": str(person.id), "how": how})
        assert answer.location.startswith(_sheet(tonight, "?tab=people#line-"))
    page = sam.get(_sheet(tonight, "?tab=people")).text
    assert re.findall(r'tick__name">(\w+)', page) == ["Ada", "Kit", "Robin"]
    assert "2 here. 1 to tick." in page
    assert register_of(tonight) == {table.robin.id: How.WITH_SUPPORTER, table.ada.id: How.DIALLED_IN}
    assert sam.post(_sheet(tonight, "/tick"), data={"person": str(table.ada.id), "how": "ill"}).status_code == 422
    assert sam.post(_sheet(tonight, "/tick"), data={"person": str(uuid4()), "how": "arrived"}).status_code == 404


def test_who_said_they_come_is_told_and_a_call_can_be_offered(
    table: Table, tonight: Session, as_: Visitor, later: Later
) -> None:
    sam = as_(table.sam)
    later(-60)
    rsvp.answer(tonight, table.robin, ComingAnswer.NOT_SURE, by=table.robin)
    later(0)
    told = _text(sam, _sheet(tonight, "?tab=people"))
    assert "Robin Mother. Is not sure" in told
    assert told.count("Offer a call tomorrow") == 3
    for _ in range(2):
        answer = sam.post(_sheet(tonight, "/call"), data={"person": str(table.robin.id)})
        assert answer.location.startswith(_sheet(tonight, "?tab=people#line-"))
    assert list(calls_of(tonight)) == [table.robin.id]
    told = _text(sam, _sheet(tonight, "?tab=people"))
    assert (told.count("A call tomorrow"), told.count("Offer a call tomorrow")) == (1, 2)
    assert sam.post(_sheet(tonight, "/call"), data={}).status_code == 422
    assert sam.post(_sheet(tonight, "/call"), data={"person": str(table.stranger.id)}).status_code == 404


def test_note_lines_attach_to_items_and_the_last_ones_are_shown(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    _begin(tonight, table.sam, 4)
    assert re.search(r'selected value="([^"]+)"', sam.get(_sheet(tonight)).text)[1] == str(tonight.items[3].id)
    for number in range(7):
        given = {"item": str(tonight.items[3].id), "words": f"Line {number}."}
        assert sam.post(_sheet(tonight, "/note"), data=given).location == _sheet(tonight, "?tab=notes")
    sam.post(
        _sheet(tonight, "/note"), data={"item": str(tonight.items[0].id), "words": "Food was good.", "once": "odd"}
    )
    told = _text(sam, _sheet(tonight, "?tab=notes"))
    assert [f"Line {number}." in told for number in range(7)] == [False, False, *[True] * 5]
    assert told.index("Line 6.") < told.index("Food was good.")
    for wrong, words in (({"words": ""}, "Write something first."), ({"item": "x"}, "Choose what it is about.")):
        answer = sam.post(_sheet(tonight, "/note"), data={"item": str(tonight.items[0].id), "words": "Hm."} | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)


def test_note_with_a_familys_number_comes_back_with_the_reason(table: Table, tonight: Session, as_: Visitor) -> None:
    """Domain rule 1."""
    sam = as_(table.sam)
    given = {"item": str(tonight.items[0].id), "words": "It was 943 476 5919, she said.", "once": str(uuid4())}
    answer = sam.post(_sheet(tonight, "/note"), data=given)
    assert answer.status_code == 422
    assert "This looks like an NHS number." in answer.text
    assert "It was 943 476 5919, she said." in answer.text
    short = sam.post(_sheet(tonight, "/note"), data=given, headers=SCRIPT)
    assert (short.status_code, short.json["reason"][:30]) == (422, "This looks like an NHS number.")
    # Mended, it goes under the same key.
    mended = sam.post(_sheet(tonight, "/note"), data=given | {"words": "She said a number."}, headers=SCRIPT)
    assert mended.status_code == 204
    assert [part.words for part in db.session.scalars(select(ItemNote)) if part.words] == ["She said a number."]


def test_action_and_idea_are_kept_and_what_does_not_fit_comes_again(
    table: Table, tonight: Session, as_: Visitor
) -> None:
    sam = as_(table.sam)
    given = {"what": "Ask for the map", "owner": str(table.ada.id), "due": "9 December 2025"}
    assert sam.post(_sheet(tonight, "/action"), data=given).status_code == 303
    assert sam.post(_sheet(tonight, "/idea"), data={"title": "One person to ring"}).status_code == 303
    assert [(one.what, one.owner) for one in db.session.scalars(select(Action))] == [("Ask for the map", table.ada)]
    ideas = [(one.title, one.state) for one in db.session.scalars(select(Recommendation))]
    assert ideas == [("One person to ring", State.IDEA)]
    for what, wrong in (("action", given | {"owner": str(table.stranger.id)}), ("idea", {"title": ""})):
        assert sam.post(_sheet(tonight, f"/{what}"), data=wrong).status_code == 422
    assert re.search(r'<details class="room-more"\s+open>', sam.post(_sheet(tonight, "/idea"), data={}).text)


# --- What waited for the signal.


def _five(session: Session) -> list[dict[str, str]]:
    item = str(session.items[3].id)
    return [{"item": item, "words": f"Line {number}.", "once": str(uuid4())} for number in range(5)]


def test_last_five_notes_sent_again_are_no_double_entry(table: Table, tonight: Session, as_: Visitor) -> None:
    """Journey 15, R3, F15."""
    sam, five = as_(table.sam), _five(tonight)
    first = [sam.post(_sheet(tonight, "/note"), data=one, headers=SCRIPT).status_code for one in five]
    again = [sam.post(_sheet(tonight, "/note"), data=one, headers=SCRIPT) for one in five]
    assert first == [204] * 5
    assert [(one.status_code, one.location) for one in again] == [(303, _sheet(tonight, "?tab=notes"))] * 5
    [words] = [part.words for part in db.session.scalars(select(ItemNote)) if part.words]
    assert words == "\n".join(one["words"] for one in five)


def test_everything_else_counts_once_too(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    given = {
        "tick": {"person": str(table.robin.id), "how": "arrived"},
        "action": {"what": "Ask", "owner": str(table.ada.id), "due": "9 December 2025"},
        "idea": {"title": "One person to ring"},
    }
    for what, fields in given.items():
        key = str(uuid4())
        for expected in (204, 303, 303):
            answer = sam.post(_sheet(tonight, f"/{what}"), data=fields | {"once": key}, headers=SCRIPT)
            assert answer.status_code == expected
    counted = [len(db.session.scalars(select(kind)).all()) for kind in (Attendance, Action, Recommendation)]
    assert counted == [1, 1, 1]
    # No words of a page shown later speak of what a script did.
    assert "It is in the log." not in _text(sam, _sheet(tonight))


def test_what_one_person_typed_is_never_sent_as_anothers(table: Table, tonight: Session, as_: Visitor) -> None:
    sam, [one, *_] = as_(table.sam), _five(tonight)
    foreign = sam.post(_sheet(tonight, "/note"), data=one | {"writer": str(table.ada.id)}, headers=SCRIPT)
    assert (foreign.status_code, foreign.json["reason"]) == (409, "Somebody else is signed in here now.")
    own = sam.post(_sheet(tonight, "/note"), data=one | {"writer": str(table.sam.id)}, headers=SCRIPT)
    assert own.status_code == 204


def test_script_is_told_why_it_is_refused_and_that_is_noted(table: Table, tonight: Session, as_: Visitor) -> None:
    sam = as_(table.sam)
    given = {"item": str(tonight.items[4].id), "how": "drop"}
    answer = sam.post(_sheet(tonight, "/let-go"), data=given, headers=SCRIPT)
    assert (answer.status_code, answer.json) == (403, {"reason": "Check-in, the break and check-out stay."})
    assert db.session.scalars(select(SecurityEvent.what)).all()[-1] == "refused"


def test_ended_session_leads_to_sign_in_and_keeps_nothing(table: Table, tonight: Session, client: FlaskClient) -> None:
    [one, *_] = _five(tonight)
    posted = client.post(_sheet(tonight, "/note"), data=one, headers=SCRIPT)
    assert (posted.status_code, posted.location) == (303, "/sign-in")
    assert db.session.scalars(select(ItemNote)).all() == []


# --- The wall and the phones.


def test_wall_names_no_person_and_counts_nobody(table: Table, tonight: Session, as_: Visitor) -> None:
    """Design: no people, no numbers."""
    sam = as_(table.sam)
    cycles.tick(tonight, table.robin, How.ARRIVED, by=table.sam)
    _begin(tonight, table.sam, 1)
    page = sam.get(f"/sessions/{tonight.id}/wall")
    told = _text(sam, f"/sessions/{tonight.id}/wall")
    for words in (
        "Tuesday group",
        "Food and hello",
        "15 minutes left",
        "Until 6.15.",
        "Then: Hello.",
        "Break 6.55",
        "Home 7.55",
    ):
        assert words in told
    assert [name for name in ("Sam", "Robin", "Kit", "Ada", "here.") if name in told] == []
    # The square is drawn by the page itself, and its address is ours.
    assert 'class="wall__ink"' in page.text
    assert "style=" not in page.text
    assert "localhost/now" in told


def test_wall_speaks_of_the_break_and_of_the_end(table: Table, tonight: Session, as_: Visitor, later: Later) -> None:
    sam, wall = as_(table.sam), f"/sessions/{tonight.id}/wall"
    assert "First: Food and hello." in _text(sam, wall)
    _begin(tonight, table.sam, 4)
    assert "Then a break." in _text(sam, wall)
    assert "Then a break." in _text(as_(table.robin), "/now")
    later(60)
    assert "A little longer" in _text(sam, wall)
    for turn in range(4, 8):
        services.go_on(tonight, turn, by=table.sam)
    db.session.commit()
    assert "Then home." in _text(sam, wall)
    assert "Then we go home." in _text(as_(table.robin), "/now")
    services.go_on(tonight, 8, by=table.sam)
    db.session.commit()
    assert "That is all for today" in _text(sam, wall)


def test_phone_follows_whoever_sits_there(table: Table, tonight: Session, as_: Visitor, later: Later) -> None:
    later(-29)
    assert "We start at 6pm" in _text(as_(table.robin), "/now")
    later(-40)
    told = _text(as_(table.robin), "/now")
    assert "Nothing is on now" in told
    assert "We meet next on Tuesday 2 December, 6pm" in told
    later(5)
    _begin(tonight, table.sam, 1)
    assert "Come in and sit down." in _text(as_(table.ada), "/now")
    assert "Nothing is on now" in _text(as_(table.stranger), "/now")
    assert "We will tell you when we meet next." in _text(as_(a_person("Lou")), "/now")
    later(300)
    assert "We meet next on Tuesday 2 December" not in _text(as_(table.robin), "/now")
    assert "See what is on now" in as_(table.robin).get("/now").text


def test_phones_follow_a_long_day_to_its_end(table: Table, tonight: Session, as_: Visitor, later: Later) -> None:
    tonight.minutes = LONGEST_DAY
    _begin(tonight, table.sam, 1)
    for minute, words in ((181, "Food and hello"), (LONGEST_DAY + 60, "Food and hello"), (LONGEST_DAY + 61, "Nothing")):
        later(minute)
        assert (minute, words in _text(as_(table.robin), "/now")) == (minute, True)


def test_of_two_groups_at_once_the_one_that_has_begun_is_shown(table: Table, tonight: Session, as_: Visitor) -> None:
    assert queries.on_now_for(table.robin, tonight.begins).session is tonight
    _begin(tonight, table.sam, 1)
    assert queries.on_now_for(table.robin, tonight.begins).item is tonight.items[0]


def test_not_signed_in_goes_to_sign_in_and_comes_back(table: Table, tonight: Session, client: FlaskClient) -> None:
    """A7: a name that we signed, never an address."""
    assert client.get("/now").location == "/sign-in"
    assert "/now" not in client.get_cookie("then").value
    words = people.draw_card(table.robin, by=table.sam)
    db.session.commit()
    assert client.post("/card", data={"words": words}).location == "/now"
    # Once: the next time it is the first page.
    assert client.get_cookie("then") is None


def test_sheet_is_come_back_to_by_whom_it_opens_to_and_nothing_that_was_not_signed_here(
    table: Table, tonight: Session, client: FlaskClient, demonstration: None
) -> None:
    """A7, P2: on a shared device nobody is led to the run sheet of somebody else."""
    sheet = _sheet(tonight)
    asked = [
        (sheet, table.sam, sheet),
        (sheet, table.robin, "/"),
        ("/me", table.sam, "/"),
        ("/now", table.robin, "/now"),
    ]
    for page, person, led in [*asked, (f"/sessions/{tonight.id}/wall", table.sam, "/")]:
        client.get(page)
        assert (page, _sign_in(client, person)) == (page, led)
        client.delete_cookie("sid")
    client.set_cookie("then", '["room.follow", {}].made.up')
    assert _sign_in(client, table.robin) == "/"


def test_way_back_is_forgotten_where_somebody_signs_out_or_leaves(
    table: Table, tonight: Session, client: FlaskClient, demonstration: None
) -> None:
    """A9: what was asked for here is nothing to the next person."""
    for way_out in ("/sign-out", "/leave"):
        client.get(_sheet(tonight))
        then = client.get_cookie("then").value
        _sign_in(client, table.sam)
        client.set_cookie("then", then)
        client.post(way_out)
        assert client.get_cookie("then") is None
        assert _sign_in(client, table.sam) == "/"
        client.delete_cookie("sid")


def _sign_in(client: FlaskClient, person: Person) -> str:
    """Sign in where the people of the demonstration do, and answer where that leads."""
    return client.post("/sign-in-as", data={"person": str(person.id)}).location


# --- What a poll costs.


def test_page_left_open_keeps_nobody_signed_in(table: Table, tonight: Session, as_: Visitor) -> None:
    """A1: what a page asks for by itself is no use of it; idle for thirty minutes, its session is over."""
    _begin(tonight, table.sam)
    start = datetime.now(UTC)
    for person, page, part in (
        (table.sam, _sheet(tonight), _sheet(tonight, "/now")),
        (table.sam, f"/sessions/{tonight.id}/wall", f"/sessions/{tonight.id}/wall/now"),
        (table.robin, "/now", "/now/part"),
    ):
        with time_machine.travel(start, tick=False) as hands:
            visitor, seen = as_(person), []
            for _ in range(4):
                hands.shift(timedelta(minutes=8))
                seen.append(visitor.get(part).status_code)
            assert (part, seen) == (part, [200, 200, 200, 303])
            # Used, it stays.
            visitor, used = as_(person), []
            for _ in range(4):
                hands.shift(timedelta(minutes=20))
                used.append(visitor.get(page).status_code)
            assert (page, used) == (page, [200] * 4)


def test_screen_that_was_asked_to_stay_on_opens_nothing_else_and_ends_with_the_evening(
    table: Table, tonight: Session, as_: Visitor, later: Later
) -> None:
    """A1, A3: the wall of an evening goes on by its own asking, and the session it goes on in is for that alone."""
    _begin(tonight, table.sam)
    start, wall = datetime.now(UTC), f"/sessions/{tonight.id}/wall"
    for person, page, button in (
        (table.sam, wall, "Keep this on the wall"),
        (table.robin, "/now", "Keep this page on"),
    ):
        with time_machine.travel(start, tick=False) as hands:
            visitor = as_(person)
            first, part = visitor.get(page), "/now/part" if page == "/now" else f"{wall}/now"
            assert (page, button in first.text) == (page, True)
            stayed = visitor.post(f"{page}/stay")
            assert (page, stayed.status_code, stayed.location) == (page, 303, page)
            left_on = visitor.get(page).text
            assert (page, button in left_on, "Run sheet" in left_on, "The whole evening" in left_on) == (
                page,
                False,
                False,
                False,
            )
            others = ("/me", _sheet(tonight), "/now" if page == wall else wall)
            assert (page, [visitor.get(other).status_code for other in others]) == (page, [404] * 3)
            seen = []
            for _ in range(8):
                hands.shift(timedelta(minutes=25))
                seen.append(visitor.get(part).status_code)
            # The evening is 115 minutes long, and an hour more is given.
            assert (page, seen) == (page, [200] * 6 + [303] * 2)


def test_screen_stays_on_only_on_the_day_and_until_it_is_over(
    table: Table, tonight: Session, as_: Visitor, later: Later
) -> None:
    sam, robin, wall = as_(table.sam), as_(table.robin), f"/sessions/{tonight.id}/wall"
    later(-24 * 60)
    assert "Keep this on the wall" not in sam.get(wall).text
    refused = sam.post(f"{wall}/stay")
    assert (refused.status_code, "Leave the screen on that day." in refused.text) == (403, True)
    # With nothing on there is nothing to stay with: she keeps her own session.
    assert (robin.post("/now/stay").location, robin.get("/me").status_code) == ("/now", 200)
    later(0)
    for turn in range(9):
        services.go_on(tonight, turn, by=table.sam)
    db.session.commit()
    assert "Nothing more is on in this session." in sam.post(f"{wall}/stay").text


def test_two_hundred_polls_find_nothing_new_and_say_nothing(table: Table, tonight: Session, as_: Visitor) -> None:
    """O9, A9: 204, no body, nothing kept by the browser."""
    _begin(tonight, table.sam, 2)
    sam, robin = as_(table.sam), as_(table.robin)
    for client, page, part in (
        (sam, _sheet(tonight), _sheet(tonight, "/now")),
        (sam, f"/sessions/{tonight.id}/wall", f"/sessions/{tonight.id}/wall/now"),
        (robin, "/now", "/now/part"),
        (as_(table.stranger), "/now", "/now/part"),
    ):
        seen = SEEN.search(client.get(page).text)[1]
        answers = [client.get(part, query_string={"seen": seen}) for _ in range(50)]
        assert {(one.status_code, one.data, one.headers["Cache-Control"]) for one in answers} == {
            (204, b"", "no-store")
        }


def test_poll_answers_the_part_once_it_was_moved_on(table: Table, tonight: Session, as_: Visitor) -> None:
    robin = as_(table.robin)
    seen = SEEN.search(robin.get("/now").text)[1]
    _begin(tonight, table.sam, 1)
    part = robin.get("/now/part", query_string={"seen": seen})
    assert (part.status_code, "Food and hello" in part.text, "<html" in part.text) == (200, True, False)
    assert robin.get("/now/part", query_string={"seen": SEEN.search(part.text)[1]}).status_code == 204
    # What was asked for with no mark, or an odd one, is simply shown.
    assert robin.get("/now/part").status_code == 200
    assert as_(table.stranger).get("/now/part").status_code == 200


def test_poll_costs_three_statements_at_most(
    table: Table, tonight: Session, as_: Visitor, query_count: list[str]
) -> None:
    _begin(tonight, table.sam, 2)
    sam, robin = as_(table.sam), as_(table.robin)
    costs = {}
    for client, page, part in (
        (sam, f"/sessions/{tonight.id}/wall", f"/sessions/{tonight.id}/wall/now"),
        (robin, "/now", "/now/part"),
        (sam, _sheet(tonight), _sheet(tonight, "/now")),
    ):
        seen = SEEN.search(client.get(page).text)[1]
        for mark in (seen, "old"):
            query_count.clear()
            client.get(part, query_string={"seen": mark})
            costs[part.replace(str(tonight.id), ""), mark == seen] = sum(
                one.startswith("SELECT") for one in query_count
            )
    parts = {part for part, _ in costs}
    # The sheet is drawn anew only when it was moved on, for one facilitator or two.
    dear = {(part, same): cost for (part, same), cost in costs.items() if cost > 3 and (same or "sheet" not in part)}
    assert (len(parts), dear) == (3, {})


def test_sheet_costs_the_same_with_more_people_and_more_notes(
    table: Table, tonight: Session, as_: Visitor, query_count: list[str]
) -> None:
    sam = as_(table.sam)
    counts = []
    for round_ in range(2):
        for item in tonight.items[: 1 + 2 * round_]:
            sam.post(_sheet(tonight, "/note"), data={"item": str(item.id), "words": "Said."})
        if round_:
            for name in ("Pat", "Lee", "Max"):
                a_membership(table.stream, a_person(name))
            db.session.commit()
        query_count.clear()
        sam.get(_sheet(tonight))
        counts.append(sum(one.startswith("SELECT") for one in query_count))
    assert counts[0] == counts[1]
