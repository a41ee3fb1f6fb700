"""Orders are kept, areas are taken up and set aside, and groups are proposed to come together."""

from datetime import date

import pytest

from coprod.areas import queries, rules, services
from coprod.areas.models import Ordering, SetAside, Taken
from coprod.areas.rules import Standing
from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.gatherings import services as gatherings
from coprod.gatherings.models import GatheringKind, GatheringState
from coprod.workstreams.models import Kind, WorkstreamState
from tests import factories as make
from tests.areas.conftest import an_area

TODAY = date(2025, 11, 17)


def verbs() -> list[str]:
    return sorted(entry.verb for entry in db.session.scalars(db.select(Entry)))


def order(table) -> list[int]:
    return [area.priority.number for area in queries.areas_of(table.steering, TODAY)]


def standing(table) -> list[Standing]:
    return [area.standing for area in queries.areas_of(table.steering, TODAY)]


# --- The order.


def test_a_new_order_is_kept_beside_the_former(table) -> None:
    _, two, three = table.areas
    assert order(table) == [1, 2, 3]
    services.order(table.steering, {}, "As we counted them", by=table.alex)
    services.order(table.steering, {three.id: 1}, "The map is nearly there", by=table.alex)
    assert order(table) == [3, 1, 2]
    held = queries.orderings_of(table.steering)
    assert [(one.number, rules.numbers(one), one.why, one.on) for one in held] == [
        (2, "3, 1, 2", "The map is nearly there", TODAY),
        (1, "1, 2, 3", "As we counted them", TODAY),
    ]
    was = [area.was for area in queries.areas_of(table.steering, TODAY)]
    assert was == [3, 1, 2]
    assert verbs() == ["put the areas in order"] * 2
    an_area(table.programme, 4, "Money")
    assert order(table) == [3, 1, 2, 4]
    services.order(table.steering, {two.id: 3}, "Fathers stay", by=table.alex)
    assert [area.was for area in queries.areas_of(table.steering, TODAY)] == [None] * 4


@pytest.mark.parametrize(
    ("who", "place", "why"),
    [
        ("kim", 1, "Only the chair or a facilitator can do this."),
        ("ada", 1, "Only the chair or a facilitator can do this."),
        ("alex", 9, "Write a number from 1 to 3."),
        ("alex", 3, "Nothing has moved. Write a new number beside an area."),
    ],
)
def test_an_order_that_cannot_be_is_refused(table, who, place, why) -> None:
    services.order(table.steering, {}, "First", by=table.alex)
    with pytest.raises(Refused, match=why):
        services.order(table.steering, {table.areas[2].id: place}, "Why", by=getattr(table, who))
    assert len(db.session.scalars(db.select(Ordering)).all()) == 1


def test_an_order_given_meanwhile_is_not_undone_r4(table) -> None:
    for read in (0, 1):
        services.order(table.steering, {table.areas[2 - read].id: 1}, "Why", by=table.alex, read=read)
    with pytest.raises(Overtaken):
        services.order(table.steering, {table.areas[2].id: 1}, "Why", by=table.alex, read=1)
    assert len(db.session.scalars(db.select(Ordering)).all()) == 2


# --- Taking up.


def test_three_areas_become_one_workstream_among_the_next_to_start(table) -> None:
    words = {"purpose": "To know one face", "neutral_name": "Monday group"}
    stream = services.start_table(
        table.steering, table.areas[:2], "Relationships", "Twelve are too many", by=table.alex, **words
    )
    assert (stream.kind, stream.state, stream.purpose, stream.neutral_name, stream.programme) == (
        Kind.STREAM, WorkstreamState.PRIORITISED, "To know one face", "Monday group", table.programme,
    )  # fmt: skip
    assert standing(table) == [Standing.TAKEN, Standing.TAKEN, Standing.WAITS]
    assert verbs() == ["proposed", "taken up", "took areas up"]
    taken = queries.taken_of(table.areas[0])
    assert [(one.workstream, one.on, one.why) for one in taken] == [(stream, TODAY, "Twelve are too many")]


def test_a_group_that_is_there_takes_areas_up_once(table) -> None:
    services.take_up(table.steering, table.areas[:1], table.mothers, by=table.alex)
    taken = services.take_up(table.steering, table.areas[:2], table.mothers, "Beside it", by=table.alex)
    assert [one.priority for one in taken] == [table.areas[1]]
    assert table.mothers.state == WorkstreamState.ACTIVE
    with pytest.raises(Refused, match="Mothers works on this already"):
        services.take_up(table.steering, table.areas[:2], table.mothers, by=table.alex)
    services.take_up(table.steering, table.areas[:1], table.fathers, by=table.alex)
    assert len(queries.areas_of(table.steering, TODAY)[0].taken) == 2


