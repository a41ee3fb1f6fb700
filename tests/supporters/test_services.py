"""Choosing, sharing, ending; and an address that tells nobody whether it was known (A5)."""

from datetime import date

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person, Side, Ticket
from coprod.supporters import queries, services
from coprod.supporters.models import Share, Support
from coprod.workstreams.models import Words
from coprod.workstreams.rules import membership_of
from coprod.workstreams.services import leave
from tests.factories import a_membership, a_person, a_professional, a_stream
from tests.supporters.conftest import JO, Table


def _supporters() -> int:
    return db.session.scalar(select(func.count(Person.id)).where(Person.side == Side.SUPPORTER)) or 0


def _cards(person: Person) -> int:
    held = Ticket.person_id == person.id, Ticket.purpose == "card"
    return db.session.scalar(select(func.count(Ticket.id)).where(*held)) or 0


def _verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.subject == "support").order_by(Entry.at, Entry.id)))


def test_member_chooses_somebody_who_then_has_an_account(table: Table, help_: Support, jo: Person) -> None:
    assert (jo.alias, jo.email, jo.side) == ("Jo", JO, Side.SUPPORTER)
    assert (help_.called, help_.since, help_.shares) == ("Jo", date(2025, 11, 17), [])
    assert _verbs() == ["chose somebody to help"]


def test_supporter_of_two_has_one_account(table: Table, help_: Support) -> None:
    second = services.choose(table.kit, "Jojo", " JO@example.org", by=table.kit)
    assert second.supporter_id == help_.supporter_id
    assert (help_.called, second.called) == ("Jo", "Jojo")
    assert _supporters() == 1


def test_address_of_anybody_else_is_not_told_and_opens_nothing(table: Table) -> None:
    """A5: members, professionals and closed accounts alike."""
    a_person("Mia", email="mia@example.org")
    a_professional("Max", email="max@example.org")
    a_person("Old", Side.SUPPORTER, email="old@example.org", active=False)
    for address in ("mia@example.org", "max@example.org", "old@example.org"):
        support = services.choose(table.robin, "Somebody", address, by=table.robin)
        made = db.session.get_one(Person, support.supporter_id)
        assert (made.alias, made.email, made.side) == ("Somebody", None, Side.SUPPORTER)


def test_address_taken_in_the_same_moment_is_not_told_either(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    a_person("Mia", email="mia@example.org")
    monkeypatch.setattr(queries, "with_address", lambda _: None)
    support = services.choose(table.robin, "Jo", "mia@example.org", by=table.robin)
    assert db.session.get_one(Person, support.supporter_id).email is None


def test_choosing_again_is_the_same_help_and_begins_with_nothing_shared(table: Table, help_: Support) -> None:
    services.share(help_, Share.AGENDA, True, by=table.robin)
    assert services.choose(table.robin, "Jo B", JO, by=table.robin) is help_
    assert (help_.called, help_.shares) == ("Jo", [Share.AGENDA.value])

    services.end(help_, by=table.robin)
    assert services.choose(table.robin, "Jo B", JO, by=table.robin) is help_
    assert (help_.called, help_.shares, help_.ended_on) == ("Jo B", [], None)


def test_sharing_is_one_thing_at_a_time(table: Table, help_: Support, jo: Person) -> None:
    services.share(help_, Share.NEEDS, True, by=table.robin)
    assert help_.shares == [Share.NEEDS.value]
    services.share(help_, Share.NEEDS, False, by=table.robin)
    assert help_.shares == []
    with pytest.raises(Refused):
        services.share(help_, Share.NEEDS, True, by=jo)


def test_ending_closes_what_the_supporter_has_open(table: Table, help_: Support, jo: Person) -> None:
    """P6."""
    before = jo.rights
    services.end(help_, by=table.robin)
    assert jo.rights == before + 1
    assert help_.ended_on == date(2025, 11, 17)
    assert list(queries.helpers_of(table.robin)) == []
    with pytest.raises(Refused, match="This has ended"):
        services.end(help_, by=table.robin)


def test_cards_die_with_the_last_help(table: Table) -> None:
    support, words = services.draw_card(services.choose(table.robin, "Jo", by=table.robin), by=table.robin)
    jo = db.session.get_one(Person, support.supporter_id)
    assert len(words.split()) == 4
    assert _cards(jo) == 1
    services.end(support, by=jo)
    assert _cards(jo) == 0


def test_card_is_never_drawn_for_an_account_another_has_a_share_in(table: Table, help_: Support, jo: Person) -> None:
    """A card for Jo would let Robin read what Kit shares."""
    services.choose(table.kit, "Jojo", JO, by=table.kit)
    support, _ = services.draw_card(help_, by=table.robin)
    made = db.session.get_one(Person, support.supporter_id)
    assert (made.id == jo.id, made.email, support.called) == (False, None, "Jo")
    assert help_.ended_on is not None
    assert _cards(jo) == 0

    again, _ = services.draw_card(support, by=table.robin)
    assert again is support
    with pytest.raises(Refused):
        services.draw_card(support, by=made)


def test_leaving_the_last_group_ends_every_help(table: Table, help_: Support, jo: Person) -> None:
    second = a_membership(a_stream(table.stream.programme, "Mapping"), table.robin)
    first = membership_of(table.robin, table.stream)
    assert first is not None
    before = jo.rights

    leave(second, Words.KEEP, by=table.robin)
    assert (help_.ended_on, jo.rights) == (None, before + 1)

    leave(first, Words.KEEP, by=table.robin)
    assert (help_.ended_on, jo.rights) == (date(2025, 11, 17), before + 2)
