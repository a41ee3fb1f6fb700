"""Each act done for a member, written down, and taken back."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from coprod.agreements import queries as agreed
from coprod.agreements.models import Agreement
from coprod.assistance import queries, rules, services
from coprod.assistance.models import Act, Assisted
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.needs import queries as needed
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted, wanted
from coprod.payments.models import Payment, PaymentState
from coprod.payments.rules import Says
from coprod.rsvp import queries as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, MembershipState, Words
from tests.assistance.conftest import Table
from tests.factories import a_membership, a_stream, an_admin

M = MembershipState
Checked = Callable[[Membership], None]
TAXI = Wanted((Help.TAXI,), 1, "Polish", "Halal")


def _last(table: Table) -> Assisted:
    return db.session.scalars(select(Assisted).where(Assisted.undone_on.is_(None)).order_by(Assisted.id)).one()


def _entries() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Entry.verb, Entry.subject).order_by(Entry.at, Entry.id)).all()
    return sorted({(verb, subject) for verb, subject in rows})


def test_invitation_is_answered_for_her_and_put_back(table: Table) -> None:
    services.answer(table.asked, "thinking", by=table.sam)
    done = _last(table)
    assert (done.act, done.by_id, done.member_id) == (Act.ANSWER_INVITATION, table.sam.id, table.kit.id)
    assert (done.before["state"], done.after["state"], done.done_on) == ("invited", "thinking", today())
    assert ("did for a member", "assisted") in _entries()
    assert table.asked.wants_a_call

    services.take_back(done, by=table.kit)
    assert (table.asked.state, table.asked.wants_a_call, done.undone_on) == (M.INVITED, False, today())
    assert {("put back to invited", "membership"), ("took back", "assisted")} <= set(_entries())


def test_yes_said_while_the_check_waits_is_taken_back_too(table: Table) -> None:
    services.answer(table.asked, "thinking", by=table.sam)
    services.take_back(_last(table), by=table.kit)
    services.answer(table.asked, "joined", by=table.sam)
    assert (table.asked.state, table.asked.said_yes) == (M.INVITED, True)
    assert services.DOINGS[Act.ANSWER_INVITATION].words(_last(table).after) == "You said yes."
    services.take_back(_last(table), by=table.kit)
    assert (table.asked.state, table.asked.said_yes) == (M.INVITED, False)


def test_yes_that_seated_her_is_taken_back_and_her_sessions_end(table: Table, checked: Checked) -> None:
    """A1."""
    workstreams.move(table.asked, "thinking", by=table.kit)
    checked(table.asked)
    services.answer(table.asked, "joined", by=table.sam)
    assert table.asked.state == M.JOINED
    before = table.kit.rights
    services.take_back(_last(table), by=table.kit)
    assert (table.asked.state, table.asked.wants_a_call, table.kit.rights) == (M.THINKING, True, before + 1)


def test_no_that_was_not_hers_leaves_her_invited_with_the_checks_anew(table: Table, checked: Checked) -> None:
    checked(table.asked)
    services.answer(table.asked, "left", by=table.sam)
    assert (table.asked.state, table.asked.left_on) == (M.LEFT, today())
    services.take_back(_last(table), by=table.kit)
    assert (table.asked.state, table.asked.left_on, table.asked.asked_on) == (M.INVITED, None, today())
    assert table.asked.separation is None


def test_break_and_coming_back_are_taken_back_by_the_places_own_moves(table: Table, checked: Checked) -> None:
    checked(table.here)
    services.answer(table.here, "paused", by=table.sam)
    assert (table.here.state, _last(table).act) == (M.PAUSED, Act.TAKE_A_BREAK)
    services.take_back(_last(table), by=table.robin)
    assert table.here.state == M.JOINED

    workstreams.move(table.here, "paused", by=table.robin)
    services.answer(table.here, "joined", by=table.sam)
    assert (table.here.state, _last(table).act) == (M.JOINED, Act.COME_BACK)
    services.take_back(_last(table), by=table.robin)
    assert table.here.state == M.PAUSED


def test_coming_back_that_waits_is_taken_back(table: Table) -> None:
    workstreams.move(table.here, "paused", by=table.robin)
    services.answer(table.here, "joined", by=table.sam)
    assert (table.here.state, table.here.said_yes) == (M.PAUSED, True)
    services.take_back(_last(table), by=table.robin)
    assert (table.here.state, table.here.said_yes) == (M.PAUSED, False)


def test_needs_times_reach_and_texts_are_kept_for_her_and_put_back(table: Table) -> None:
    needs.say(table.robin, Wanted((Help.BUS,)), by=table.robin)
    messages.set_reach(table.robin, by=table.robin, phone_is_shared=True)
    slots = {(0, PartOfDay.MORNING), (2, PartOfDay.EVENING)}
    reach = {"way": Way.CALL, "phone_is_safe": True, "phone_is_shared": False, "hours": [PartOfDay.MORNING]}

    services.change_needs(table.here, TAXI, by=table.sam)
    services.change_never_times(table.here, slots, by=table.sam)
    services.change_reach(table.here, reach, by=table.sam)
    services.stop_texts(table.here, by=table.sam)

    assert wanted(needed.needs_of(table.robin)) == TAXI
    assert needed.never_of(table.robin) == slots
    assert messages.reach_of(table.robin).way == Way.CALL
    assert table.robin.no_text_links
    done = {each.act: each for each in queries.done_for(table.robin)}
    told = {act.name: services.DOINGS[act].words(each.after) for act, each in done.items()}
    assert told == {
        "CHANGE_NEEDS": "A taxi. 1 place in the crèche. An interpreter: Polish. Food: Halal.",
        "CHANGE_NEVER_TIMES": "Monday mornings. Wednesday evenings.",
        "CHANGE_REACH": "Ring me. The phone is safe. Nobody else uses the phone. Mornings, 9 to 12.",
        "STOP_TEXTS": "No texts.",
    }

    for each in done.values():
        services.take_back(each, by=table.robin)

    assert wanted(needed.needs_of(table.robin)) == Wanted((Help.BUS,))
    assert needed.never_of(table.robin) == frozenset()
    stands = messages.reach_of(table.robin)
    assert (stands.way, stands.phone_is_safe, stands.phone_is_shared, stands.hours) == (None, None, True, [])
    assert not table.robin.no_text_links
    told = {act: services.DOINGS[act].words(each.before) for act, each in done.items()}
    assert told[Act.CHANGE_NEVER_TIMES] == "Nothing."
    assert told[Act.STOP_TEXTS] == "Texts may come."
    assert told[Act.CHANGE_REACH] == "Others use the phone."
    with pytest.raises(Refused, match="You took this back already"):
        services.take_back(done[Act.STOP_TEXTS], by=table.robin)


def test_way_of_reaching_said_before_is_put_back(table: Table) -> None:
    messages.set_reach(table.robin, by=table.robin, way=Way.POST)
    services.change_reach(table.here, {"way": Way.TEXT, "hours": []}, by=table.sam)
    services.take_back(_last(table), by=table.robin)
    assert messages.reach_of(table.robin).way == Way.POST


def test_journal_says_that_something_was_done_and_not_what(table: Table) -> None:
    services.change_needs(table.here, TAXI, by=table.sam)
    services.change_reach(table.here, {"way": Way.POST}, by=table.sam)
    assert _entries() == [("did for a member", "assisted")]
    assert set(db.session.scalars(select(Entry.before + Entry.after))) == {""}


def test_nothing_changed_is_nothing_done(table: Table) -> None:
    services.change_needs(table.here, Wanted(), by=table.sam)
    assert queries.done_for(table.robin) == []


def test_what_is_newer_is_not_overwritten(table: Table) -> None:
    services.change_needs(table.here, TAXI, by=table.sam)
    needs.say(table.robin, Wanted((Help.BUS,)), by=table.robin)
    with pytest.raises(Refused, match="It says: A bus ticket"):
        services.take_back(_last(table), by=table.robin)
    assert wanted(needed.needs_of(table.robin)) == Wanted((Help.BUS,))


def test_rules_of_the_thing_itself_hold_for_who_helps_too(table: Table) -> None:
    with pytest.raises(Refused, match="not open now"):
        services.answer(table.here, "left", by=table.sam)
    with pytest.raises(Refused, match="not open now"):
        services.answer(table.here, "invited again", by=table.sam)


def test_nobody_but_a_facilitator_of_hers_does_anything_for_her(
    table: Table, evening: Session, agreement: Agreement, offer: Payment
) -> None:
    mias, admin = next(m for m in table.stream.memberships if m.person_id == table.mia.id), an_admin()
    acts: tuple[Callable[..., None], ...] = (
        lambda place, by: services.answer(place, "paused", by=by),
        lambda place, by: services.change_needs(place, TAXI, by=by),
        lambda place, by: services.change_never_times(place, {(0, PartOfDay.MORNING)}, by=by),
        lambda place, by: services.change_reach(place, {"way": Way.POST}, by=by),
        lambda place, by: services.stop_texts(place, by=by),
        lambda place, by: services.say_coming(place, evening, ComingAnswer.NO, by=by),
        lambda place, by: services.say_yes(place, agreement, by=by),
        lambda place, by: services.answer_offer(place, offer, Says.NO, None, by=by),
    )
    for act in acts:
        for place, by in [(mias, table.sam), *((table.here, who) for who in (table.mia, admin, table.kit))]:
            with pytest.raises(Refused):
                act(place, by)
    assert db.session.scalar(select(func.count(Assisted.id))) == 0


def test_what_was_private_goes_with_her_last_place(table: Table) -> None:
    services.change_needs(table.here, TAXI, by=table.sam)
    services.stop_texts(table.here, by=table.sam)
    services.change_needs(table.asked, TAXI, by=table.sam)
    second = a_membership(a_stream(table.stream.programme, "Mapping"), table.robin)
    workstreams.leave(second, Words.KEEP, by=table.robin)
    assert len(queries.done_for(table.robin)) == 2
    workstreams.leave(table.here, Words.KEEP, by=table.robin)
    assert [each.act for each in queries.done_for(table.robin)] == [Act.STOP_TEXTS]
    assert [each.act for each in queries.done_for(table.kit)] == [Act.CHANGE_NEEDS]
    assert Act.STOP_TEXTS not in rules.PRIVATE


# --- Whether she comes, whether she is OK with the agreement, and what she says to an offer.


def test_coming_is_said_for_her_and_put_back(table: Table, evening: Session) -> None:
    services.say_coming(table.here, evening, ComingAnswer.NOT_SURE, by=table.sam, needs_lift=True, ring_me=True)
    said = rsvp.answer_of(evening, table.robin)
    assert (said.answer, said.needs_lift, said.ring_me) == (ComingAnswer.NOT_SURE, True, True)
    first = _last(table)
    told = services.DOINGS[Act.SAY_COMING].words
    assert told(first.after) == "You are not sure whether you come. You need a lift. You want a call."
    assert told(first.before) == "You have not said whether you come."
    services.say_coming(table.here, evening, ComingAnswer.NO, by=table.sam)
    second = next(each for each in queries.done_for(table.robin) if each is not first)
    services.take_back(second, by=table.robin)
    assert rsvp.answer_of(evening, table.robin).needs_lift is True
    services.take_back(first, by=table.robin)
    assert rsvp.answer_of(evening, table.robin) is None


def test_coming_is_not_taken_back_once_it_has_begun(table: Table, evening: Session, clock: Callable[..., None]) -> None:
    services.say_coming(table.here, evening, ComingAnswer.YES, by=table.sam)
    clock(evening.begins)
    with pytest.raises(Refused, match="It has begun"):
        services.take_back(_last(table), by=table.robin)
    with pytest.raises(Refused, match="It has begun"):
        services.say_coming(table.here, evening, ComingAnswer.NO, by=table.sam)


def test_yes_to_the_agreement_is_said_for_her_and_put_back(table: Table, agreement: Agreement) -> None:
    services.say_yes(table.here, agreement, by=table.sam)
    services.say_yes(table.here, agreement, by=table.sam)
    (done,) = queries.done_for(table.robin)
    assert agreed.has_said_yes(table.robin, agreement)
    told = services.DOINGS[Act.SAY_YES].words
    assert (told(done.before), told(done.after)) == ("You have not said yes.", "You are OK with it.")
    services.take_back(done, by=table.robin)
    assert not agreed.has_said_yes(table.robin, agreement)


def test_yes_that_stood_before_is_put_back(table: Table, agreement: Agreement) -> None:
    """Nothing here takes a yes away, but what stood is what is put back."""
    services.DOINGS[Act.SAY_YES].put_back(table.robin, agreement.id, {"yes": "yes"})
    assert agreed.has_said_yes(table.robin, agreement)


@pytest.mark.parametrize(
    ("says", "pence", "words"),
    [
        (Says.ALL, None, "You said yes to £30.00."),
        (Says.SOME, 1000, "You said yes to £10.00."),
        (Says.NO, None, "You said no thank you."),
    ],
)
def test_offer_is_answered_for_her_and_put_back(
    table: Table, offer: Payment, says: Says, pence: int | None, words: str
) -> None:
    services.answer_offer(table.here, offer, says, pence, by=table.sam)
    done, told = _last(table), services.DOINGS[Act.ANSWER_OFFER].words
    assert (told(done.before), told(done.after)) == ("You have not said yes or no.", words)
    services.take_back(done, by=table.robin)
    assert (offer.state, offer.accepted_pence) == (PaymentState.OFFERED, None)
    services.DOINGS[Act.ANSWER_OFFER].put_back(table.robin, offer.id, done.after)
    assert told(services.DOINGS[Act.ANSWER_OFFER].stands(table.robin, offer.id)) == words
