"""What was not finished rolls on, evenings start from templates, and how to dial in is said."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services
from coprod.cycles.models import AgendaItem, Cycle, ItemState, Part, Session, SessionState
from coprod.cycles.rules import agenda, moves, template
from coprod.library.models import Template, TemplateItem, TemplateKind
from coprod.library.rules import house
from coprod.people.models import Side
from tests.cycles.build import a_cycle, a_session, a_table, items, people
from tests.cycles.conftest import Table

Visitor = Callable[..., FlaskClient]


@pytest.fixture
def on_the_day(published: Session, clock: Callable[..., None]) -> Session:
    clock(published.begins)
    return published


@pytest.fixture
def outline(table: Table) -> Template:
    """A short evening somebody keeps in the library."""
    told = [("arrive", 10), ("check-in", 10), ("work", 30), ("break", 10), ("actions", 10), ("check-out", 10)]
    kept = Template(kind=TemplateKind.SESSION, name="A short one", owner=table.sam, changed_on=date(2025, 11, 1))
    kept.items = [
        TemplateItem(position=n, part=part, title=f"Short {part}", minutes=minutes, papers="Cards" * (part == "work"))
        for n, (part, minutes) in enumerate(told, 1)
    ]
    db.session.add(kept)
    db.session.flush()
    return kept


def _titles(session: Session) -> list[str]:
    return [item.title for item in session.items]


# --- Rules.


def test_more_stands_before_the_jobs_else_before_check_out_else_last() -> None:
    assert agenda.place_for_more(template.evening(1)) == 6
    assert agenda.place_for_more(items(("arrive", 5), ("work", 5), ("check-out", 10))) == 2
    assert agenda.place_for_more(items(("arrive", 5))) == 1
    assert agenda.place_for_more([]) == 0


def test_only_work_is_carried_over() -> None:
    folk = people("facilitator")
    session = a_cycle(a_table(folk)).sessions[0]
    session.state = SessionState.PUBLISHED
    for item in session.items:
        item.state = ItemState.PLANNED
    carried = {item.part for item in session.items if moves.ITEM.may(folk["facilitator"], "carried over", item)}
    assert carried == {Part.WORK}
    reason = moves.ITEM.may(folk["facilitator"], "carried over", session.items[0]).reason
    assert reason == "Every evening has this part, so it is not carried over."


def test_what_comes_after_is_the_next_that_is_not_over() -> None:
    sessions = a_cycle().sessions
    sessions[1].state, sessions[2].state = SessionState.CANCELLED, SessionState.HELD
    assert moves.coming_after(sessions[0])[0] is sessions[3]
    assert moves.coming_after(sessions[-1]) == []
    assert "left to carry it to" in moves.has_next(sessions[-1]).reason
    assert moves.has_next(sessions[0])


def test_every_piece_of_work_is_spoken_of_before_the_evening_is_laid_aside() -> None:
    session = a_session(state=SessionState.PUBLISHED)
    for item in session.items:
        item.state, item.id = ItemState.PLANNED, None
    first, second = moves.to_settle(session)
    assert (first.part, second.part) == (Part.WORK, Part.WORK)
    assert moves.are_settled(session, {}).reason == f"Say what became of “{first.title}”."
    first.state = second.state = ItemState.DONE
    assert moves.are_settled(session, {})


def test_house_lays_out_its_evening_for_the_week_and_any_template_its_own() -> None:
    cycle = a_cycle()
    session = cycle.sessions[8]
    session.phase = cycle.workstream.programme.phases[2]
    own = Template(items=[TemplateItem(part="work", title="One", purpose="decide", minutes=5)])
    assert [item.title for item in template.for_session(session, own)] == ["One"]
    for offered in (None, house.evening()):
        assert "Pick what to send on" in [item.title for item in template.for_session(session, offered)]
    assert [item.position for item in template.as_items(own.items)] == [1]


# --- Carrying over.


def test_unfinished_item_goes_to_the_next_session_as_it_was(table: Table, published: Session) -> None:
    """Feature 20."""
    item, coming = published.items[5], published.cycle.sessions[1]
    item.papers, item.raised_by = "Cards", Side.LIVED
    before = _titles(coming)

    fresh = services.carry_over(item, by=table.sam)

    assert (item.state, fresh.state, fresh.session) == (ItemState.CARRIED_OVER, ItemState.PLANNED, coming)
    assert (fresh.title, fresh.minutes, fresh.papers, fresh.raised_by) == (item.title, 25, "Cards", Side.LIVED)
    assert (fresh.carried_from_id, fresh.position) == (item.id, 7)
    assert _titles(coming) == [*before[:6], item.title, *before[6:]]
    written = db.session.query(Entry).filter(Entry.subject_id.in_([item.id, coming.id])).all()
    assert sorted(entry.verb for entry in written) == ["carried over", "changed the agenda"]
    assert "The items take 140 minutes" in agenda.is_sound(coming).reason


def test_item_is_carried_once_and_by_who_runs_the_group(table: Table, published: Session) -> None:
    item = published.items[3]
    with pytest.raises(Refused, match="Only a facilitator"):
        services.carry_over(item, by=table.ada)
    services.carry_over(item, by=table.sam)
    with pytest.raises(Refused, match="It is carried over"):
        services.carry_over(item, by=table.sam)
    assert db.session.query(AgendaItem).filter_by(carried_from_id=item.id).count() == 1


def test_nothing_is_carried_past_the_last_session(table: Table, published: Session) -> None:
    for session in published.cycle.sessions[1:]:
        services.cancel(session, by=table.sam)
    with pytest.raises(Refused, match="No session of this cycle is left"):
        services.carry_over(published.items[3], by=table.sam)
    assert published.items[3].state == ItemState.PLANNED


def test_evening_sent_out_already_may_be_mended_once_it_is_too_full(
    table: Table, published: Session, clock: Callable[..., None]
) -> None:
    coming = published.cycle.sessions[1]
    services.publish(coming, by=table.sam)
    with pytest.raises(Refused, match="so its agenda stays"):
        services.remove_item(coming.items[3], by=table.sam)
    services.carry_over(published.items[3], by=table.sam)
    with pytest.raises(Refused, match="People have been told"):
        services.lay_out(coming, None, by=table.sam)
    services.remove_item(coming.items[3], by=table.sam)
    assert agenda.is_sound(coming)
    with pytest.raises(Refused, match="so its agenda stays"):
        services.remove_item(coming.items[3], by=table.sam)


def test_what_people_were_told_of_is_dropped_and_no_row_of_it_goes(
    as_: Visitor, table: Table, published: Session
) -> None:
    """Notes, the room and a later evening may point to it: taking it off answered 500 on PostgreSQL and lost words."""
    first, coming, after = published.cycle.sessions[:3]
    for session in (coming, after):
        services.publish(session, by=table.sam)
    carried = services.carry_over(services.carry_over(first.items[3], by=table.sam), by=table.sam)
    fresh = services.carry_over(first.items[5], by=table.sam)
    assert after.items[carried.position - 1] is carried
    sam, gone = as_(table.sam), next(item for item in coming.items if item.state == ItemState.CARRIED_OVER)
    assert "Take it off" not in sam.get(f"/agenda-items/{gone.id}").text
    assert sam.post(f"/agenda-items/{gone.id}/remove").status_code == 403
    assert sam.post(f"/agenda-items/{coming.items[4].id}/remove").status_code == 403
    assert "Take it off" in sam.get(f"/agenda-items/{fresh.id}").text
    answer = sam.post(f"/agenda-items/{fresh.id}/remove", follow_redirects=True)
    assert (answer.status_code, fresh.state) == (200, ItemState.DROPPED)
    shown = answer.text.split("Not in this evening")[1]
    assert all(words in shown for words in (gone.title, "Carried over", fresh.title, "Dropped"))
    assert db.session.query(Entry).filter_by(subject_id=fresh.id, verb="dropped").count() == 1


def test_moving_up_and_down_passes_over_what_was_let_go(as_: Visitor, table: Table, published: Session) -> None:
    coming = published.cycle.sessions[1]
    services.publish(coming, by=table.sam)
    fresh = services.carry_over(published.items[3], by=table.sam)
    services.change_item(fresh, by=table.sam, minutes=90)
    services.remove_item(coming.items[5], by=table.sam)
    sam, titles = as_(table.sam), [entry.item.title for entry in agenda.timed(coming.items)]
    place = titles.index(fresh.title, 4)
    for name, to in (("Up", place - 1), ("Down", place)):
        page = sam.get(f"/sessions/{coming.id}").text
        button = page.split(f"/agenda-items/{fresh.id}/place")[1 if name == "Up" else 2]
        position = button.split('name="position" value="')[1].split('"')[0]
        sam.post(f"/agenda-items/{fresh.id}/place", data={"position": position})
        assert agenda.timed(coming.items)[to].item is fresh


def test_full_evening_takes_no_more(table: Table, published: Session) -> None:
    coming = published.cycle.sessions[1]
    for _ in range(22):
        services.add_item(coming, by=table.sam, part=Part.WORK, title="More", minutes=1)
    with pytest.raises(Refused, match="30 items at most"):
        services.carry_over(published.items[3], by=table.sam)


# --- Laid aside.


def test_wrapping_up_says_what_became_of_each_and_holds(table: Table, on_the_day: Session) -> None:
    first, second = moves.to_settle(on_the_day)
    with pytest.raises(Refused, match=second.title):
        services.wrap_up(on_the_day, {first.id: "done"}, by=table.sam)
    services.wrap_up(on_the_day, {first.id: "carried over", second.id: "dropped"}, by=table.sam)
    assert on_the_day.state == SessionState.HELD
    assert [item.state for item in on_the_day.items] == [
        *["done"] * 3,
        "carried over",
        "done",
        "dropped",
        *["done"] * 2,
    ]


def test_holding_asks_in_one_screen_and_asks_again(as_: Visitor, table: Table, on_the_day: Session) -> None:
    sam, address = as_(table.sam), f"/sessions/{on_the_day.id}/hold"
    first, second = moves.to_settle(on_the_day)
    page = sam.get(address).text
    assert all(words in page for words in (first.title, second.title, "Carry it over", "Tuesday 9 December"))
    answer = sam.post(address, data={f"item_{first.id.hex}": "done"})
    assert answer.status_code == 422
    assert f"Say what became of “{second.title}”." in answer.text
    sam.post(address, data={f"item_{first.id.hex}": "done", f"item_{second.id.hex}": "carried over"})
    assert on_the_day.state == SessionState.HELD
    assert "from last time" in sam.get(f"/sessions/{on_the_day.cycle.sessions[1].id}").text


def test_holding_is_asked_of_facilitators_alone_and_on_the_day(
    as_: Visitor, table: Table, published: Session, clock: Callable[..., None]
) -> None:
    address = f"/sessions/{published.id}/hold"
    assert as_(table.sam).get(address).status_code == 403
    clock(published.begins)
    assert as_(table.sam).get(address).status_code == 200
    assert as_(table.ada).get(address).status_code == 404
    assert as_(table.ada).post(address).status_code == 403


def test_last_evening_offers_no_carrying(as_: Visitor, table: Table, on_the_day: Session) -> None:
    for session in on_the_day.cycle.sessions[1:]:
        services.cancel(session, by=table.sam)
    assert "Carry it over" not in as_(table.sam).get(f"/sessions/{on_the_day.id}/hold").text
    page = as_(table.sam).get(f"/sessions/{on_the_day.id}").text
    assert "Carry over" not in page
    assert "Drop" in page


def test_carrying_by_its_button_says_where_it_went(as_: Visitor, table: Table, published: Session) -> None:
    sam, item = as_(table.sam), published.items[3]
    sam.post(f"/agenda-items/{item.id}/moves", data={"name": "carried over"})
    page = sam.get(f"/sessions/{published.id}").text
    assert "It goes to session 2, Tuesday 9 December." in page


# --- Templates.


def test_template_takes_the_place_of_the_items_but_not_of_what_was_carried_in(
    table: Table, published: Session, outline: Template
) -> None:
    coming = published.cycle.sessions[1]
    carried = services.carry_over(published.items[3], by=table.sam)
    services.lay_out(coming, outline, by=table.sam)
    assert _titles(coming) == [
        *("Short arrive", "Short check-in", "Short work", "Short break"),
        carried.title,
        *("Short actions", "Short check-out"),
    ]
    assert [item.position for item in coming.items] == list(range(1, 8))
    assert coming.items[2].papers == "Cards"
    assert db.session.query(Entry).filter_by(subject_id=coming.id, verb="laid out anew").count() == 1
    services.lay_out(coming, None, by=table.sam)
    assert _titles(coming).count(carried.title) == 2
    with pytest.raises(Refused, match="Only a facilitator"):
        services.lay_out(coming, None, by=table.robin)


def test_template_is_picked_on_the_page(as_: Visitor, table: Table, cycle: Cycle, outline: Template) -> None:
    """Journey 14."""
    sam, session = as_(table.sam), cycle.sessions[0]
    address = f"/sessions/{session.id}/template"
    page = sam.get(f"/sessions/{session.id}").text
    assert f'value="{outline.id}"' in page
    assert f'value="{house.EVENING}"' in page
    assert sam.post(address, data={"outline": "other"}).status_code == 422
    sam.post(address, data={"outline": outline.id})
    assert _titles(session)[0] == "Short arrive"
    sam.post(address, data={"outline": house.EVENING})
    assert _titles(session)[0] == "Arrive and food"


def test_template_is_not_picked_once_people_know(as_: Visitor, table: Table, published: Session) -> None:
    sam = as_(table.sam)
    assert "Start from a template" not in sam.get(f"/sessions/{published.id}").text
    answer = sam.post(f"/sessions/{published.id}/template", data={"outline": house.EVENING})
    assert answer.status_code == 403


# --- Dialling in.


def test_how_to_dial_in_stands_on_the_page_until_it_is_over(as_: Visitor, table: Table, published: Session) -> None:
    sam, address = as_(table.sam), f"/sessions/{published.id}/phone"
    sam.post(address, data={"dial_in": "01632 960 000, then 4455#"})
    assert published.dial_in == "01632 960 000, then 4455#"
    assert "01632 960 000, then 4455#" in as_(table.ada).get(f"/sessions/{published.id}").text
    assert sam.post(address, data={"dial_in": "x" * 121}).status_code == 422
    assert as_(table.ada).post(address, data={"dial_in": "1"}).status_code == 403
    sam.post(address, data={"dial_in": ""})
    assert published.dial_in == ""
    services.cancel(published, by=table.sam)
    assert sam.post(address, data={"dial_in": "1"}).status_code == 403
    assert "said how to dial in" in [entry.verb for entry in db.session.query(Entry).filter_by(subject_id=published.id)]


def test_papers_are_asked_kept_and_shown(as_: Visitor, table: Table, cycle: Cycle) -> None:
    sam, session = as_(table.sam), cycle.sessions[0]
    typed = {"title": "Our map", "part": "work", "purpose": "", "minutes": "5", "papers": "Dots and cards"}
    sam.post(f"/sessions/{session.id}/items/new", data=typed)
    assert session.items[-2].papers == "Dots and cards"
    assert "Papers: Dots and cards." in sam.get(f"/sessions/{session.id}").text


def test_hard_item_says_that_it_may_be_skipped(as_: Visitor, table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    services.change_item(session.items[3], by=table.sam, is_hard=True, content_note="We talk of the ward.")
    assert "may be skipped" in as_(table.sam).get(f"/sessions/{session.id}").text


def test_moved_session_that_is_too_full_is_not_published_again(table: Table, published: Session) -> None:
    coming = published.cycle.sessions[1]
    services.publish(coming, by=table.sam)
    services.carry_over(published.items[3], by=table.sam)
    services.move_session(coming, coming.on + timedelta(1), by=table.sam)
    with pytest.raises(Refused, match="The items take 135 minutes"):
        services.publish(coming, by=table.sam)
