"""A4: a printed card, a way in that needs neither mailbox nor phone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.people import rules, services
from coprod.people.models import Side, SignedIn, Ticket
from tests.factories import a_person, a_professional, an_admin
from tests.people.conftest import verbs

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def words_for(person):
    words = services.make_card(person, by=an_admin())
    db.session.commit()
    return words


def test_a_member_signs_in_with_her_card(client):
    words = words_for(a_person())
    answer = client.post("/card", data={"words": words.upper()})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/my-sessions").status_code == 200
    assert [session.by for session in db.session.scalars(db.select(SignedIn))] == ["card"]


def test_a_card_is_kept_as_a_hash_and_written_down_without_its_words():
    words = words_for(a_person())
    card = db.session.scalars(db.select(Ticket)).one()
    assert words.split()[0] not in card.hash
    assert verbs() == ["given a card"]


def test_a_card_works_once(app, client):
    words = words_for(a_person())
    client.post("/card", data={"words": words})
    answer = app.test_client().post("/card", data={"words": words})
    assert answer.status_code == 422
    assert "Those words did not work." in answer.text


def test_a_card_lasts_four_weeks(client):
    with time_machine.travel(START, tick=False) as clock:
        words = words_for(a_person())
        clock.shift(timedelta(days=28))
        assert client.post("/card", data={"words": words}).status_code == 422


def test_a_new_card_stops_the_old_one(client):
    robin = a_person()
    old, new = words_for(robin), words_for(robin)
    assert client.post("/card", data={"words": old}).status_code == 422
    assert client.post("/card", data={"words": new}).status_code == 303


@pytest.mark.parametrize("typed", ["", "x" * 101])
def test_what_is_no_card_is_asked_for_again(client, typed):
    assert client.post("/card", data={"words": typed}).status_code == 422


def test_the_card_page_asks_and_costs_no_statement(client, query_count):
    query_count.clear()
    assert "Type the four words from your card." in client.get("/card").text
    assert query_count == []


def test_too_many_words_from_one_place_are_not_looked_at(client, monkeypatch):
    """A8."""
    monkeypatch.setattr(rules, "FROM_ONE_PLACE", rules.Limit("place", 2, timedelta(minutes=15)))
    words = words_for(a_person())
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(2):
            client.post("/card", data={"words": "babab"})
        assert client.post("/card", data={"words": words}).status_code == 422
        clock.shift(timedelta(minutes=15))
        # A wait ends it: nobody is locked out for good.
        assert client.post("/card", data={"words": words}).status_code == 303


def test_the_card_of_somebody_turned_away_is_dead(client):
    robin = a_person()
    words = words_for(robin)
    services.turn_away(robin, by=an_admin("Bea"))
    assert client.post("/card", data={"words": words}).status_code == 422


def test_the_card_of_somebody_who_changed_sides_is_dead(client):
    """A card never stands in for an authenticator."""
    robin = a_person()
    words = words_for(robin)
    robin.side = "professional"
    assert client.post("/card", data={"words": words}).status_code == 422


def test_an_admin_makes_a_card_and_sees_it_once(as_):
    robin, visitor = a_person(), as_(an_admin())
    address = f"/people/{robin.id}/card"
    assert "shown one time only" in visitor.get(address).text
    page = visitor.post(address).text
    words = page.split('class="night__fact">')[1].split("<")[0]
    assert len(words.split()) == 4
    assert words not in visitor.get(address).text
    assert as_(a_person("Jo")).post("/card", data={"words": words}).status_code == 303


def test_a_professional_gets_no_card(as_):
    sam, visitor = a_professional(), as_(an_admin())
    assert "Cards are for members." in visitor.get(f"/people/{sam.id}/card").text
    assert visitor.post(f"/people/{sam.id}/card").status_code == 403


def test_only_an_admin_makes_a_card_by_that_way():
    with pytest.raises(Refused, match="Only a programme admin"):
        services.make_card(a_person(), by=a_professional())


def test_another_feature_may_ask_its_own_rule_and_draw_a_card():
    robin, facilitator = a_person(), a_professional()
    assert services.spend_card(services.draw_card(robin, by=facilitator)) == robin


def test_a_supporter_signs_in_with_a_card_and_no_authenticator(client):
    help_ = a_person("Kit", side=Side.SUPPORTER)
    words = services.make_card(help_, by=an_admin())
    assert client.post("/card", data={"words": words}).location == "/"


def test_a_card_that_is_only_read_is_not_used_up(client):
    """A shared tablet reads it, as often as need be; her own way in goes on working, and nothing is written down."""
    robin = a_person()
    words = words_for(robin)
    noted = verbs()
    assert [services.read_card(words.upper()), services.read_card(words)] == [robin, robin]
    assert (verbs(), db.session.scalars(db.select(Ticket.used)).all()) == (noted, [None])
    assert client.post("/card", data={"words": words}).status_code == 303
    assert services.read_card(words) is None


def test_a_card_that_is_over_or_nobodys_is_not_read():
    with time_machine.travel(START, tick=False) as clock:
        robin = a_person()
        words = words_for(robin)
        assert services.read_card("babab babab babab babab") is None
        robin.active = False
        assert services.read_card(words) is None
        robin.active = True
        clock.shift(timedelta(days=28))
        assert services.read_card(words) is None
