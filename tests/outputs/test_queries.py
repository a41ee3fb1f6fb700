"""Who finds what a group makes, its file too, and what finding it costs."""

from datetime import date

from sqlalchemy.exc import NoResultFound

from coprod.files import queries as files
from coprod.files.models import FileKind
from coprod.files.services import Taken
from coprod.outputs import queries, services
from coprod.outputs.models import OutputKind
from tests import factories as make
from tests.outputs.conftest import launched

TODAY = date(2025, 11, 17)


def finds(find, *asked) -> bool:
    try:
        return bool(find(*asked))
    except NoResultFound:
        return False


def test_the_group_sees_all_of_it_and_the_steering_group_what_is_out_p1(table) -> None:
    taken = Taken("map.txt", FileKind.TEXT, b"A map")
    version = services.add_version(table.map, "A sketch", by=table.sam, file=taken)
    use = services.begin_use(table.map, "At the desk", TODAY, by=table.sam)
    other = make.a_steering_group(make.a_programme("Another"), chair=make.a_professional("Max"), name="Theirs")
    people = (table.sam, table.robin, table.alex, table.kim, table.cyd, other.memberships[0].person)

    def seen() -> list[bool]:
        found = [
            [
                finds(queries.one_seen_by, one, table.map.id),
                finds(queries.version_seen_by, one, version.id),
                finds(queries.use_seen_by, one, use.id),
                finds(files.one_seen_by, one, version.file_id, TODAY),
            ]
            for one in people
        ]
        assert all(len(set(each)) == 1 for each in found)
        return [each[0] for each in found]

    assert seen() == [True, True, False, False, False, False]
    services.launch(table.map, TODAY, by=table.sam, because="It is small")
    assert seen() == [True, True, True, True, False, False]
    services.move(table.map, "worked on again", by=table.sam)
    assert seen() == [True, True, True, True, False, False], "what went out once is out"


def test_the_steering_group_sees_what_is_made_of_what_was_sent_to_it(table) -> None:
    for asked, sees in ((table.unsent, False), (table.recommendation, True)):
        table.map.recommendation = asked
        assert finds(queries.one_seen_by, table.kim, table.map.id) is sees


def test_lists_are_of_one_group_or_of_all_that_are_out(table) -> None:
    film = services.begin(table.stream, "A film", OutputKind.FILM, by=table.sam)
    elsewhere = make.a_stream(table.programme, "Elsewhere", facilitator=table.sam)
    services.begin(elsewhere, "A leaflet", OutputKind.GUIDE, by=table.sam)
    launched(table)
    assert queries.of_table(table.robin, table.stream) == [film, table.map]
    assert queries.of_table(table.kim, table.steering) == [table.map]
    assert queries.used_by_groups_of(table.robin) == [table.map]
    assert queries.used_by_groups_of(table.kim) == []


def test_a_name_is_taken_once_in_a_group(table) -> None:
    assert queries.is_taken(table.stream, "Map of help")
    assert not queries.is_taken(table.stream, "Map of help", but=table.map)
    assert not queries.is_taken(table.steering, "Map of help")
    assert queries.asked_for_by(table.stream) == [table.recommendation, table.unsent]
