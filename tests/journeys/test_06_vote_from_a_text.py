"""Journey 6: vote from a text, at 320 px with scripts off; from the link to the vote cast in three taps at most."""

import gzip
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Envelope, Poll
from tests.factories import a_person, a_professional, a_programme, a_stream
from tests.journeys.visitors import PHONE, at_a_browser
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box

BUILT = Path(__file__).parent.parent.parent / "static" / "built"
QUESTION = "Each parent gets one midwife they know by name, and her phone number."
UNSPOKEN = re.compile(r"\b(care|court|child(ren)?|bab(y|ies)|social|removed)s?\b", re.IGNORECASE)
KB = 1024
CHOICES = ("Love it", "Yes", "I can live with it", "Not sure", "I’m worried", "Skip this one")


@dataclass
class Scene:
    """A vote that is open, Robin, the text she was sent, and the link in it."""

    poll: UUID
    robin: UUID
    facilitator: UUID
    text: str

    @property
    def path(self) -> str:
        """Answer where the link leads on this site."""
        return re.search(r"https?://[^/\s]+(/q/\S+)", self.text)[1]


@pytest.fixture
def scene(app, live: str, post_box: PostBox) -> Scene:
    """A group of eight at a vote that has just been opened, and the sender has run."""
    robin = a_person("Robin", phone="+447700900142")
    others = [a_person(f"Parent {n}") for n in range(3)] + [a_professional(f"Worker {n}") for n in range(4)]
    sam = a_professional("Sam")
    group = a_stream(a_programme("Born into Care"), "Practice models", facilitator=sam, members=[robin, *others])
    poll = services.draft(group, QUESTION, by=sam)
    services.open_vote(poll, now() + timedelta(days=4, hours=8), by=sam)
    db.session.commit()
    messages.send_due()
    ((number, words),) = post_box.texts()
    assert number == "+447700900142"
    keys = poll.id, robin.id, sam.id
    db.session.rollback()
    return Scene(*keys, words)


def _envelopes() -> list[bytes]:
    found = sorted(db.session.scalars(db.select(Envelope.sealed)))
    db.session.rollback()
    return found


def is_usable(page: Page) -> None:
    """No sideways scroll, and nothing to press that is smaller than a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for button in page.locator("main button, main .choice__face, .rail__item").all():
        assert button.bounding_box()["height"] >= 44


@pytest.mark.browser
def test_vote_from_a_text(app, scene: Scene, live: str, browser: Browser) -> None:
    _the_text_says_nothing(scene)
    _opening_it_ten_times_casts_nothing(app, scene)
    robin = at_a_browser(browser, "Robin", live, Path("."), **PHONE)
    robin.go(scene.path)  # the first tap
    _the_ballot_names_nobody(scene, robin)
    is_usable(robin.page)
    robin.choose("Your answer", "I’m worried")  # the second
    robin.press("Send my answer")  # and the third
    robin.sees("Thank you. Your answer is in.", "You can change it until Friday 21 November, 5pm.")
    robin.sees("Nobody sees what you chose.", "Do you want to say more?")
    robin.does_not_see("worried")
    is_usable(robin.page)
    first = _envelopes()
    assert len(first) == 1
    robin.page.go_back()  # as whoever picks up a shared phone next may do (B8)
    robin.sees(QUESTION)
    assert robin.page.locator("input:checked").count() == 0
    robin.go(scene.path)
    assert robin.page.locator("input:checked").count() == 0
    robin.does_not_see("Your answer is in")
    robin.choose("Your answer", "Love it")
    robin.press("Send my answer")
    assert len(_envelopes()) == 1
    assert _envelopes() != first
    _only_that_one_thing_is_open(scene, robin)
    _stopping_texts_is_one_press(scene, robin)
    robin.page.context.close()
    _when_it_is_over_the_link_is_dead(app, scene)


def _the_text_says_nothing(scene: Scene) -> None:
    assert scene.text.startswith("Hi Robin. One question for you this week. It's private. http")
    assert len(scene.text) <= 160
    assert not UNSPOKEN.search(scene.text)
    assert "Practice models" not in scene.text


def _opening_it_ten_times_casts_nothing(app, scene: Scene) -> None:
    for _ in range(10):
        answer = app.test_client().get(scene.path)
    assert _envelopes() == []
    sheets = re.findall(r"built/([a-z.]+)\?", answer.text)
    assert "member.css" in sheets
    weight = len(gzip.compress(answer.data)) + sum(len(gzip.compress((BUILT / s).read_bytes())) for s in sheets)
    assert weight <= 30 * KB


def _the_ballot_names_nobody(scene: Scene, robin) -> None:
    assert robin.page.title() == "Your page"
    robin.sees(QUESTION, "Nobody using this site can see how you voted")
    robin.does_not_see("Robin", "Sam", "Practice models", "Worker 0", "%")
    assert robin.page.locator("input[type=radio]").count() == len(CHOICES)
    assert robin.page.locator("input[type=password]").count() == 0


def _only_that_one_thing_is_open(scene: Scene, robin) -> None:
    for address in ("/", "/my-contact", "/recommendations/", f"/votes/{scene.poll}/result"):
        assert robin.status_of(address) == 404
    assert robin.status_of(f"/votes/{scene.poll}/say-more") == 200


def _stopping_texts_is_one_press(scene: Scene, robin) -> None:
    robin.go(scene.path)
    robin.follow("Stop texts")
    robin.press("Stop texts to me")
    robin.sees("We will not text you.")
    assert db.session.get_one(Person, scene.robin).no_text_links is True
    db.session.rollback()


def _when_it_is_over_the_link_is_dead(app, scene: Scene) -> None:
    poll, sam = db.session.get_one(Poll, scene.poll), db.session.get_one(Person, scene.facilitator)
    services.close_and_count(poll, by=sam)
    db.session.commit()
    over = app.test_client().get(scene.path)
    never = app.test_client().get("/q/never-was-a-link-at-all")
    assert (over.status_code, over.data) == (404, never.data)
