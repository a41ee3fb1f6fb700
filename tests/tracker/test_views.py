"""The tracker's page and its file: they show, narrow and hand over the same lines."""

import csv
import io

import pytest

from coprod.core.db import db
from coprod.recommendations.models import State
from coprod.steering.models import Verdict
from tests.home.scenes import Answered


@pytest.fixture
def room(database: None) -> Answered:
    return Answered()


def test_page_shows_every_answer_alike_drawn_and_in_a_table(room: Answered, as_) -> None:
    room.answered(Verdict.DECLINE, "A new court day")
    room.tried("A call")
    room.sent("Shorter letters")
    db.session.commit()
    for reader in (room.alex, room.dee, room.sam, room.robin):
        page = as_(reader).get("/recommendations/tracker").text
        assert [title in page for title in ("A new court day", "A call", "Shorter letters")] == [True] * 3
        assert 'role="img"' in page
        assert "Waits for an answer: 3." in page
        assert "No: 1." in page


def test_page_is_narrowed_by_its_address(room: Answered, as_) -> None:
    room.answered(Verdict.DECLINE, "Another day")
    room.sent("Shorter letters")
    db.session.commit()
    visitor = as_(room.alex)
    page = visitor.get("/recommendations/tracker?answer=waiting&sort=waited").text
    assert "Shorter letters" in page
    assert "Another day" not in page
    assert "tracker.csv?answer=waiting" in page.replace("&amp;", "&")
    nothing = visitor.get("/recommendations/tracker?answer=defer").text
    assert "Nothing fits that" in nothing
    unknown = visitor.get("/recommendations/tracker?answer=whatever&sort=sideways").text
    assert "Another day" in unknown


def test_page_calls_the_answer_of_an_earlier_round_the_one_before(room: Answered, as_) -> None:
    decision = room.answered(Verdict.DEFER, "Another day")
    decision.recommendation.state = State.SUBMITTED
    db.session.commit()
    page = " ".join(as_(room.robin).get("/recommendations/tracker").text.split())
    assert f'Before: <a href="/decisions/{decision.id}">Not now</a>' in page
    assert "<span> Not decided yet" in page


def test_page_without_anything_sent_says_so(room: Answered, as_) -> None:
    page = as_(room.alex).get("/recommendations/tracker").text
    assert "Nothing was sent yet" in page
    assert "<form" not in page.split("<main")[1]


def test_file_holds_the_lines_that_were_chosen_and_no_formula(room: Answered, as_) -> None:
    """O7."""
    room.answered(Verdict.DECLINE, "Another day")
    room.sent("=HYPERLINK(1)")
    db.session.commit()
    answer = as_(room.alex).get("/recommendations/tracker.csv?answer=waiting")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Asked", "'=HYPERLINK(1)"]
    assert answer.headers["Content-Disposition"] == "attachment; filename=recommendations.csv"
    assert answer.headers["Cache-Control"].startswith("no-store")
