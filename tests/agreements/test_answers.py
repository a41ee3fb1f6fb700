"""Each member's own answer, wishes nobody signs, notes for the facilitators, and when it is looked at again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.agreements import queries, rules, services
from coprod.agreements.models import Agreement, AgreementState, BreachNote, BreachState, ChangeAsked, ChangeState
from coprod.agreements.queries import Ahead
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry, record
from tests.agreements.conftest import Table
from tests.factories import a_membership, a_person, a_professional, a_stream, an_admin


@pytest.fixture
def agreed(table: Table) -> Agreement:
    """The group's first version, agreed."""
    agreement = services.start(table.stream, by=table.sam)
    services.talk_through(agreement, by=table.sam)
    services.agree(agreement, by=table.sam)
    return agreement


def _verbs() -> list[str]:
    return list(db.session.scalars(db.select(Entry.verb).order_by(Entry.at)))


# --- Each member's own yes.


def test_yes_is_kept_once_and_can_be_taken_back(table: Table, agreed: Agreement) -> None:
    before = _verbs()
    for _ in range(2):
        services.say_yes(agreed, table.robin, by=table.robin)
    assert queries.has_said_yes(table.robin, agreed)
    assert queries.said_yes(agreed) == {table.robin.id}
    services.take_back_yes(agreed, table.robin, by=table.robin)
    assert not queries.has_said_yes(table.robin, agreed)
    assert _verbs() == before


def test_facilitator_may_write_down_somebodys_yes_and_nobody_else_may(table: Table, agreed: Agreement) -> None:
    """Domain rule 15: the phone route."""
    services.say_yes(agreed, table.robin, by=table.sam)
    assert queries.has_said_yes(table.robin, agreed)
    with pytest.raises(Refused):
        services.say_yes(agreed, table.sam, by=table.robin)
    with pytest.raises(Refused):
        services.say_yes(agreed, table.stranger, by=table.stranger)


def test_everybody_is_one_word_and_no_list(table: Table, agreed: Agreement) -> None:
    """P4."""
    services.say_yes(agreed, table.robin, by=table.robin)
    assert not rules.said_by_all(agreed, queries.said_yes(agreed))
    services.say_yes(agreed, table.sam, by=table.sam)
    assert rules.said_by_all(agreed, queries.said_yes(agreed))


def test_member_is_asked_again_when_it_changes(table: Table, agreed: Agreement) -> None:
    """Feature 27."""
    assert list(queries.to_answer(table.robin)) == [agreed]
    services.say_yes(agreed, table.robin, by=table.robin)
    assert list(queries.to_answer(table.robin)) == []
    second = services.start(table.stream, by=table.sam)
    services.write(
        second, second.words | {"phones": "Phones stay on."}, "Phones.", read=rules.mark_of(second), by=table.sam
    )
    services.talk_through(second, by=table.sam)
    services.say_yes(second, table.robin, by=table.robin)
    services.write(second, second.words, "Phones again.", read=rules.mark_of(second), by=table.sam)
    assert queries.has_said_yes(table.robin, second)
    services.write(second, second.words | {"pay": "All of it."}, "Pay.", read=rules.mark_of(second), by=table.sam)
    assert not queries.has_said_yes(table.robin, second)
    services.agree(second, by=table.sam)
    assert list(queries.to_answer(table.robin)) == [second]
    assert queries.has_said_yes(table.robin, agreed)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (AgreementState.DRAFT, "not talked this version through"),
        (AgreementState.DISCUSSED, ""),
        (AgreementState.AGREED, ""),
        (AgreementState.SUPERSEDED, "newer version"),
    ],
)
def test_version_is_answered_once_it_was_talked_through(table: Table, state: AgreementState, told: str) -> None:
    agreement = Agreement(workstream=table.stream, number=9, state=state)
    for answer in (
        rules.may_say_yes(table.robin, table.robin, agreement),
        rules.may_ask_for_change(table.robin, agreement),
    ):
        assert told in answer.reason
        assert bool(answer) is (told == "")
    assert "Only people in" in rules.may_ask_for_change(table.stranger, agreement).reason


def test_those_who_run_the_group_can_ring_but_not_themselves(table: Table) -> None:
    a_membership(table.stream, a_professional("Gone", active=False))
    assert rules.may_be_rung_by(table.robin, table.stream) == [table.sam]
    assert rules.may_be_rung_by(table.sam, table.stream) == []


