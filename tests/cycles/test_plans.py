"""What a plan starts from, what is kept of it, and what is done before week 1 and after the last week."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask.testing import FlaskClient

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.cycles import queries, services
from coprod.cycles.models import Cycle, CycleState, Part, PlanStep, Purpose, Session, SessionState
from coprod.cycles.rules import schedule, steps, weeks
from coprod.library import services as library
from coprod.library.models import Stage, Template, TemplateKind
from coprod.library.rules import house, templates
from tests.cycles.build import ROLES, a_cycle, a_table, people
from tests.cycles.conftest import START, Table
from tests.factories import a_stream

Visitor = Callable[..., FlaskClient]
PLAN = {"starts_on": "2026-04-14", "starts_at": "18:00", "minutes": "115", "place": "Sea Room", "school": "no"}


def _text(answer: object) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.text)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", plain.replace("&#39;", "’"))


def _titles(cycle: Cycle, stage: Stage) -> list[str]:
    return [step.title for step in steps.steps_of(cycle, stage)]


@pytest.fixture
def short(table: Table) -> Template:
    """Sam's own plan of three weeks, one of which starts from an evening of her own."""
    evening = library.start(TemplateKind.SESSION, "One long talk", by=table.sam)
    library.change_part(evening, evening.items[3], by=table.sam, title="A long talk", papers="Cards")
    kept = library.start(TemplateKind.CYCLE, "Three weeks", by=table.sam)
    while len(kept.weeks) > 3:
        library.remove_part(kept, kept.weeks[-1], by=table.sam)
    library.change_part(kept, kept.weeks[1], by=table.sam, phase=3, outline=evening)
    return kept


@pytest.fixture
def sam(as_: Visitor, table: Table) -> FlaskClient:
    return as_(table.sam)


# --- From a template.


def test_the_house_plan_has_its_steps_before_and_after(cycle: Cycle) -> None:
    """Domain section 7."""
    assert _titles(cycle, Stage.BEFORE) == [
        "A walk to get to know each other",
        "A gym class together",
        "A picnic together",
        "Agree how we work together",
    ]
    assert _titles(cycle, Stage.AFTER) == [
        "Take it to the steering group",
        "Tell the group what came back",
        "Follow the pilots",
    ]
    assert {(step.on, step.place, step.done_on) for step in cycle.steps} == {(None, "", None)}


def test_a_plan_follows_its_template_in_number_phase_and_evening(table: Table, short: Template) -> None:
    cycle = services.plan(table.stream, START, time(18), by=table.sam, outline=short)
    assert [(session.number, session.phase.name) for session in cycle.sessions] == [
        (1, "Understand"),
        (2, "Decide"),
        (3, "Understand"),
    ]
    assert (cycle.sessions[1].items[3].title, cycle.sessions[1].items[3].papers) == ("A long talk", "Cards")
    assert cycle.sessions[0].items[3].title == "What happens here now"
    assert cycle.sessions[2].items[5].title == "Who speaks for us"
    assert _titles(cycle, Stage.BEFORE) == list(house.BEFORE)


def test_no_page_says_ten_where_the_weeks_are_three(sam: FlaskClient, table: Table, short: Template) -> None:
    typed = PLAN | {"starts_on": START.isoformat(), "from": str(short.id)}
    accepted = sam.post(f"/workstreams/{table.stream.id}/cycles/new", data=typed)
    session = db.session.query(Session).filter_by(number=1).one()
    dates = f"/workstreams/{table.stream.id}/cycles/dates"
    for address in ("/", f"/workstreams/{table.stream.id}", accepted.location, f"/sessions/{session.id}", dates):
        page = _text(sam.get(address, query_string=typed if address == dates else None))
        assert re.findall(r"(?i)[^.]*\bten\b[^.]*", page) == []
    assert "Check the three dates" in page


