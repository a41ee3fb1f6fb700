"""Asking, taking back, ringing; the call of the next day; how somebody is; and what goes when somebody leaves."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.agreements import services as agreements
from coprod.agreements.models import Agreement, AgreementState
from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState
from coprod.people.models import Side
from coprod.supporters import services as supporters
from coprod.wellbeing import queries, rules, services
from coprod.wellbeing.models import CallBack, CallState, CheckIn, CheckInCall, Feeling, Moment
from coprod.wellbeing.rules import Wish
from coprod.workstreams import services as tables
from coprod.workstreams.models import Membership, Words
from tests.factories import a_person, a_stream, keep
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box
from tests.wellbeing.conftest import TONIGHT, Circle, an_evening

Clock = Callable[..., None]


def _count(kind: type) -> int:
    return len(db.session.scalars(db.select(kind)).all())


def _place(circle: Circle) -> Membership:
    return next(place for place in circle.stream.memberships if place.person is circle.robin)


# --- Calls back.


def test_call_asked_for_at_ten_past_eight_is_due_on_the_next_working_day(circle: Circle, clock: Clock) -> None:
    """Journey 11."""
    clock(2025, 11, 21, 20, 10)
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin)
    assert (call.due, call.state) == (date(2025, 11, 24), CallState.DUE)
    assert list(queries.asked_of(circle.sam)) == [call]


def test_asked_twice_is_one_call_on_the_sooner_day(circle: Circle) -> None:
    later = services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    assert later.due == TONIGHT + timedelta(1)
    assert services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin) is later
    assert services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin).due == TONIGHT
    assert (_count(CallBack), _count(Message)) == (1, 1)


def test_asked_again_after_a_call_that_did_not_come_is_rung_on_a_new_day(circle: Circle, clock: Clock) -> None:
    """Journey 11: it would be late at once otherwise, and the new message would speak of a day that has passed."""
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin)
    clock(2025, 11, 21, 20, 10)
    assert services.ask_to_ring(circle.robin, circle.sam, Wish.TODAY, by=circle.robin) is call
    assert (call.due, _count(CallBack), _count(Message)) == (date(2025, 11, 24), 1, 2)


def test_supporter_can_be_asked_and_a_stranger_cannot(circle: Circle) -> None:
    services.ask_to_ring(circle.robin, circle.jo, Wish.NEXT, by=circle.robin)
    for person, asked in ((circle.kit, circle.jo), (circle.robin, circle.kit), (circle.robin, a_person("Eve"))):
        with pytest.raises(Refused):
            services.ask_to_ring(person, asked, Wish.NEXT, by=person)
    with pytest.raises(Refused):
        services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.sam)
    assert _count(CallBack) == 1


def test_call_leaves_no_line_in_the_journal(circle: Circle) -> None:
    """Journey 11: visible to the two alone."""
    before = _count(Entry)
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    services.rang(call, by=circle.sam)
    services.check_in(circle.session, circle.sam, Feeling.GOOD, "", by=circle.robin)
    services.offer_call(circle.session, circle.robin, by=circle.sam)
    assert (call.state, call.done_on) == (CallState.RUNG, TONIGHT)
    assert _count(Entry) == before


def test_nobody_but_the_one_asked_says_it_was_rung(circle: Circle) -> None:
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    with pytest.raises(Refused):
        services.rang(call, by=circle.max)


def test_whoever_is_asked_gets_a_message_that_says_nothing(circle: Circle, post_box: PostBox) -> None:
    """O1: no name, no group, and never in a list of what others do by hand."""
    services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    services.ask_to_ring(circle.robin, circle.jo, Wish.NEXT, by=circle.robin)
    db.session.commit()
    assert messages.send_due() == 1
    (letter,) = post_box.letters()
    assert letter[:2] == ("sam@example.org", "You have a message")
    assert letter[2].startswith("Somebody asked you to ring. Please sign in and look.")
    assert "Robin" not in str(letter)
    states = {message.person_id: message.state for message in db.session.scalars(db.select(Message))}
    assert states == {circle.sam.id: MessageState.SENT, circle.jo.id: MessageState.WITHDRAWN}


def test_call_that_is_taken_back_leaves_nothing(circle: Circle, post_box: PostBox) -> None:
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    with pytest.raises(Refused):
        services.take_back(call, by=circle.sam)
    services.take_back(call, by=circle.robin)
    db.session.commit()
    assert (messages.send_due(), _count(CallBack), post_box.letters()) == (0, 0, [])


def test_member_who_would_rather_talk_about_the_agreement_is_rung(circle: Circle) -> None:
    """Journey 5."""
    agreement = Agreement(workstream=circle.stream, number=1, state=AgreementState.AGREED, words={"pay": "All"})
    keep(agreement)
    agreements.ask_to_ring(agreement, circle.max, by=circle.robin)
    (call,) = queries.asked_of(circle.max)
    assert (call.person, call.due) == (circle.robin, TONIGHT + timedelta(1))


# --- The call on the day after.


def test_call_of_the_next_day_is_offered_once_and_ticked_by_a_person(circle: Circle) -> None:
    call = services.offer_call(circle.session, circle.kit, by=circle.sam)
    assert services.offer_call(circle.session, circle.kit, by=circle.max) is call
    assert (call.due, list(queries.coming_to(circle.kit))) == (TONIGHT + timedelta(1), [call])
    with pytest.raises(Refused):
        services.tick(call, "rung", by=circle.kit)
    services.tick(call, "not wanted", by=circle.max)
    assert (call.state, call.done_on, list(queries.to_be_made_by(circle.sam))) == (CallState.NOT_WANTED, TONIGHT, [])
    assert queries.calls_of(circle.session) == {circle.kit.id: call}


def test_call_is_not_offered_before_the_day_nor_by_a_member(circle: Circle) -> None:
    later = an_evening(circle.stream, TONIGHT + timedelta(7), 2)
    with pytest.raises(Refused, match="on the day"):
        services.offer_call(later, circle.kit, by=circle.sam)
    with pytest.raises(Refused, match="facilitator"):
        services.offer_call(circle.session, circle.kit, by=circle.kit)


# --- How somebody is.


def test_last_answer_counts_and_goes_to_the_one_chosen(circle: Circle, clock: Clock) -> None:
    services.check_in(circle.session, circle.sam, Feeling.NOT_GREAT, "Bad night", by=circle.robin)
    said = services.check_in(circle.session, circle.jo, Feeling.GOOD, "", by=circle.robin)
    assert (said.moment, list(queries.check_ins_for(circle.jo))) == (Moment.BEFORE, [said])
    assert list(queries.check_ins_for(circle.sam)) == []
    clock(2025, 11, 17, 20)
    after = services.check_in(circle.session, circle.sam, Feeling.NEED_TO_TALK, "", by=circle.robin)
    assert (after.moment, _count(CheckIn)) == (Moment.AFTER, 2)
    services.check_in(circle.session, circle.sam, Feeling.GOOD, "", by=circle.kit)
    services.remove_check_ins(circle.session, by=circle.robin)
    services.remove_check_ins(circle.session, by=circle.robin)
    assert db.session.scalars(db.select(CheckIn.person_id)).all() == [circle.kit.id]


def test_check_in_goes_to_nobody_else_and_not_after_the_next_day(circle: Circle, clock: Clock) -> None:
    with pytest.raises(Refused):
        services.check_in(circle.session, circle.kit, Feeling.GOOD, "", by=circle.robin)
    clock(2025, 11, 19, 9)
    with pytest.raises(Refused, match="This is over"):
        services.check_in(circle.session, circle.sam, Feeling.GOOD, "", by=circle.robin)
    with pytest.raises(Refused, match="This is over"):
        services.remove_check_ins(circle.session, by=circle.robin)


def test_what_was_said_is_taken_back_as_long_as_it_is_kept(circle: Circle, clock: Clock) -> None:
    """The page promises it: once we met, once the day is over, and once the evening was called off."""
    for change in (lambda: clock(2025, 11, 17, 20), lambda: clock(2025, 12, 10, 9), lambda: _call_off(circle)):
        clock(2025, 11, 17, 9)
        services.check_in(circle.session, circle.sam, Feeling.NOT_GREAT, "", by=circle.robin)
        change()
        services.remove_check_ins(circle.session, by=circle.robin)
        assert _count(CheckIn) == 0


def _call_off(circle: Circle) -> None:
    cycles.cancel(circle.session, by=circle.sam)


# --- What goes with a place.


def _everything(circle: Circle) -> None:
    for asked in (circle.sam, circle.jo):
        services.ask_to_ring(circle.robin, asked, Wish.NEXT, by=circle.robin)
    services.check_in(circle.session, circle.sam, Feeling.GOOD, "", by=circle.robin)
    services.offer_call(circle.session, circle.robin, by=circle.sam)
    services.ask_to_ring(circle.kit, circle.sam, Wish.NEXT, by=circle.kit)


def test_everything_private_goes_with_the_last_place(circle: Circle) -> None:
    """P6."""
    _everything(circle)
    tables.leave(_place(circle), Words.KEEP, by=circle.robin)
    assert [_count(kind) for kind in (CallBack, CheckIn, CheckInCall)] == [1, 0, 0]
    (left,) = queries.asked_of(circle.sam)
    assert left.person is circle.kit


def test_what_belongs_to_another_place_stays(circle: Circle) -> None:
    other = a_stream(circle.stream.programme, "Other", facilitator=circle.max, members=[circle.robin])
    evening = an_evening(other)
    _everything(circle)
    services.check_in(evening, circle.max, Feeling.GOOD, "", by=circle.robin)
    services.ask_to_ring(circle.robin, circle.max, Wish.NEXT, by=circle.robin)
    tables.leave(_place(circle), Words.KEEP, by=circle.robin)
    assert [call.person for call in queries.asked_of(circle.max)] == [circle.robin]
    assert [call.person for call in queries.asked_of(circle.jo)] == [circle.robin]
    assert [call.person for call in queries.asked_of(circle.sam)] == [circle.kit]
    assert [said.session for said in db.session.scalars(db.select(CheckIn))] == [evening]


def test_whoever_helps_no_longer_sees_nothing_more(circle: Circle) -> None:
    """P1: the right is asked when it is shown."""
    call = services.ask_to_ring(circle.robin, circle.jo, Wish.NEXT, by=circle.robin)
    services.check_in(circle.session, circle.jo, Feeling.GOOD, "", by=circle.robin)
    assert queries.is_asked(circle.jo, call.id)
    supporters.end(circle.support, by=circle.robin)
    assert (list(queries.asked_of(circle.jo)), list(queries.check_ins_for(circle.jo))) == ([], [])
    assert not queries.is_asked(circle.jo, call.id)


def test_unknown_call_is_asked_of_nobody(circle: Circle) -> None:
    assert not queries.is_asked(circle.sam, uuid4())
    assert rules.offered(now(), [])[0] == (Wish.TODAY, TONIGHT)


def test_nobody_is_offered_whose_account_is_closed(circle: Circle) -> None:
    circle.max.active = circle.jo.active = False
    db.session.flush()
    assert [choice.called for choice in queries.choices_of(circle.robin)] == ["Sam"]
    assert [choice.called for choice in queries.choices_of(circle.sam)] == []
    assert circle.jo.side == Side.SUPPORTER
