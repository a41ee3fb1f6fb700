import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Programme, TimelineEntry
from tests import factories

As = Callable[..., FlaskClient]


@pytest.fixture
def ada(database: None) -> Person:
    return factories.an_admin()


def send(visitor: FlaskClient, content: bytes | str) -> TestResponse:
    given = content if isinstance(content, bytes) else content.encode()
    return visitor.post("/public-record/", data={"file": (io.BytesIO(given), "record.toml")})


def test_upload_brings_a_first_record_in(as_: As, ada: Person, words: str) -> None:
    visitor = as_(ada)
    assert "Import the public record" in visitor.get("/public-record/").text

    answer = send(visitor, words)

    assert answer.location == "/public-record/"
    assert db.session.scalars(select(Programme.name)).all() == ["Born into Care"]
    assert "All of it is in now." in visitor.get("/public-record/").text


def test_upload_of_a_changed_file_shows_what_differs_and_applies_on_the_button(
    as_: As, ada: Person, words: str
) -> None:
    visitor = as_(ada)
    send(visitor, words)
    changed = words.replace("Two co-production groups", "Both co-production groups")

    page = send(visitor, changed).text
    untouched = db.session.scalars(select(TimelineEntry.what).where(TimelineEntry.position == 5)).one()
    answer = visitor.post("/public-record/apply", data={"words": changed.replace("\n", "\r\n")})

    assert ("added" in page, "no longer there" in page, "Apply these changes" in page) == (True, True, True)
    assert untouched.startswith("Two")
    assert answer.location == "/public-record/"
    assert db.session.scalars(select(TimelineEntry.what).where(TimelineEntry.position == 5)).one().startswith("Both")


def test_upload_of_the_same_file_says_that_nothing_differs(as_: As, ada: Person, words: str) -> None:
    visitor = as_(ada)
    send(visitor, words)
    page = send(visitor, words).text
    assert page.count('name="once"') == 1
    assert ("Nothing differs" in page, "Apply these changes" in page) == (True, False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the file."),
        (b"#" * 500_001, "This file is too large"),
        (b"\xff\xfe", "line 1: expected a text file in UTF-8."),
        (b"[sources", "the file: expected TOML."),
        (b'name = "<script>"', "&#39;name&#39;: not known here"),
    ],
)
def test_upload_asks_again_and_stores_nothing(as_: As, ada: Person, content: bytes, said: str) -> None:
    answer = send(as_(ada), content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert db.session.scalars(select(Programme)).all() == []


@pytest.mark.parametrize("data", [{}, {"words": "[sources"}, {"file": "text"}])
def test_apply_asks_again_too(as_: As, ada: Person, data: dict[str, str]) -> None:
    assert as_(ada).post("/public-record/apply", data=data).status_code == 422


@pytest.mark.parametrize("address", ["/public-record/", "/public-record/apply"])
def test_upload_is_for_admins(as_: As, database: None, address: str) -> None:
    visitor = as_(factories.a_professional())
    assert visitor.get("/public-record/").status_code == 403
    assert visitor.post(address).status_code == 403


def test_file_may_be_read_again_from_the_page_that_shows_what_differs(as_: As, ada: Person, words: str) -> None:
    """The form there carries a key of its own, so that the second reading is not taken for the first (R3)."""
    visitor = as_(ada)
    send(visitor, words)
    key = str(uuid4())
    given = {"file": (io.BytesIO(words.replace("after = 35", "after = 36").encode()), "record.toml"), "once": key}
    page = visitor.post("/public-record/", data=given).text
    assert ("Apply these changes" in page, key in page) == (True, False)