def test_an_evening_that_is_shared_no_more_is_not_taken(table: Table, short: Template) -> None:
    library.share(short, by=table.sam)
    library.stop_sharing(short, by=table.sam)
    assert templates.outline_for(short.weeks[1], table.stranger) is None
    assert templates.outline_for(short.weeks[1], table.sam) is short.weeks[1].outline


def test_planner_offers_templates_and_plans_and_follows_the_choice(
    sam: FlaskClient, table: Table, cycle: Cycle, short: Template
) -> None:
    address = f"/workstreams/{table.stream.id}/cycles"
    page = _text(sam.get(f"{address}/new"))
    assert "The ten weeks (10 sessions) Three weeks (3 sessions)" in page
    assert "Practice models, cycle 1" in page
    seen = _text(sam.get(f"{address}/dates", query_string=PLAN | {"from": str(short.id)}))
    assert "Check the three dates" in seen
    assert "From: Three weeks" in seen
    assert "Tuesday 28 April 2026" in seen
    sam.post(f"{address}/new", data=PLAN | {"from": str(short.id)})
    made = queries.cycles_of(table.stream)[-1]
    assert len(made.sessions) == 3
    page = _text(sam.get(f"/cycles/{made.id}"))
    assert "Three weeks" in page
    assert "Before week 1" in page


def test_shifting_all_by_a_week_is_a_link(sam: FlaskClient, table: Table) -> None:
    page = sam.get(f"/workstreams/{table.stream.id}/cycles/dates", query_string=PLAN).text
    assert "Shift all by a week" in page
    assert "starts_on=2026-04-21" in page


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_what_nobody_offers_is_asked_again(sam: FlaskClient, table: Table, chosen: str) -> None:
    address = f"/workstreams/{table.stream.id}/cycles"
    assert sam.get(f"{address}/new?from={chosen}").status_code == 200
    for answer in (
        sam.get(f"{address}/dates", query_string=PLAN | {"from": chosen}),
        sam.post(f"{address}/new", data=PLAN | {"from": chosen}),
    ):
        assert (answer.status_code, "Choose one of these." in answer.text) == (422, True)


# --- From an earlier plan.


@pytest.fixture
def worked(table: Table, cycle: Cycle) -> Cycle:
    """A plan that was worked at: an evening changed, a name in it, a step dated, an item dropped."""
    first = cycle.sessions[0]
    services.change_item(first.items[3], by=table.sam, title="Our map", lead="Robin", papers="The map", is_hard=True)
    services.add_item(first, by=table.sam, part=Part.WORK, title="Not this time", minutes=5, purpose=Purpose.SHARE)
    walk = {"title": "A walk by the sea", "on": date(2025, 11, 29), "place": "North Pier"}
    services.change_step(steps.steps_of(cycle, Stage.BEFORE)[0], by=table.sam, **walk)
    return cycle


def test_copying_takes_agendas_and_steps_and_nobodys_data(
    as_: Visitor, sam: FlaskClient, table: Table, worked: Cycle
) -> None:
    """Dates anew, agendas and steps copied, never people's data."""
    other = a_stream(table.stream.programme, "Recurrent care", facilitator=table.sam)
    page = sam.get(f"/workstreams/{other.id}/cycles/new?from={worked.id}").text
    assert f'selected value="{worked.id}"' in page
    assert 'value="Sea Room. Side door."' in page
    sam.post(f"/workstreams/{other.id}/cycles/new", data=PLAN | {"from": str(worked.id)})
    (made,) = queries.cycles_of(other)
    item = made.sessions[0].items[3]
    assert (item.title, item.papers, item.is_hard, item.lead, item.raised_by) == ("Our map", "The map", True, "", None)
    assert made.sessions[0].on == date(2026, 4, 14)
    walk = steps.steps_of(made, Stage.BEFORE)[0]
    assert (walk.on, walk.place, walk.done_on) == (None, "", None)
    assert "A walk by the sea" in {step.title for step in made.steps}
    assert {session.state for session in made.sessions} == {SessionState.DRAFT}


