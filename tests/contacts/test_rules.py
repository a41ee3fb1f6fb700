"""A6: who may change whose contact, and when it takes effect."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import uuid4

from coprod.contacts import rules
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.people.models import Person, Side

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
HERSELF, FIRST, SECOND = (Person(id=uuid4(), alias=name, side=Side.PROFESSIONAL) for name in ("Robin", "Sam", "Lee"))
WHO = {"herself": HERSELF, "first": FIRST, "second": SECOND, "the job": None}
OWN, STAFF = "her own", "by staff"
ALLOWED = {
    (OWN, "herself", "made at once", ChangeState.ASKED),
    (STAFF, "second", "confirmed", ChangeState.ASKED),
    (OWN, "first", "confirmed", ChangeState.ASKED),
    (OWN, "second", "confirmed", ChangeState.ASKED),
    *product((OWN, STAFF), ("the job",), ("made",), (ChangeState.CONFIRMED,)),
    *product((OWN, STAFF), ("herself", "first", "second"), ("stopped",), (ChangeState.ASKED, ChangeState.CONFIRMED)),
}


def a_change(whose=STAFF, state=ChangeState.ASKED, **fields):
    asked_by = HERSELF if whose == OWN else FIRST
    return ContactChange(person_id=HERSELF.id, asked_by_id=asked_by.id, state=state, channel=Channel.PHONE, **fields)


def test_every_move_of_a_change():
    """Every move, from every state, by everybody, against the list above."""
    tried = product((OWN, STAFF), WHO, rules.LIFECYCLE.moves, ChangeState)
    found = {
        (whose, who, name, state)
        for whose, who, name, state in tried
        if rules.LIFECYCLE.may(WHO[who], name, a_change(whose, state))
    }
    assert found == ALLOWED


def test_only_staff_change_it_for_somebody_and_nobody_their_own_there():
    admin = Person(id=uuid4(), alias="Ada", side=Side.PROFESSIONAL, is_admin=True)
    plain = Person(id=uuid4(), alias="Max", side=Side.PROFESSIONAL, is_admin=False)
    assert rules.may_change_for(admin, HERSELF, runs_a_table_of=False)
    assert rules.may_change_for(plain, HERSELF, runs_a_table_of=True)
    assert "Only a facilitator" in rules.may_change_for(plain, HERSELF, runs_a_table_of=False).reason
    assert "your own page" in rules.may_change_for(admin, admin, runs_a_table_of=True).reason


def test_a_confirmed_change_waits_a_day():
    confirmed = a_change(state=ChangeState.CONFIRMED, confirmed_at=NOW)
    assert rules.made_at(confirmed) == NOW + timedelta(hours=24)
    assert not rules.is_due(confirmed, NOW + timedelta(hours=23, minutes=59))
    assert rules.is_due(confirmed, NOW + timedelta(hours=24))
    assert not rules.is_due(a_change(), NOW + timedelta(days=9))
    assert rules.made_at(a_change()) is None
    assert not rules.is_due(a_change(state=ChangeState.CONFIRMED), NOW)


def test_a_number_and_an_address_are_never_shown_in_full():
    assert rules.masked(Channel.PHONE, "+447700900142") == "ends in 42"
    assert rules.masked(Channel.EMAIL, "robin@example.org") == "starts with r"
    assert rules.masked(Channel.EMAIL, None) == ""