def test_an_area_is_open_again_when_the_day_it_went_to_is_called_off(table) -> None:
    made = services.bring_about(proposed(table), "Everybody", "Monday group", by=table.sam)
    gatherings.call_off(made, by=table.sam)
    assert standing(table) == [Standing.WAITS, Standing.ENDED, Standing.ENDED]
    services.set_aside(table.steering, table.areas[1], "No day was found", by=table.alex)
    assert standing(table) == [Standing.WAITS, Standing.ASIDE, Standing.ENDED]


def test_taking_up_is_refused_to_others_and_for_others_things(table) -> None:
    other = make.a_programme("Another")
    theirs, stream = an_area(other, 1, "Theirs"), make.a_stream(other, "Elsewhere")
    for areas, group, who, why in (
        (table.areas, table.mothers, table.sam, "Only the chair"),
        ([theirs], table.mothers, table.alex, "another programme"),
        (table.areas, stream, table.alex, "Choose another group"),
        ([], table.mothers, table.alex, "Choose one area"),
    ):
        with pytest.raises(Refused, match=why):
            services.take_up(table.steering, areas, group, by=who)
    assert db.session.scalars(db.select(Taken)).all() == []


# --- Setting aside.


def test_what_is_set_aside_comes_back_on_its_day_or_when_it_is_taken_up(table) -> None:
    one, two, _ = table.areas
    services.set_aside(table.steering, one, "The court sets these days", date(2026, 5, 1), by=table.alex)
    services.set_aside(table.steering, two, "No money this year", by=table.alex)
    assert standing(table) == [Standing.ASIDE, Standing.ASIDE, Standing.WAITS]
    assert queries.areas_of(table.steering, date(2026, 5, 1))[0].standing == Standing.LOOK
    services.bring_back(table.steering, one, by=table.alex)
    services.take_up(table.steering, [two], table.mothers, by=table.alex)
    assert standing(table) == [Standing.WAITS, Standing.TAKEN, Standing.WAITS]
    once = {(aside.priority, aside.ended_on, aside.why) for aside in queries.ever_set_aside(table.steering)}
    assert once == {(one, TODAY, "The court sets these days"), (two, TODAY, "No money this year")}
    assert verbs() == ["brought an area back", "set an area aside", "set an area aside", "took areas up"]


def test_setting_aside_is_refused_with_its_reason(table) -> None:
    one = table.areas[0]
    with pytest.raises(Refused, match="It is not set aside"):
        services.bring_back(table.steering, one, by=table.alex)
    with pytest.raises(Refused, match="still to come"):
        services.set_aside(table.steering, one, "Later", TODAY, by=table.alex)
    with pytest.raises(Refused, match="Only the chair"):
        services.set_aside(table.steering, one, "Later", by=table.kim)
    services.set_aside(table.steering, one, "Later", by=table.alex)
    with pytest.raises(Refused, match="set aside already"):
        services.set_aside(table.steering, one, "Later", by=table.alex)
    assert len(db.session.scalars(db.select(SetAside)).all()) == 1


# --- Groups that are to come together.


def proposed(table, kind=GatheringKind.DEVELOPMENT_DAY):
    groups = [table.mothers, table.fathers]
    return services.propose(table.steering, table.areas[1:], groups, kind, "They ask for the same", by=table.alex)


def test_a_proposal_asks_nobody_until_who_runs_the_groups_brings_it_about(table) -> None:
    wanted = proposed(table)
    assert standing(table) == [Standing.WAITS, Standing.PROPOSED, Standing.PROPOSED]
    for who in (table.alex, table.kim, table.lou):
        with pytest.raises(Refused, match="Only who runs every one"):
            services.bring_about(wanted, "Everybody", "Monday group", by=who)
    made = services.bring_about(wanted, "Everybody", "Monday group", by=table.sam)
    assert (made.kind, made.state) == (GatheringKind.DEVELOPMENT_DAY, GatheringState.WAITING)
    assert {origin.workstream for origin in made.origins} == {table.mothers, table.fathers}
    assert standing(table) == [Standing.WAITS, Standing.TAKEN, Standing.TAKEN]
    assert [one.workstream for one in queries.taken_of(table.areas[1])] == [made.workstream]
    with pytest.raises(Refused, match="brought about already"):
        services.bring_about(wanted, "Once more", "Monday group", by=table.sam)
    with pytest.raises(Refused, match="brought about already"):
        services.let_go(wanted, by=table.alex)


def test_a_proposal_is_let_go_by_who_leads(table) -> None:
    wanted = proposed(table)
    with pytest.raises(Refused, match="Only the chair"):
        services.let_go(wanted, by=table.sam)
    services.let_go(wanted, by=table.alex)
    assert standing(table) == [Standing.WAITS] * 3
    assert verbs() == ["let a proposal go", "proposed that groups come together"]
    with pytest.raises(Refused, match="let go"):
        services.bring_about(wanted, "Everybody", "Monday group", by=table.sam)


def test_one_group_alone_is_not_proposed(table) -> None:
    with pytest.raises(Refused, match="two groups"):
        services.propose(table.steering, table.areas, [table.mothers], GatheringKind.MERGED, "Why", by=table.alex)
