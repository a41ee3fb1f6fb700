"""Two who write at one theory at the same moment: no circle comes about, and no words are lost."""

from flask import Flask
from werkzeug.test import TestResponse

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.theories import services
from coprod.theories.models import PartKind, Theory, TheoryArrow
from tests.theories.conftest import a_theory
from tests.together import at_once


class Desk:
    """A facilitator's browser."""

    def __init__(self, app: Flask, person: Person) -> None:
        self.app, self.cookie = app, people.cookie_for(people.begin_session(person, "desk"))
        self.answers: list[TestResponse] = []

    def post(self, address: str, data: dict[str, str]) -> None:
        """Send a form."""
        visitor = self.app.test_client()
        visitor.set_cookie("sid", self.cookie)
        self.answers.append(visitor.post(address, data=data, buffered=True))


def test_two_arrows_that_would_make_a_circle_together_are_not_both_drawn_r4(app, there) -> None:
    theory = a_theory(there)
    know = theory.parts[2]
    touch = services.add_part(theory, PartKind.OUTCOME, "Parents stay in touch", by=there.sam)
    desks = [Desk(app, person) for person in (there.sam, there.lou)]
    there_and_back = [
        {"start": str(start.id), "end": str(end.id), "assumption": words, "standing": "not tested"}
        for start, end, words in ((know, touch, "Names stay"), (touch, know, "They ask again"))
    ]
    address, key = f"/theories/{theory.id}/arrows/new", theory.id
    db.session.commit()
    at_once(*(lambda d=desk, f=form: d.post(address, f) for desk, form in zip(desks, there_and_back, strict=True)))
    found = {desk.answers[0].status_code: (desk, form) for desk, form in zip(desks, there_and_back, strict=True)}
    assert set(found) == {303, 422}
    late, typed = found[422]
    assert "round in a circle" in late.answers[0].text
    assert typed["assumption"] in late.answers[0].text
    db.session.expire_all()
    assert [one.number for one in db.session.get_one(Theory, key).arrows] == [1, 2, 3, 4]


def test_what_is_refused_at_the_last_moment_keeps_the_words_that_were_typed_r4(as_, there, monkeypatch) -> None:
    theory = a_theory(there)
    part, arrow = theory.parts[0], theory.arrows[0]
    said = {"start": arrow.start_id, "end": theory.parts[3].id, "assumption": "Paid", "standing": "holds"}
    sam = as_(there.sam)

    def too_late(*_: object, **__: object) -> None:
        raise Refused("Somebody was faster.")

    for name in ("add_arrow", "change_arrow", "change_part"):
        monkeypatch.setattr(services, name, too_late)
    words = {"kind": "input", "words": "Paid"}
    for address, typed in (
        (f"/theories/{theory.id}/room/arrows", said),
        (f"/theories/{theory.id}/arrows/new", said),
        (f"/theory-arrows/{arrow.id}", said),
        (f"/theory-parts/{part.id}", words),
    ):
        answer = sam.post(address, data=typed)
        assert answer.status_code == 422
        assert "Somebody was faster." in answer.text
        assert "Paid" in answer.text
    assert db.session.query(TheoryArrow).count() == 3
