"""The second step of professionals: an authenticator, or a recovery code."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine

from coprod.core.db import db
from coprod.people import queries, services
from coprod.people.models import SignedIn, Ticket
from coprod.people.sealing import real_now
from coprod.people.views.sign_in import STEP
from tests.factories import a_person, a_professional, an_admin
from tests.people.conftest import verbs

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def sam():
    return a_professional("Sam", email="sam@example.org")


@pytest.fixture
def at_step(client, ask):
    """A browser whose code was right, before its second step."""

    def go():
        client.post("/sign-in/code", data={"code": ask(client, "sam@example.org")})
        return client

    return go


def shown_secret(visitor):
    page = visitor.get("/sign-in/authenticator").text
    return page.split("<code>")[1].split("</code>")[0].replace(" ", "")


def sessions():
    return db.session.scalars(db.select(SignedIn)).all()


def test_the_first_time_an_authenticator_is_set_up(at_step):
    person = sam()
    visitor = at_step()
    secret = shown_secret(visitor)
    answer = visitor.post("/sign-in/authenticator", data={"code": pyotp.TOTP(secret).now()})
    assert "Keep these recovery codes" in answer.text
    assert answer.text.count("<code>") == 8
    assert visitor.get("/my-sessions").status_code == 200
    db.session.refresh(person)
    assert person.rights == 1
    assert secret.encode() not in person.totp
    assert verbs() == ["authenticator set up"]


def test_the_secret_is_drawn_as_a_picture_too(at_step):
    sam()
    answer = at_step().get("/sign-in/authenticator/picture")
    assert answer.mimetype == "image/svg+xml"
    assert b"style=" not in answer.data
    assert b"<svg" in answer.data


def test_looking_at_the_step_writes_nothing(at_step, query_count):
    sam()
    visitor = at_step()
    query_count.clear()
    assert shown_secret(visitor) == shown_secret(visitor)
    assert [s for s in query_count if s.startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.parametrize("path", ["/sign-in/authenticator", "/sign-in/authenticator/picture"])
def test_without_a_first_step_there_is_no_second(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.location) in {(303, "/sign-in"), (404, None)}
    assert client.post("/sign-in/authenticator", data={"code": "123456"}).location == "/sign-in"


def test_a_code_by_e_mail_opens_no_second_step(client):
    """A ticket for one purpose is refused for another."""
    sam()
    client.post("/sign-in", data={"contact": "sam@example.org"})
    assert client.get("/sign-in/authenticator").location == "/sign-in"
    assert client.post("/sign-in/authenticator", data={"code": "123456"}).location == "/sign-in"


def test_a_step_opens_no_e_mail_code(at_step):
    sam()
    assert at_step().post("/sign-in/code", data={"code": "123456"}).status_code == 422


@pytest.mark.parametrize("typed", ["", "000000", "x" * 41])
def test_a_wrong_code_is_asked_for_again(at_step, typed):
    sam()
    visitor = at_step()
    answer = visitor.post("/sign-in/authenticator", data={"code": typed})
    assert answer.status_code == 422
    assert "Set up your authenticator" in answer.text
    assert sessions() == []


def test_next_time_its_numbers_are_asked_for(enrolled, at_step):
    with time_machine.travel(START, tick=False) as clock:
        totp, _ = enrolled(sam())
        clock.shift(timedelta(minutes=2))
        visitor = at_step()
        page = visitor.get("/sign-in/authenticator").text
        assert "Your authenticator" in page
        assert "<code>" not in page
        assert visitor.get("/sign-in/authenticator/picture").status_code == 404
        assert visitor.post("/sign-in/authenticator", data={"code": totp.now()}).location == "/"
        assert [session.by for session in sessions()] == ["code and authenticator"]


def test_the_same_numbers_do_not_work_twice(enrolled, at_step):
    """Replay: the half-minute used is kept."""
    with time_machine.travel(START, tick=False):
        totp, _ = enrolled(sam())
        assert at_step().post("/sign-in/authenticator", data={"code": totp.now()}).status_code == 422


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 303), (30, 303), (60, 422)])
def test_a_clock_may_be_half_a_minute_wrong(enrolled, at_step, seconds, status):
    with time_machine.travel(START, tick=False) as clock:
        totp, _ = enrolled(sam())
        clock.shift(timedelta(minutes=5))
        there = totp.at(real_now() + timedelta(seconds=seconds))
        assert at_step().post("/sign-in/authenticator", data={"code": there}).status_code == status


def test_a_recovery_code_works_once(enrolled, at_step):
    person = sam()
    _, codes = enrolled(person)
    assert at_step().post("/sign-in/authenticator", data={"code": codes[3].upper()}).location == "/"
    assert at_step().post("/sign-in/authenticator", data={"code": codes[3]}).status_code == 422
    assert at_step().post("/sign-in/authenticator", data={"code": codes[4]}).location == "/"


def test_a_recovery_code_is_nobody_elses(enrolled, at_step):
    _, codes = enrolled(a_professional("Jo", email="jo@example.org"))
    enrolled(sam())
    assert at_step().post("/sign-in/authenticator", data={"code": codes[0]}).status_code == 422


def test_five_tries_and_the_step_is_dead(enrolled, at_step):
    """A8."""
    with time_machine.travel(START, tick=False) as clock:
        totp, _ = enrolled(sam())
        clock.shift(timedelta(minutes=5))
        visitor = at_step()
        for _ in range(5):
            visitor.post("/sign-in/authenticator", data={"code": "000000"})
        assert visitor.post("/sign-in/authenticator", data={"code": totp.now()}).status_code == 422
        assert at_step().post("/sign-in/authenticator", data={"code": totp.now()}).status_code == 303


def test_a_step_works_once_and_for_ten_minutes(enrolled, at_step):
    with time_machine.travel(START, tick=False) as clock:
        totp, _ = enrolled(sam())
        clock.shift(timedelta(minutes=5))
        visitor = at_step()
        step = visitor.get_cookie(STEP).value
        visitor.post("/sign-in/authenticator", data={"code": totp.now()})
        visitor.set_cookie(STEP, step)
        assert visitor.get("/sign-in/authenticator").location == "/sign-in"
        later = at_step()
        clock.shift(timedelta(minutes=11))
        assert later.post("/sign-in/authenticator", data={"code": totp.now()}).location == "/sign-in"


def test_of_two_steps_only_one_sets_up(database):
    """Else whoever holds the mailbox could put another authenticator in place of hers."""
    person = sam()
    one, other = services.begin_step(person), services.begin_step(person)
    first, second = (pyotp.TOTP(services.new_secret(queries.step(key, real_now()))) for key in (one, other))
    assert services.pass_step(one, first.now()) is not None
    assert services.pass_step(other, second.now()) is None
    assert len(db.session.scalars(db.select(Ticket).where(Ticket.purpose == "recovery")).all()) == 8


def test_a_step_that_is_spent_meanwhile_lets_nobody_in(enrolled, database, monkeypatch):
    with time_machine.travel(START, tick=False) as clock:
        person = sam()
        totp, _ = enrolled(person)
        clock.shift(timedelta(minutes=5))
        key = services.begin_step(person)
        kept = queries.step(key, real_now())
        monkeypatch.setattr(queries, "step", lambda *_: kept)
        assert services.pass_step(key, totp.now()) is not None
        clock.shift(timedelta(minutes=1))
        assert services.pass_step(key, totp.now()) is None


def test_numbers_used_meanwhile_let_nobody_in(enrolled, database, monkeypatch):
    with time_machine.travel(START, tick=False) as clock:
        person = sam()
        totp, _ = enrolled(person)
        clock.shift(timedelta(minutes=5))
        one, other = services.begin_step(person), services.begin_step(person)
        assert services.pass_step(one, totp.now()) is not None
        monkeypatch.setattr(type(db.session()), "refresh", lambda *_: None)
        person.__dict__["totp_last"] = 0
        assert services.pass_step(other, totp.now()) is None


def test_a_step_that_is_not_there_lets_nobody_in(database):
    from uuid import uuid4

    assert services.pass_step(uuid4(), "123456") is None


def test_an_admin_takes_a_lost_authenticator_away(as_, enrolled):
    person, ada = sam(), an_admin()
    enrolled(person)
    visitor = as_(person)
    answer = as_(ada).post(f"/people/{person.id}/authenticator-again")
    assert answer.location == f"/people/{person.id}"
    db.session.refresh(person)
    assert person.totp is None
    assert db.session.scalars(db.select(Ticket).where(Ticket.purpose == "recovery")).all() == []
    assert visitor.get("/my-sessions").location == "/sign-in"
    assert "authenticator taken away" in verbs()


def test_a_member_has_no_authenticator_to_take_away(as_):
    robin, ada = a_person(), an_admin()
    assert as_(ada).post(f"/people/{robin.id}/authenticator-again").status_code == 403
