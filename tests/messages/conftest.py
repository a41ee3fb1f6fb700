"""A post box to look in, and purposes that exist in these tests alone."""

import email
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from coprod.core.db import db
from coprod.messages import queries, services
from coprod.messages.models import Message
from coprod.messages.rules import Purpose

HELLO = Purpose("hello", "Hi {alias}. It is tomorrow.", "Hello {alias}.\n\nIt is tomorrow.")
LINKED = Purpose(
    "linked", "Hi {alias}. One thing: {link}", "Hello {alias}.\n\n{link}", "thing", "messages.stop", timedelta(7)
)
URGENT = Purpose(
    "urgent", "Please sign in now: {link}", "Please sign in now.\n\n{link}", "", "people.sign_in", any_hour=True
)


@dataclass
class PostBox:
    """What has been sent: texts as (number, words), letters as (address, subject, words)."""

    texts_folder: Path
    letters_folder: Path

    def texts(self):
        found = sorted(self.texts_folder.glob("*.txt"), key=lambda file: file.stat().st_mtime_ns)
        return [tuple(file.read_text("utf-8").split("\n", 1)) for file in found]

    def letters(self):
        files = sorted(self.letters_folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        found = [email.message_from_string(file.read_text().rsplit("-" * 79, 1)[0]) for file in files]
        return [(letter["To"], letter["Subject"], letter.get_payload().strip()) for letter in found]

    def empty(self):
        shutil.rmtree(self.texts_folder, ignore_errors=True)
        shutil.rmtree(self.letters_folder, ignore_errors=True)


@pytest.fixture
def post_box(app, database):
    box = PostBox(Path(app.config["TEXT_FOLDER"]), Path(app.config["MAIL_FILE_PATH"]))
    box.empty()
    yield box
    box.empty()


@pytest.fixture
def right(database):
    """These tests' purposes are announced; what is in the set that is answered is right no more."""
    wrong = set()
    before = dict(queries.KINDS)
    for purpose in (HELLO, LINKED, URGENT):
        services.announce(purpose, lambda person, thing: thing not in wrong)
    yield wrong
    queries.KINDS.clear()
    queries.KINDS.update(before)


def send():
    """Let the sender run once."""
    db.session.commit()
    return services.send_due()


def states():
    """The state of every message, in the order of purposes."""
    return list(db.session.scalars(db.select(Message.state).order_by(Message.purpose, Message.due)))
