"""The pages about the areas."""

import re
from functools import partial

from coprod.areas import queries, services
from coprod.areas.models import Ordering, Proposal, SetAside, Taken
from coprod.core.db import db
from coprod.gatherings.models import Gathering
from coprod.workstreams.models import Workstream
from tests.areas.test_services import TODAY, order, proposed
from tests.together import at_once


def at(table, end="") -> str:
    return f"/workstreams/{table.steering.id}/areas{end}"


def count(model) -> int:
    return db.session.query(model).count()


def place(area) -> str:
    return f"place_{area.id.hex}"


def places(table, *numbers) -> dict[str, str]:
    return {place(area): str(number) for area, number in zip(table.areas, numbers, strict=True)}


# --- What everybody at the table reads.


def test_a_parent_reads_what_became_of_each_area_and_decides_nothing(as_, table) -> None:
    services.order(table.steering, {table.areas[2].id: 1}, "The map is nearly there", by=table.alex)
    services.order(table.steering, {table.areas[2].id: 3}, "Fathers first", by=table.alex)
    services.take_up(table.steering, table.areas[:1], table.mothers, "They know most", by=table.alex)
    services.set_aside(table.steering, table.areas[1], "No money this year", by=table.alex)
    proposed(table)
    kim, alex = as_(table.kim), as_(table.alex)
    page = kim.get(at(table)).text
    for words in (
        "What we want to change first",
        "Mothers: at work now. Taken up on 17 November 2025.",
        "They know most",
        "No money this year",
        "“Fathers” and “Mothers” spend a development day together",
        "Fathers first",
        "It stood at 1 before.",
        "3, 1, 2",
    ):
        assert words in " ".join(page.split())
    assert "Take areas up" not in page
    assert "Bring it back" not in page
    assert "Bring it back" in alex.get(at(table)).text
    for end in ("/order", "/take-up", "/new-group", "/another-group", "/together", f"/{table.areas[0].id}/aside"):
        assert [kim.get(at(table, end)).status_code, as_(table.sam).get(at(table, end)).status_code] == [403, 404]


def test_a_group_without_areas_is_told_where_they_come_from(as_, table) -> None:
    for area in table.areas:
        db.session.delete(area)
    assert "There are no areas yet" in as_(table.alex).get(at(table)).text


def test_what_came_back_is_told_below(as_, table) -> None:
    services.set_aside(table.steering, table.areas[1], "No money this year", by=table.alex)
    client = as_(table.alex)
    page = client.post(at(table, f"/{table.areas[1].id}/back"), follow_redirects=True).text
    assert "It stands among the others again." in page
    assert "From 17 November 2025 to 17 November 2025: No money this year" in page


# --- The order.


def test_the_chair_moves_one_area_and_the_others_make_room(as_, table) -> None:
    client = as_(table.alex)
    page = client.get(at(table, "/order")).text
    assert [f'value="{number}"' in page for number in (1, 2, 3)] == [True] * 3
    sent = places(table, 1, 2, 1) | {"read": "0", "why": "The map is nearly there"}
    page = client.post(at(table, "/order"), data=sent, follow_redirects=True).text
    assert "The new order is kept." in page
    assert order(table) == [3, 1, 2]


def test_an_order_that_does_not_fit_is_asked_again(as_, table) -> None:
    client, good = as_(table.alex), places(table, 1, 2, 1) | {"read": "0", "why": "The map is there"}
    last = f'name="{place(table.areas[2])}"'
    for wrong, words in (
        ({"why": ""}, "Say in a few words why."),
        ({"why": "943 476 5919"}, "This looks like an NHS number."),
        ({place(table.areas[2]): "9"}, "Write a number from 1 to 3."),
        ({place(table.areas[2]): ""}, "Write a number from 1 to 3."),
        ({place(table.areas[0]): "2", place(table.areas[2]): "2"}, "Two areas cannot stand in one place."),
    ):
        answer = client.post(at(table, "/order"), data=good | wrong)
        assert (answer.status_code, words in answer.text, last in answer.text) == (422, True, True)
    assert count(Ordering) == 0


