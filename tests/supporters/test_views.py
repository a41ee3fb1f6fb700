"""The pages of helping; and the wall around them: nothing else is there for a supporter."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.people.models import Person
from coprod.supporters import queries, rules, services
from coprod.supporters.models import Share, Support
from tests.factories import a_person
from tests.house.pages import Page, words
from tests.house.reading import grade, sentences, words_of
from tests.recommendations.written import Round
from tests.supporters.conftest import JO, Table

Visitor = Callable[..., FlaskClient]


def test_member_chooses_shares_and_ends_by_pages(as_: Visitor, table: Table) -> None:
    """Journey 23: per item, off by default, ended in one tap."""
    robin = as_(table.robin)
    assert "Nobody yet" in robin.get("/who-helps-me").text
    assert robin.get("/who-helps-me/new").status_code == 200
    assert robin.post("/who-helps-me/new", data={"alias": "Jo", "email": JO}).location == "/who-helps-me"
    (support,) = queries.helpers_of(table.robin)
    page = robin.get("/who-helps-me").text
    assert "Jo can help you now." in page
    assert page.count("Not shared") == len(Share)

    robin.post(f"/helping/{support.id}/share", data={"what": "AGENDA", "on": "yes"})
    assert support.shares == [Share.AGENDA.value]
    assert "Jo can see what each meeting is about." in robin.get("/who-helps-me").text
    robin.post(f"/helping/{support.id}/share", data={"what": "AGENDA", "on": "no"})
    assert support.shares == []
    assert robin.post(f"/helping/{support.id}/share", data={"what": "VOTES", "on": "yes"}).status_code == 404

    robin.post(f"/helping/{support.id}/end")
    assert support.ended_on is not None
    assert "Jo no longer helps you." in robin.get("/who-helps-me").text


def test_every_address_is_answered_with_the_same_page(as_: Visitor, table: Table, help_: Support) -> None:
    """A5: new, a supporter's, a member's."""
    a_person("Mia", email="mia@example.org")
    robin, told = as_(table.kit), set()
    for address in ("new@example.org", JO, "mia@example.org"):
        robin.post("/who-helps-me/new", data={"alias": "Jo", "email": address})
        (support,) = queries.helpers_of(table.kit)
        page = robin.get("/who-helps-me").text.replace(str(support.id), "")
        told.add(words(Page(page).all("main")[0]))
        services.end(support, by=table.kit)
    assert len(told) == 1


def test_what_does_not_fit_is_asked_again(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    for typed, told in (({"alias": ""}, "Type a name."), ({"alias": "Jo", "email": "jo"}, "name@example.org")):
        answer = robin.post("/who-helps-me/new", data=typed)
        assert answer.status_code == 422
        assert told in answer.text


def test_card_is_shown_once(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    robin.post("/who-helps-me/new", data={"alias": "Jo", "email": ""})
    (support,) = queries.helpers_of(table.robin)
    page = Page(robin.post(f"/helping/{support.id}/card").text)
    told = sentences(page)
    assert "A card for Jo" in told
    assert "We cannot show them again." in told


def test_supporter_reads_dates_lifts_and_what_was_ticked(
    as_: Visitor, table: Table, help_: Support, jo: Person
) -> None:
    page = as_(jo).get("/who-i-help").text
    for told in ("You help Robin", "Tuesday 2 December, 6pm to 7.55pm", "Tuesday group", "Robin asked for: a taxi."):
        assert told in page
    for hidden in ("quiet room", "Food and hello", "How we speak", "Kit", "Sam", "Practice models", "Sea Room"):
        assert hidden not in page

    for each, told in (
        (Share.NEEDS, "A quiet room"),
        (Share.AGENDA, "Food and hello"),
        (Share.AGREEMENT, "We listen."),
    ):
        services.share(help_, each, True, by=table.robin)
        assert told in as_(jo).get("/who-i-help").text
        services.share(help_, each, False, by=table.robin)
        assert told not in as_(jo).get("/who-i-help").text


def test_supporter_reads_what_came_of_what_they_said_once_it_is_shared(as_: Visitor, database: None) -> None:
    """Journey 23: and nothing of the vote behind it."""
    round_ = Round()
    robin = round_.table.lived[0]
    support = services.choose(robin, "Jo", JO, by=robin)
    jo = db.session.get_one(Person, support.supporter_id)
    services.share(support, Share.ANSWERS, True, by=robin)
    assert "No answer has come yet." in as_(jo).get("/who-i-help").text
    idea = round_.submitted()
    page = as_(jo).get("/who-i-help").text
    assert all(told in page for told in (idea.title, idea.said, "What happens next"))
    services.share(support, Share.ANSWERS, False, by=robin)
    assert idea.title not in as_(jo).get("/who-i-help").text


def test_supporter_of_nobody_is_told_so(as_: Visitor, table: Table, help_: Support, jo: Person) -> None:
    services.share(help_, Share.AGREEMENT, True, by=table.robin)
    services.share(help_, Share.NEEDS, True, by=table.robin)
    services.end(help_, by=table.robin)
    assert "Nobody has asked you to help at the moment." in as_(jo).get("/who-i-help").text


def test_ending_takes_the_page_away_at_the_next_request(as_: Visitor, table: Table, help_: Support, jo: Person) -> None:
    """P6, from either side."""
    visitor = as_(jo)
    assert visitor.get("/who-i-help").status_code == 200
    services.end(help_, by=table.robin)
    assert visitor.get("/who-i-help").location == "/sign-in"

    again = services.choose(table.robin, "Jo", JO, by=table.robin)
    visitor = as_(jo)
    assert visitor.post(f"/helping/{again.id}/end").location == "/sign-in"
    assert again.ended_on is not None
    assert visitor.get("/who-i-help").location == "/sign-in"


def test_pages_are_there_only_for_whom_they_are_made(as_: Visitor, table: Table, help_: Support, jo: Person) -> None:
    for person in (table.sam, jo):
        visitor = as_(person)
        for address in ("/who-helps-me", "/who-helps-me/new"):
            assert visitor.get(address).status_code == 404
    for person in (table.sam, table.robin):
        assert as_(person).get("/who-i-help").status_code == 404
    stranger = as_(table.kit)
    for verb in ("share", "card", "end"):
        assert stranger.post(f"/helping/{help_.id}/{verb}", data={"what": "NEEDS"}).status_code == 404
    assert as_(jo).post(f"/helping/{help_.id}/share", data={"what": "NEEDS", "on": "yes"}).status_code == 403


def test_nothing_else_is_there_for_a_supporter(
    app: Flask, as_: Visitor, table: Table, help_: Support, jo: Person
) -> None:
    """Journey 23: every address but the public ones answers 404, votes, recommendations and groups among them."""
    visitor, keys = as_(jo), [table.stream.id, table.cycle.id, table.cycle.sessions[0].id, table.robin.id]
    adapter, there, tried = app.url_map.bind("localhost"), [], 0
    for rule in app.url_map.iter_rules():
        if rules.may_open(rule.endpoint) or getattr(app.view_functions[rule.endpoint], "is_public", False):
            continue
        for key in keys if rule.arguments else keys[:1]:
            values = {name: _value(rule, name, key) for name in rule.arguments}
            for method in sorted(rule.methods & {"GET", "POST"}):
                tried += 1
                answer = visitor.open(adapter.build(rule.endpoint, values), method=method)
                if answer.status_code != 404:
                    there.append((rule.endpoint, method, answer.status_code))
    assert there == []
    assert tried > 200


def _value(rule: object, name: str, key: object) -> object:
    kind = type(rule._converters[name]).__name__  # type: ignore[attr-defined]
    return {"UUIDConverter": key, "Number": 1}.get(kind, "x")


def test_wall_does_not_stand_in_the_way_of_strangers_or_of_what_is_not_there(
    as_: Visitor, client: FlaskClient, table: Table, jo: Person
) -> None:
    assert client.get("/workstreams/").location == "/sign-in"
    assert as_(jo).get(f"/no-such-page/{uuid4()}").status_code == 404
    assert as_(jo).get("/my-sessions").status_code == 200


@pytest.mark.parametrize("who", ["robin", "jo"])
def test_pages_are_in_simple_words(as_: Visitor, table: Table, help_: Support, jo: Person, who: str) -> None:
    """Domain rule 14."""
    services.share(help_, Share.NEEDS, True, by=table.robin)
    visitor, addresses = {
        "robin": (as_(table.robin), ["/who-helps-me", "/who-helps-me/new"]),
        "jo": (as_(jo), ["/who-i-help"]),
    }[who]
    db.session.commit()
    for address in addresses:
        told = sentences(Page(visitor.get(address).text))
        assert grade(told) <= 6, address
        assert max(len(words_of(sentence)) for sentence in told) <= 25, address
