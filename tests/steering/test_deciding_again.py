"""What becomes of a decision when its group contests it, when it was put off, or when it was wrong."""

import re
from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.recommendations.models import Recommendation, State
from coprod.steering import queries, rules, services
from coprod.steering.models import Decision, DecisionState, MeetingState, Verdict
from tests.steering.rooms import BECAUSE, Room

NEXT = date(2025, 12, 11)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def inside(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def told(room: Room, verdict: Verdict = Verdict.DECLINE, **said: object) -> Decision:
    """A decision of a meeting that is over, with its reply."""
    decision = room.decided(verdict, **said)
    services.send_reply(decision, "We say no. It needs a new judge.", by=room.alex)
    services.close_meeting(decision.meeting, by=room.alex)
    return decision


def contest(room: Room, decision: Decision) -> None:
    raised = services.contest(decision, "Wards have no one to ring.", "Robin", by=room.robin)
    services.second(raised, by=room.mo)


# --- One meeting at a time.


def test_meeting_is_not_opened_while_another_of_the_table_is_open(room: Room, as_) -> None:
    """What waits stood on both: decided at one, it could be dealt with no more at the other, which never closed."""
    asked, first = room.asked(), room.meeting()
    services.build_agenda(first, by=room.alex)
    later = room.meeting(MeetingState.PLANNED, on=NEXT)
    first_open = "Close the meeting of 17 November 2025 first. It is open."
    with pytest.raises(Refused, match=first_open):
        services.open_meeting(later, by=room.alex)
    page = as_(room.alex).get(f"/meetings/{later.id}")
    assert first_open in inside(page.text)
    assert as_(room.alex).post(f"/meetings/{later.id}/opened").status_code == 403
    assert "Open the meeting" not in inside(as_(room.dee).get(f"/meetings/{later.id}").text)
    services.decide(first, asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    services.close_meeting(first, by=room.alex)
    assert as_(room.alex).post(f"/meetings/{later.id}/opened").status_code == 303
    assert later.state == MeetingState.OPEN


# --- A correction.


def test_contested_decision_is_decided_anew_and_not_corrected(room: Room, as_) -> None:
    """What the group said stays beside what waits, and it gets a new answer, not the old one in other words."""
    decision = told(room)
    contest(room, decision)
    meeting = room.later(NEXT)
    assert decision.recommendation.state == State.SUBMITTED
    with pytest.raises(Refused, match="The group waits for a new answer to this"):
        services.correct(decision, meeting, Verdict.DECLINE, by=room.alex, reason="We mistyped.", would_change="Money.")
    page = as_(room.alex).get(f"/decisions/{decision.id}")
    assert "Correct it" not in inside(page.text)
    refused = as_(room.alex).get(f"/decisions/{decision.id}/correction")
    assert (refused.status_code, "Decide it from the agenda." in refused.text) == (403, True)
    assert list(queries.contests_at(meeting)) == [decision.recommendation_id]


def test_correction_offers_no_other_answer_once_things_have_begun(room: Room, as_) -> None:
    """The form does not let somebody type what is refused at the end."""
    decision = room.decided()
    assert rules.may_be_corrected_to(room.alex, decision) == list(Verdict)
    db.session.execute(Recommendation.__table__.update().values(state=State.IN_PILOT))
    db.session.expire_all()
    page = as_(room.alex).get(f"/decisions/{decision.id}/correction").text
    assert re.findall(r'name="verdict"[^>]* value="([^"]+)"', page) == ["accept"]
    assert "The answer stays: things have begun because of it." in inside(page)
    words = {"verdict": "decline", "reason": "We mistyped.", "would_change": "Money."}
    again = as_(room.alex).post(f"/decisions/{decision.id}/correction", data=words)
    assert (again.status_code, "Choose one of the answers." in inside(again.text)) == (422, True)
    kept = as_(room.alex).post(f"/decisions/{decision.id}/correction", data=words | {"verdict": "accept"})
    assert kept.status_code == 303
    assert decision.state == DecisionState.REVERSED
