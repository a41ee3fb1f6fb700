"""Versions, trials, launches and uses are kept, and refused with their reasons."""

from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.files.models import FileKind, StoredFile
from coprod.files.services import Taken
from coprod.outputs import services
from coprod.outputs.models import OutputKind, OutputState, OutputVersion, Trial, Use
from tests import factories as make
from tests.outcomes.builders import a_recommendation
from tests.outputs.conftest import launched, tried

TODAY, TOMORROW = date(2025, 11, 17), date(2025, 11, 18)


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.scalars(db.select(Entry).order_by(Entry.at, Entry.id))]


def count(model) -> int:
    return db.session.query(model).count()


def test_a_map_is_developed_tested_refined_and_launched(table) -> None:
    first = services.add_version(table.map, "The first sketch", by=table.sam)
    assert (first.number, first.on, table.map.state) == (1, TODAY, OutputState.IN_DEVELOPMENT)
    services.add_trial(first, "Five parents and two midwives", "Too small", by=table.sam)
    assert table.map.state == OutputState.IN_TEST
    second = services.add_version(table.map, "Larger print", by=table.sam, address="https://example.org/map")
    assert (second.number, table.map.state) == (2, OutputState.IN_REFINEMENT)
    services.plan_launch(table.map, TOMORROW, by=table.sam)
    services.launch(table.map, TODAY, by=table.sam, because="Not needed")
    (launch,) = table.map.launches
    assert (table.map.state, table.map.launch_planned) == (OutputState.LAUNCHED, None)
    assert (launch.on, launch.planned, launch.because) == (TODAY, TOMORROW, "")
    services.begin_use(table.map, "At the booking visit", TODAY, by=table.sam)
    made = ["begun", "given a new version", "tried", "put to the test", "given a new version", "refined"]
    assert sorted(verbs()) == sorted([*made, "launch planned", "launched", "taken into use"])


def test_what_goes_out_untried_says_why(table) -> None:
    services.add_version(table.map, "The film itself", by=table.sam)
    with pytest.raises(Refused, match="Nobody has tried it yet"):
        services.launch(table.map, TODAY, by=table.sam)
    services.launch(table.map, TODAY, by=table.sam, because="It is the parents’ own film")
    assert [launch.because for launch in table.map.launches] == ["It is the parents’ own film"]


def test_a_second_launch_leaves_the_first_to_be_read(table) -> None:
    first = services.add_version(table.map, "The film itself", by=table.sam, on=date(2025, 11, 3))
    services.launch(table.map, date(2025, 11, 12), by=table.sam, because="It is the parents’ own film")
    services.move(table.map, "worked on again", by=table.sam)
    services.add_trial(first, "Five parents", "Too long", by=table.sam, on=date(2025, 11, 13))
    with pytest.raises(Refused, match="went out later than that"):
        services.launch(table.map, date(2025, 11, 11), by=table.sam)
    services.launch(table.map, TODAY, by=table.sam)
    db.session.expire_all()
    assert [(launch.number, launch.on, launch.because) for launch in table.map.launches] == [
        (1, date(2025, 11, 12), "It is the parents’ own film"),
        (2, TODAY, ""),
    ]


def test_what_is_retired_is_used_nowhere_and_can_be_worked_on_again(table) -> None:
    launched(table)
    ended = services.begin_use(table.map, "On the ward", date(2025, 11, 12), by=table.sam)
    services.end_use(ended, date(2025, 11, 14), by=table.sam)
    services.move(table.map, "retired", by=table.sam)
    assert sorted(use.until for use in table.map.uses) == [date(2025, 11, 14), TODAY]
    with pytest.raises(Refused, match="no longer used"):
        services.add_version(table.map, "Another", by=table.sam)
    services.move(table.map, "worked on again", by=table.sam)
    assert table.map.state == OutputState.IN_REFINEMENT


