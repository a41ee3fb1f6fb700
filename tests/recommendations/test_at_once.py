"""Five suggestions for the same words and two editors, all at one moment: nothing is lost, every text can be read."""

import re
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Suggestion, SuggestionState
from tests.recommendations.written import WORDS, Round
from tests.together import at_once

PROBLEM = rules.part_named("problem")
TEXT = WORDS["problem"]
BOX = re.compile(r'<textarea[^>]*name="(?:problem|words)"[^>]*>\s*(.*?)</textarea>', re.DOTALL)
VERSION = re.compile(r'<input[^>]*name="version"[^>]*value="(\d+)"')
TAG = re.compile(r"<[^>]+>")


class Desk:
    """Somebody's browser."""

    def __init__(self, app: Flask, person: Person) -> None:
        self.app, self.cookie = app, people.cookie_for(people.begin_session(person, "desk"))
        self.answers: list[TestResponse] = []

    def get(self, address: str) -> str:
        """Read a page as plain words."""
        return unescape(TAG.sub("", self._ask("GET", address).text))

    def post(self, address: str, **data: str) -> TestResponse:
        """Send a form."""
        self.answers.append(self._ask("POST", address, data=data))
        return self.answers[-1]

    def _ask(self, method: str, address: str, **given) -> TestResponse:
        visitor = self.app.test_client()
        visitor.set_cookie("sid", self.cookie)
        return visitor.open(address, method=method, buffered=True, **given)


def edit(desk: Desk, address: str, words: str) -> None:
    """Put one's words before the text; where somebody was faster, read what is on the page and save again."""
    answer = desk.post(f"{address}/edit", **_form(words, "2"))
    while answer.status_code == 422:
        box, version = unescape(BOX.search(answer.text)[1]), VERSION.search(answer.text)[1]
        theirs = unescape(TAG.sub(" ", answer.text.split("Theirs: ")[1].split("</section>")[0]))
        missing = [word for word in theirs.split() if word.startswith("editor") and word not in box]
        answer = desk.post(f"{address}/edit", **_form(" ".join([*missing, box]), version))


def _form(words: str, version: str) -> dict[str, str]:
    return {**WORDS, "problem": words, "version": version}


def at_desks(app: Flask) -> tuple[Recommendation, list[Desk], list[Person]]:
    scene = Round(lived=7)
    made = scene.drafted()
    who = [scene.facilitator, *scene.table.lived]
    desks = [Desk(app, person) for person in who]
    db.session.commit()
    return made, desks, who


def test_five_suggestions_overlap_while_two_edit_and_every_text_is_there_to_read_r4(app, database):
    made, (sam, other, *five), _ = at_desks(app)
    address, five = f"/recommendations/{made.id}", five[:5]
    texts = [TEXT.replace("tell", f"tell{n}") for n in range(len(five))]
    offers = [
        lambda desk=desk, text=text: desk.post(f"{address}/suggest/{PROBLEM.number}", words=text, version="2", why="So")
        for desk, text in zip(five, texts, strict=True)
    ]
    edits = [lambda d=d, w=w: edit(d, address, f"{w} {TEXT}") for d, w in ((sam, "editor1"), (other, "editor2"))]
    db.session.rollback()
    at_once(*offers, *edits)
    db.session.expire_all()
    assert [desk.answers[0].status_code for desk in five] == [303] * 5
    assert sorted(one.words for one in made.suggestions) == texts
    assert [one.number for one in made.suggestions] == [1, 2, 3, 4, 5]
    assert {"editor1", "editor2", *TEXT.split()} == set(made.problem.split())
    page = other.get(f"{address}/suggestions")
    assert [text for text in texts if text not in page] == []


def test_two_that_touch_are_taken_at_one_moment_and_one_is_shown_both_texts_r4(app, database):
    made, (sam, *_), (facilitator, robin, bea, *_) = at_desks(app)
    for person, word in ((robin, "asks"), (bea, "calls")):
        number = len(made.suggestions) + 1
        words = TEXT.replace("tell", word)
        made.suggestions.append(
            Suggestion(number=number, field="problem", from_version=2, before=TEXT, words=words, on=made.versions[0].on)
        )
        made.suggestions[-1].person = person
    db.session.commit()
    keys = [one.id for one in made.suggestions]
    second = Desk(app, facilitator)
    db.session.commit()
    pages = [f"/recommendations/suggestions/{key}" for key in keys]
    db.session.rollback()
    at_once(*(lambda d=d, p=p: d.post(p, name="taken", version="2") for d, p in zip((sam, second), pages, strict=True)))
    db.session.expire_all()
    codes = [desk.answers[-1].status_code for desk in (sam, second)]
    assert sorted(codes) == [303, 422]
    late, page = ((sam, pages[0]), (second, pages[1]))[codes.index(422)]
    told = unescape(TAG.sub("", late.answers[-1].text))
    assert [word for word in ("Parents asks it", "Parents calls it") if word not in told] == []
    joint = TEXT.replace("tell", "asks and calls")
    version = VERSION.search(late.answers[-1].text)[1]
    assert late.post(page, name="together", words=joint, version=version).status_code == 303
    db.session.expire_all()
    assert (made.problem, {one.state for one in made.suggestions}) == (joint, {SuggestionState.TAKEN})
    read = sam.get(f"/recommendations/{made.id}/suggestions")
    assert [one.words for one in made.suggestions if one.words not in read] == []