def test_call_about_it_is_for_a_later_feature_to_arrange(
    table: Table, agreed: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_RINGING", [])
    asked = []
    services.rings(lambda person, whom: asked.append((person, whom)))
    services.ask_to_ring(agreed, table.sam, by=table.robin)
    assert asked == [(table.robin, table.sam)]


# --- Wishes.


def test_wish_has_no_author_and_no_time_and_leaves_no_line(table: Table, agreed: Agreement) -> None:
    """Journey 5: nobody sees who asked."""
    before = _verbs()
    for _ in range(2):
        services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (wish,) = queries.wishes_of(table.stream)
    assert set(ChangeAsked.__table__.columns.keys()) == {
        "id",
        "agreement_id",
        "words",
        "state",
        "taken_into_id",
        "heading",
    }
    assert (wish.words, _verbs()) == ("Phones stay on.", before)
    with pytest.raises(Refused):
        services.ask_for_change(agreed, "Me too", by=table.stranger)


def test_wishes_are_found_by_those_who_run_the_group(table: Table, agreed: Agreement) -> None:
    services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (wish,) = queries.wishes_of(table.stream)
    assert queries.one_wish_run_by(table.sam, wish.id) is wish
    assert [group.id for group in queries.groups_with_wishes(table.sam)] == [table.stream.id]
    for other in (table.robin, table.stranger, an_admin()):
        assert list(queries.groups_with_wishes(other)) == []
        with pytest.raises(NoResultFound):
            queries.one_wish_run_by(other, wish.id)


def test_wish_is_taken_into_the_version_being_written(table: Table, agreed: Agreement) -> None:
    services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (wish,) = queries.wishes_of(table.stream)
    with pytest.raises(Refused, match="Start the next version first"):
        services.take(wish, "phones", by=table.sam)
    second = services.start(table.stream, by=table.sam)
    with pytest.raises(Refused):
        services.take(wish, "phones", by=table.robin)
    services.take(wish, "phones", by=table.sam)
    assert (wish.state, wish.taken_into_id, queries.asked_for_in(second)) == (ChangeState.TAKEN, second.id, {"phones"})
    assert list(queries.wishes_of(table.stream)) == []
    services.write(
        second, second.words | {"phones": "On.", "pay": "All."}, "Two things.", read=rules.mark_of(second), by=table.sam
    )
    told = [(c.heading.key, c.now, c.asked_for) for c in rules.changes(second, agreed, {"phones"})]
    assert told == [("phones", "On.", True), ("pay", "All.", False)]
    assert rules.changes(agreed, None, set()) == []


def test_wish_that_was_talked_about_is_done(table: Table, agreed: Agreement) -> None:
    services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (wish,) = queries.wishes_of(table.stream)
    with pytest.raises(Refused):
        services.talk_about(wish, by=table.robin)
    services.talk_about(wish, by=table.sam)
    assert (wish.state, list(queries.wishes_of(table.stream))) == (ChangeState.TALKED_ABOUT, [])


def test_wish_that_comes_again_after_it_was_settled_waits_again(table: Table, agreed: Agreement) -> None:
    services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (first,) = queries.wishes_of(table.stream)
    services.talk_about(first, by=table.sam)
    services.ask_for_change(agreed, "Phones stay on.", by=table.robin)
    (again,) = queries.wishes_of(table.stream)
    assert (again.words, again is first) == ("Phones stay on.", False)


# --- What went against it.


def test_note_is_for_the_facilitators_of_the_group(table: Table) -> None:
    before = _verbs()
    unnamed = services.tell(table.stream, "He took a photo.", named=False, by=table.robin)
    named = services.tell(table.stream, "She rang me.", named=True, by=table.robin)
    assert (unnamed.person, named.person, named.sent_on) == (None, table.robin, today())
    assert set(queries.breaches_of(table.stream)) == {unnamed, named}
    assert queries.one_breach_run_by(table.sam, named.id) is named
    for other in (table.robin, table.stranger, an_admin()):
        assert list(queries.groups_with_breaches(other)) == []
        with pytest.raises(NoResultFound):
            queries.one_breach_run_by(other, named.id)
    with pytest.raises(Refused):
        services.tell(table.stream, "x", named=False, by=table.stranger)
    assert _verbs() == before


def test_note_is_seen_to_by_a_facilitator(table: Table) -> None:
    note = services.tell(table.stream, "He took a photo.", named=False, by=table.robin)
    assert list(queries.groups_with_breaches(table.sam)) == [table.stream]
    with pytest.raises(Refused):
        services.see_to(note, by=table.robin)
    services.see_to(note, by=table.sam)
    assert (note.state, note.seen_to_on) == (BreachState.SEEN_TO, today())
    assert list(queries.groups_with_breaches(table.sam)) == []


def test_every_move_of_wishes_and_notes_by_everybody(table: Table, agreed: Agreement) -> None:
    folk = {"facilitator": table.sam, "member": table.robin, "stranger": table.stranger}
    allowed = {
        ("taken", ChangeState.ASKED, "facilitator"),
        ("talked about", ChangeState.ASKED, "facilitator"),
        ("seen to", BreachState.SENT, "facilitator"),
    }
    things = [(rules.CHANGE, ChangeAsked(agreement=agreed, words="x"), ChangeState)]
    things.append((rules.BREACH, BreachNote(workstream=table.stream, words="x", sent_on=today()), BreachState))
    found = set()
    for lifecycle, thing, states in things:
        for name in lifecycle.moves:
            for state in states:
                thing.state = state
                found |= {(name, state, who) for who, person in folk.items() if lifecycle.may(person, name, thing)}
    assert found == allowed


# --- Looked at again.

DAY = date(2025, 11, 17)


def _agreed(**fields: object) -> Agreement:
    return Agreement(**{"state": AgreementState.AGREED, "agreed_on": DAY} | fields)


def test_agreement_is_due_again_in_week_five_and_when_somebody_joins() -> None:
    """Domain rule 17."""
    fifth, next_on = DAY + timedelta(28), DAY + timedelta(1)
    assert rules.review_due(None, joined=True) is None
    assert rules.review_due(_agreed(state=AgreementState.DRAFT), joined=True) is None
    assert rules.review_due(_agreed(agreed_on=None), joined=True) is None
    assert rules.review_due(_agreed(), joined=False) is None
    due = rules.review_due(_agreed(), joined=False, week_five=fifth)
    assert due is not None
    assert (due.why, due.on) == ("It is due in week 5", fifth)
    due = rules.review_due(_agreed(), joined=True, week_five=fifth, next_on=next_on)
    assert due is not None
    assert (due.why, due.on) == ("Somebody new has joined", next_on)
    assert rules.review_due(_agreed(reviewed_on=fifth), joined=False, week_five=fifth) is None
    assert rules.review_due(_agreed(agreed_on=fifth), joined=False, week_five=fifth) is None


def test_looking_again_is_noted_by_facilitators(table: Table, agreed: Agreement) -> None:
    with pytest.raises(Refused):
        services.look_again(agreed, by=table.robin)
    services.look_again(agreed, by=table.sam)
    assert agreed.reviewed_on == today()
    assert "looked at again" in _verbs()
    second = services.start(table.stream, by=table.sam)
    with pytest.raises(Refused, match="Only an agreed version"):
        services.look_again(second, by=table.sam)


def test_somebody_who_joins_later_makes_it_due(
    table: Table, agreed: Agreement, clock: Callable[..., None], query_count: list[str]
) -> None:
    assert queries.reviews_due(table.sam, today()) == []
    clock(2025, 11, 20, 9)
    place = a_membership(table.stream, a_person("Mo"))
    record(table.sam, "joined", place)
    db.session.flush()
    query_count.clear()
    ((due, why),) = queries.reviews_due(table.sam, today())
    one = len(query_count)
    assert (due, why.why) == (agreed, "Somebody new has joined")
    assert queries.review_of(agreed, today()) == why
    assert queries.reviews_due(table.robin, today()) == []
    services.look_again(agreed, by=table.sam)
    assert queries.reviews_due(table.sam, today()) == []
    for n in range(2):
        other = a_stream(table.stream.programme, f"Other {n}", facilitator=table.sam)
        db.session.add(Agreement(workstream=other, number=1, state=AgreementState.AGREED, agreed_on=DAY))
    db.session.flush()
    query_count.clear()
    assert queries.reviews_due(table.sam, today()) == []
    assert len(query_count) == one


def test_what_is_ahead_is_asked_of_a_later_feature(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    key = table.stream.id
    monkeypatch.setattr(queries, "_LOOKING", [])
    assert queries.ahead_of([key], DAY) == {key: Ahead()}
    queries.looks_ahead(lambda streams, day: dict.fromkeys(streams, Ahead(week_five=day)))
    assert queries.ahead_of([key], DAY) == {key: Ahead(week_five=DAY)}