def test_an_order_given_meanwhile_is_shown_before_it_is_changed_r4(as_, table) -> None:
    services.order(table.steering, {table.areas[1].id: 1}, "Fathers first", by=table.alex)
    client, sent = as_(table.alex), places(table, 1, 2, 1) | {"read": "0", "why": "The map is there"}
    answer = client.post(at(table, "/order"), data=sent)
    assert (answer.status_code, "Somebody gave a new order meanwhile." in answer.text) == (422, True)
    assert order(table) == [2, 1, 3]
    assert "The map is there" in answer.text
    assert "You wrote 1. It stands at 3 now." in answer.text
    shown = re.findall(r'name="place_[0-9a-f]+"[^>]*value="(\d)"', answer.text)
    assert shown == ["1", "2", "1"], "what she did not touch stands where it stands now"
    again = places(table, 2, 1, 1) | {"read": "1", "why": "The map is there"}
    assert client.post(at(table, "/order"), data=again).status_code == 303
    assert order(table) == [3, 2, 1]


def test_of_two_who_order_at_once_one_is_shown_the_other_s_r4(as_, table) -> None:
    answers, address, visitors = [], at(table, "/order"), [as_(table.alex) for _ in range(3)]
    sent = places(table, 1, 2, 1) | {"read": "0", "why": "The map is there"}

    def send(visitor) -> None:
        answers.append(visitor.post(address, data=sent).status_code)

    db.session.commit()
    at_once(*(partial(send, visitor) for visitor in visitors))
    assert sorted(answers) == [303, 422, 422]
    assert count(Ordering) == 1


# --- Taking up.


def test_the_chair_makes_a_workstream_of_two_areas(as_, table) -> None:
    client, keys = as_(table.alex), [str(area.id) for area in table.areas[:2]]
    assert f"/areas/new-group?area={keys[0]}" in client.get(at(table, f"/take-up?area={keys[0]}")).text
    page = client.get(at(table, f"/new-group?area={keys[0]}")).text
    assert f'value="{keys[0]}" checked' in page
    sent = {"areas": keys, "name": "Relationships", "neutral_name": "Monday group", "why": "They belong together"}
    page = client.post(at(table, "/new-group"), data=sent, follow_redirects=True).text
    assert "Relationships: among the next to start" in " ".join(page.split())
    for wrong, words in (
        ({"name": "Relationships"}, "Something here has this name already."),
        ({"name": ""}, "Give it a name."),
        ({"areas": []}, "Choose one area or more."),
        ({"neutral_name": "Court group"}, "Leave out “Court”."),
    ):
        answer = client.post(at(table, "/new-group"), data=sent | {"name": "Another"} | wrong)
        assert (answer.status_code, words in answer.text, "They belong together" in answer.text) == (422, True, True)
    assert count(Workstream) == 4


def test_two_who_found_a_group_of_one_name_at_once_found_one(as_, table) -> None:
    answers, address, visitors = [], at(table, "/new-group"), [as_(table.alex) for _ in range(2)]
    sent = {"areas": [str(table.areas[0].id)], "name": "Relationships", "neutral_name": "Monday group", "why": "So"}

    def send(visitor) -> None:
        answers.append(visitor.post(address, data=sent))

    db.session.commit()
    at_once(*(partial(send, visitor) for visitor in visitors))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    slower = max(answers, key=lambda answer: answer.status_code)
    assert "Something here has this name already." in slower.text
    assert 'value="Relationships"' in slower.text


def test_an_admin_who_sits_there_is_led_to_the_group(as_, table) -> None:
    services.take_up(table.steering, table.areas[:1], table.steering and table.mothers, by=table.alex)
    table.alex.is_admin = True
    assert f'/workstreams/{table.mothers.id}"' in as_(table.alex).get(at(table)).text


