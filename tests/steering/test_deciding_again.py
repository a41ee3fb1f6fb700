"""What becomes of a decision when its group contests it, when it was put off, or when it was wrong."""

import re
from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.recommendations.models import Recommendation, State
from coprod.steering import queries, rules, services
from coprod.steering.models import Decision, DecisionState, ItemKind, ItemState, MeetingState, Verdict
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


# --- What was decided again.


def test_only_the_newest_decision_is_looked_at_again_and_owes_a_reply(room: Room, clock, as_) -> None:
    """Put off and never told, then decided again: nobody is asked to look at the first, or to tell of it, any more."""
    first = room.decided(Verdict.DEFER, until=date(2025, 12, 1), review_on=date(2025, 12, 8))
    meeting = room.later(NEXT)
    second = services.decide(meeting, first.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    db.session.commit()
    clock(2025, 12, 9, 9)
    assert queries.to_review(room.steering, date(2026, 1, 1)) == []
    assert queries.to_tell_of_reviews(date(2025, 12, 9)) == []
    assert [owed.decision for owed in queries.owed_replies(room.steering, NEXT)] == [second]
    assert [owed.decision for owed in queries.owed_to_groups_of(room.robin, NEXT)] == [second]
    newer = "There is a newer decision. Look at that one."
    for refused in (
        lambda: services.review(first, by=room.alex),
        lambda: services.send_reply(first, "Not now.", by=room.alex),
        lambda: services.correct(first, meeting, Verdict.ACCEPT, by=room.alex, reason=BECAUSE),
    ):
        with pytest.raises(Refused, match=newer):
            refused()
    page = inside(as_(room.alex).get(f"/decisions/{first.id}").text)
    assert "This was decided again. Decision 2 is the one that counts now." in page
    assert not [words for words in ("We have looked", "Correct it", "Write to the group", "hears by") if words in page]
    for path in ("reply", "correction"):
        refusal = as_(room.alex).get(f"/decisions/{first.id}/{path}")
        assert (refusal.status_code, newer in refusal.text) == (403, True)
    services.send_reply(second, "We say yes.", by=room.alex)
    assert queries.to_tell_of_replies(date(2026, 2, 2)) == []


def test_meeting_that_decides_again_has_nothing_more_to_say_of_the_first(room: Room, clock) -> None:
    """The late reply, and the decision to look at again, are settled with what is decided in their place."""
    first = room.decided(Verdict.DEFER, until=date(2025, 12, 1), review_on=date(2025, 12, 8))
    services.close_meeting(first.meeting, by=room.alex)
    clock(2025, 12, 11, 9)
    meeting = room.later(NEXT)
    about = {item.kind: item for item in meeting.items}
    assert set(about) == {ItemKind.MINUTES, ItemKind.PUT_OFF, ItemKind.REVIEW, ItemKind.OVERDUE_REPLY}
    services.decide(meeting, first.recommendation, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    told_of = {kind: (item.state, item.outcome) for kind, item in about.items()}
    assert told_of == {
        ItemKind.MINUTES: (ItemState.WAITING, ""),
        ItemKind.PUT_OFF: (ItemState.DECIDED, ""),
        ItemKind.REVIEW: (ItemState.TALKED_ABOUT, "Decision 2 is in its place."),
        ItemKind.OVERDUE_REPLY: (ItemState.TALKED_ABOUT, "Decision 2 is in its place."),
    }


def test_what_a_meeting_itself_puts_off_comes_to_the_next_one_alone(room: Room) -> None:
    """It was on the agenda at once, where nothing could be said to it, and the meeting could not close."""
    first = room.decided()
    services.close_meeting(first.meeting, by=room.alex)
    meeting = room.later(NEXT)
    until = date(2025, 12, 20)
    later = services.correct(first, meeting, Verdict.DEFER, by=room.alex, reason=BECAUSE, until=until)
    services.build_agenda(meeting, by=room.alex)
    assert [item.kind for item in meeting.items] == [ItemKind.MINUTES]
    services.approve_minutes(first.meeting, meeting, by=room.alex)
    services.close_meeting(meeting, by=room.alex)
    after = services.plan_meeting(room.steering, date(2025, 12, 18), meeting.starts_at, by=room.alex)
    assert [item.thing_id for item in after.items if item.kind == ItemKind.PUT_OFF] == [later.recommendation_id]


# --- Interests.


def test_who_leaves_for_a_decision_to_look_at_again_is_not_counted_when_it_is_corrected(room: Room, as_) -> None:
    """Domain rule 22: the item it is looked at again says who leaves, on the page and in what is written down."""
    first = room.decided(review_on=date(2025, 12, 8))
    services.send_reply(first, "We say yes.", by=room.alex)
    services.close_meeting(first.meeting, by=room.alex)
    meeting = room.later(NEXT)
    [item] = [one for one in meeting.items if one.kind == ItemKind.REVIEW]
    seats = {held.person.alias: held for held in room.steering.memberships}
    services.declare(item, seats["Dee"], by=room.dee)
    too_few = "1 with lived experience here. 2 are needed to decide."
    refused = as_(room.alex).get(f"/decisions/{first.id}/correction")
    assert (refused.status_code, too_few in refused.text) == (403, True)
    with pytest.raises(Refused, match=too_few):
        services.correct(first, meeting, Verdict.ACCEPT, by=room.alex, reason="We mistyped.")
    services.take_back_interest(item.interests[0], by=room.dee)
    services.declare(item, seats["Max"], by=room.max)
    page = inside(as_(room.alex).get(f"/decisions/{first.id}/correction").text)
    assert "3 of 4 are here" in page
    assert "Max leaves the room for this." in page
    later = services.correct(first, meeting, Verdict.ACCEPT, by=room.alex, reason="We mistyped.")
    again = services.correct(later, meeting, Verdict.ACCEPT, by=room.alex, reason="We mistyped twice.")
    for one in (later, again):
        assert {held.person.alias for held in one.takers} == {"Alex", "Dee", "Eve"}
        assert (one.members_present, one.lived_present) == (3, 2)
    assert (item.state, item.decision) == (ItemState.DECIDED, again)
