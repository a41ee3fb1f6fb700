"""The pages that are printed: for those who run the group, each with what belongs on it and nothing more."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from coprod.actions.models import ActionState
from coprod.agreements import services as agreements
from coprod.core.clock import now
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle, Part, Session
from coprod.packs import rules
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.voting import services as voting
from coprod.voting.models import Kind, Poll
from coprod.workstreams.models import MembershipState
from tests.cycles.conftest import Table
from tests.factories import a_membership, a_person, a_steering_group, an_action

Visitor = Callable[..., FlaskClient]
PAPERS = ("card", "agenda", "slips", "name-cards", "register", "agreement")


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.sam)


def _an_action(table: Table, owner: Person, what: str = "Ring the ward", **fields: object) -> None:
    day = date(2025, 12, 1)
    an_action(table.stream, owner, what, due=day, opened_on=day, **fields)


def _more_people(table: Table, count: int = 4) -> None:
    for n in range(count):
        a_membership(table.stream, a_person(f"Parent {n}"))


def test_pack_lists_every_paper_and_opens_each(sam: FlaskClient, published: Session) -> None:
    """Feature 92."""
    page = sam.get(f"/sessions/{published.id}/pack").text
    for paper in PAPERS:
        assert f"/sessions/{published.id}/pack/{paper}" in page
        assert sam.get(f"/sessions/{published.id}/pack/{paper}").status_code == 200
    for item in published.items:
        assert (f"/agenda-items/{item.id}/visitor" in page) is (item.part == Part.WORK)
    assert f"/sessions/{published.id}/pack" in sam.get(f"/sessions/{published.id}").text


def test_pack_is_for_those_who_run_the_group(as_: Visitor, table: Table, published: Session) -> None:
    for person in (table.robin, table.ada, table.stranger):
        visitor = as_(person)
        for paper in ("", *(f"/{name}" for name in PAPERS)):
            assert visitor.get(f"/sessions/{published.id}/pack{paper}").status_code == 404
        assert visitor.post(f"/sessions/{published.id}/pack/send").status_code == 404
    item = published.items[3].id
    assert as_(table.robin).get(f"/agenda-items/{item}/visitor").status_code == 403
    assert as_(table.stranger).get(f"/agenda-items/{item}/visitor").status_code == 404


def test_agenda_is_sent_from_the_page_once(sam: FlaskClient, published: Session) -> None:
    address = f"/sessions/{published.id}/pack"
    assert f"{address}/send" in sam.get(address).text
    sam.post(f"{address}/send")
    page = sam.get(address).text
    assert "Everybody in the group has had it." in page
    assert f"{address}/send" not in page
    assert sam.post(f"{address}/send").status_code == 403


def test_card_names_neither_the_work_nor_anybody_but_who_runs_it(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    note = "We talk about the ward. Tea is next door."
    cycles.change_item(session.items[3], by=table.sam, title="Taken home", is_hard=True, content_note=note)
    sheet = sam.get(f"/sessions/{session.id}/pack/card").text.split('class="sheet"')[1]
    for words in (
        "Tuesday 2 December",
        "6pm to 7.55pm",
        "Tuesday group",
        note,
        "A hard topic, 6.35 to 6.55",
        "No is fine",
    ):
        assert words in sheet
    for words in ("Taken home", "What the numbers", "Robin", "Kit", "Ada", "Practice models", "Born into Care"):
        assert words not in sheet


def test_agenda_shows_the_open_actions_under_who_does_what_next(
    sam: FlaskClient, table: Table, published: Session
) -> None:
    """Feature 20: what was not done comes back, and what was done does not."""
    _an_action(table, table.ada)
    _an_action(table, table.robin, "Find a room", state=ActionState.DONE)
    page = sam.get(f"/sessions/{published.id}/pack/agenda").text
    assert page.index("Who does what next") < page.index("Ring the ward") < page.index("Check-out")
    assert "Ada" in page
    assert "Find a room" not in page


def test_agenda_without_that_part_shows_them_at_the_end(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    session = cycle.sessions[0]
    cycles.say_how_to_dial_in(session, "01632 960 000", by=table.sam)
    cycles.remove_item(session.items[6], by=table.sam)
    _an_action(table, table.ada)
    page = sam.get(f"/sessions/{session.id}/pack/agenda").text
    assert page.index("Check-out") < page.index("Still to do") < page.index("Ring the ward")
    assert "By phone: 01632 960 000" in page


def test_slips_bear_the_question_being_prepared_and_nobodys_name(
    sam: FlaskClient, table: Table, published: Session
) -> None:
    """B16."""
    _more_people(table)
    steering = a_steering_group(table.stream.programme)
    for number, (state, said) in enumerate(
        ((State.DRAFTED, "One midwife?"), (State.NEEDS_TALK, "A map?"), (State.IDEA, "An idea?"), (State.DRAFTED, "")),
        1,
    ):
        db.session.add(
            Recommendation(
                workstream=table.stream, steering=steering, number=number, title="Map", said=said, state=state
            )
        )
    voting.draft(table.stream, "A kettle?", by=table.sam)
    sheet = sam.get(f"/sessions/{published.id}/pack/slips").text.split('class="sheet"')[1]
    assert [sheet.count(words) for words in ("One midwife?", "A map?", "A kettle?", "An idea?")] == [12, 12, 12, 0]
    assert sheet.count("Love it") == 36
    for words in (
        "If everyone votes the same way, everyone will know how everyone voted.",
        "I’m worried",
        "Skip this one",
    ):
        assert sheet.count(words) == 36
    for words in ("Robin", "Kit", "Ada", "Sam", "Parent 1", "Tuesday group"):
        assert words not in sheet


def test_slips_of_an_open_vote_on_paper_are_its_own_and_go_into_two_boxes_only_by_sides(
    sam: FlaskClient, table: Table, published: Session
) -> None:
    """B16: its question and what can be picked; with fewer than five on a side there is one box."""
    _more_people(table)
    about = {"kind": Kind.PICK, "options": ["A card", "A film", "A walk"], "on_paper": True, "by": table.sam}
    for question, most in (("Which two first?", 2), ("Which one first?", 1)):
        poll = voting.draft(table.stream, question, most=most, **about)
        voting.open_vote(poll, now() + timedelta(days=3), by=table.sam)
    voting.draft(table.stream, "A kettle?", by=table.sam)
    page = sam.get(f"/sessions/{published.id}/pack/slips").text
    sheet = page.split('class="sheet"')[1]
    assert [sheet.count(words) for words in ("Which two first?", "A film", "A kettle?", "Love it")] == [12, 24, 0, 0]
    assert (sheet.count("Tick up to 2 boxes."), sheet.count("Tick one box.")) == (12, 12)
    assert ("box</strong>" in sheet, "two colours" in page) == (False, False)


def test_slips_of_two_sides_say_which_box() -> None:
    poll = Poll(question="A walk?", kind=Kind.TEMPERATURE, lived_on_roll=6, professionals_on_roll=9)
    told = rules.slips_of(poll, ["Yes"])
    assert [(one.box, one.count) for one in told] == [("Parents’ box", 8), ("Workers’ box", 12)]


def test_slips_are_blank_where_nothing_is_prepared(sam: FlaskClient, table: Table, published: Session) -> None:
    _more_people(table)
    page = sam.get(f"/sessions/{published.id}/pack/slips").text
    assert "Write one by hand, the same on each slip." in page
    assert page.count('class="slip__lines"') == 12


def test_small_group_votes_round_the_table(sam: FlaskClient, published: Session) -> None:
    """B11."""
    page = sam.get(f"/sessions/{published.id}/pack/slips").text
    assert "A private vote needs 5 people or more." in page
    assert 'class="slip"' not in page


def test_name_cards_are_for_everybody_at_the_table(sam: FlaskClient, table: Table, published: Session) -> None:
    gone = a_membership(table.stream, a_person("Gone"), state=MembershipState.LEFT)
    page = sam.get(f"/sessions/{published.id}/pack/name-cards").text
    for alias in ("Robin", "Kit", "Ada", "Sam"):
        assert page.count(f">{alias}</p>") == 2
    assert gone.person.alias not in page


def test_register_has_boxes_and_no_room_for_a_reason(sam: FlaskClient, published: Session) -> None:
    """Domain rule 20."""
    page = sam.get(f"/sessions/{published.id}/pack/register").text
    assert page.count('scope="col"') == 5
    for words in ("Arrived", "With a supporter", "Dialled in", "Not here", "Robin", "Ada"):
        assert words in page
    assert page.count('scope="row"') == 6
    assert page.count('class="tick-box"') == 4 + 4 + 3 + 3 * 4


def test_agreement_is_printed_as_agreed_or_as_headings(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    page = sam.get(f"/sessions/{cycle.sessions[0].id}/pack/agreement").text
    assert "There is no agreement yet." in page
    assert page.count('class="slip__lines"') == 12


def test_agreement_that_is_not_agreed_yet_says_so_on_the_sheet(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    agreement = agreements.start(table.stream, by=table.sam)
    address = f"/sessions/{cycle.sessions[0].id}/pack/agreement"
    sheets = [sam.get(address).text]
    agreements.talk_through(agreement, by=table.sam)
    sheets.append(sam.get(address).text)
    assert ["Not agreed yet. This is version 1, to talk about." in sheet for sheet in sheets] == [True, True]
    assert not any("We agreed this" in sheet for sheet in sheets)


def test_agreed_agreement_is_printed_with_its_day(sam: FlaskClient, published: Session) -> None:
    page = sam.get(f"/sessions/{published.id}/pack/agreement").text
    assert "We agreed this on 17 November 2025." in page
    assert "Not agreed yet" not in page
    assert "We take turns." in page


def test_visitor_reads_of_one_item_and_of_no_member(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    """Feature 24."""
    session = cycle.sessions[0]
    item = session.items[3]
    cycles.change_item(item, by=table.sam, lead="Robin", papers="Slides")
    cycles.say_how_to_dial_in(session, "01632 960 000", by=table.sam)
    page = sam.get(f"/agenda-items/{item.id}/visitor").text
    for words in (
        "Tuesday 2 December, 6.35pm to 6.55pm",
        "Sea Room",
        item.title,
        "Slides",
        "Ask for Sam",
        "Give it by hand",
    ):
        assert words in page
    for words in ("Robin", "Kit", "Ada", session.items[5].title, "Tuesday group"):
        assert words not in page.split('class="sheet"')[1]
    assert sam.get(f"/agenda-items/{session.items[0].id}/visitor").status_code == 403


@pytest.mark.parametrize("paper", ["", *(f"/{name}" for name in PAPERS)])
def test_papers_cost_the_same_for_few_and_for_many(
    sam: FlaskClient, table: Table, published: Session, query_count: list[str], paper: str
) -> None:
    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert sam.get(f"/sessions/{published.id}/pack{paper}").status_code == 200
        return len(query_count)

    _an_action(table, table.ada)
    with_one = cost()
    _more_people(table)
    for n in range(3):
        _an_action(table, a_person(f"Owner {n}"), f"Number {n}")
    assert cost() == with_one
