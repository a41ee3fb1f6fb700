"""Journey 17: from a closed vote to the steering group in two screens; and everybody reads exactly what was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from coprod.core.db import db
from coprod.evidence import services as evidence
from coprod.evidence.models import Audience, Evidence, EvidenceKind
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.recommendations import services
from coprod.recommendations.models import Recommendation, State, Strength
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.recommendations.written import AGREED, WORDS, WORRIED, Round

SHOWN, TOLD = "One midwife stays the whole way in two towns.", "Robin had to tell it nine times."
EASY = "Each parent gets one midwife.\nShe stays till the end."
WIDTHS = (320, 768, 1280)


@dataclass(frozen=True)
class Keys:
    """Who sends what."""

    sam: UUID
    robin: UUID
    alex: UUID
    stream: UUID
    agreed: UUID
    not_yet: UUID
    testimony: UUID


@pytest.fixture
def keys(app, live: str) -> Keys:
    """A vote that ended in agreement, with the cost still to be said, and one that needs more talk."""
    scene = Round()
    sam, robin = scene.facilitator, scene.table.lived[0]
    agreed, not_yet = scene.counted(AGREED), scene.counted(WORRIED)
    said = WORDS | {"cost": "", "stories": "", "data": "", "easy_read": EASY}
    services.save(agreed, said, [scene.priority], version=2, by=sam)
    library = {"by": sam, "source": "A study", "period": "2022", "address": "https://example.org/a"}
    study = evidence.add(scene.table.stream, EvidenceKind.RESEARCH, "Named midwives", "It helps.", **library)
    told = evidence.add(
        scene.table.stream, EvidenceKind.TESTIMONY, "How it was", "Nine.", by=robin, audience=Audience.STEERING
    )
    services.link(agreed, study, SHOWN, Strength.STRONG, "Only two towns.", by=sam)
    services.link(agreed, told, TOLD, Strength.SOME, by=sam)
    services.ask(agreed, "Who is there at night?", by=robin)
    services.declare(agreed, "My ward would get the post.", by=scene.table.professionals[0])
    agreed.rounds[0].poll.result.minority_view = "Two of us would try it in one clinic first."
    db.session.commit()
    found = Keys(sam.id, robin.id, scene.chair.id, scene.table.stream.id, agreed.id, not_yet.id, told.id)
    db.session.rollback()
    return found


def _comes_in(browser: Browser, live: str, key: UUID, **kind: Any) -> Visitor:
    person = db.session.get_one(Person, key)
    visitor = at_a_browser(browser, person.alias, live, Path("."), **(PHONE | kind))
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _fits(visitor: Visitor) -> None:
    """Nothing goes sideways, however wide the screen is."""
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{visitor.page.url} is {wide} wide at {width}"
    visitor.page.set_viewport_size({"width": 320, "height": 568})


@pytest.mark.browser
def test_send_it_to_the_steering_group(keys: Keys, live: str, browser: Browser, clock: Callable[..., None]) -> None:
    sam = _comes_in(browser, live, keys.sam)
    _mends_what_is_missing(sam, keys)
    _checks_and_sends(sam, keys)
    robin = _comes_in(browser, live, keys.robin)
    alex = _comes_in(browser, live, keys.alex, **DESK)
    _everybody_reads_what_was_sent(robin, alex, keys)
    _testimony_is_taken_back(robin, alex, keys)
    _without_agreement_it_goes_labelled(sam, alex, keys)


def _mends_what_is_missing(sam: Visitor, keys: Keys) -> None:
    sam.go(f"/recommendations/{keys.agreed}")
    sam.follow("Check and send it")
    sam.sees("Add the cost", "First mend what is named above.")
    sam.does_not_see("Add what the numbers say", "Add what people’s stories say")
    _fits(sam)
    sam.follow_like("Add the cost")
    sam.sees("Easy to read")
    sam.fill(cost="not known")
    sam.press("Save")
    sam.sees("Saved.", "She stays till the end.")
    _fits(sam)


def _checks_and_sends(sam: Visitor, keys: Keys) -> None:
    """From the closed vote: the check page, and it is sent (at most two screens)."""
    before = len(sam.read)
    sam.follow("Check and send it")
    sam.sees("The steering group reads exactly this.", SHOWN, "Only two towns.", "Who is there at night?")
    sam.sees("My ward would get the post.", "Two of us would try it in one clinic first.", "It is paid work")
    sam.press("Send it to the steering group")
    sam.sees("What was sent", "as version 4", WORDS["said"])
    assert len(sam.read) - before == 2
    sam.go(f"/workstreams/{keys.stream}")
    sam.sees("What this group asks for", "Submitted")


def _everybody_reads_what_was_sent(robin: Visitor, alex: Visitor, keys: Keys) -> None:
    robin.go(f"/workstreams/{keys.stream}")
    robin.sees("What we ask for", "Submitted")
    robin.follow_like("1. ")
    robin.sees("In easy words", "She stays till the end.")
    robin.follow("Read what was sent")
    for reader in (robin, alex):
        reader.go(f"/recommendations/{keys.agreed}/sent")
        reader.sees(WORDS["said"], SHOWN, TOLD, "Two of us would try it in one clinic first.", "My ward would get")
        _fits(reader)
        reader.go(f"/recommendations/{keys.agreed}/evidence")
        reader.sees("Strong", "Nothing yet on what is done here.")
        _fits(reader)
    assert robin.page.title() == "Your page"


def _testimony_is_taken_back(robin: Visitor, alex: Visitor, keys: Keys) -> None:
    evidence.withdraw(db.session.get_one(Evidence, keys.testimony), by=db.session.get_one(Person, keys.robin))
    db.session.commit()
    for reader in (robin, alex):
        for page in ("sent", "evidence"):
            reader.go(f"/recommendations/{keys.agreed}/{page}")
            reader.sees("A testimony that was withdrawn")
            reader.does_not_see(TOLD)


def _without_agreement_it_goes_labelled(sam: Visitor, alex: Visitor, keys: Keys) -> None:
    assert alex.status_of(f"/recommendations/{keys.not_yet}") == 404
    sam.go(f"/recommendations/{keys.not_yet}/submit")
    sam.sees("Sent without an agreed result: needs more talk")
    sam.fill(why_sent="The next budget is set in May.")
    sam.press("Send it to the steering group")
    alex.go(f"/recommendations/{keys.not_yet}")
    alex.sees("Sent without an agreed result: needs more talk", "The next budget is set in May.")
    db.session.rollback()
    assert db.session.get_one(Recommendation, keys.not_yet).state == State.SUBMITTED
    db.session.rollback()
