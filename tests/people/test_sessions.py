"""A1, F24: sessions that live on the server and die when they should."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import g
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db, here
from coprod.people import queries, rules, services
from coprod.people.models import Side, SignedIn
from coprod.people.sealing import hashed, real_now
from tests.factories import a_person, a_professional, an_admin

pytestmark = pytest.mark.usefixtures("database")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def begin(person, **chosen):
    cookie = services.cookie_for(services.begin_session(person, **chosen))
    db.session.commit()
    return cookie


def test_a_session_is_kept_as_a_hash_alone():
    token = services.begin_session(a_person())
    kept = db.session.scalars(db.select(SignedIn)).one()
    assert len(token) >= 43
    assert kept.hash == hashed("session", token)
    assert token not in repr({column.name: getattr(kept, column.name) for column in SignedIn.__table__.columns})


def test_a_session_is_found_again_by_its_cookie():
    robin = a_person()
    visit = services.resume(begin(robin))
    assert (visit.person, visit.task) == (robin, None)


@pytest.mark.parametrize("cookie", ["", "nonsense", "a.b.c", "ünsinn.x.y"])
def test_a_made_up_cookie_finds_and_ends_nothing(cookie):
    begin(a_person())
    assert services.resume(cookie) is None
    services.end_session(cookie)
    assert len(db.session.scalars(db.select(SignedIn)).all()) == 1


def test_a_session_is_idle_after_half_an_hour():
    with time_machine.travel(START, tick=False) as clock:
        cookie = begin(a_person())
        clock.shift(timedelta(minutes=30))
        assert services.resume(cookie) is not None
        clock.shift(timedelta(seconds=1))
        assert services.resume(cookie) is None


def test_a_session_in_use_is_signed_anew_at_most_once_a_minute():
    with time_machine.travel(START, tick=False) as clock:
        cookie = begin(a_person())
        clock.shift(timedelta(seconds=59))
        assert services.resume(cookie).cookie is None
        clock.shift(timedelta(seconds=1))
        assert services.resume(cookie).cookie not in (None, cookie)


@pytest.mark.parametrize(("builder", "hours"), [(a_person, 12), (a_professional, 8)])
def test_a_session_ends_however_busy(builder, hours):
    with time_machine.travel(START, tick=False) as clock:
        cookie = begin(builder())
        for _ in range(hours * 3):
            visit = services.resume(cookie)
            cookie = visit.cookie or cookie
            clock.shift(timedelta(minutes=20))
        assert services.resume(cookie) is None


def test_a_session_for_one_task_may_end_sooner_but_not_later():
    robin = a_person()
    soon = real_now() + timedelta(hours=1)
    services.begin_session(robin, task="vote", ends=soon)
    services.begin_session(robin, task="vote", ends=soon + timedelta(days=9))
    first, second = sorted(session.ends for session in db.session.scalars(db.select(SignedIn)))
    assert first == soon
    assert second - real_now() <= timedelta(hours=12)


def test_a_session_dies_with_any_change_of_rights():
    robin = a_person()
    cookie = begin(robin)
    robin.rights += 1
    assert services.resume(cookie) is None


def test_a_session_dies_with_the_account():
    robin = a_person()
    cookie = begin(robin)
    robin.active = False
    assert services.resume(cookie) is None


def test_renewing_rights_leaves_no_session_behind():
    robin, other = a_person(), a_person("Jo")
    begin(robin), begin(other)
    services.renew_rights(robin)
    assert [session.person_id for session in db.session.scalars(db.select(SignedIn))] == [other.id]


def test_an_ended_session_is_gone():
    cookie = begin(a_person())
    services.end_session(cookie)
    assert services.resume(cookie) is None


def test_the_sessions_of_a_task_end_with_it():
    """A3."""
    robin = a_person()
    one, other, whole = begin(robin, task="poll 1"), begin(robin, task="poll 2"), begin(robin)
    services.end_sessions_for("poll 1")
    assert [services.resume(cookie) is None for cookie in (one, other, whole)] == [True, False, False]


def test_a_cookie_of_one_partnership_is_nothing_to_another(app):
    """T3."""
    cookie = begin(a_person())
    mine = here()
    g.partnership = replace(mine, name="second")
    assert services.resume(cookie) is None
    g.partnership = mine
    assert services.resume(cookie) is not None


def test_my_sessions_are_mine_alone_and_the_living_ones():
    robin, other = a_person(), a_person("Jo")
    begin(robin, device="Computer, Firefox"), begin(other)
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        begin(robin, device="long ago")
    assert [session.device for session in queries.sessions_of(robin, real_now())] == ["Computer, Firefox"]


def test_i_can_end_my_session_elsewhere_and_nobody_elses():
    robin, other = a_person(), a_person("Jo")
    cookie = begin(robin)
    key = queries.sessions_of(robin, real_now())[0].id
    with pytest.raises(NoResultFound):
        services.end_one(other, key)
    services.end_one(robin, key)
    assert services.resume(cookie) is None


# --- In the browser


def test_a_copied_cookie_is_dead_after_signing_out(as_, app):
    visitor = as_(a_person())
    copied = visitor.get_cookie("sid").value
    assert visitor.get("/my-sessions").status_code == 200
    answer = visitor.post("/sign-out")
    assert 'content="0; url=/signed-out"' in answer.text
    assert visitor.get_cookie("sid") is None
    visitor.set_cookie("sid", copied)
    assert visitor.get("/my-sessions").location == "/sign-in"


def test_a_copied_cookie_is_dead_after_leaving(as_):
    """A9."""
    visitor = as_(a_person())
    copied = visitor.get_cookie("sid").value
    visitor.post("/leave")
    visitor.set_cookie("sid", copied)
    assert visitor.get("/my-sessions").location == "/sign-in"


@pytest.mark.parametrize(
    "change",
    [
        lambda person, by: services.turn_away(person, by=by),
        lambda person, by: services.rename(person, "Lee", by=by),
        lambda person, by: services.set_admin(person, True, by=by),
    ],
)
def test_a_session_is_dead_at_the_next_request_after_removal_or_change_of_role(as_, change):
    sam, ada = a_professional(), an_admin()
    visitor = as_(sam)
    assert visitor.get("/my-sessions").status_code == 200
    change(sam, ada)
    assert visitor.get("/my-sessions").location == "/sign-in"


def test_a_signed_in_get_costs_one_statement_for_sign_in_and_writes_nothing(as_, query_count):
    visitor = as_(a_person())
    query_count.clear()
    visitor.get("/my-sessions")
    about_sign_in = [statement for statement in query_count if "signed_in.hash =" in statement]
    written = [s for s in query_count if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (len(about_sign_in), written) == (1, [])


def test_a_busy_visitor_gets_a_fresh_cookie_and_nothing_is_written(as_, query_count):
    with time_machine.travel(START, tick=False) as clock:
        visitor = as_(a_person())
        for _ in range(50):
            clock.shift(timedelta(seconds=100))
            assert visitor.get("/stop-texts").status_code == 200
        written = [s for s in query_count if s.startswith(("INSERT", "UPDATE", "DELETE"))]
        assert len(written) == 2  # the person and the session, by the test itself
        assert visitor.get("/my-sessions").status_code == 200


def test_a_refused_form_still_keeps_its_sender_signed_in(as_):
    with time_machine.travel(START, tick=False) as clock:
        visitor = as_(an_admin())
        clock.shift(timedelta(minutes=20))
        assert visitor.post("/people/new").status_code == 422
        clock.shift(timedelta(minutes=20))
        assert visitor.get("/people").status_code == 200


def test_signing_in_gives_a_new_session_in_place_of_the_old(app, as_, ask):
    """A1: no session can be fixed beforehand."""
    visitor = as_(a_person("Robin", email="robin@example.org"))
    old = visitor.get_cookie("sid").value
    visitor.post("/sign-in/code", data={"code": ask(visitor, "robin@example.org")})
    new = visitor.get_cookie("sid").value
    assert new != old
    visitor.set_cookie("sid", old)
    assert visitor.get("/my-sessions").location == "/sign-in"


def test_my_sessions_page_lists_them_and_ends_one(app, as_):
    robin = a_person()
    visitor, other = as_(robin), as_(robin)
    page = visitor.get("/my-sessions").text
    assert page.count("This one, since") == 1
    there = page.split('action="/my-sessions/')[1].split("/end")[0]
    assert visitor.post(f"/my-sessions/{there}/end").location == "/my-sessions"
    assert other.get("/my-sessions").location == "/sign-in"
    assert visitor.get("/my-sessions").status_code == 200


def test_ending_this_very_session_is_signing_out(as_):
    robin = a_person()
    visitor = as_(robin)
    key = db.session.scalars(db.select(SignedIn.id)).one()
    assert "/signed-out" in visitor.post(f"/my-sessions/{key}/end").text
    assert visitor.get("/my-sessions").location == "/sign-in"


def test_professionals_see_their_sessions_on_a_staff_page(as_):
    page = as_(a_professional()).get("/my-sessions").text
    assert re.search(r"<title>\s*How you sign in – Coprod\s*</title>", page)


def test_a_one_task_session_cannot_list_or_end_sessions(as_):
    """A3."""
    assert as_(a_person(), task="vote").get("/my-sessions").status_code == 404


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (iPhone) Version/17 Mobile Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Windows, Edge"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537", "Android phone or tablet, Chrome"),
        ("curl/8", "Computer, browser"),
    ],
)
def test_a_device_is_named_in_two_words(client, ask, agent, said):
    a_person("Robin", email="robin@example.org")
    code = ask(client, "robin@example.org")
    client.post("/sign-in/code", data={"code": code}, headers={"User-Agent": agent})
    assert said in client.get("/my-sessions").text


def test_i_can_end_all_my_sessions_elsewhere_at_once(as_):
    robin, jo = a_person(), a_person("Jo")
    visitor, others, stranger = as_(robin), [as_(robin), as_(robin)], as_(jo)
    page = visitor.post("/my-sessions/end-others", follow_redirects=True).text
    assert "You are signed out everywhere else." in page
    assert "End all the others" not in page
    assert {other.get("/my-sessions").location for other in others} == {"/sign-in"}
    assert [one.get("/my-sessions").status_code for one in (visitor, stranger)] == [200, 200]


def test_i_can_end_all_my_sessions_and_this_one_too(as_):
    """F24."""
    robin = a_person()
    visitor, other = as_(robin), as_(robin)
    copied = visitor.get_cookie("sid").value
    assert "/signed-out" in visitor.post("/my-sessions/end-all").text
    visitor.set_cookie("sid", copied)
    assert [one.get("/my-sessions").location for one in (visitor, other)] == ["/sign-in"] * 2


def test_supporters_stay_signed_in_as_long_as_members(app):
    assert rules.longest(a_person(side=Side.SUPPORTER)) == rules.LONGEST_LIVED
