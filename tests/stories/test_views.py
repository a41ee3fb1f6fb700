"""The pages work one question at a time, ask again, refuse, and show nobody what is not for her."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.clock import today
from coprod.core.db import db
from coprod.evidence.models import Audience
from coprod.pilots.models import Feedback, TestCycleState, Touched
from coprod.recommendations.models import Version
from coprod.stories import services
from coprod.stories.models import Story, StoryState, Turn
from coprod.workstreams.models import MembershipState
from tests.factories import keep
from tests.pilots.builders import a_pilot, a_test_cycle
from tests.stories.conftest import Table, Telling

Visitor = Callable[..., FlaskClient]
ANSWERS = {
    "says": "Somebody rings me.",
    "how_much": "I sleep.",
    "turn": "BETTER",
    "audience": "STEERING",
    "name": "Ash",
}


def _at(page: Any) -> str:
    found = re.search(r'name="at"\s+value="(\w+)"', page.text)
    assert found is not None
    return found[1]


def _carried(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', page.text))


def _new(table: Table) -> str:
    return f"/recommendations/{table.recommendation.id}/stories/new"


def test_member_tells_one_question_a_page_and_nothing_is_kept_before_the_last(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    test_cycle = a_test_cycle(a_pilot(table.recommendation, table.sam))
    db.session.commit()
    page, asked = robin.get(f"{_new(table)}?test={test_cycle.id}"), []
    for step, answer in ANSWERS.items():
        asked.append(_at(page))
        page = robin.post(_new(table), data=_carried(page) | {step: answer, "to": "next"})
        assert (page.status_code, db.session.scalars(select(Story)).all()) == (200, [])
    assert (asked, _at(page)) == (list(ANSWERS), "read")
    for words in ("Somebody rings me.", "I sleep.", "Ash", "Better", "You can take this back on any day"):
        assert words in page.text
    sent = robin.post(_new(table), data=_carried(page) | {"to": "send"})
    assert sent.status_code == 303
    (story,) = db.session.scalars(select(Story)).all()
    assert (story.turn, story.how_much, story.name) == (Turn.BETTER, "I sleep.", "Ash")
    assert (story.testimony.audience, story.test_cycle) == (Audience.STEERING, test_cycle)
    own = robin.get(sent.location).text
    assert "until a facilitator has checked it" in own
    assert "Somebody rings me." in robin.get("/my-stories").text
    assert "Nothing here" in as_(table.mia).get("/my-stories").text


def test_fault_is_shown_at_its_own_question_and_back_leads_back(as_: Visitor, table: Table) -> None:
    robin = as_(table.robin)
    page = robin.post(_new(table), data={"at": "says", "says": "NHS 943 476 5919", "to": "next"})
    assert (page.status_code, _at(page), "NHS number" in page.text) == (422, "says", True)
    page = robin.post(_new(table), data=ANSWERS | {"at": "name", "name": "Ash Birch", "to": "next"})
    assert (page.status_code, _at(page), "Write one name only" in page.text) == (422, "name", True)
    page = robin.post(_new(table), data={"at": "read", "to": "send", "says": "Calm."})
    assert (page.status_code, _at(page)) == (422, "turn")
    page = robin.post(_new(table), data={"at": "turn", "to": "says", "says": "Calm."})
    assert (page.status_code, _at(page), "Calm." in page.text) == (200, "says", True)
    assert robin.get(f"{_new(table)}?test=nonsense").status_code == 200


def test_facilitator_says_who_told_it_and_that_they_asked(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    page = sam.get(_new(table))
    assert (_at(page), "Robin told me" in page.text, "Mia told me" in page.text) == ("whose", True, False)
    assert sam.post(_new(table), data={"at": "whose", "to": "next"}).status_code == 422
    unasked = sam.post(_new(table), data={"at": "whose", "whose": str(table.robin.id), "to": "next"})
    assert (unasked.status_code, "First ask the person" in unasked.text) == (422, True)
    everything = ANSWERS | {"at": "read", "to": "send", "agreed": "y"}
    for whose, teller in ((str(table.robin.id), table.robin), ("nobody", None)):
        sam.post(_new(table), data=everything | {"whose": whose, "says": f"Told {whose[:6]}"})
        told = db.session.scalars(select(Story)).all()
        assert teller in {story.testimony.person for story in told}
    page = as_(table.jo).post(_new(table), data=everything | {"whose": "mine", "agreed": ""})
    assert page.status_code == 303


def test_facilitator_checks_and_the_steering_group_reads(as_: Visitor, table: Table, telling: Telling) -> None:
    story = telling()
    db.session.commit()
    address, listed = f"/stories/{story.id}", f"/recommendations/{table.recommendation.id}/stories"
    sam, alex = as_(table.sam), as_(table.alex)
    assert (alex.get(address).status_code, "rings me" in alex.get(listed).text) == (404, False)
    assert "To be checked" in sam.get(listed).text
    assert "Check it" in sam.get(address).text
    assert sam.post(f"{address}/check", data={}).status_code == 422
    assert sam.post(f"{address}/check", data={"name": "sent back"}).status_code == 422
    sam.post(f"{address}/check", data={"name": "sent back", "to_change": "Take out the day"})
    assert "Take out the day" in as_(table.robin).get(address).text
    assert "Take out the day" not in as_(table.mia).get(address).text
    assert sam.post(f"{address}/check", data={"name": "checked"}).status_code == 303
    assert ("rings me" in alex.get(listed).text, alex.get(address).status_code) == (True, 200)
    assert as_(table.mia).post(f"{address}/check", data={"name": "checked"}).status_code == 403
    assert as_(table.olga).get(listed).status_code == 404


def test_whom_it_was_told_for_reads_it_without_what_it_is_about(as_: Visitor, table: Table, telling: Telling) -> None:
    story = telling(audience=Audience.PARTNERSHIP)
    story.state = StoryState.CHECKED
    db.session.commit()
    page = as_(table.olga).get(f"/stories/{story.id}").text
    assert ("rings me" in page, table.recommendation.title in page) == (True, False)


def test_teller_changes_it_and_takes_it_back(as_: Visitor, table: Table, telling: Telling) -> None:
    story = telling(name="Ash")
    db.session.commit()
    address, robin = f"/stories/{story.id}", as_(table.robin)
    assert as_(table.mia).get(f"{address}/edit").status_code == 403
    assert 'value="Ash"' in robin.get(f"{address}/edit").text
    assert robin.post(f"{address}/edit", data={"name": "Ash Birch", "turn": "WORSE"}).status_code == 422
    assert robin.post(f"{address}/edit", data={"name": "", "turn": "WORSE"}).status_code == 303
    assert "It is worse now." in robin.get(address).text
    assert robin.post(f"/evidence/{story.testimony.evidence_id}/withdraw").status_code == 303
    assert (robin.get(address).status_code, db.session.scalars(select(Story)).all()) == (404, [])


def test_list_asks_what_each_small_test_changed_once_it_has_gone_round(as_: Visitor, table: Table) -> None:
    pilot = a_pilot(table.recommendation, table.sam)
    over, going = a_test_cycle(pilot, TestCycleState.ADOPT), a_test_cycle(pilot, TestCycleState.DOING)
    db.session.commit()
    listed = f"/recommendations/{table.recommendation.id}/stories"
    own, others = as_(table.robin).get(listed).text, as_(table.alex).get(listed).text
    found = [f"test={one.id}" in page for page in (own, others) for one in (over, going)]
    assert found == [True, False, False, False]


def test_what_somebody_said_of_a_small_test_is_hers_to_take_back_also_once_she_has_left(
    as_: Visitor, table: Table
) -> None:
    one = a_test_cycle(a_pilot(table.recommendation, table.sam), TestCycleState.ADAPT)
    said = Feedback(test_cycle=one, by_id=table.robin.id, whose=Touched.PARENT, words="It was quick.", on=today())
    keep(said)
    next(place for place in table.stream.memberships if place.person is table.robin).state = MembershipState.LEFT
    db.session.commit()
    address, robin = f"/my-stories/said/{said.id}/take-back", as_(table.robin)
    assert as_(table.sam).post(address).status_code == 404
    assert "It was quick." in robin.get("/my-stories").text
    assert robin.post(address).location == "/my-stories"
    assert db.session.scalars(select(Feedback)).all() == []
    assert "It was quick." not in robin.get("/my-stories").text


def test_small_group_is_told_before_she_chooses_that_only_the_group_reads_it_b13(as_: Visitor, table: Table) -> None:
    words, asked = "Your group is small.", {"at": "turn", "turn": "BETTER", "says": "Calm.", "to": "next"}
    assert words not in as_(table.robin).post(_new(table), data=asked).text
    next(place for place in table.stream.memberships if place.person.alias == "Parent 1").state = MembershipState.LEFT
    db.session.commit()
    page = as_(table.robin).post(_new(table), data=asked)
    assert (_at(page), words in page.text) == ("audience", True)


def test_pages_with_numbers_put_peoples_words_beside_them(as_: Visitor, table: Table, telling: Telling) -> None:
    """The thread's page and the pilot's, for whoever may read them and nobody else."""
    story, pilot = telling("Somebody rings me now."), a_pilot(table.recommendation, table.sam)
    version = Version(number=1, on=date(2025, 9, 1), words={"title": table.recommendation.title})
    table.recommendation.versions.append(version)
    db.session.commit()
    pages = [f"/threads/{table.recommendation.id}", f"/pilots/{pilot.id}"]
    assert ["rings me" in as_(table.sam).get(page).text for page in pages] == [True, True]
    assert ["rings me" in as_(table.alex).get(page).text for page in pages] == [False, False]
    services.check(story, by=table.sam)
    db.session.commit()
    assert ["rings me" in as_(table.alex).get(page).text for page in pages] == [True, True]
