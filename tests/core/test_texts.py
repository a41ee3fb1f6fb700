"""Texts: into files here, by GOV.UK Notify where there is a key, and nowhere else."""

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from notifications_python_client.authentication import decode_jwt_token

from coprod import settings
from coprod.core import texts

SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
NUMBER = "+447700900123"


class Notify(HTTPServer):
    """Answers as GOV.UK Notify does, and keeps what it was asked."""

    def __init__(self):
        self.asked, self.status = [], 201
        super().__init__(("127.0.0.1", 0), _Desk)


class _Desk(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self):
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims_hold = decode_jwt_token(token, SECRET)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, claims_hold, asked))
        answer = json.dumps({"id": "one"} if self.server.status == 201 else {"errors": [{"message": NUMBER}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def notify(app, monkeypatch):
    desk = Notify()
    thread = threading.Thread(target=desk.serve_forever, daemon=True)
    thread.start()
    chosen = {
        "TEXT_BACKEND": "notify",
        "NOTIFY_ADDRESS": f"http://127.0.0.1:{desk.server_port}",
        "NOTIFY_KEY": f"coprod-{SERVICE}-{SECRET}",
        "NOTIFY_TEMPLATE": "a template",
    }
    for name, value in chosen.items():
        monkeypatch.setitem(app.config, name, value)
    with app.app_context():
        yield desk
    desk.shutdown()
    thread.join()
    desk.server_close()


def test_a_text_is_handed_to_notify_with_a_signed_token(notify):
    texts.send(NUMBER, "You have a message.")
    ((path, signed, asked),) = notify.asked
    assert (path, signed) == ("/v2/notifications/sms", True)
    words = {"words": "You have a message."}
    assert asked == {"phone_number": NUMBER, "template_id": "a template", "personalisation": words}


@pytest.mark.parametrize(("status", "again"), [(400, False), (403, False), (429, True), (500, True), (503, True)])
def test_a_text_that_notify_does_not_take_is_not_sent_and_its_number_not_logged(notify, caplog, status, again):
    notify.status = status
    with pytest.raises(texts.NotSent) as refused:
        texts.send(NUMBER, "You have a message.")
    assert refused.value.again is again
    logged = [record for record in caplog.records if record.levelno > logging.DEBUG]
    assert (NUMBER in str(refused.value) + caplog.text, logged) == (False, [])


def test_a_text_waits_where_notify_cannot_be_reached(notify, app, monkeypatch):
    monkeypatch.setitem(app.config, "NOTIFY_ADDRESS", "http://127.0.0.1:9")
    with pytest.raises(texts.NotSent) as refused:
        texts.send(NUMBER, "You have a message.")
    assert refused.value.again


def test_a_text_is_a_file_in_a_test(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "TEXT_FOLDER", str(tmp_path / "texts"))
    with app.app_context():
        assert texts.can_text()
        texts.send(NUMBER, "You have a message.")
    assert [file.read_text() for file in Path(tmp_path / "texts").iterdir()] == [f"{NUMBER}\nYou have a message."]


def test_without_a_key_no_text_is_sent(app, monkeypatch):
    monkeypatch.setitem(app.config, "TEXT_BACKEND", "")
    with app.app_context():
        assert not texts.can_text()
        with pytest.raises(texts.NotSent) as refused:
            texts.send(NUMBER, "You have a message.")
    assert not refused.value.again


@pytest.mark.parametrize(
    ("mode", "key", "template", "backend"),
    [("production", "k", "t", "notify"), ("production", "k", "", ""), ("demonstration", "k", "t", "file")],
)
def test_only_production_with_a_key_and_a_template_texts(monkeypatch, tmp_path, mode, key, template, backend):
    monkeypatch.setenv("COPROD_NOTIFY_KEY", key)
    monkeypatch.setenv("COPROD_NOTIFY_TEMPLATE", template)
    found = settings(mode=mode, data=tmp_path / "data", SECRET_KEY="a" * 32)
    assert (found["TEXT_BACKEND"], found["NOTIFY_KEY"]) == (backend, key)
