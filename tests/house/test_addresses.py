"""Promises about the addresses: who may open them, and what they look like."""

import re
from uuid import uuid4

import pytest
from flask import url_for

from coprod.core.addresses import LARGEST
from coprod.core.db import db
from coprod.people.models import Person

SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
# A one-task link carries its secret.
TYPED = re.compile(r"<(uuid|int):[a-z_]+>|<secret>")
# Words a bystander must not read over a shoulder or in a history (domain rule 11).
UNSPOKEN = ("care", "court", "child", "baby", "social", "removed")
PUBLIC = {
    "my_data.clear",
    "my_data.goodbye",
    "interests.ask",
    "interests.done",
    "interests.questions",
    "interests.send",
    "interests.start",
    "workstreams.answer",
    "workstreams.choose",
    "workstreams.goodbye",
    "workstreams.hello",
    "messages.stop",
    "messages.stop_texts",
    "people.accessibility",
    "people.ask_for_code",
    "people.authenticator",
    "people.authenticator_picture",
    "people.become",
    "people.card",
    "people.check_authenticator",
    "people.check_card",
    "people.check_code",
    "people.code",
    "people.leave",
    "people.left",
    "people.passkey_to_use",
    "people.make_first_admin",
    "people.privacy",
    "people.set_up",
    "people.sign_in",
    "people.sign_in_as",
    "people.signed_out",
    "people.stop_texts",
    "people.use_passkey",
    "people.who_can_see_what",
    "rsvp.answer_by_link",
    "rsvp.by_link",
    "voting.by_link",
    "voting.cast_by_link",
    "voting.open_on_tablet",
    "voting.passed_on",
    "voting.tablet",
    "wellbeing.support",
}
BY_LINK = {
    "people.change_texts",
    "room.follow",
    "room.follow_part",
    "room.wall",
    "room.wall_part",
    "rsvp.answer",
    "rsvp.answered",
    "rsvp.show",
    "voting.add",
    "voting.answered",
    "voting.ballot",
    "voting.cast",
    "voting.pass_on",
    "voting.say_more",
    "voting.take_view",
    "voting.thanks",
    "voting.views",
    "workstreams.done",
    "workstreams.keep_name",
    "workstreams.name",
}


def _rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def _is_public(app, rule):
    return getattr(app.view_functions[rule.endpoint], "is_public", False)


def _address(app, rule):
    values = {
        name: uuid4() if "uuid" in type(rule._converters[name]).__name__.lower() else 1 for name in rule.arguments
    }
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_page_but_the_public_ones_turns_strangers_away(app, client):
    sign_in = app.url_map.bind("localhost").build("people.sign_in")
    let_in = []
    for rule in _rules(app):
        for method in rule.methods & {"GET", "POST"}:
            if _is_public(app, rule):
                continue
            answer = client.open(_address(app, rule), method=method)
            where = (answer.location or "").split("?")[0]
            if (answer.status_code, where) not in {(302, sign_in), (303, sign_in)}:
                let_in.append((rule.rule, method, answer.status_code, where))
    assert let_in == []


def test_only_these_pages_are_public(app):
    assert {rule.endpoint for rule in _rules(app) if _is_public(app, rule)} == PUBLIC


def test_only_these_pages_open_by_a_one_task_link(app):
    """A3."""
    found = {rule.endpoint for rule in _rules(app) if getattr(app.view_functions[rule.endpoint], "is_by_link", False)}
    assert found == BY_LINK


def test_addresses_are_kebab_case_and_typed(app):
    odd = [
        rule.rule
        for rule in _rules(app)
        for part in rule.rule.strip("/").split("/")
        if part and not SEGMENT.fullmatch(part) and not TYPED.fullmatch(part)
    ]
    assert odd == []


def test_number_the_database_has_no_room_for_leads_nowhere(app):
    """Every address with a number: the largest an integer column holds is looked for, the next is a 404 (R3)."""
    counted = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    leads = app.url_map.bind("localhost")
    found = {}
    for rule in counted:
        method = "POST" if "POST" in rule.methods else "GET"
        for number in (LARGEST, LARGEST + 1, 10**20, "9" * 5000):
            path = re.sub("<int:[a-z]+>", str(number), rule.rule.replace("<uuid:key>", str(uuid4())))
            found[rule.rule, method, str(number)[:21]] = leads.test(path, method)
    assert counted
    assert {key for key, led in found.items() if led != (key[2] == str(LARGEST))} == set()


def test_addresses_say_nothing_of_families(app):
    assert [rule.rule for rule in _rules(app) if any(word in rule.rule for word in UNSPOKEN)] == []


def test_a_get_cannot_write(app, client, monkeypatch):
    def writes():
        db.session.add(Person(alias="Sneaky", side="lived experience"))
        db.session.flush()
        return "fine"

    writes.is_public = True
    monkeypatch.setitem(app.view_functions, "people.sign_in", writes)
    with app.test_request_context():
        address = url_for("people.sign_in")
    assert client.get(address).text == "fine"
    assert db.session.query(Person).filter_by(alias="Sneaky").count() == 0


@pytest.mark.parametrize("path", ["/no-such-page", "/%00", "/%ff%fe", "/../etc/passwd", "/people/not-a-uuid"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