def test_a_plan_of_somebody_elses_group_is_not_there_to_copy(as_: Visitor, table: Table, worked: Cycle) -> None:
    other = a_stream(table.stream.programme, "Elsewhere", facilitator=table.stranger)
    visitor = as_(table.stranger)
    page = visitor.get(f"/workstreams/{other.id}/cycles/new?from={worked.id}").text
    assert "cycle 1" not in page
    assert "Sea Room" not in page
    answer = visitor.post(f"/workstreams/{other.id}/cycles/new", data=PLAN | {"from": str(worked.id)})
    assert answer.status_code == 422


def test_a_plan_is_kept_as_a_template_with_what_differs_from_the_house(
    sam: FlaskClient, table: Table, worked: Cycle
) -> None:
    address = f"/cycles/{worked.id}/keep"
    assert 'value="Practice models, cycle 1"' in sam.get(address).text
    assert sam.post(address, data={"name": ""}).status_code == 422
    answer = sam.post(address, data={"name": "Our way", "note": "With a map"})
    page = _text(sam.get(answer.location))
    assert "Our way, week 1" in page
    assert page.count("The house’s evening") == 9
    assert "A walk by the sea" in page
    kept = db.session.query(Template).filter_by(kind=TemplateKind.SESSION).one()
    assert [item.title for item in kept.items][3] == "Our map"
    assert "Robin" not in str([vars(item) for item in kept.items])


def test_evenings_that_are_the_same_are_kept_once(table: Table) -> None:
    evening = library.start(TemplateKind.SESSION, "One long talk", by=table.sam)
    library.change_part(evening, evening.items[3], by=table.sam, title="A long talk")
    outline = library.start(TemplateKind.CYCLE, "Again and again", by=table.sam)
    for week in outline.weeks:
        week.outline = evening
    cycle = services.plan(table.stream, START, time(18), by=table.sam, outline=outline)
    kept = services.keep_plan(cycle, "Kept", by=table.sam)
    (mine,) = {week.outline for week in kept.weeks}
    assert mine is not None
    assert mine.name == "Kept, week 1"


def test_an_evening_is_kept_as_a_template(sam: FlaskClient, table: Table, worked: Cycle) -> None:
    first = worked.sessions[0]
    address = f"/sessions/{first.id}/keep"
    assert 'value="Session 1"' in sam.get(address).text
    assert sam.post(address, data={"name": " "}).status_code == 422
    page = _text(sam.get(sam.post(address, data={"name": "With a map"}).location))
    assert "Our map" in page
    assert "120 minutes" in page


@pytest.mark.parametrize("who", ["robin", "ada"])
def test_only_facilitators_keep_templates(as_: Visitor, table: Table, published: Session, who: str) -> None:
    visitor = as_(getattr(table, who))
    for address in (f"/cycles/{published.cycle_id}/keep", f"/sessions/{published.id}/keep"):
        assert visitor.get(address).status_code == 403
        assert visitor.post(address, data={"name": "Mine"}).status_code == 403
    with pytest.raises(Refused):
        services.keep_plan(published.cycle, "Mine", by=getattr(table, who))
    with pytest.raises(Refused):
        services.keep_evening(published, "Mine", by=getattr(table, who))


# --- The cycle's page.


def test_a_cycle_is_not_closed_by_a_button_of_its_own(sam: FlaskClient, table: Table, held: Session) -> None:
    for session in held.cycle.sessions[1:]:
        services.cancel(session, by=table.sam)
    services.move(held.cycle, "brought to its report", by=table.sam)
    assert "Close this cycle" not in sam.get(f"/cycles/{held.cycle_id}").text
    answer = sam.post(f"/cycles/{held.cycle_id}/moves", data={"name": "closed"})
    assert (answer.status_code, "closed at its last gate" in answer.text) == (403, True)


def test_weeks_are_called_by_their_number() -> None:
    assert [weeks.called(count) for count in (1, 10, 20, 21)] == ["One week", "Ten weeks", "Twenty weeks", "21 weeks"]
    placed = schedule.place(date(2025, 1, 7), [], skip_school=False, count=1)
    assert (placed.longest_gap, placed.weeks) == (0, 1)
    assert schedule.is_whole(schedule.Schedule((), ()), 12).reason.startswith("Twelve sessions do not fit")


