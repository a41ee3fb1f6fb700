"""One plain message to one person, whose subject and sender say nothing (O1)."""

import smtplib
from typing import Any
from uuid import UUID

from flask import Flask
from flask_mailman import EmailMessage, Mail


class MaybeSent(OSError):  # noqa: N818 - a name that says what happened
    """The line broke while the words were handed over: whether they arrived, nobody here can know."""


def init_app(app: Flask) -> None:
    """Read how mail leaves this installation: by SMTP, or into files in a demonstration or a test."""
    Mail(app)


def send(to: str, subject: str, words: str, *, key: UUID | None = None) -> None:
    """Hand this message over; where that fails, it raises and nothing was sent, or perhaps it was (`MaybeSent`).

    With a `key` every try carries the same name, so that whoever keeps the mailbox can tell a second copy.
    """
    named = {"Message-ID": f"<{key}@coprod.invalid>"} if key else {}
    message = EmailMessage(subject, words, to=[to], headers=named)
    line = message.get_connection()
    line.open()
    begun = _notice_when_words_go(getattr(line, "connection", None))
    try:
        message.send()
    except smtplib.SMTPDataError:
        raise
    except OSError as error:
        raise MaybeSent if begun else error from None
    finally:
        line.close()


def _notice_when_words_go(server: Any) -> list[bool]:
    """Note in the list that is answered that the words themselves have begun to go out."""
    begun: list[bool] = []
    if isinstance(server, smtplib.SMTP):
        hand_over = server.data

        def noted(msg: Any) -> tuple[int, bytes]:
            begun.append(True)
            return hand_over(msg)

        server.data = noted  # type: ignore[method-assign]
    return begun
