"""Two people at one note, through the pages, in four interleavings; every word either of them typed is looked for."""

import html
import re
from collections import Counter
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import Flask

from coprod.core.db import db
from coprod.notes import rules, services
from coprod.notes.models import ItemNote
from coprod.people import services as people
from tests.notes.conftest import Evening
from tests.together import at_once

VERSION = re.compile(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"')
BOX = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ALWAYS = {"lost": 0, "doubled": 0, "unseen": 0, "broken": 0, "conflicts": 0, "saves": 0}


@dataclass
class Desk:
    """One of the two: her browser, and what she read last."""

    app: Flask
    cookie: str
    part_id: UUID
    words: str = ""
    version: str = "0"

    def read(self) -> None:
        """Open the note."""
        self._keep(self._ask("GET"))

    def save(self, words: str) -> tuple[int, str]:
        """Save these words over the version that was read."""
        answer = self._ask("POST", data={"words": words, "version": self.version})
        if answer.status_code == 409:
            self._keep(answer)
        return answer.status_code, answer.text

    def _ask(self, method: str, **given):
        visitor = self.app.test_client()
        visitor.set_cookie("sid", self.cookie)
        return visitor.open(f"/notes/{self.part_id}/edit", method=method, buffered=True, **given)

    def _keep(self, answer) -> None:
        found = VERSION.search(answer.text)
        self.version = found[1] or found[2]
        self.words = html.unescape(BOX.search(answer.text)[1]).strip()


@dataclass
class Pair:
    """The two at one note, and how a line comes in from the run sheet meanwhile."""

    app: Flask
    first: Desk
    second: Desk
    session_id: UUID
    item_id: UUID

    def stands(self) -> list[str]:
        """Answer every word that stands in the note now."""
        with self.app.app_context():
            return db.session.get_one(ItemNote, self.first.part_id).words.split()

    def send_line(self, word: str, key: UUID) -> None:
        """Send one line as the run sheet does."""
        line = {"item": str(self.item_id), "words": word, "once": str(key)}
        visitor = self.app.test_client()
        visitor.set_cookie("sid", self.second.cookie)
        visitor.post(f"/sessions/{self.session_id}/run-sheet/note", data=line, headers={"Accept": "application/json"})


def add(desk: Desk, word: str, counted: Counter) -> None:
    """Add a word to what was read and save; where somebody was faster, put both together and save again."""
    mine = f"{desk.words}\n{word}".strip()
    status, page = desk.save(mine)
    while status == 409:
        counted["conflicts"] += 1
        theirs = _theirs(page)
        # Both stand on the page: theirs as it is in the notes, mine in the box.
        counted["unseen"] += desk.words != mine or not theirs
        mine = "\n".join([*theirs, word])
        status, page = desk.save(mine)
    counted["broken"] += status >= 500
    counted["saves"] += status == 303


def _theirs(page: str) -> list[str]:
    """Read the words of the text that stands beside the box."""
    shown = page.split("Theirs, as it stands now")[1].split("Yours")[0]
    return html.unescape(TAG.sub(" ", shown)).replace("Only in theirs:", "").split()


def one_after_the_other(pair: Pair, words: list[str], counted: Counter) -> None:
    """Both read before either saves; the second is late."""
    for desk in (pair.first, pair.second):
        desk.read()
    add(pair.first, words[0], counted)
    add(pair.second, words[1], counted)


def at_the_same_moment(pair: Pair, words: list[str], counted: Counter) -> None:
    """Both read, and both save at the same moment."""
    for desk in (pair.first, pair.second):
        desk.read()
    at_once(lambda: add(pair.first, words[0], counted), lambda: add(pair.second, words[1], counted))


def read_while_the_other_saves(pair: Pair, words: list[str], counted: Counter) -> None:
    """The second opens the note at the moment the first saves, and saves what she then has."""
    pair.first.read()
    at_once(lambda: add(pair.first, words[0], counted), pair.second.read)
    add(pair.second, words[1], counted)


def a_line_comes_in(pair: Pair, words: list[str], counted: Counter) -> None:
    """One saves the whole at the moment the other's line comes in from the run sheet, twice by the same key."""
    pair.first.read()
    key = uuid4()

    def line() -> None:
        pair.send_line(words[1], key)

    at_once(lambda: add(pair.first, words[0], counted), line, line)


INTERLEAVINGS = (one_after_the_other, at_the_same_moment, read_while_the_other_saves, a_line_comes_in)


def at_desks(app: Flask, evening: Evening) -> list[Pair]:
    """Sit the two who run this evening at a note of its own for each interleaving."""
    notes = services.open_notes(evening.session, by=evening.sam)
    cookies = [people.cookie_for(people.begin_session(who, "desk")) for who in (evening.sam, evening.toni)]
    parts = rules.in_order(notes)[: len(INTERLEAVINGS)]
    db.session.commit()
    return [
        Pair(
            app,
            Desk(app, cookies[0], part.id),
            Desk(app, cookies[1], part.id),
            evening.session.id,
            part.item_id,
        )
        for part in parts
    ]


def race(pairs: list[Pair], rounds: int) -> dict[str, int]:
    """Count, over the rounds of each interleaving, words that are lost or stand twice, and what was not shown."""
    counted = Counter(ALWAYS)
    for number, (interleave, pair) in enumerate(zip(INTERLEAVINGS, pairs, strict=True)):
        typed: list[str] = []
        for turn in range(rounds):
            words = [f"{who}{number}x{turn}" for who in ("first", "second")]
            interleave(pair, words, counted)
            typed += words
        stands = Counter(pair.stands())
        counted["lost"] += sum(not stands[word] for word in typed)
        counted["doubled"] += sum(stands[word] > 1 for word in typed)
    return dict(counted)