# --- Before week 1, and after the last week.


@pytest.mark.parametrize("state", CycleState)
def test_steps_are_kept_by_facilitators_until_the_cycle_is_closed(state: CycleState) -> None:
    folk = people(*ROLES)
    cycle = a_cycle(a_table(folk), state=state)
    may = {who for who, person in folk.items() if steps.may_keep(person, cycle)}
    assert may == (set() if state == CycleState.CLOSED else {"facilitator"})


def test_steps_stand_on_their_side_of_the_weeks() -> None:
    cycle = a_cycle()
    first, last = cycle.sessions[0].on, cycle.sessions[-1].on
    assert steps.fits(cycle, Stage.BEFORE, first)
    assert steps.fits(cycle, Stage.AFTER, last)
    assert steps.fits(cycle, Stage.AFTER, None)
    assert "Week 1 is on Tuesday 14 October" in steps.fits(cycle, Stage.BEFORE, first + timedelta(1)).reason
    assert "The last session is on" in steps.fits(cycle, Stage.AFTER, last - timedelta(1)).reason
    for called_off in (cycle.sessions[0], cycle.sessions[-1]):
        called_off.__dict__["state"] = SessionState.CANCELLED
    assert steps.fits(cycle, Stage.BEFORE, first + timedelta(1))
    assert steps.fits(cycle, Stage.AFTER, last - timedelta(1))
    for session in cycle.sessions:
        session.__dict__["state"] = SessionState.CANCELLED
    assert steps.fits(cycle, Stage.BEFORE, last)


def test_steps_are_added_changed_ticked_moved_and_taken_out(sam: FlaskClient, table: Table, cycle: Cycle) -> None:
    address = f"/cycles/{cycle.id}/steps"
    assert "A picnic together" in _text(sam.get(address))
    sam.post(address, data={"stage": "before", "title": "Tea", "on": "15 November 2025", "place": "The café"})
    tea = db.session.query(PlanStep).filter_by(title="Tea").one()
    assert (tea.position, tea.on, tea.place) == (5, date(2025, 11, 15), "The café")
    assert 'value="15 November 2025"' in sam.get(f"/plan-steps/{tea.id}").text
    sam.post(f"/plan-steps/{tea.id}", data={"title": "Tea and cake", "on": "", "place": ""})
    assert (tea.title, tea.on, tea.place) == ("Tea and cake", None, "")
    sam.post(f"/plan-steps/{tea.id}/done")
    assert tea.done_on is not None
    assert "Not done yet" in sam.get(address).text
    sam.post(f"/plan-steps/{tea.id}/not-done")
    assert tea.done_on is None
    sam.post(f"/plan-steps/{tea.id}/place", data={"position": "1"})
    assert _titles(cycle, Stage.BEFORE)[0] == "Tea and cake"
    assert "Press up or down." in sam.post(f"/plan-steps/{tea.id}/place", data={}, follow_redirects=True).text
    sam.post(f"/plan-steps/{tea.id}/remove")
    assert _titles(cycle, Stage.BEFORE) == list(house.BEFORE)
    assert [step.position for step in steps.steps_of(cycle, Stage.BEFORE)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"stage": "before", "title": ""}, "Say what is done in a few words."),
        ({"stage": "", "title": "Tea"}, "Choose one of the two."),
        ({"stage": "before", "title": "Tea", "on": "3 December 2025"}, "Week 1 is on Tuesday 2 December."),
        ({"stage": "after", "title": "Tea", "on": "3 December 2025"}, "Choose a day after it."),
        ({"stage": "after", "title": "Tea", "on": "soon"}, "Write the day like this"),
    ],
)
def test_steps_ask_again(sam: FlaskClient, cycle: Cycle, typed: dict[str, str], words: str) -> None:
    answer = sam.post(f"/cycles/{cycle.id}/steps", data=typed)
    assert (answer.status_code, words in _text(answer)) == (422, True)
    if typed["stage"]:
        step = steps.steps_of(cycle, Stage(typed["stage"]))[0]
        answer = sam.post(f"/plan-steps/{step.id}", data=typed)
        assert (answer.status_code, words in _text(answer)) == (422, True)


