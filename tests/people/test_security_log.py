"""L2, L3: what touched the doors is written down in ids, apart from the journal."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from coprod.core import security_log
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.security_log import SecurityEvent, note, short_place
from coprod.people import doors, services
from tests.factories import a_person, a_professional, an_admin

pytestmark = pytest.mark.usefixtures("database")


def events():
    rows = db.session.scalars(db.select(SecurityEvent).order_by(SecurityEvent.at, SecurityEvent.what))
    return [(event.what, event.person_id, event.by_id) for event in rows]


def test_a_sign_in_is_noted_with_its_way_and_neighbourhood(client, ask):
    robin = a_person("Robin", email="robin@example.org")
    client.post("/sign-in/code", data={"code": ask(client, "robin@example.org")})
    assert events() == [("signed in by code", robin.id, None)]
    assert db.session.scalars(db.select(SecurityEvent.place)).one() == "127.0"


def test_a_wrong_code_is_noted_and_nobody_looked_up(client, ask):
    a_person("Robin", email="robin@example.org")
    ask(client, "robin@example.org")
    client.post("/sign-in/code", data={"code": "not it"})
    client.post("/sign-in/code", data={"code": "000000"})
    assert events() == [("wrong code", None, None)]


def test_a_flood_of_tries_fills_no_log(client, ask):
    a_person("Robin", email="robin@example.org")
    ask(client, "robin@example.org")
    for _ in range(8):
        client.post("/sign-in/code", data={"code": "000000"})
    assert len(events()) == 5


def test_wrong_words_and_wrong_second_steps_are_noted(client, ask, enrolled):
    sam = a_professional("Sam", email="sam@example.org")
    enrolled(sam)
    client.post("/card", data={"words": "bidab bidab bidab bidab"})
    client.post("/sign-in/code", data={"code": ask(client, "sam@example.org")})
    client.post("/sign-in/authenticator", data={"code": "000000"})
    client.post("/sign-in/passkey", data={"answer": ""})
    assert set(events()) == {
        ("authenticator set up", sam.id, None),
        ("wrong card words", None, None),
        ("wrong second step", sam.id, None),
        ("passkey refused", None, None),
    }


def test_changes_of_accounts_are_noted_with_who_made_them(app):
    ada, sam, robin = an_admin(), a_professional(), a_person()
    services.turn_away(sam, by=ada)
    services.let_in_again(sam, by=ada)
    services.set_admin(sam, True, by=ada)
    services.set_admin(sam, False, by=ada)
    services.rename(sam, "Lee", by=ada)
    sam.totp = b"set up"
    services.start_authenticator_again(sam, by=ada)
    services.make_card(robin, by=ada)
    services.renew_rights(robin)
    assert set(events()) == {
        ("account closed", sam.id, ada.id),
        ("account opened again", sam.id, ada.id),
        ("made programme admin", sam.id, ada.id),
        ("no longer programme admin", sam.id, ada.id),
        ("renamed", sam.id, ada.id),
        ("authenticator taken away", sam.id, ada.id),
        ("card drawn", robin.id, ada.id),
        ("rights changed", robin.id, None),
    }


def test_a_refused_form_is_noted_though_all_else_is_rolled_back(as_):
    ada = an_admin()
    visitor = as_(ada)
    assert visitor.post(f"/people/{ada.id}/turn-away").status_code == 403
    assert events() == [("refused", ada.id, None)]


def test_coming_by_a_link_leaves_no_event(app):
    """B7: a vote leaves none, and a link may lead to one."""
    with app.test_request_context():
        doors.enter(a_person(), "vote 1")
        assert events() == []


def test_a_log_that_cannot_be_written_keeps_no_page_from_its_visitor(as_, monkeypatch, caplog):
    ada = an_admin()
    visitor = as_(ada)

    def full(*_, **__):
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(security_log, "SecurityEvent", full)
    assert visitor.post(f"/people/{ada.id}/turn-away").status_code == 403
    assert "A refusal could not be written down: OperationalError" in caplog.text


def test_the_log_is_only_ever_added_to(app):
    note("signed in", a_person())
    db.session.flush()
    event = db.session.scalars(db.select(SecurityEvent)).one()
    event.what = "nothing"
    with pytest.raises(TypeError, match="only ever added to"):
        db.session.flush()
    db.session.rollback()
    note("signed in")
    db.session.flush()
    db.session.delete(db.session.scalars(db.select(SecurityEvent)).one())
    with pytest.raises(TypeError, match="only ever added to"):
        db.session.flush()


def test_age_alone_takes_an_event_away(app, clock):
    note("old")
    db.session.flush()
    clock(now() + timedelta(days=366))
    note("new")
    db.session.flush()
    assert security_log.forget_before(now() - timedelta(days=365)) == 1
    assert [what for what, _, _ in events()] == ["new"]


@pytest.mark.parametrize(("address", "place"), [("203.0.113.9", "203.0"), ("2001:db8:1:2::9", "2001:db8:1"), ("", "")])
def test_a_place_is_a_neighbourhood(address, place):
    """L1."""
    assert short_place(address) == place


# --- The page


def test_admins_read_the_log_with_the_names_of_today(as_):
    ada, sam = an_admin(), a_professional()
    services.set_admin(sam, True, by=ada)
    sam.alias = "Samuel"
    page = as_(ada).get("/security-log").text
    assert ("Made programme admin" in page, "Samuel" in page, "Ada" in page) == (True, True, True)


def test_nobody_else_knows_of_the_log(as_):
    """P2."""
    assert [as_(person).get("/security-log").status_code for person in (a_person(), a_professional())] == [404, 404]


def test_an_empty_log_says_so(as_):
    assert "Nothing here" in as_(an_admin()).get("/security-log").text


def test_a_long_log_comes_in_pages_and_costs_the_same(as_, query_count):
    ada = an_admin()
    visitor = as_(ada)
    note("one", ada, ada)
    db.session.commit()
    query_count.clear()
    visitor.get("/security-log")
    short = len(query_count)
    for _ in range(100):
        note("more", ada, ada)
    db.session.commit()
    query_count.clear()
    first = visitor.get("/security-log").text
    assert len(query_count) == short
    assert ("Older" in first, "Newer" in first) == (True, False)
    second = visitor.get("/security-log?page=2").text
    assert ("Older" in second, "Newer" in second) == (False, True)
    assert visitor.get("/security-log?page=-3").status_code == 200
