"""What the rules of accounts and sign-ins answer."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from coprod.people import rules
from coprod.people.models import Person, Side

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def member(**fields):
    return Person(**{"id": uuid4(), "alias": "Robin", "side": Side.LIVED, "active": True, "is_admin": False} | fields)


def professional(**fields):
    return member(**{"alias": "Sam", "side": Side.PROFESSIONAL} | fields)


ADMIN = professional(alias="Ada", is_admin=True)


def test_a_member_may_stay_twelve_hours_and_a_professional_eight():
    """A1."""
    assert rules.longest(member()) == timedelta(hours=12)
    assert rules.longest(professional()) == timedelta(hours=8)


@pytest.mark.parametrize(("seconds", "stale"), [(0, False), (59, False), (60, True)])
def test_a_cookie_is_signed_anew_once_a_minute(seconds, stale):
    assert rules.is_stale(NOON, NOON + timedelta(seconds=seconds)) is stale


def test_only_professionals_need_an_authenticator():
    assert rules.needs_authenticator(professional())
    assert not rules.needs_authenticator(member())


def test_a_card_has_four_words_of_sixteen_bits_each():
    """A4: 64 bits, and no two draws alike."""
    assert rules.card_words(bytes(8)) == "babab babab babab babab"
    assert rules.card_words(b"\xff" * 8) == "zuzuz zuzuz zuzuz zuzuz"
    assert len({rules.card_words(pair.to_bytes(2)) for pair in range(2**16)}) == 2**16


@pytest.mark.parametrize("typed", ["babab zuzuz", " BABAB-zuzuz ", "babab, zuzuz."])
def test_a_cards_words_may_be_typed_any_way(typed):
    assert rules.plain(typed) == "bababzuzuz"


def test_an_address_is_compared_without_case_and_space():
    assert rules.same_address(" Robin@Example.ORG ") == "robin@example.org"


@pytest.mark.parametrize("typed", ["robin@example.org", "r.o+b@mail.example.org"])
def test_an_address_looks_like_one(typed):
    assert rules.looks_like_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "robin", "@example.org", "robin@", "robin@home", "r b@example.org", "a@b.org,c@d.org", "a" * 250 + "@b.org"],
)
def test_something_else_does_not_look_like_an_address(typed):
    assert not rules.looks_like_address(typed)


@pytest.mark.parametrize("person", [member(), professional()])
@pytest.mark.parametrize(
    "rule",
    [
        rules.may_change,
        rules.may_turn_away,
        rules.may_let_in_again,
        rules.may_make_card,
        rules.may_start_authenticator_again,
    ],
)
def test_only_an_admin_may_change_accounts(rule, person):
    assert rule(person, member()).reason == "Only a programme admin can do this."


def test_an_admin_may_not_close_her_own_account():
    assert rules.may_turn_away(ADMIN, ADMIN).reason == "Ask another programme admin to do this for you."


def test_an_open_account_may_be_closed_and_a_closed_one_opened():
    assert rules.may_turn_away(ADMIN, member())
    assert rules.may_turn_away(ADMIN, member(active=False)).reason == "This account is closed already."
    assert rules.may_let_in_again(ADMIN, member(active=False))
    assert rules.may_let_in_again(ADMIN, member()).reason == "This account is open."


def test_only_a_member_with_an_open_account_may_have_a_card():
    assert rules.may_make_card(ADMIN, member())
    assert "Cards are for members." in rules.may_make_card(ADMIN, professional()).reason
    assert rules.may_make_card(ADMIN, member(active=False)).reason == "This account is closed."


def test_only_a_professional_may_be_an_admin():
    assert rules.may_be_admin(professional())
    assert rules.may_be_admin(member()).reason == "A programme admin must sign in with an authenticator."


def test_only_an_authenticator_that_is_there_may_be_taken_away():
    assert rules.may_start_authenticator_again(ADMIN, professional(totp=b"sealed"))
    reason = "There is no authenticator to take away."
    assert rules.may_start_authenticator_again(ADMIN, professional()).reason == reason