def test_a_step_is_ticked_from_its_day_on(table: Table, cycle: Cycle, clock: Callable[..., None]) -> None:
    step = cycle.steps[0]
    services.change_step(step, title="A walk", on=date(2025, 11, 29), place="", by=table.sam)
    with pytest.raises(Refused, match="It is on Saturday 29 November"):
        services.do_step(step, by=table.sam)
    clock(2025, 11, 29, 15, 0)
    services.do_step(step, by=table.sam)
    assert step.done_on == date(2025, 11, 29)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.undo_step(step, by=table.ada)


def test_there_is_room_for_twelve_steps(table: Table, cycle: Cycle) -> None:
    for number in range(8):
        services.add_step(cycle, Stage.BEFORE, f"Tea {number}", by=table.sam)
        db.session.expire(cycle, ["steps"])
    with pytest.raises(Refused, match="12 steps at most"):
        services.add_step(cycle, Stage.BEFORE, "Too much", by=table.sam)


def test_members_read_what_has_a_day_before_week_1(as_: Visitor, table: Table, cycle: Cycle) -> None:
    walk = {"title": "A walk in the park", "on": date(2025, 11, 29), "place": ""}
    services.change_step(steps.steps_of(cycle, Stage.BEFORE)[0], by=table.sam, **walk)
    page = _text(as_(table.robin).get(f"/cycles/{cycle.id}"))
    assert "A walk in the park Saturday 29 November" in page
    for hidden in ("picnic", "steering", "pilots"):
        assert hidden not in page
    seen = as_(table.ada).get(f"/cycles/{cycle.id}")
    assert "A picnic together" in seen.text
    assert "/plan-steps/" not in seen.text


def test_nobody_else_changes_steps(as_: Visitor, table: Table, cycle: Cycle) -> None:
    step = cycle.steps[0]
    for person, status in ((table.robin, 403), (table.ada, 403), (table.stranger, 404)):
        visitor = as_(person)
        assert visitor.get(f"/cycles/{cycle.id}/steps").status_code == status
        assert visitor.post(f"/cycles/{cycle.id}/steps").status_code == status
        assert visitor.get(f"/plan-steps/{step.id}").status_code == 404
        for verb in ("", "/done", "/not-done", "/place", "/remove"):
            assert visitor.post(f"/plan-steps/{step.id}{verb}").status_code == 404


@pytest.mark.parametrize("page", ["new", "dates", "steps"])
def test_pages_cost_the_same_with_few_and_with_many(
    sam: FlaskClient, table: Table, cycle: Cycle, query_count: list[str], page: str
) -> None:
    address = f"/workstreams/{table.stream.id}/cycles/{page}" if page != "steps" else f"/cycles/{cycle.id}/steps"

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert sam.get(address, query_string=PLAN | {"from": str(house.TEN_WEEKS)}).status_code == 200
        return len(query_count)

    evening = library.start(TemplateKind.SESSION, "Mine", by=table.sam)
    kept = library.start(TemplateKind.CYCLE, "Mine", by=table.sam)
    library.add_week(kept, 1, evening, by=table.sam)
    cost()
    with_one = cost()
    for number in range(2):
        services.plan(table.stream, date(2026, 4 + number, 14), time(18), by=table.sam)
        more = library.start(TemplateKind.CYCLE, f"Mine {number}", by=table.sam)
        library.add_week(more, 1, library.start(TemplateKind.SESSION, "And", by=table.sam), by=table.sam)
        services.add_step(cycle, Stage.AFTER, "More", by=table.sam)
    assert cost() == with_one
