"""One plain message to one person, whose subject and sender say nothing (O1)."""

from flask import Flask
from flask_mailman import EmailMessage, Mail


def init_app(app: Flask) -> None:
    """Read how mail leaves this installation: by SMTP, or into files in a demonstration or a test."""
    Mail(app)


def send(to: str, subject: str, words: str) -> None:
    """Hand this message over; where that fails, it raises and nothing was sent."""
    EmailMessage(subject, words, to=[to]).send()
