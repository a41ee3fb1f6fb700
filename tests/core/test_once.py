"""The same form sent twice has one effect and one answer (R3)."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from sqlalchemy import select

from coprod.core import once
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.once import Once
from coprod.people.models import Person


def _people():
    return db.session.query(Person).count()


def test_a_form_sent_twice_has_one_effect_and_one_answer(pages):
    sent = {"once": str(uuid4()), "alias": "Ada"}
    assert pages.post("/open", data=sent).status_code == 200
    again = pages.post("/open", data=sent)
    assert (again.status_code, again.location) == (303, "/open")
    assert _people() == 1


def test_a_refused_form_may_be_sent_again(pages):
    key = str(uuid4())
    assert pages.post("/open", data={"once": key, "alias": "Ada", "status": 422}).status_code == 422
    assert pages.post("/open", data={"once": key, "alias": "Ada"}).status_code == 200
    assert _people() == 1


def test_a_form_without_a_key_is_sent_as_often_as_it_is_sent(pages):
    for key in ("", "not a key"):
        assert pages.post("/open", data={"once": key, "alias": "Ada"}).status_code == 200
    assert _people() == 2


def test_what_may_leave_no_event_leaves_not_even_a_key(pages):
    """B7."""
    pages.post("/quiet", data={"once": str(uuid4())})
    assert db.session.query(Once).count() == 0


def test_every_form_carries_a_key_of_its_own(pages):
    keys = {re.search(r'value="([0-9a-f-]{36})"', pages.get("/form").text).group(1) for _ in range(3)}
    assert len(keys) == 3


def test_old_keys_are_let_go_and_fresh_ones_stay(database):
    for n, kept in enumerate((0, 7, 8)):
        db.session.add(Once(key=UUID(int=n), answer="/", on=today() - timedelta(kept)))
    db.session.commit()
    once.forget_old()
    assert sorted(db.session.scalars(select(Once.key))) == [UUID(int=0), UUID(int=1)]


# --- Two who save the same thing in the same moment.


def _taken():
    db.session.add(Once(key=UUID(int=7), answer="", on=today()))
    db.session.commit()
    return {"key": str(UUID(int=7)), "words": "What was typed"}


def test_the_slower_of_two_is_told_what_stands_by_now(pages):
    answer = pages.post("/taken/1", data=_taken())
    assert (answer.status_code, answer.text) == (422, "What was typed: taken")


def test_what_is_still_at_fault_at_the_second_look_is_ours(pages):
    sent = _taken()
    assert pages.post("/taken/3", data=sent).status_code == 500
    assert pages.post("/taken/1", data=sent).status_code == 422


def test_a_form_with_a_file_is_not_read_twice(pages):
    sent = _taken()
    assert pages.post("/taken/1", data=sent | {"file": (BytesIO(b"x"), "x.txt")}).status_code == 500
    assert pages.post("/taken/1", data=sent).status_code == 422


def test_a_second_look_answers_as_the_same_form_was_answered(pages):
    """R3: its key is claimed anew."""
    sent = _taken() | {"once": str(uuid4())}
    assert pages.post("/taken/1", data=sent).status_code == 422
    assert db.session.scalars(select(Once.key)).all() == [UUID(int=7)]
