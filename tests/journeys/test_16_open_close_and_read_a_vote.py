"""Journey 16: open, close and read a vote: two screens, a look at it as a member, paper, and one tablet."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.clock import now
from coprod.core.db import db
from coprod.people import services as people
from coprod.people.models import Person
from coprod.voting import services
from coprod.voting.models import Envelope, Kind, Poll, Quorum, Rule
from coprod.voting.rules import Choice
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream, an_admin
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser, prints_black_on_white

QUESTION = "Shall each parent get one midwife they know by name?"
THINGS = ("A card", "A walk first", "A film")


class Scene:
    """A group of six parents and five workers, and whoever of them sits at a browser."""

    def __init__(self, live: str, browser: Browser) -> None:
        self.live, self.browser = live, browser
        sam, lee = a_professional("Sam"), an_admin("Lee")
        parents = [a_person(name) for name in ("Robin", "Kit", "Ash", "Noor", "Remy", "Jude")]
        workers = [a_professional(f"Worker {n}") for n in range(6)]
        group = a_stream(name="Practice models", facilitator=sam, members=[*parents, *workers])
        self.group: UUID = group.id
        self.voters = [person.id for person in (*parents, *workers)]
        self.keys = {"sam": sam.id, "lee": lee.id, "robin": parents[0].id}
        self.card = people.make_card(parents[0], by=lee)
        db.session.commit()
        self.visitors: dict[str, Visitor] = {}

    def at(self, who: str, **kind: object) -> Visitor:
        """Somebody at a browser of their own, signed in already."""
        if who not in self.visitors:
            visitor = at_a_browser(self.browser, who.title(), self.live, Path("."), **(kind or DESK))
            cookie = people.cookie_for(people.begin_session(db.session.get_one(Person, self.keys[who])))
            db.session.commit()
            visitor.page.context.add_cookies([{"name": "sid", "value": cookie, "url": self.live}])
            self.visitors[who] = visitor
        return self.visitors[who]

    def poll(self) -> UUID | None:
        """Answer the key of the one vote there is, if there is one."""
        key = db.session.scalars(db.select(Poll.id)).one_or_none()
        db.session.rollback()
        return key

    def answer(self, choice: Choice, voters: list[UUID]) -> None:
        """These answer alike."""
        poll = db.session.get_one(Poll, self.poll())
        for key in voters:
            services.cast(poll, choice, by=db.session.get_one(Person, key))
        db.session.commit()


@pytest.fixture
def scene(app, live: str, browser: Browser) -> Iterator[Scene]:
    made = Scene(live, browser)
    yield made
    for visitor in made.visitors.values():
        visitor.page.context.close()


@pytest.mark.browser
def test_open_close_and_read_a_vote(scene: Scene) -> None:
    sam = scene.at("sam")
    sam.go(f"/workstreams/{scene.group}/votes")
    sam.follow("Put a question to the group")
    _opened_on_one_screen(scene, sam)
    poll = scene.poll()
    _while_it_is_open_one_word_is_all(scene, sam, poll)
    robin = scene.at("robin", **PHONE)
    robin.go(f"/votes/{poll}")
    robin.sees("It takes two thirds of those who answer.", "1 person is left out this time.")
    _one_tablet_is_passed_round(scene, poll)
    scene.answer(Choice.YES, scene.voters[1:])
    sam.go(f"/votes/{poll}/running")
    sam.sees("Enough for a result")
    sam.press("Close and count")
    sam.sees("The group said yes to it.", "No numbers are shown, and no sides.")
    _no_address_tells_a_choice(scene, poll)
    robin.go(f"/votes/{poll}/result")
    robin.sees("What the group said", "The group said yes to it.")
    assert robin.page.evaluate("document.documentElement.scrollWidth") <= 320
    prints_black_on_white(robin.page, "main")


def _opened_on_one_screen(scene: Scene, sam: Visitor) -> None:
    sam.fill(question=QUESTION)
    sam.open("Change more")
    sam.choose("What does it take?", "Two thirds")
    sam.page.get_by_role("checkbox", name="Worker 5").uncheck()
    scene.voters.pop()
    sam.press("See it as a member")
    sam.sees(
        "This is what a member sees. Nothing is stored", QUESTION, "I’m worried", "1 person is left out this time."
    )
    assert scene.poll() is None
    sam.press("Go back and change it")
    assert sam.page.locator("textarea[name=question]").input_value() == QUESTION
    sam.choose("Where do people answer?", "Online")
    sam.page.get_by_role("checkbox", name="Worker 3").check()
    sam.press("Open the vote")
    found = db.session.get_one(Poll, scene.poll())
    kept = found.question, found.rule, found.quorum, found.left_out
    db.session.rollback()
    assert kept == (QUESTION, Rule.TWO_THIRDS, Quorum.HALF, 1)


def _while_it_is_open_one_word_is_all(scene: Scene, sam: Visitor, poll: UUID) -> None:
    sam.go(f"/votes/{poll}/running")
    before = sam.page.locator("main").inner_text()
    assert "Not yet enough for a result" in before
    scene.answer(Choice.WORRIED, scene.voters[1:2])
    sam.go(f"/votes/{poll}/running")
    assert sam.page.locator("main").inner_text() == before


def _one_tablet_is_passed_round(scene: Scene, poll: UUID) -> None:
    tablet = at_a_browser(scene.browser, "Tablet", scene.live, Path("."), **PHONE)
    tablet.go(f"/votes/{poll}/tablet")
    tablet.does_not_see("Robin", QUESTION, "Practice models")
    tablet.fill(words=scene.card)
    tablet.press("Open the question")
    tablet.choose("Your answer", "I can live with it")
    tablet.press("Send my answer")
    tablet.press("No, I’m done")
    tablet.sees("Please pass the tablet on. Nothing of yours is open on it now.")
    assert tablet.page.context.request.get(f"/votes/{poll}", max_redirects=0).status in (302, 303)
    tablet.follow("Next person")
    assert tablet.heading == "Your turn"
    tablet.page.context.close()
    kept = db.session.get(Envelope, (poll, scene.keys["robin"]))
    db.session.rollback()
    assert kept is not None


def _no_address_tells_a_choice(scene: Scene, poll: UUID) -> None:
    robin = scene.keys["robin"]
    for who in ("sam", "lee"):
        for address in (f"/votes/{poll}/{robin}", f"/votes/{poll}/choices/{robin}", f"/votes/{poll}/envelopes"):
            assert scene.at(who).status_of(address) == 404


@pytest.mark.browser
def test_on_paper_for_the_whole_room_counted_by_two(scene: Scene) -> None:
    sam, robin = scene.at("sam"), scene.at("robin", **PHONE)
    key = _a_vote_on_paper(scene)
    robin.go(f"/votes/{key}")
    robin.sees("This question is on paper", "Two people count the box after it closes.")
    sam.go(f"/votes/{key}/running")
    sam.press("Close the vote")
    _counts(sam, lived=(6, 4, 0), professionals=(5, 0, 2))
    sam.sees("Your count is in.")
    robin.go(f"/votes/{key}/paper")
    robin.does_not_see("Your count is in.")
    assert robin.page.evaluate("document.documentElement.scrollWidth") <= 320
    _counts(robin, lived=(6, 3, 0), professionals=(5, 0, 2))
    robin.sees("The two counts differ. Please count the box once more, both of you.")
    for visitor in (sam, robin):
        visitor.go(f"/votes/{key}/paper")
        _counts(visitor, lived=(6, 4, 0), professionals=(5, 0, 2))
    robin.sees("What the group said", "The group chose: A card; A walk first.")


def _a_vote_on_paper(scene: Scene) -> UUID:
    sam, group = db.session.get_one(Person, scene.keys["sam"]), db.session.get_one(Workstream, scene.group)
    poll = services.draft(group, "Which comes first?", by=sam, kind=Kind.PICK, options=THINGS, most=2, on_paper=True)
    services.open_vote(poll, now() + timedelta(days=5), by=sam)
    db.session.commit()
    key = poll.id
    db.session.rollback()
    return key


def _counts(visitor: Visitor, *, lived: tuple[int, ...], professionals: tuple[int, ...]) -> None:
    for box, piles, slips in (("lived", lived, 6), ("professionals", professionals, 5)):
        for number, many in enumerate(piles, 1):
            visitor.page.locator(f"[name={box}_{number}]").fill(str(many))
        visitor.page.locator(f"[name={box}_slips]").fill(str(slips))
    visitor.press("This is what I counted")
