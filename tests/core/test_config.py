"""The settings, and those it refuses to start with."""

import re
from datetime import UTC, datetime

import pytest
from flask import request

from coprod import create_app, refuse_to_start, settings
from coprod.core.db import Root, db

STRONG = "a" * 32


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch, tmp_path):
    for name in ("COPROD_MODE", "COPROD_DEMONSTRATION", "COPROD_SECRET", "COPROD_HOSTS", "DATABASE_URL", "COPROD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COPROD_DATA", str(tmp_path / "data"))


def _refusal(**chosen):
    with pytest.raises(SystemExit) as stopped:
        refuse_to_start(settings(**chosen))
    return str(stopped.value)


def test_production_is_what_there_is_unless_asked_otherwise(monkeypatch, tmp_path):
    monkeypatch.setenv("COPROD_SECRET", STRONG)
    found = settings()
    assert (found["HTTPS"], found["DEMONSTRATION"], found["NOW"], found["SECRET_KEY"]) == (True, False, None, STRONG)
    assert found["PARTNERSHIPS"][0].database == f"sqlite:///{tmp_path / 'data' / 'coprod.db'}"
    assert found["PARTNERSHIPS"][0].keys == tmp_path / "data.keys"
    refuse_to_start(found)


@pytest.mark.parametrize("secret", ["", "secret", "changeme", "a" * 31])
def test_production_does_not_start_with_a_guessable_secret(secret):
    assert _refusal(SECRET_KEY=secret) == "Coprod does not start: set COPROD_SECRET to 32 or more random characters."


def test_production_does_not_start_with_sign_in_as(monkeypatch):
    monkeypatch.setenv("COPROD_DEMONSTRATION", "yes")
    assert "may not be on in production" in _refusal(SECRET_KEY=STRONG)


def test_production_does_not_start_with_a_fixed_clock():
    assert "the clock may be fixed only" in _refusal(SECRET_KEY=STRONG, NOW=datetime(2025, 1, 1, tzinfo=UTC))


def test_a_demonstration_keeps_its_own_secret_and_fixed_day(tmp_path):
    first = settings(mode="demonstration", DEMONSTRATION=True)
    again = settings(mode="demonstration", DEMONSTRATION=True)
    assert first["SECRET_KEY"] == again["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 32
    assert (tmp_path / "data.keys" / "secret").stat().st_mode & 0o777 == 0o600
    assert (first["HTTPS"], f"{first['NOW']:%Y-%m-%d}") == (False, "2025-11-17")
    refuse_to_start(first)


def test_a_scanner_nobody_could_reach_is_one_clear_line_f6():
    for address in ("clamd", "clamd:", "clamd:port"):
        assert "COPROD_CLAMD is host:port" in _refusal(CLAMD=address)
    for address in ("", "clamd:3310", "[::1]:3310", "/run/clamd.sock"):
        refuse_to_start(settings(CLAMD=address))


def test_the_environment_chooses_database_hosts_and_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("COPROD_HOSTS", "Coprod.example, www.coprod.example")
    monkeypatch.setenv("COPROD_KEYS", str(tmp_path / "safe"))
    partnership = settings(mode="production")["PARTNERSHIPS"][0]
    assert partnership.database == "postgresql://somewhere/else"
    assert partnership.hosts == {"coprod.example", "www.coprod.example"}
    assert partnership.keys == tmp_path / "safe"


def test_production_draws_a_secret_of_its_own_where_none_is_given(tmp_path):
    found = settings()
    assert found["SECRET_KEY"] == (tmp_path / "data.keys" / "secret").read_text()
    refuse_to_start(found)


def test_no_data_folder_is_one_clear_line_f6(tmp_path):
    with pytest.raises(SystemExit, match="the database sqlite:///"):
        create_app()


def test_the_environment_is_read_where_no_settings_are_given(monkeypatch):
    monkeypatch.setenv("COPROD_SECRET", "changeme")
    with pytest.raises(SystemExit, match="COPROD_SECRET"):
        create_app()


def test_trusted_proxies_are_believed_and_others_are_not(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("COPROD_MODE", "test")
    for proxies, seen in ((0, "127.0.0.1"), (1, "203.0.113.9")):
        monkeypatch.setenv("COPROD_PROXIES", str(proxies))
        app = create_app()
        noted = []
        app.before_request_funcs[None].insert(0, lambda noted=noted: noted.append(request.remote_addr))
        app.test_client().get("/nowhere", headers={"X-Forwarded-For": "203.0.113.9"})
        assert noted == [seen]
        with app.app_context():
            db.engines["first"].dispose()


def test_over_https_a_form_with_its_token_is_taken_though_no_referrer_is_sent(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    app = create_app(settings(TESTING=True))
    with app.app_context():
        Root.metadata.create_all(db.engines["first"])
    client = app.test_client()
    page = client.get("/sign-in", base_url="https://localhost").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    answer = client.post(
        "/sign-in", data={"contact": "a@example.org", "csrf_token": token[1]}, base_url="https://localhost"
    )
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert client.post("/sign-in", data={"contact": "a@example.org"}, base_url="https://localhost").status_code == 400
    with app.app_context():
        db.engines["first"].dispose()
