"""The thread's page and the answers: whole for everybody who is shown them, with no link that leads astray."""

import pytest
from flask.testing import FlaskClient

from coprod.actions.models import ActionState
from coprod.core.db import db
from coprod.outcomes.models import HowOften, Indicator
from coprod.recommendations.models import State
from coprod.steering.models import Verdict
from coprod.voting.models import Outcome, PollState
from tests.factories import an_admin
from tests.home.scenes import Answered
from tests.house.crawl import LINK, within
from tests.house.pages import Page, words
from tests.recommendations.written import WORRIED, Round


@pytest.fixture
def room(database: None) -> Answered:
    return Answered()


def said(answer) -> str:
    """The page's words, without its tags."""
    return " ".join(words(Page(answer.text).root).split())


def astray(visitor: FlaskClient, address: str) -> list[tuple[str, int]]:
    """Follow every link of one page; list those that are not answered well."""
    page = visitor.get(address)
    assert page.status_code == 200
    inside = {within(link, address) for link in LINK.findall(page.text)} - {None}
    assert len(inside) > 5
    fetched = {link: visitor.get(link, follow_redirects=True).status_code for link in sorted(inside)}
    return [(link, status) for link, status in fetched.items() if status != 200]


# --- The thread.


@pytest.mark.parametrize("who", ["robin", "sam", "mo", "alex", "dee"])
def test_every_link_of_a_thread_leads_somewhere(room: Answered, as_, who: str) -> None:
    made = room.tried()
    assert astray(as_(getattr(room, who)), f"/threads/{made.id}") == []


@pytest.mark.parametrize("who", ["robin", "sam"])
def test_every_link_of_a_thread_that_has_only_begun_leads_somewhere(room: Answered, as_, who: str) -> None:
    made = room.written()
    assert astray(as_(getattr(room, who)), f"/threads/{made.id}") == []


def test_thread_of_a_whole_vote_leads_somewhere_for_the_steering_group(as_) -> None:
    scene = Round()
    made = scene.submitted()
    assert astray(as_(scene.chair), f"/threads/{made.id}") == []
    assert astray(as_(scene.table.lived[0]), f"/threads/{made.id}") == []


def test_thread_is_not_there_before_it_is_sent_nor_for_others(room: Answered, as_) -> None:
    made = room.written()
    for person in (room.alex, room.dee, room.stranger, an_admin()):
        assert as_(person).get(f"/threads/{made.id}").status_code == 404


@pytest.mark.parametrize("how_often", [HowOften.ONCE, HowOften.TOLD])
def test_what_is_no_series_stands_on_the_thread_in_words(room: Answered, as_, how_often: HowOften) -> None:
    """Two points, and a difference that is only told, are no line."""
    asked = room.tried().id
    measured = db.session.scalars(db.select(Indicator)).first()
    measured.how_often, measured.told, measured.source = how_often, "Down by 6%", "An audit"
    db.session.commit()
    page = as_(room.alex).get(f"/threads/{asked}")
    assert "An audit." in said(page)
    assert "never a trend" in said(page)
    assert "line-chart" not in page.text


def test_thread_is_drawn_and_told_piece_by_piece(room: Answered, as_) -> None:
    page = as_(room.alex).get(f"/threads/{room.tried().id}")
    text = said(page)
    for words_there in (
        "Recommendation 1 from Practice models.",
        "Yes. “You should not go home to silence.”",
        "4 of 4 members, 2 of them with lived experience. The group had its answer on 17 November 2025",
        "Find the money Max, due 17 November 2025",
        "A card with her name and face",
        "Came out: 52 in 100 (worse than predicted)",
        "Knew who rings",
    ):
        assert words_there in text
    assert len(Page(page.text).all("h1")) == 1


def test_thread_shows_an_action_to_those_who_may_not_open_it(room: Answered, as_) -> None:
    made = room.tried()
    action = room.action(room.sam, "Ask the ward", recommendation=made, state=ActionState.OPEN)
    page = as_(room.max).get(f"/threads/{made.id}").text
    assert "Ask the ward" in page
    assert f"/actions/{action.id}" not in page
    assert f"/actions/{action.id}" in as_(room.sam).get(f"/threads/{made.id}").text


