"""Who sees a theory of change, what of it, and who of those that agreed."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.theories import queries, rules, services
from coprod.theories.models import PartKind, Standing, TheoryState
from coprod.theories.rules import Telling
from coprod.theories.services import Claim, Linked
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_pilot
from tests.theories.conftest import a_theory, agreed

BETTER = [50.0, 52.0, 51.0, 49.0, 50.0, 51.0, 50.0, 52.0, 49.0, 50.0, 51.0, 50.0, *[80.0] * 8]


def asked_by(there, table, number, **fields):
    return a_recommendation(table, there.steering, number=number, title=f"Asked {number}", **fields)


def test_everybody_at_a_table_and_admins_see_it_and_nobody_else(there) -> None:
    theory = a_theory(there)
    for who in (there.robin, there.kim, there.alex, there.sam, there.ada):
        assert queries.one_seen_by(who, theory.id) is theory
        assert queries.part_seen_by(who, theory.parts[0].id) is theory.parts[0]
        assert queries.arrow_seen_by(who, theory.arrows[0].id) is theory.arrows[0]
        assert queries.programme_seen_by(who, there.programme.id) is there.programme
    for who in (there.out, there.pat):
        for find, key in (
            (queries.one_seen_by, theory.id),
            (queries.part_seen_by, theory.parts[0].id),
            (queries.arrow_seen_by, theory.arrows[0].id),
            (queries.programme_seen_by, there.programme.id),
        ):
            with pytest.raises(NoResultFound):
                find(who, key)


def test_nobody_is_shown_what_another_group_has_not_sent_nor_what_its_numbers_say_p1(there) -> None:
    theory = a_theory(there)
    draft = asked_by(there, there.fathers, 1, submitted_on=None)
    measure, trial = an_indicator(draft, "Secret", *BETTER), a_pilot(draft, owner=there.lou)
    part = theory.parts[2]
    linked = Linked({"recommendations": [draft], "indicators": [measure], "pilots": [trial]}, {measure.id})
    services.change_part(part, part.kind, part.words, linked, read=rules.mark_of(part), by=there.lou)
    assert queries.told_to(there.kim, theory).tellings[part.id] == Telling.BETTER
    assert queries.told_to(there.kim, theory).links(part.indicators) == [measure]
    hers = queries.told_to(there.robin, theory)
    assert hers.tellings[part.id] == Telling.UNMEASURED
    assert [hers.links(some) for some in (part.recommendations, part.pilots, part.indicators)] == [[], [], []]
    assert queries.links_for(there.sam, theory).keys == set()
    assert queries.links_for(there.lou, theory).keys == {draft.id, measure.id, trial.id}


def test_names_are_for_those_who_sit_together_and_only_where_they_say_so_p2(there) -> None:
    theory = a_theory(there)
    services.give_to_read(theory, by=there.sam)
    assert [queries.to_answer(who) for who in (there.robin, there.ada)] == [[theory], []]
    for who, named in ((there.robin, True), (there.jo, False), (there.kim, True)):
        services.say_yes(theory, named=named, by=who)
    found = {who.alias: queries.yeses_of(who, theory) for who in (there.sam, there.lou, there.ada)}
    assert {alias: list(one.names) for alias, one in found.items()} == {"Sam": ["Robin"], "Lou": ["Kim"], "Ada": []}
    assert {one.many for one in found.values()} == {3}
    own = queries.yeses_of(there.jo, theory).own
    assert own is not None
    assert not own.named
    assert queries.to_answer(there.robin) == []


def test_a_theory_costs_the_same_however_large_it_is(there, query_count) -> None:
    theory = a_theory(there)
    costs = []
    for number in (1, 2, 3):
        made = asked_by(there, there.mothers, number)
        measure, trial = an_indicator(made, f"Measure {number}", *BETTER), a_pilot(made, owner=there.sam)
        part = services.add_part(theory, PartKind.ACTIVITY, f"Part {number}", by=there.sam)
        linked = Linked({"recommendations": [made], "indicators": [measure], "pilots": [trial]})
        services.change_part(part, part.kind, part.words, linked, read=rules.mark_of(part), by=there.sam)
        claim = Claim(part, theory.parts[3], "So", "A study", Standing.HOLDS)
        services.add_arrow(theory, claim, Linked({"indicators": [measure], "pilots": [trial]}), by=there.sam)
        db.session.commit()
        sam, key = there.sam, theory.id
        assert sam.is_admin is False
        query_count.clear()
        found = queries.one_seen_by(sam, key)
        told = queries.told_to(there.sam, found)
        rules.picture_of(told)
        for one in found.arrows:
            assert one.start.words
            assert one.end.words
            told.links(one.pilots)
        rules.may_write(there.sam, found)
        costs.append(len(query_count))
    assert len(set(costs)) == 1


def test_a_recommendation_a_pilot_and_a_measure_say_where_they_are_named(there, query_count) -> None:
    theory = a_theory(there)
    asked = asked_by(there, there.mothers, 1)
    measure, trial = an_indicator(asked, "Measure", *BETTER), a_pilot(asked, owner=there.sam)
    part, arrow = theory.parts[2], theory.arrows[1]
    linked = Linked({"recommendations": [asked], "indicators": [measure], "pilots": [trial]})
    services.change_part(part, part.kind, part.words, linked, read=rules.mark_of(part), by=there.sam)
    claim = Claim(arrow.start, arrow.end, arrow.assumption)
    tests = Linked({"indicators": [measure], "pilots": [trial]})
    services.change_arrow(arrow, claim, tests, read=rules.mark_of(arrow), by=there.sam)
    db.session.flush()
    for thing, many in ((asked, 1), (measure, 2), (trial, 2)):
        query_count.clear()
        found = queries.naming(there.robin, thing.id)
        assert len(query_count) == 2
        said = [("Parents know who is with them", None), ("Reason 2", 2)]
        assert [(one.words, one.arrow) for one in found] == said[:many]
        assert {(one.theory_id, one.version) for one in found} == {(theory.id, 1)}
        assert queries.naming(there.out, thing.id) == []
    assert queries.naming(there.robin, theory.id) == []


def test_what_is_agreed_is_named_before_what_is_written_next(there) -> None:
    first = agreed(there)
    asked = asked_by(there, there.mothers, 1)
    second = services.start(there.programme, by=there.sam)
    part = second.parts[2]
    linked = Linked({"recommendations": [asked]})
    services.change_part(part, part.kind, part.words, linked, read=rules.mark_of(part), by=there.sam)
    assert queries.naming(there.robin, asked.id) == []
    services.say_what_changed(second, "It is asked for", by=there.sam)
    services.give_to_read(second, by=there.sam)
    services.agree(second, by=there.sam)
    assert [(one.version, one.part_id) for one in queries.naming(there.robin, asked.id)] == [(2, part.id)]
    assert first.state == TheoryState.SUPERSEDED
