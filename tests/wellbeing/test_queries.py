"""Who finds what: the two it is between, and nobody else; and lists that cost the same however long they are."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.wellbeing import queries, services
from coprod.wellbeing.models import CheckIn, Feeling, Moment
from coprod.wellbeing.rules import Wish
from coprod.workstreams.models import Kind
from tests.factories import a_membership, a_person, a_professional, a_stream, an_admin, keep
from tests.wellbeing.conftest import TONIGHT, Circle, an_evening


def test_choices_are_those_who_run_her_groups_and_those_who_help_her(circle: Circle) -> None:
    other = a_stream(circle.stream.programme, "Other", facilitator=a_professional("Ola"), neutral_name="Friday group")
    a_stream(circle.stream.programme, "Steering", members=[circle.robin], kind=Kind.STEERING)
    a_membership(other, circle.robin)
    told = [(choice.called, choice.why) for choice in queries.choices_of(circle.robin)]
    assert told == [("Max", "Monday group"), ("Ola", "Friday group"), ("Sam", "Monday group"), ("Jo", "Helps you")]
    assert [choice.called for choice in queries.choices_in(circle.robin, circle.session)] == ["Max", "Sam", "Jo"]
    assert [choice.called for choice in queries.choices_of(circle.kit)] == ["Max", "Sam"]
    assert queries.choices_of(circle.jo) == []


def test_call_back_is_found_by_the_two_alone(circle: Circle) -> None:
    """Journey 11; P1."""
    call = services.ask_to_ring(circle.robin, circle.sam, Wish.NEXT, by=circle.robin)
    assert queries.one_asked_of(circle.sam, call.id) is call
    assert queries.own_call(circle.robin, call.id) is call
    others = (circle.max, circle.kit, circle.jo, an_admin(), a_professional("Chair"), circle.robin)
    for other in others:
        assert call not in queries.asked_of(other)
        with pytest.raises(NoResultFound):
            queries.one_asked_of(other, call.id)
    for other in (*others[:-1], circle.sam):
        with pytest.raises(NoResultFound):
            queries.own_call(other, call.id)


def test_call_after_a_session_is_found_by_its_facilitators(circle: Circle) -> None:
    call = services.offer_call(circle.session, circle.kit, by=circle.sam)
    assert queries.one_to_be_made_by(circle.max, call.id) is call
    for other in (circle.kit, circle.robin, circle.jo, an_admin()):
        with pytest.raises(NoResultFound):
            queries.one_to_be_made_by(other, call.id)


def test_call_after_a_friday_is_late_for_nobody_before_the_tuesday(circle: Circle, clock: Callable[..., None]) -> None:
    friday = an_evening(circle.stream, date(2025, 11, 21), 2)
    clock(2025, 11, 21, 20)
    call = services.offer_call(friday, circle.robin, by=circle.sam)
    found = []
    for today in (date(2025, 11, day) for day in (21, 23, 24, 25)):
        (awaited,) = queries.awaited_by(circle.robin, [], today)
        found.append((awaited.on, awaited.missed))
        assert queries.to_ring_after(circle.sam, today) == [(call, awaited.missed)]
    assert found == [("tomorrow", False), ("tomorrow", False), ("today", False), ("on Monday 24 November", True)]


def test_lists_cost_the_same_with_one_and_with_three(circle: Circle, query_count: list[str]) -> None:
    def cost() -> int:
        db.session.commit()
        db.session.expunge_all()
        sam, robin = (db.session.get_one(type(circle.sam), key) for key in keys)
        query_count.clear()
        for call in queries.asked_of(sam):
            assert call.person.alias
        for after in queries.to_be_made_by(sam):
            assert after.person.alias
            assert after.session.cycle.workstream.neutral_name
        for said in queries.check_ins_for(sam):
            assert said.person.alias
            assert said.session.on
        for choice in queries.choices_of(robin):
            assert choice.person.alias
        for awaited in queries.awaited_by(robin, queries.choices_of(robin), TONIGHT):
            assert awaited.words
        return len(query_count)

    keys = circle.sam.id, circle.robin.id
    stream, session, sam = circle.stream, circle.session, circle.sam
    _say(circle.robin, sam, session)
    one = cost()
    stream, session, sam = (db.session.merge(thing) for thing in (stream, session, sam))
    for n in range(2):
        other = a_person(f"Parent {n}")
        a_membership(stream, other)
        _say(other, sam, session)
    assert cost() == one


def _say(person: Person, sam: Person, session: Session) -> None:
    services.ask_to_ring(person, sam, Wish.NEXT, by=person)
    services.offer_call(session, person, by=sam)
    fields = {"moment": Moment.BEFORE, "feeling": Feeling.GOOD, "on": TONIGHT - timedelta(1)}
    keep(CheckIn(session=session, person=person, to=sam, **fields))