def test_thread_before_a_decision_says_what_is_still_to_come(room: Answered, as_) -> None:
    text = said(as_(room.robin).get(f"/threads/{room.written().id}"))
    for words_there in ("Not chosen yet.", "Not put to the vote yet.", "Not decided yet.", "Nothing is measured yet."):
        assert words_there in text


def test_thread_of_an_unanswered_decision_says_so(room: Answered, as_) -> None:
    made = room.on_record(Verdict.DECLINE)
    text = said(as_(room.robin).get(f"/threads/{made.recommendation_id}"))
    assert "The group has not had its answer yet." in text
    assert "What would change this: A new judge." in text


def test_thread_shows_no_answer_of_an_open_vote(as_) -> None:
    """B6."""
    scene = Round()
    made = scene.answered(WORRIED)
    text = said(as_(scene.facilitator).get(f"/threads/{made.id}"))
    assert "Open. Nobody sees any answer before it is counted." in text
    assert "Most for" not in text


def test_thread_shows_a_result_as_it_was_fixed_and_how_many_worries(as_) -> None:
    """B12."""
    scene = Round()
    made = scene.counted(WORRIED)
    made.rounds[0].poll.state = PollState.COUNTED
    assert made.rounds[0].poll.result.outcome == Outcome.NEEDS_TALK
    text = said(as_(scene.facilitator).get(f"/threads/{made.id}"))
    assert "Lived experience Most for" in text
    assert "Shown in the form that was fixed before the vote opened." in text


def test_thread_says_that_it_was_sent_without_agreement_and_of_no_side(room: Answered, as_) -> None:
    """B12: which side did not agree is nothing a result may tell."""
    made = room.written(state=State.SUBMITTED, submitted_as="no result", why_sent="It cannot wait.")
    made.submitted_on = room.place.on
    page = as_(room.robin).get(f"/threads/{made.id}")
    assert "Sent without an agreed result" in page.text
    assert "did not agree" not in page.text


# --- What came of it.


def test_answers_tell_each_idea_as_beads(room: Answered, as_) -> None:
    declined = room.answered(Verdict.DECLINE, "Fixed days").recommendation
    room.answered(Verdict.DEFER, "A worker for dads")
    waiting = room.sent("Shorter letters")
    page = as_(room.robin).get("/answers")
    text = said(page)
    assert "We said Fixed days, please. They decided No." in text
    assert "What would change this A new judge." in text
    assert "They decided Not now. They look again on 12 May 2026." in text
    assert "We said Shorter letters, please. What happens next The steering group decides." in text
    for asked in (declined, waiting):
        assert f'id="{asked.id}"' in page.text
        assert f"/threads/{asked.id}" in page.text
    assert Page(page.text).title == "Your page"


def test_answers_of_somebody_without_any_say_that_they_come(room: Answered, as_) -> None:
    text = said(as_(room.robin).get("/answers"))
    assert "No answers yet" in text
    assert "Out in the world" not in text


def test_answers_end_with_what_is_out_in_the_world(room: Answered, as_) -> None:
    room.programme.outputs = ["A film by both groups"]
    assert "Out in the world A film by both groups From the public record." in said(as_(room.robin).get("/answers"))


def test_thread_leads_its_own_stream_to_its_place_among_the_answers(room: Answered, as_) -> None:
    made = room.tried()
    page = as_(room.robin).get(f"/threads/{made.id}").text
    assert f"/answers#{made.id}" in page
    assert f'id="{made.id}"' in as_(room.robin).get("/answers").text
    for person, key in ((room.alex, made.id), (room.robin, room.written().id)):
        assert "/answers#" not in as_(person).get(f"/threads/{key}").text


def test_answers_lead_somewhere(room: Answered, as_) -> None:
    room.tried()
    assert astray(as_(room.robin), "/answers") == []