def test_a_group_that_is_there_is_given_an_area(as_, table) -> None:
    client, key = as_(table.alex), str(table.areas[0].id)
    assert "Mothers (at work now)" in client.get(at(table, f"/another-group?area={key}")).text
    sent = {"areas": [key], "table": str(table.mothers.id), "why": "They know most"}
    page = client.post(at(table, "/another-group"), data=sent, follow_redirects=True).text
    assert "Mothers works on it from now on." in page
    for wrong, words in (
        ({}, "This group works on this already."),
        ({"table": ""}, "Choose a group."),
        ({"table": str(table.steering.id)}, "Choose a group."),
    ):
        answer = client.post(at(table, "/another-group"), data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert count(Taken) == 1


# --- Setting aside.


def test_an_area_is_set_aside_with_a_reason_and_a_day(as_, table) -> None:
    client, address = as_(table.alex), at(table, f"/{table.areas[0].id}/aside")
    assert "One midwife" in client.get(address).text
    for wrong, words in (
        ({"why": ""}, "Say in a few words why."),
        ({"look_again_on": "1 May 2020"}, "Write a day that is still to come."),
        ({"why": "word " * 61}, "Use 60 words at most."),
    ):
        answer = client.post(address, data={"why": "No money", "look_again_on": "1 May 2026"} | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    page = client.post(address, data={"why": "No money", "look_again_on": "1 May 2026"}, follow_redirects=True).text
    assert "We look again on 1 May 2026." in page
    assert count(SetAside) == 1
    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]


# --- Groups that should come together.


def test_a_chair_proposes_and_who_runs_the_groups_brings_it_about(as_, table) -> None:
    alex, groups = as_(table.alex), [str(table.mothers.id), str(table.fathers.id)]
    assert "Spend a development day together" in alex.get(at(table, "/together")).text
    sent = {"areas": [str(table.areas[0].id)], "kind": "development day", "groups": groups, "why": "They ask the same"}
    for wrong, words in (
        ({"groups": groups[:1]}, "Choose two groups or more."),
        ({"kind": ""}, "Choose one of these."),
        ({"why": ""}, "Say in a few words why."),
    ):
        answer = alex.post(at(table, "/together"), data=sent | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    page = alex.post(at(table, "/together"), data=sent, follow_redirects=True).text
    assert "Nobody is asked to anything yet." in page
    assert "Whoever runs all of these groups asks the people in them." in page
    wanted = db.session.scalars(db.select(Proposal)).one()
    sam, address = as_(table.sam), f"/proposals/{wanted.id}"
    assert address in sam.get("/gatherings/").text
    assert "Ask the groups" in sam.get(address).text
    assert alex.post(f"{address}/bring-about", data={"name": "Day", "neutral_name": "Day"}).status_code == 403
    for wrong, words in (({"name": ""}, "Give it a name."), ({"name": "Mothers"}, "has this name already")):
        answer = sam.post(f"{address}/bring-about", data={"name": "Our day", "neutral_name": "Our day"} | wrong)
        assert (answer.status_code, words in answer.text) == (422, True)
    answer = sam.post(f"{address}/bring-about", data={"name": "Our day", "neutral_name": "Our day"})
    made = db.session.scalars(db.select(Gathering)).one()
    assert answer.location == f"/gatherings/{made.id}"
    assert queries.areas_of(table.steering, TODAY)[0].standing == "taken up"
    assert "Our day: waiting for a check" in " ".join(as_(table.kim).get(at(table)).text.split())
    assert "Our day" in as_(table.kim).get(address).text
    assert as_(table.robin).get(address).status_code == 404


def test_a_proposal_is_let_go(as_, table) -> None:
    wanted = proposed(table)
    assert as_(table.kim).post(f"/proposals/{wanted.id}/let-go").status_code == 403
    page = as_(table.alex).post(f"/proposals/{wanted.id}/let-go", follow_redirects=True).text
    assert "The proposal is let go." in page
    assert "Let go" in page


def test_the_page_costs_the_same_for_few_and_many(as_, table, query_count) -> None:
    def cost() -> int:
        client.get(at(table))
        query_count.clear()
        assert client.get(at(table)).status_code == 200
        return len(query_count)

    client = as_(table.kim)
    services.order(table.steering, {}, "First", by=table.alex)
    services.take_up(table.steering, table.areas[:1], table.mothers, by=table.alex)
    services.set_aside(table.steering, table.areas[1], "Later", by=table.alex)
    proposed(table)
    one = cost()
    for number in (2, 3):
        services.order(table.steering, {table.areas[0].id: number}, "Again", by=table.alex)
        proposed(table)
    services.take_up(table.steering, table.areas[:1], table.fathers, by=table.alex)
    services.set_aside(table.steering, table.areas[2], "Later", by=table.alex)
    assert cost() == one
