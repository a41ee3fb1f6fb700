"""F7: over a real line, what was surely not handed over is told from what may have arrived."""

import smtplib
import socket
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller

from coprod.core import mail


class Server:
    """A mail server that keeps what comes, and breaks at one step."""

    def __init__(self, breaks=""):
        self.breaks, self.came = breaks, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if self.breaks == "at the address":
            server.transport.close()
        if self.breaks == "refuses":
            return "550 not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        self.came.append(envelope)
        if self.breaks == "after the words":
            server.transport.close()
        return "554 not those words" if self.breaks == "no such words" else "250 OK"


@pytest.fixture
def line(app, monkeypatch):
    """Send over a real line to a server that breaks so."""
    controllers = []

    def to(breaks=""):
        server = Server(breaks)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(server, hostname="127.0.0.1", port=port)
        controller.start()
        controllers.append(controller)
        for name, value in {"backend": "smtp", "server": "127.0.0.1", "port": port, "use_tls": False}.items():
            monkeypatch.setattr(app.extensions["mailman"], name, value)
        return server

    with app.app_context():
        yield to
    for controller in controllers:
        controller.stop()


def test_a_message_arrives_alone_under_a_name_that_stays(line):
    server, key = line(), uuid4()
    mail.send("robin@example.org", "You have a message", "Hello.", key=key)
    (came,) = server.came
    assert came.rcpt_tos == ["robin@example.org"]
    assert f"Message-ID: <{key}@coprod.invalid>".encode() in came.content
    assert not any(header in came.content.lower() for header in (b"\ncc:", b"\nbcc:"))


def test_a_line_that_breaks_after_the_words_may_have_sent_them(line):
    server = line("after the words")
    with pytest.raises(mail.MaybeSent):
        mail.send("robin@example.org", "You have a message", "Hello.")
    assert len(server.came) == 1


@pytest.mark.parametrize("breaks", ["at the address", "refuses", "no such words"])
def test_what_breaks_before_or_is_refused_was_surely_not_sent(line, breaks):
    line(breaks)
    with pytest.raises(OSError) as told:  # noqa: PT011 - any kind of failure but the one below
        mail.send("robin@example.org", "You have a message", "Hello.")
    assert not isinstance(told.value, mail.MaybeSent)


def test_no_server_at_all_is_told_at_once(app, monkeypatch):
    for name, value in {"backend": "smtp", "server": "127.0.0.1", "port": 1, "use_tls": False}.items():
        monkeypatch.setattr(app.extensions["mailman"], name, value)
    with app.app_context(), pytest.raises(ConnectionRefusedError):
        mail.send("robin@example.org", "You have a message", "Hello.")
    assert issubclass(smtplib.SMTPException, OSError)
