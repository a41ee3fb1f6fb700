"""What every request passes through."""

import logging

import pytest

from coprod.core.db import db
from coprod.people.models import Person
from tests.conftest import sign_in
from tests.factories import a_person


def _aliases():
    return list(db.session.scalars(db.select(Person.alias)))


def test_a_good_post_is_kept(pages):
    assert pages.post("/open", data={"alias": "Ada"}).text == "saved"
    assert _aliases() == ["Ada"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_get_cannot_write(pages, method):
    assert pages.open("/open", method=method).status_code == 200
    assert _aliases() == []


@pytest.mark.parametrize("status", [400, 422, 503])
def test_a_post_that_is_answered_with_a_fault_leaves_nothing(pages, status):
    assert pages.post("/open", data={"alias": "Ada", "status": status}).status_code == status
    assert _aliases() == []


def test_a_refusal_gives_the_reason_and_leaves_nothing(pages):
    answer = pages.post("/refused")
    assert answer.status_code == 403
    assert "Only the chair can do this." in answer.text
    assert _aliases() == []


def test_a_fault_of_ours_is_plain_tells_nothing_and_leaves_nothing(pages, caplog):
    with caplog.at_level(logging.CRITICAL):
        answer = pages.post("/broken")
    assert answer.status_code == 500
    assert "It is our fault, not yours." in answer.text
    assert "an inner word" not in answer.text
    assert _aliases() == []


def test_a_stranger_is_turned_away(pages):
    answer = pages.get("/shut")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_somebody_signed_in_comes_in(pages):
    assert sign_in(pages, a_person("Ada")).get("/shut").text == "for Ada"


def test_a_one_task_session_opens_its_task_and_nothing_else(pages):
    visitor = sign_in(pages, a_person("Ada"), task="vote")
    assert visitor.get("/by-link").text == "by link"
    assert visitor.get("/shut").status_code == 404


@pytest.mark.parametrize("cookie", ["", "sid=forged"])
def test_an_unknown_host_finds_nothing(pages, cookie):
    """T1: also when it sends a cookie along."""
    answer = pages.get("/open", base_url="http://elsewhere.example", headers={"Cookie": cookie})
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


def test_a_host_is_known_with_any_port_and_in_any_case(pages):
    assert pages.get("/open", base_url="http://LOCALHOST:8123").status_code == 200


def test_a_wrong_method_is_said_plainly(pages):
    answer = pages.put("/open")
    assert answer.status_code == 405
    assert "Go back and try again." in answer.text


def test_a_redirect_of_the_routing_is_left_alone(pages):
    answer = pages.get("/slashed")
    assert (answer.status_code, answer.location) == (308, "http://localhost/slashed/")


def test_a_form_without_its_token_is_stale(pages, site, monkeypatch):
    monkeypatch.setitem(site.config, "WTF_CSRF_ENABLED", True)
    answer = pages.post("/open")
    assert answer.status_code == 400
    assert "had been open too long" in answer.text


@pytest.mark.parametrize(("status", "given"), [(200, {"kept", "sure"}), (422, {"sure"})])
def test_cookies_follow_the_commit(pages, status, given):
    answer = pages.post(f"/cookies/{status}")
    names = {cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")}
    assert names == given


def test_a_cookie_that_was_there_is_taken_back(pages):
    pages.set_cookie("old", "x")
    pages.post("/cookies/200")
    assert pages.get_cookie("old") is None


def test_a_stranger_may_send_too_much_and_is_only_turned_away(pages):
    answer = pages.post("/shut-form", data=b"x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_too_much_is_said_plainly(pages):
    answer = pages.post("/open", data=b"x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "Go back and try again." in answer.text


def test_a_page_is_never_stored_and_a_built_file_may_be(pages):
    """O9."""
    assert pages.get("/slashed/").headers["Cache-Control"] == "no-store"
    assert "no-store" not in pages.get("/static/css/member.scss").headers["Cache-Control"]
