"""Domain rules 7, 10, 16: pages that are there for everybody."""

import re

import pytest

from coprod.core.db import db
from tests.factories import a_person

PAGES = ["/support", "/stop-texts", "/what-we-keep-private", "/who-can-see-what", "/accessibility", "/card"]
PROMISE = (
    "Nobody using this site can see how you voted, not even the people who run it. It is counted once, at the end. "
    "If the whole group votes the same way, everyone will know how everyone voted. The people who look after the "
    "computer could only find out by changing the program while you vote."
)
LIMITS = (
    "This is not part of your case. Social workers can’t see your votes. If someone may be in danger, or a court "
    "orders it, we may have to share what we hold."
)

WAYS_OUT = ('action="/leave"', "<span>Leave this page</span>", "<span>Get support</span>")


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_page_is_open_to_all_under_a_title_that_says_nothing(client, as_, path, signed_in):
    visitor = as_(a_person()) if signed_in else client
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert re.search(r"<title>\s*(Error: )?Your page\s*</title>", answer.text)
    assert all(words in answer.text for words in ("Leave this page", "Get support", "Stop texts"))


def test_each_page_open_to_strangers_has_the_ways_out_and_to_help(app, client):
    """Rule 16: Leave and Get support, signed in or out, at the same place on every page, and once."""
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and hasattr(app.view_functions[rule.endpoint], "is_public"):
            answer = client.get(rule.rule)
            if (answer.status_code, answer.mimetype) == (200, "text/html"):
                found[rule.endpoint] = tuple(answer.text.count(way) for way in WAYS_OUT)
    assert {"people.sign_in", "people.card", "wellbeing.support", "interests.start"} < set(found)
    assert {endpoint: ways for endpoint, ways in found.items() if ways != (1, 1, 1)} == {}


def test_the_promise_stands_word_for_word(client):
    """Safety 2.2, rule 10."""
    page = words_of(client.get("/what-we-keep-private").text)
    assert PROMISE in page
    assert LIMITS in page
    assert "anonymous" not in page


def test_a_member_stops_texts_and_has_them_again(as_):
    """A3."""
    robin = a_person()
    visitor = as_(robin)
    assert "Stop texts to me" in visitor.get("/stop-texts").text
    visitor.post("/stop-texts", data={"stop": "yes"})
    db.session.refresh(robin)
    assert robin.no_text_links
    assert "We will not text you." in visitor.get("/stop-texts").text
    visitor.post("/stop-texts", data={"stop": "no"})
    db.session.refresh(robin)
    assert not robin.no_text_links


def test_texts_can_be_stopped_from_a_one_task_session(as_):
    """A3."""
    robin = a_person()
    assert as_(robin, task="vote").post("/stop-texts").location == "/stop-texts"
    db.session.refresh(robin)
    assert robin.no_text_links


def test_a_stranger_reads_how_to_stop_texts_and_changes_nothing(client):
    assert "No one will ask why." in client.get("/stop-texts").text
    assert client.post("/stop-texts").location == "/sign-in"