def test_a_file_is_kept_with_its_version(table) -> None:
    taken = Taken("map.txt", FileKind.TEXT, b"A map")
    version = services.add_version(table.map, "A sketch", by=table.sam, file=taken)
    assert (version.file.name, version.file.workstream) == ("map.txt", table.stream)
    assert count(StoredFile) == 1


def test_it_is_changed_and_tied_to_a_recommendation_of_its_group(table) -> None:
    services.change(table.map, "The map", OutputKind.GUIDE, "For all", table.recommendation, by=table.sam)
    assert (table.map.name, table.map.kind, table.map.recommendation) == (
        "The map",
        OutputKind.GUIDE,
        table.recommendation,
    )
    elsewhere = a_recommendation(make.a_stream(table.programme, "Elsewhere"), table.steering, number=3)
    with pytest.raises(Refused, match="another group"):
        services.begin(table.stream, "A film", OutputKind.FILM, by=table.sam, recommendation=elsewhere)


def test_of_two_who_change_it_at_once_nobody_loses_a_word_r4(table) -> None:
    said = {"kind": OutputKind.MAP, "what_for": "", "recommendation": None}
    services.change(table.map, "The first", by=table.sam, read="0", **said)
    with pytest.raises(Overtaken):
        services.change(table.map, "The second", by=table.sam, read="0", **said)
    services.change(table.map, "The first", by=table.sam, read="0", **said)
    services.change(table.map, "The second", by=table.sam, read="1", **said)
    assert (table.map.name, table.map.edits) == ("The second", 2)
    assert verbs().count("changed") == 2


def test_a_name_is_given_once_in_a_group_whoever_looked_before(table) -> None:
    with pytest.raises(services.NameTaken):
        services.begin(table.stream, "Map of help", OutputKind.FILM, by=table.sam)
    film = services.begin(table.stream, "A film", OutputKind.FILM, by=table.sam)
    with pytest.raises(services.NameTaken):
        services.change(film, "Map of help", OutputKind.FILM, "", None, by=table.sam)


def test_what_may_not_be_is_refused_and_leaves_nothing(table) -> None:
    tried(table)
    version, before = table.map.versions[0], (count(OutputVersion), count(Trial), count(Use))
    early = date(2025, 11, 2)
    for deed, why in (
        (lambda: services.begin(table.stream, "A film", OutputKind.FILM, by=table.robin), "Only a facilitator"),
        (lambda: services.add_version(table.map, "New", by=table.robin), "Only a facilitator"),
        (lambda: services.add_version(table.map, "New", by=table.sam, on=TOMORROW), "still to come"),
        (lambda: services.add_version(table.map, "New", by=table.sam, address="http://x.org"), "https://"),
        (lambda: services.add_trial(version, "One", "Good", by=table.sam, on=early), "not there yet"),
        (lambda: services.plan_launch(table.map, early, by=table.sam), "day to come"),
        (lambda: services.launch(table.map, TOMORROW, by=table.sam), "still to come"),
        (lambda: services.launch(table.map, early, by=table.sam), "no version yet"),
        (lambda: services.move(table.map, "launched", by=table.sam), "on which day"),
        (lambda: services.begin_use(table.map, "Here", TOMORROW, by=table.sam), "still to come"),
        (lambda: services.move(table.map, "retired", by=table.sam), "cannot be retired"),
    ):
        with pytest.raises(Refused, match=why):
            deed()
    assert (count(OutputVersion), count(Trial), count(Use)) == before


def test_a_use_ends_once(table) -> None:
    launched(table)
    use = table.map.uses[0]
    for by, until, why in ((table.robin, TODAY, "Only a facilitator"), (table.sam, date(2025, 11, 1), "began later")):
        with pytest.raises(Refused, match=why):
            services.end_use(use, until, by=by)
    services.end_use(use, TODAY, by=table.sam)
    with pytest.raises(Refused, match="ended already"):
        services.end_use(use, TODAY, by=table.sam)
