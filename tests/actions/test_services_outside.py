"""Owners without an account: a name, an address, and nothing that signs anybody in."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from coprod.actions import queries, services
from coprod.actions.models import OutsideOwner
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person, Side
from coprod.people.queries import by_contact
from tests.factories import a_membership, a_professional, keep
from tests.steering.rooms import Room


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def test_outside_owner_is_known_by_name_and_address_and_cannot_sign_in(room: Room) -> None:
    kim = services.outside_owner("Kim", " Kim@Example.org ", by=room.alex)
    assert (kim.alias, kim.side, kim.active, kim.email, kim.phone) == ("Kim", Side.PROFESSIONAL, False, None, None)
    assert queries.is_outside(kim)
    assert by_contact("kim@example.org") is None
    action = services.open_action(room.steering, "Send the plan", kim, today(), by=room.alex)
    assert action.owner == kim
    assert queries.owners_from_outside(room.steering) == [kim]
    assert queries.owners_from_outside(room.stream) == []


def test_the_same_address_is_the_same_person_whoever_names_her(room: Room) -> None:
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    assert services.outside_owner("Kimberley", "KIM@example.org", by=room.sam) == kim
    assert kim.alias == "Kim"
    assert db.session.scalar(select(func.count()).select_from(OutsideOwner)) == 1


def test_address_of_a_professional_at_the_table_says_choose_them(room: Room) -> None:
    room.max.email = "max@example.org"
    db.session.flush()
    with pytest.raises(Refused, match="Choose them from the list"):
        services.outside_owner("Max", "MAX@example.org", by=room.alex)


def test_address_of_anybody_else_is_taken_like_any_other_p2(room: Room) -> None:
    """Whoever types an address learns nothing of who has an account, and the account is untouched."""
    room.dee.email, room.stranger.email, room.robin.email = "dee@example.org", "zoe@example.org", "rob@example.org"
    db.session.flush()
    for known in (room.dee, room.stranger, room.robin):
        assert known.email
        named = services.outside_owner("Somebody", known.email, by=room.alex)
        assert named != known
        assert not named.active
        assert by_contact(known.email) == known


def test_one_who_was_let_in_is_not_told_of_and_is_chosen_where_she_sits_p2(room: Room) -> None:
    """Whoever types the address of somebody who has an account by now learns nothing of it."""
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    kim.active, kim.email = True, "kim@example.org"
    db.session.flush()
    named = services.outside_owner("Kim K", "kim@example.org", by=room.alex)
    assert (named == kim, named.alias, named.active) == (False, "Kim K", False)
    assert services.outside_owner("Kim", "kim@example.org", by=room.sam) == named
    assert (queries.is_outside(kim), queries.is_outside(named)) == (False, True)
    with pytest.raises(Refused, match="Kim is not at this table"):
        services.open_action(room.steering, "Ring", kim, today(), by=room.alex)
    a_membership(room.steering, kim)
    db.session.expire_all()
    services.open_action(room.steering, "Ring", kim, today(), by=room.alex)
    with pytest.raises(Refused, match="Choose them from the list"):
        services.outside_owner("Kim", "kim@example.org", by=room.alex)


def test_only_who_leads_a_table_may_name_somebody(room: Room) -> None:
    for person in (room.max, room.dee, room.robin, room.stranger):
        with pytest.raises(Refused, match="Only the chair or a facilitator"):
            services.outside_owner("Kim", "kim@example.org", by=person)
    for wrong in ("", "kim", "kim@", "a b@example.org"):
        with pytest.raises(Refused, match="not an e-mail address"):
            services.outside_owner("Kim", wrong, by=room.alex)
    with pytest.raises(IntegrityError):
        services.outside_owner("", "kim@example.org", by=room.alex)


def test_two_at_once_name_one_person(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look before either is there: the database lets one in, and the other finds her."""
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    found, first = queries.outside_owner_at, iter([None])
    monkeypatch.setattr(queries, "outside_owner_at", lambda email: next(first, kim))
    assert services.outside_owner("Kim", "kim@example.org", by=room.alex) == kim
    assert found("kim@example.org") == kim
    assert db.session.scalars(select(Person).where(Person.alias == "Kim")).all() == [kim]


def test_somebody_whose_account_was_closed_is_no_outside_owner(room: Room) -> None:
    keep(gone := a_professional("Gone", active=False))
    assert not queries.is_outside(gone)
    with pytest.raises(Refused, match="Gone is not at this table"):
        services.open_action(room.steering, "Ring", gone, today(), by=room.alex)
