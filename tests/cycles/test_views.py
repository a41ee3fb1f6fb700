"""The pages of cycles: each works, each refuses, each asks again."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask.testing import FlaskClient

from coprod.agreements import services as agreements
from coprod.agreements.rules import mark_of
from coprod.core.db import db
from coprod.cycles import queries, services
from coprod.cycles.models import Cycle, CycleState, ItemState, Purpose, Session, SessionState
from coprod.messages.models import PartOfDay
from coprod.needs.models import NeverTime
from coprod.programmes.models import Holiday, HolidayKind
from tests.cycles.conftest import Table
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

Visitor = Callable[..., FlaskClient]
PLAN = {"starts_on": "2022-10-04", "starts_at": "18:00", "minutes": "115", "place": "Sea Room", "school": "yes"}


@pytest.fixture
def half_term(table: Table) -> None:
    db.session.add(
        Holiday(kind=HolidayKind.SCHOOL, first=date(2022, 10, 24), last=date(2022, 10, 28), what="Half term")
    )


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.sam)


@pytest.fixture
def robin(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.robin)


@pytest.fixture
def draft(cycle: Cycle) -> Session:
    return cycle.sessions[0]


def _plan(table: Table, **changed: str) -> dict[str, str]:
    return PLAN | changed


def _text(answer: object) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.text)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", plain.replace("&#39;", "’"))


# --- Planning.


def test_new_asks_and_keeps_what_a_link_brings_back(sam: FlaskClient, table: Table) -> None:
    answer = sam.get(f"/workstreams/{table.stream.id}/cycles/new", query_string=PLAN)
    assert answer.status_code == 200
    assert 'value="2022-10-04"' in answer.text
    assert 'value="18:00"' in sam.get(f"/workstreams/{table.stream.id}/cycles/new").text


def test_dates_show_the_ten_dates_and_store_nothing(sam: FlaskClient, table: Table, half_term: None) -> None:
    text = _text(sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN))

    for words in (
        "Check the ten dates",
        "Tuesdays, 6pm to 7.55pm, from 4 October 2022. Bank and school holidays skipped.",
        "Tuesday 25 October Skipped: Half term",
        "Tuesday 13 December 2022",
        "Calendar weeks 11",
        "Longest gap 14 days",
        "The clocks go back on Sunday 30 October. 6pm stays 6pm.",
    ):
        assert words in text
    assert db.session.query(Cycle).count() == 0


def test_months_show_the_holidays_before_the_first_session_too(sam: FlaskClient, table: Table) -> None:
    off = Holiday(kind=HolidayKind.SCHOOL, first=date(2022, 10, 3), last=date(2022, 10, 3), what="Inset day")
    late = Holiday(kind=HolidayKind.BANK, first=date(2022, 12, 30), last=date(2022, 12, 30), what="A day off")
    db.session.add_all([off, late])
    page = sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN).text
    marked = re.findall(r"<caption>(\w+)<|month__day--holiday\"><span>(\d+)<", page)
    assert [month or int(number) for month, number in marked] == [
        *("October", 3, "November", "December", *(26, 30)),
    ]


def test_a_programme_without_its_three_phases_says_so(sam: FlaskClient, table: Table) -> None:
    address = f"/workstreams/{table.stream.id}/cycles"
    db.session.delete(table.stream.programme.phases[2])
    db.session.commit()
    for answer in (
        sam.get(f"{address}/new"),
        sam.get(f"{address}/dates", query_string=PLAN),
        sam.post(f"{address}/new", data=PLAN),
    ):
        assert (answer.status_code, "The programme has no three phases yet." in answer.text) == (403, True)


def test_dates_say_how_many_members_can_never_come(sam: FlaskClient, table: Table, half_term: None) -> None:
    """Journey 12: two numbers, and no names."""
    db.session.add(NeverTime(person_id=table.robin.id, weekday=1, part=PartOfDay.EVENING))
    text = _text(sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN))
    members = sum(m.person.is_lived for m in table.stream.memberships)
    assert f"1 of {members} parents can’t do this slot." in text
    assert "Robin" not in text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"starts_on": "soon"}, "Write the first day, like 4 October 2025."),
        ({"starts_on": "1999-01-05"}, "Choose a day from 2015 to 2099."),
        ({"starts_at": "late"}, "Write the time it starts, like 18:00."),
        ({"starts_at": "06:59"}, "Choose a time from 7 in the morning that ends before midnight."),
        ({"starts_at": "22:30"}, "Choose a time from 7 in the morning that ends before midnight."),
        ({"minutes": "many"}, "Write how many minutes it lasts, like 115."),
        ({"minutes": "121"}, "Choose from 30 to 120 minutes."),
        ({"minutes": "9" * 40}, "Choose from 30 to 120 minutes."),
        ({"place": "x" * 121}, "Use 120 letters at most."),
        ({"place": "Ask for 943 476 5919"}, "This looks like an NHS number."),
        ({"school": ""}, "Choose yes or no."),
        ({"school": "perhaps"}, "Choose yes or no."),
    ],
)
@pytest.mark.parametrize("way", ["dates", "accept"])
def test_plan_asks_again_beside_the_field_and_keeps_what_was_typed(
    sam: FlaskClient, table: Table, changed: dict[str, str], words: str, way: str
) -> None:
    address, typed = f"/workstreams/{table.stream.id}/cycles/", _plan(table, **changed)
    answer = sam.get(f"{address}dates", query_string=typed) if way == "dates" else sam.post(f"{address}new", data=typed)
    assert answer.status_code == 422
    assert words in _text(answer)
    assert all(f'value="{value}"' in answer.text for name, value in changed.items() if value and name != "school")
    assert db.session.query(Cycle).count() == 0


@pytest.mark.parametrize("typed", ["6pm", "6.00pm", "18.00", "18:00:00"])
def test_time_may_be_typed_as_people_type_it(sam: FlaskClient, table: Table, typed: str) -> None:
    page = sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=_plan(table, starts_at=typed))
    assert "Tuesdays, 6pm to 7.55pm" in _text(page)


def test_calendar_without_room_is_said_beside_the_day(sam: FlaskClient, table: Table) -> None:
    db.session.add(Holiday(kind=HolidayKind.SCHOOL, first=date(2022, 1, 1), last=date(2025, 1, 1), what="Long rest"))
    answer = sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN)
    assert answer.status_code == 422
    assert "Ten sessions do not fit" in _text(answer)
    assert (
        sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN | {"school": "no"}).status_code == 200
    )


def test_accepting_schedules_the_ten_dates(sam: FlaskClient, table: Table, half_term: None) -> None:
    answer = sam.post(f"/workstreams/{table.stream.id}/cycles/new", data=PLAN)

    (cycle,) = queries.cycles_of(table.stream)
    assert answer.location == f"/cycles/{cycle.id}"
    assert (cycle.state, cycle.sessions[-1].on) == (CycleState.SCHEDULED, date(2022, 12, 13))


@pytest.mark.parametrize("who", ["robin", "ada"])
def test_members_do_not_plan(as_: Visitor, table: Table, who: str) -> None:
    visitor, address = as_(getattr(table, who)), f"/workstreams/{table.stream.id}/cycles/"
    assert visitor.get(f"{address}new").status_code == 403
    assert visitor.get(f"{address}dates", query_string=PLAN).status_code == 403
    assert visitor.post(f"{address}new", data=PLAN).status_code == 403


# --- A cycle.


def test_everybody_of_the_group_finds_its_weeks(as_: Visitor, table: Table) -> None:
    address = f"/workstreams/{table.stream.id}/cycles"
    assert "We have no dates yet." in as_(table.robin).get(address).text
    cycle = services.plan(table.stream, date(2025, 12, 2), time(18), by=table.sam)
    for person in (table.sam, table.robin, table.ada):
        page = as_(person).get(address).text
        assert "From 2 December 2025" in page
        assert f"/cycles/{cycle.id}" in page
    assert as_(table.stranger).get(address).status_code == 404


def test_cycle_shows_its_sessions_and_links_those_that_may_be_read(
    as_: Visitor, sam: FlaskClient, table: Table, published: Session
) -> None:
    address, later = f"/cycles/{published.cycle_id}", published.cycle.sessions[1]
    assert f"/sessions/{later.id}" in sam.get(address).text
    ada = as_(table.ada).get(address).text
    assert f"/sessions/{published.id}" in ada
    assert f"/sessions/{later.id}" not in ada


def test_cycle_of_a_member_is_her_own_page(robin: FlaskClient, published: Session) -> None:
    page = robin.get(f"/cycles/{published.cycle_id}").text
    assert Page(page).title == "Your page"
    assert f"/evenings/{published.id}" in page


def test_cycle_moves_on_by_its_buttons(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    address = f"/cycles/{cycle.id}"
    assert "Begin these weeks" in sam.get(address).text
    sam.post(f"{address}/moves", data={"name": "begun"})
    assert cycle.state == CycleState.RUNNING
    assert sam.post(f"{address}/moves", data={}).status_code == 403
    assert sam.post(f"{address}/moves", data={"name": "closed"}).status_code == 403


# --- A session.


def test_builder_shows_clock_hints_and_why_it_cannot_go_out(sam: FlaskClient, table: Table, draft: Session) -> None:
    services.change_item(draft.items[5], by=table.sam, minutes=30, purpose=Purpose.DECIDE)
    services.change_item(draft.items[6], by=table.sam, minutes=5)
    text = _text(sam.get(f"/sessions/{draft.id}"))
    for words in (
        "Build the evening",
        "115 of 115 minutes",
        "Deciding ends 5 minutes before check-out. It needs 10. Take 5 minutes off this item, or give 5 more",
        "Break starts at minute 55",
        "2 parents expected",
        "It must go out by Thursday 27 November, 5 days before.",
    ):
        assert words in text
    assert f"/sessions/{draft.id}/publish" not in sam.get(f"/sessions/{draft.id}").text


def test_builder_waits_for_the_agreement(sam: FlaskClient, draft: Session) -> None:
    """Domain rule 17."""
    assert "No working-together agreement is agreed yet." in _text(sam.get(f"/sessions/{draft.id}"))
    answer = sam.post(f"/sessions/{draft.id}/publish")
    assert answer.status_code == 403
    assert "No working-together agreement is agreed yet." in _text(answer)


def test_publishing_from_the_page(sam: FlaskClient, agreed: None, draft: Session) -> None:
    assert f"/sessions/{draft.id}/publish" in sam.get(f"/sessions/{draft.id}").text
    assert sam.post(f"/sessions/{draft.id}/publish").status_code == 302
    assert draft.state == SessionState.PUBLISHED


def test_published_session_is_read_by_professionals_without_buttons(
    as_: Visitor, table: Table, published: Session
) -> None:
    page = as_(table.ada).get(f"/sessions/{published.id}")
    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1]


def test_session_of_a_member_is_her_card(robin: FlaskClient, published: Session) -> None:
    assert robin.get(f"/sessions/{published.id}").location == f"/evenings/{published.id}"


def test_holding_and_cancelling_from_the_page(sam: FlaskClient, clock: Callable[..., None], published: Session) -> None:
    assert "Mark it as held on the day or after" in _text(sam.get(f"/sessions/{published.id}"))
    clock(published.begins)
    assert f"/sessions/{published.id}/hold" in sam.get(f"/sessions/{published.id}").text
    sam.post(f"/sessions/{published.id}/hold", data={f"item_{item.id.hex}": "done" for item in published.items})
    assert published.state == SessionState.HELD
    assert "Mark as held" not in sam.get(f"/sessions/{published.id}").text
    later = published.cycle.sessions[1]
    sam.post(f"/sessions/{later.id}/cancel")
    assert later.state == SessionState.CANCELLED


def test_session_moves_to_the_day_typed(sam: FlaskClient, published: Session) -> None:
    sam.post(f"/sessions/{published.id}/day", data={"on": "4 December 2025"})
    assert (published.on, published.state) == (date(2025, 12, 4), SessionState.MOVED)
    page = sam.get(f"/sessions/{published.id}").text
    assert f"/sessions/{published.id}/publish" in page
    assert "Publish the new day" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write the new day, like 18 November 2025."),
        ("soon", "Write the new day, like 18 November 2025."),
        ("1 January 1900", "Choose a day from 2015 to 2099."),
        ("2 December 2025", "It is on that day already."),
        ("9 December 2025", "Session 2 is on Tuesday 9 December. Choose a day before it."),
    ],
)
def test_another_day_asks_again(sam: FlaskClient, draft: Session, typed: str, words: str) -> None:
    answer = sam.post(f"/sessions/{draft.id}/day", data={"on": typed})
    assert answer.status_code == 422
    assert words in _text(answer)
    assert f'value="{typed}"' in answer.text
    assert draft.on == date(2025, 12, 2)


# --- The items.


ITEM = {"title": "Our map", "part": "work", "purpose": "explore", "minutes": "5", "method": "Small groups."}


def test_item_is_added_from_its_page(sam: FlaskClient, draft: Session) -> None:
    assert sam.get(f"/sessions/{draft.id}/items/new").status_code == 200
    sam.post(f"/sessions/{draft.id}/items/new", data=ITEM | {"is_hard": "y", "content_note": "We talk of the ward."})
    added = draft.items[-2]
    assert (added.title, added.purpose, added.is_hard, added.lead) == ("Our map", Purpose.EXPLORE, True, "")


def test_item_is_changed_and_taken_off_from_its_page(sam: FlaskClient, draft: Session) -> None:
    item, key = draft.items[3], draft.items[3].id
    assert 'value="What happens here now"' in sam.get(f"/agenda-items/{item.id}").text
    sam.post(f"/agenda-items/{item.id}", data=ITEM | {"purpose": ""})
    assert (item.title, item.purpose, item.minutes) == ("Our map", None, 5)
    sam.post(f"/agenda-items/{key}/remove")
    assert "Our map" not in [left.title for left in draft.items]
    assert sam.get(f"/agenda-items/{key}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "Say what happens in a few words."),
        ({"minutes": "0"}, "Write how many minutes it takes."),
        ({"minutes": "-5"}, "Choose from 1 to 120 minutes."),
        ({"content_note": "word " * 21}, "Use 20 words at most. This has 21."),
        ({"method": "LA25P50123"}, "This looks like a court number."),
        ({"part": "disco"}, "Choose one of these parts."),
    ],
)
def test_item_asks_again(sam: FlaskClient, draft: Session, changed: dict[str, str], words: str) -> None:
    for address in (f"/sessions/{draft.id}/items/new", f"/agenda-items/{draft.items[3].id}"):
        answer = sam.post(address, data=ITEM | changed)
        assert answer.status_code == 422
        assert words in _text(answer)
    assert "Our map" not in [item.title for item in draft.items]


def test_minutes_and_place_change_by_their_buttons(sam: FlaskClient, draft: Session) -> None:
    item = draft.items[3]
    assert sam.post(f"/agenda-items/{item.id}/minutes", data={"minutes": "25"}).location.endswith(f"#item-{item.id}")
    sam.post(f"/agenda-items/{item.id}/place", data={"position": "3"})
    assert (item.minutes, item.position) == (25, 3)
    page = sam.get(f"/sessions/{draft.id}").text
    assert 'name="minutes" value="20"' in page
    assert 'name="minutes" value="30"' in page


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("minutes", {"minutes": "121"}, "Choose from 1 to 120 minutes."),
        ("minutes", {}, "Write how many minutes it takes."),
        ("place", {"position": "31"}, "Choose a place from 1 to 30."),
        ("place", {"position": "up"}, "Choose up or down."),
    ],
)
def test_a_wrong_step_is_said_under_the_item(
    sam: FlaskClient, draft: Session, step: str, typed: dict[str, str], words: str
) -> None:
    answer = sam.post(f"/agenda-items/{draft.items[3].id}/{step}", data=typed)
    assert answer.status_code == 422
    assert words in _text(answer)


def test_agenda_of_a_published_session_is_refused_with_its_reason(sam: FlaskClient, published: Session) -> None:
    item = published.items[3].id
    for address in (f"/sessions/{published.id}/items/new", f"/agenda-items/{item}"):
        assert sam.get(address).status_code == 403
        assert sam.post(address, data=ITEM).status_code == 403
    for step in ("minutes", "place", "remove"):
        answer = sam.post(f"/agenda-items/{item}/{step}", data={"minutes": "5", "position": "1"})
        assert answer.status_code == 403
        assert "This session is published, so its agenda stays." in _text(answer)


def test_item_is_done_by_its_button(sam: FlaskClient, published: Session) -> None:
    item = published.items[0]
    assert "Carry over" in sam.get(f"/sessions/{published.id}").text
    sam.post(f"/agenda-items/{item.id}/moves", data={"name": "done"})
    assert item.state == ItemState.DONE
    assert "Done" in sam.get(f"/sessions/{published.id}").text
    assert sam.post(f"/agenda-items/{item.id}/moves", data={"name": "done"}).status_code == 403


# --- The member's card.


@pytest.fixture
def hard_evening(table: Table, agreed: None, draft: Session) -> Session:
    note = "We will talk about the maternity ward. The Quiet Room is next door, with tea."
    services.change_item(
        draft.items[3], by=table.sam, title="Going home from the ward", is_hard=True, content_note=note
    )
    services.publish(draft, by=table.sam)
    return draft


def test_card_tells_when_where_who_and_what_is_hard(robin: FlaskClient, hard_evening: Session) -> None:
    """Journey 4."""
    answer = robin.get(f"/evenings/{hard_evening.id}")
    text = _text(answer)
    for words in (
        "Tuesday 2 December",
        "6pm to 7.55pm with a break at 6.55pm",
        "Sea Room Side door.",
        "2 parents and carers, 1 midwife Sam runs it.",
        "A hard topic, 6.35 to 6.55 We will talk about the maternity ward.",
        "You can sit that out. Nobody will ask why.",
        "6.00 Food and hello How is everyone doing?",
        "7.35 Jobs and goodbyes Done by 7.55.",
    ):
        assert words in text
    assert Page(answer.text).title == "Your page"


def test_card_is_short_and_easy_to_read(robin: FlaskClient, hard_evening: Session) -> None:
    """Domain rule 14 and journey 4: grade 6, 25 words a sentence, 150 words."""
    page = Page(robin.get(f"/evenings/{hard_evening.id}").text)
    told = sentences(page)
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25
    assert sum(len(words_of(sentence)) for sentence in told) <= 150


@pytest.mark.parametrize(
    ("state", "words"), [("moved", "This is a new day."), ("cancelled", "We do not meet this time.")]
)
def test_card_says_what_became_of_the_evening(
    robin: FlaskClient, table: Table, published: Session, state: str, words: str
) -> None:
    if state == "moved":
        services.move_session(published, published.on + timedelta(1), by=table.sam)
    else:
        services.cancel(published, by=table.sam)
    assert words in _text(robin.get(f"/evenings/{published.id}"))


def test_card_of_a_draft_is_for_facilitators_alone(robin: FlaskClient, sam: FlaskClient, draft: Session) -> None:
    assert "It is not sent out yet." in _text(sam.get(f"/evenings/{draft.id}"))
    assert robin.get(f"/evenings/{draft.id}").status_code == 404


# --- Strangers.


def test_stranger_finds_nothing_and_changes_nothing(as_: Visitor, table: Table, published: Session) -> None:
    """P2: what may not be seen is not there."""
    stranger, item = as_(table.stranger), published.items[0].id
    for address in (
        f"/workstreams/{table.stream.id}/cycles/new",
        f"/workstreams/{table.stream.id}/cycles/dates",
        f"/cycles/{published.cycle_id}",
        f"/sessions/{published.id}",
        f"/sessions/{published.id}/items/new",
        f"/agenda-items/{item}",
        f"/evenings/{published.id}",
        f"/workstreams/{table.stream.id}/agreement",
    ):
        assert stranger.get(address).status_code == 404
    for address in (
        f"/workstreams/{table.stream.id}/cycles/new",
        f"/cycles/{published.cycle_id}/moves",
        *(f"/sessions/{published.id}/{step}" for step in ("publish", "hold", "cancel", "day", "items/new")),
        *(f"/agenda-items/{item}/{step}" for step in ("minutes", "place", "remove", "moves")),
        f"/agenda-items/{item}",
    ):
        assert stranger.post(address).status_code == 404


@pytest.mark.parametrize("step", ["publish", "hold", "cancel", "day"])
def test_members_see_and_may_not_do(as_: Visitor, table: Table, published: Session, step: str) -> None:
    for person in (table.robin, table.ada):
        answer = as_(person).post(f"/sessions/{published.id}/{step}", data={"on": "2025-12-04"})
        assert answer.status_code == 403
        assert "Only a facilitator can do this." in _text(answer)


@pytest.mark.parametrize("kind", ["cycles", "sessions", "evenings"])
def test_pages_cost_the_same_with_few_and_with_many(
    sam: FlaskClient, table: Table, published: Session, query_count: list[str], kind: str
) -> None:
    address = f"/{kind}/{published.cycle_id if kind == 'cycles' else published.id}"

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert sam.get(address).status_code == 200
        return len(query_count)

    cost()
    with_one = cost()
    agreement = agreements.start(table.stream, by=table.sam)
    agreements.write(agreement, agreement.words, "More.", read=mark_of(agreement), by=table.sam)
    services.plan(table.stream, date(2026, 4, 14), published.starts_at, by=table.sam)
    assert cost() == with_one
