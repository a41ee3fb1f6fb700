"""Signing in as in production: forms guarded by their token, and codes that come through a real mail server."""

import email
import queue
import re
import socket
import threading

import pyotp
import pytest
from aiosmtpd.controller import Controller
from flask_mailman import Mail

from coprod.core.db import db
from coprod.people import services
from coprod.people.models import Ticket
from tests.factories import a_person, a_professional

PATIENCE = 15


class PostOffice:
    """A mail server on this machine: takes letters in by SMTP while it is open."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.letters, self.server = queue.Queue(), None

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name aiosmtpd calls
        self.letters.put((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 Taken"

    def open(self):
        self.server = Controller(self, hostname="127.0.0.1", port=self.port)
        self.server.start()

    def close(self):
        if self.server is not None:
            self.server.stop()
        self.server = None

    def code_for(self, address):
        """Wait for the next letter, which has to be to this address, and read its code."""
        to, letter = self.letters.get(timeout=PATIENCE)
        assert (to, letter["Subject"]) == ([address], "Your code")
        return re.search(r"\d{6}", letter.get_payload())[0]


@pytest.fixture
def post_office(app, database, monkeypatch):
    """The mail server, still closed, and the application as in production: it uses no other, and asks for tokens."""
    office = PostOffice()
    chosen = {"MAIL_BACKEND": "smtp", "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": office.port, "MAIL_USE_TLS": False}
    monkeypatch.setitem(app.extensions, "mailman", Mail().init_mail(app.config | chosen))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    yield office
    office.close()


@pytest.fixture
def sender(app, database):
    """The sender, at its work in a thread of its own as long as the test runs."""
    stop = threading.Event()

    def work():
        while not stop.wait(0.2):
            with app.app_context():
                services.send_codes()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.mark.browser
def test_a_member_and_a_professional_sign_in_with_codes_from_a_mail_server(live, page, post_office, sender):
    a_person("Robin", email="robin@example.org")
    a_professional("Sam", email="sam@example.org")
    db.session.commit()
    post_office.open()
    _ask(page, live, "robin@example.org")
    page.get_by_label("Your code").fill(post_office.code_for("robin@example.org"))
    page.get_by_role("button", name="Open").click()
    page.wait_for_url(f"{live}/")
    assert {cookie["name"] for cookie in page.context.cookies()} >= {"sid"}
    page.goto(f"{live}/my-sessions")
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url(f"{live}/sign-in")

    _ask(page, live, "sam@example.org")
    page.get_by_label("Your code").fill(post_office.code_for("sam@example.org"))
    page.get_by_role("button", name="Open").click()
    page.get_by_role("heading", name="Set up your authenticator").wait_for()
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    assert page.locator("li code").count() == 8


def _ask(page, live, address):
    page.goto(f"{live}/sign-in")
    page.get_by_label("Your e-mail or phone number").fill(address)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Type your code").wait_for()


def test_a_mail_server_that_is_down_loses_nothing_and_changes_no_answer(client, post_office, caplog):
    """A5, R10: the page answers as ever, and the code goes out once the server is back."""
    a_person("Robin", email="robin@example.org")
    answers = [_post(client, "/sign-in", contact="robin@example.org")]
    db.session.commit()
    assert services.send_codes() == 0
    assert "A code could not be sent: ConnectionRefusedError" in caplog.text
    assert "robin" not in caplog.text
    assert db.session.scalars(db.select(Ticket.asked)).one() == "robin@example.org"
    post_office.open()
    assert services.send_codes() == 1
    code = post_office.code_for("robin@example.org")
    answers.append(_post(client, "/sign-in/code", code=code))
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/sign-in/code"), (303, "/")]


def _post(client, address, **typed):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address).text)[1]
    return client.post(address, data=typed | {"csrf_token": token})
