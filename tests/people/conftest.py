"""A letter box to look in, and the ways in as a person walks them."""

import email
import re
import shutil
from pathlib import Path

import pyotp
import pytest

from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people import queries, services
from coprod.people.sealing import real_now


class LetterBox:
    """What has been sent, oldest first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def letters(self):
        files = sorted(self.folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_string(file.read_text().rsplit("-" * 79, 1)[0]) for file in files]

    def code(self) -> str:
        return re.search(r"\d{6}", self.letters()[-1].get_payload())[0]

    def empty(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def letter_box(app, database):
    box = LetterBox(Path(app.config["MAIL_FILE_PATH"]))
    box.empty()
    yield box
    box.empty()


@pytest.fixture
def ask(letter_box):
    """Ask for a code in this browser, let the sender run, and answer the code."""

    def asked(client, address):
        client.post("/sign-in", data={"contact": address})
        db.session.commit()
        services.send_codes()
        return letter_box.code()

    return asked


@pytest.fixture
def enrolled(app, database):
    """A professional's authenticator, and the person who has it."""

    def enrol(person):
        key = services.begin_step(person)
        db.session.commit()
        secret = services.new_secret(queries.step(key, real_now()))
        passed = services.pass_step(key, pyotp.TOTP(secret).now())
        db.session.commit()
        return pyotp.TOTP(secret), passed.recovery_codes

    return enrol


def verbs():
    return sorted(db.session.scalars(db.select(Entry.verb)))
