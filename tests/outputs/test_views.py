"""The pages about what groups make."""

import io
from functools import partial

import pytest

from coprod.core.db import db
from coprod.outputs import services
from coprod.outputs.models import Output, OutputKind, OutputState, OutputVersion, Use
from tests.outputs.conftest import launched, tried
from tests.together import at_once


def at(table, end="") -> str:
    return f"/outputs/{table.map.id}{end}"


def flat(answer) -> str:
    return " ".join(answer.text.split())


def test_a_parent_reads_what_her_group_makes_and_who_tried_it(as_, table) -> None:
    launched(table)
    table.map.recommendation = table.unsent
    robin, kim = as_(table.robin), as_(table.kim)
    listed = flat(robin.get(f"/workstreams/{table.stream.id}/outputs"))
    for words in ("Map of help", "A map. Used at the booking visit.", "A film", "On the public record"):
        assert words in listed
    assert "Add something" not in listed
    page = flat(robin.get(at(table)))
    for words in ("Five parents tried it, 10 November 2025.", "Since 13 November 2025", "12 November 2025.", "A draft"):
        assert words in page
    for words in ("Add a version", "Launch it", "It ended"):
        assert words not in page
    assert "A draft nobody sent" not in flat(kim.get(at(table))), "P1: what was not sent is its own group's"
    assert "Mapping" in flat(as_(table.alex).get(f"/workstreams/{table.steering.id}/outputs"))
    assert as_(table.cyd).get(at(table)).status_code == 404


def test_a_group_that_makes_nothing_yet_is_told_what_comes_here(as_, table) -> None:
    db.session.delete(table.map)
    assert "Nothing stands here yet" in as_(table.sam).get(f"/workstreams/{table.stream.id}/outputs").text
    assert "Nothing stands here yet" in as_(table.kim).get(f"/workstreams/{table.steering.id}/outputs").text


def test_something_is_added_and_changed(as_, table) -> None:
    client, address = as_(table.sam), f"/workstreams/{table.stream.id}/outputs/new"
    assert "A draft nobody sent" in client.get(address).text
    sent = {
        "name": "A film",
        "kind": "film",
        "what_for": "Our own words",
        "recommendation": str(table.recommendation.id),
    }
    for wrong, words in (
        ({"name": ""}, "Give it a name."),
        ({"name": "Map of help"}, "The group makes something of this name already."),
        ({"kind": ""}, "Choose one of these."),
        ({"what_for": "AB12C34567"}, "This looks like a court number."),
    ):
        answer = client.post(address, data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert "There is no version yet." in client.post(address, data=sent, follow_redirects=True).text
    film = db.session.scalars(db.select(Output).where(Output.name == "A film")).one()
    assert (film.kind, film.recommendation) == (OutputKind.FILM, table.recommendation)
    assert "Our own words" in client.get(f"/outputs/{film.id}/edit").text
    for name, words in (("Map of help", "already"), ("", "Give it a name.")):
        answer = client.post(f"/outputs/{film.id}/edit", data=sent | {"name": name, "read": "0"})
        assert (answer.status_code, words in answer.text) == (422, True)
    page = client.post(
        f"/outputs/{film.id}/edit", data=sent | {"name": "Our film", "read": "0"}, follow_redirects=True
    ).text
    assert "It is changed." in page
    assert film.name == "Our film"


def test_who_saves_later_sees_both_r4(as_, table) -> None:
    sam = as_(table.sam)
    read = {"read": "0", "name": "Map of help", "kind": "map", "what_for": "Mine", "recommendation": ""}
    asked = {"recommendation": str(table.recommendation.id)}
    sam.post(at(table, "/edit"), data=read | asked | {"kind": "film", "what_for": "<b>Theirs</b>"})
    answer = sam.post(at(table, "/edit"), data=read)
    page = flat(answer)
    assert answer.status_code == 422
    for words in ("Nothing is lost", "&lt;b&gt;Theirs&lt;/b&gt;", "> Mine<", "A film", table.recommendation.title):
        assert words in page
    assert "Theirs: What is it called?" not in page
    assert table.map.what_for == "<b>Theirs</b>"
    assert 'name="read" type="hidden" value="1"' in page
    sam.post(at(table, "/edit"), data=read | {"read": "1"})
    assert (table.map.what_for, table.map.recommendation) == ("Mine", None)


def test_two_who_add_one_name_at_once_add_it_once(app, as_, table) -> None:
    address, answers = f"/workstreams/{table.stream.id}/outputs/new", []

    def send(visitor) -> None:
        answers.append(visitor.post(address, data={"name": "A film", "kind": "film", "recommendation": ""}).status_code)

    visitors = [as_(table.sam) for _ in range(3)]
    db.session.commit()
    at_once(*(partial(send, visitor) for visitor in visitors))
    assert sorted(answers) == [303, 422, 422]


def test_a_version_is_kept_with_its_file(as_, table) -> None:
    client, sent = (
        as_(table.sam),
        {"new": "Larger print", "on": "3 November 2025", "address": "https://example.org/map"},
    )
    assert "What is new in it?" in client.get(at(table, "/versions/new")).text
    for wrong, words in (
        ({"new": ""}, "Say what is new."),
        ({"on": ""}, "Say from which day it is."),
        ({"on": "1 January 2030"}, "That day is still to come."),
        ({"address": "http://example.org"}, "Write an address that begins with https://."),
        ({"file": (io.BytesIO(b"MZ\x90\x00"), "map.exe")}, "We cannot take this kind of file."),
    ):
        answer = client.post(at(table, "/versions/new"), data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    brought = sent | {"file": (io.BytesIO(b"A map in words"), "map.txt")}
    page = client.post(at(table, "/versions/new"), data=brought, follow_redirects=True).text
    assert "Version 1 is kept." in page
    assert 'href="https://example.org/map"' in page
    version = db.session.scalars(db.select(OutputVersion)).one()
    assert client.get(f"/files/{version.file_id}").data == b"A map in words"
    assert as_(table.kim).get(f"/files/{version.file_id}").status_code == 404


def test_who_tried_it_is_written_down_without_names(as_, table) -> None:
    version = services.add_version(table.map, "A sketch", by=table.sam)
    client, address = as_(table.sam), f"/outputs/versions/{version.id}/trials/new"
    assert "No names." in client.get(address).text
    sent = {"who": "Five parents", "on": "17 November 2025", "found": "Too small"}
    for wrong, words in (
        ({"who": ""}, "Say who tried it, without names."),
        ({"found": ""}, "Say what they found."),
        ({"on": ""}, "Say on which day."),
        ({"on": "1 November 2025"}, "This version was not there yet on that day."),
    ):
        answer = client.post(address, data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    page = flat(client.post(address, data=sent, follow_redirects=True))
    assert "Five parents tried it, 17 November 2025." in page
    assert table.map.state == OutputState.IN_TEST


def test_a_launch_is_planned_and_taken_back(as_, table) -> None:
    client = as_(table.sam)
    assert "For which day is it planned?" in client.get(at(table, "/launch-plan")).text
    answer = client.post(at(table, "/launch-plan"), data={"on": "10 April 2024"})
    assert (answer.status_code, "Choose today or a day to come." in answer.text) == (422, True)
    assert client.post(at(table, "/launch-plan"), data={"on": "soon"}).status_code == 422
    page = client.post(at(table, "/launch-plan"), data={"on": "10 April 2026"}, follow_redirects=True).text
    assert "Planned for 10 April 2026." in page
    page = client.post(at(table, "/launch-plan"), data={"on": ""}, follow_redirects=True).text
    assert "There is no day for the launch now." in page


def test_nothing_goes_out_untried_without_a_reason(as_, table) -> None:
    client = as_(table.sam)
    assert client.get(at(table, "/launch")).status_code == 403
    services.add_version(table.map, "A sketch", by=table.sam)
    assert "Why does it go out untried?" in client.get(at(table, "/launch")).text
    for sent, words in (
        ({"on": "17 November 2025"}, "Say why, or write down who tried it first."),
        ({"on": "18 November 2025", "because": "It is small"}, "That day is still to come."),
        ({"on": "16 November 2025", "because": "It is small"}, "There was no version yet on that day."),
        ({"on": "", "because": "It is small"}, "Say on which day."),
    ):
        answer = client.post(at(table, "/launch"), data=sent)
        assert (answer.status_code, words in answer.text) == (422, True)
    sent = {"on": "17 November 2025", "because": "It is small"}
    page = client.post(at(table, "/launch"), data=sent, follow_redirects=True).text
    assert "It is out." in page
    assert "It is small" in page


def test_what_was_tried_goes_out_without_a_reason(as_, table) -> None:
    tried(table)
    client = as_(table.sam)
    assert "untried" not in client.get(at(table, "/launch")).text
    client.post(at(table, "/launch"), data={"on": "17 November 2025"})
    assert table.map.state == OutputState.LAUNCHED
    client.post(at(table, "/move"), data={"name": "retired"})
    assert "It is no longer used." in client.get(at(table)).text


def test_what_is_out_and_worked_on_again_is_not_called_not_out(as_, table) -> None:
    launched(table)
    services.move(table.map, "worked on again", by=table.sam)
    page = flat(as_(table.robin).get(at(table)))
    assert "12 November 2025. It is being refined." in page
    assert "to come" not in page
    assert as_(table.kim).get(at(table)).status_code == 200


@pytest.mark.parametrize(
    ("name", "why"), [("launched", "Say on which day"), ("retired", "cannot be retired"), ("", "no such")]
)
def test_a_move_that_no_button_makes_is_refused(as_, table, name, why) -> None:
    answer = as_(table.sam).post(at(table, "/move"), data={"name": name})
    assert (answer.status_code, why in answer.text) == (403, True)


def test_where_it_is_used_begins_and_ends(as_, table) -> None:
    client = as_(table.sam)
    assert client.get(at(table, "/uses/new")).status_code == 403
    services.add_version(table.map, "A sketch", by=table.sam)
    assert "It is not used anywhere yet." in client.get(at(table)).text
    assert "For example, at the booking visit" in client.get(at(table, "/uses/new")).text
    sent = {"place": "At the booking visit", "since": "3 November 2025"}
    for wrong, words in (
        ({"place": ""}, "Say where it is used."),
        ({"since": ""}, "Say since which day."),
        ({"since": "1 January 2030"}, "That day is still to come."),
    ):
        answer = client.post(at(table, "/uses/new"), data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    page = client.post(at(table, "/uses/new"), data=sent, follow_redirects=True).text
    assert "It ended" in page
    use = db.session.scalars(db.select(Use)).one()
    address = f"/outputs/uses/{use.id}/end"
    assert "At the booking visit" in client.get(address).text
    for until, words in (("1 November 2025", "It began later than that."), ("", "Say until which day.")):
        answer = client.post(address, data={"until": until})
        assert (answer.status_code, words in answer.text) == (422, True)
    page = client.post(address, data={"until": "10 November 2025"}, follow_redirects=True).text
    assert "From 3 November 2025 to 10 November 2025" in page


def test_members_write_nothing_here_and_are_told_why(as_, table) -> None:
    tried(table)
    version = table.map.versions[0].id
    use = services.begin_use(table.map, "Here", table.map.versions[0].on, by=table.sam).id
    ends = ("/edit", "/versions/new", "/launch-plan", "/launch", "/uses/new")
    pages = [at(table, end) for end in ends] + [f"/workstreams/{table.stream.id}/outputs/new"]
    pages += [f"/outputs/versions/{version}/trials/new", f"/outputs/uses/{use}/end"]
    robin = as_(table.robin)
    for address in pages:
        for answer in (robin.get(address), robin.post(address)):
            assert (answer.status_code, "Only a facilitator can do this." in answer.text) == (403, True), address
    assert robin.post(at(table, "/move"), data={"name": "refined"}).status_code == 403


def test_the_pages_cost_the_same_for_one_and_for_three(as_, table, query_count) -> None:
    def cost(address) -> int:
        client.get(address)
        query_count.clear()
        assert client.get(address).status_code == 200
        return len(query_count)

    client, listed = as_(table.robin), f"/workstreams/{table.stream.id}/outputs"
    launched(table)
    one, shown = cost(listed), cost(at(table))
    for name in ("A film", "A leaflet"):
        made = services.begin(table.stream, name, OutputKind.FILM, by=table.sam)
        services.add_version(made, "First", by=table.sam)
        services.begin_use(made, "Here", table.map.launches[0].on, by=table.sam)
    for _ in range(2):
        version = services.add_version(table.map, "More", by=table.sam)
        services.add_trial(version, "Two midwives", "Good", by=table.sam)
        services.begin_use(table.map, "There", table.map.launches[0].on, by=table.sam)
    assert (cost(listed), cost(at(table))) == (one, shown)
