"""A concern is raised, told, answered and forgotten, and nothing else changes (P7)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from coprod.core import texts
from coprod.core.answers import Refused
from coprod.core.db import Root, db
from coprod.core.journal import Entry
from coprod.core.security_log import SecurityEvent
from coprod.messages.models import Message, MessageState, Way
from coprod.messages.queries import given_up
from coprod.messages.rules import LONGEST_TEXT, may_say
from coprod.messages.services import longest_link, send_due
from coprod.people.models import Person
from coprod.safeguarding import services
from coprod.safeguarding.models import Concern, ConcernState
from tests.safeguarding.conftest import CANARY, SAID, Table

Raised = Callable[..., Concern]
Clock = Callable[..., None]


def _told() -> list[tuple[str, Any]]:
    wanted = select(Message).join(Message.person).order_by(Message.due, Person.alias)
    return [(message.person.alias, message.due) for message in db.session.scalars(wanted)]


def test_concern_goes_to_the_lead_at_once_and_to_nobody_else(table: Table, raised: Raised) -> None:
    concern = raised()
    assert (concern.state, concern.words) == (ConcernState.RAISED, f"{CANARY} said more")
    assert _told() == [("Lena", concern.raised_at)]


def test_message_says_nothing_and_may_come_at_any_hour(database: None) -> None:
    """O1, P7, domain rule 13."""
    assert may_say(services.RING.text, services.RING, longest_link(services.RING))
    assert services.RING.any_hour
    assert len(services.RING.text) < LONGEST_TEXT
    spoken = f"{services.RING.name} {services.RING.title} {services.RING.text} {services.RING.email}".lower()
    assert not any(word in spoken for word in ("concern", "danger", "safe", "worr", "lead", "{alias}"))


def test_lead_is_mailed_within_a_minute_with_no_content(
    table: Table, raised: Raised, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P7; the sender runs every second, at any hour."""
    sent: list[tuple[str, ...]] = []
    monkeypatch.setattr("coprod.core.mail.send", lambda to, subject, words, **_: sent.append((to, subject, words)))
    clock(2025, 11, 17, 2, 0)
    raised()
    db.session.commit()
    assert send_due() == 1
    [(to, subject, words)] = sent
    assert (to, subject) == ("lena@example.org", "You have a message")
    assert CANARY not in words
    assert "concern" not in words.lower()


def test_way_is_a_text_where_there_can_be_one(table: Table, raised: Raised, monkeypatch: pytest.MonkeyPatch) -> None:
    key = raised().id
    monkeypatch.setattr(texts, "can_text", lambda: True)
    assert services._address(table.lead, key) == (Way.EMAIL, "lena@example.org")
    table.lead.phone = "+447700900123"
    assert services._address(table.lead, key) == (Way.TEXT, "+447700900123")
    table.lead.no_text_links = True
    assert services._address(table.lead, key) == (Way.EMAIL, "lena@example.org")
    assert services._address(table.sam, key) is None


def test_deputy_is_told_after_thirty_minutes_and_once(table: Table, raised: Raised, clock: Clock) -> None:
    concern = raised()
    late = concern.raised_at + timedelta(minutes=30)
    clock(late - timedelta(seconds=1))
    services.alert_deputies()
    assert len(_told()) == 1
    clock(late)
    services.alert_deputies()
    clock(late + timedelta(minutes=5))
    services.alert_deputies()
    assert _told() == [("Lena", concern.raised_at), ("Dale", late)]


def test_received_concern_alerts_nobody_more(table: Table, raised: Raised, clock: Clock) -> None:
    """O3: what still waits to be sent is asked again, and withdrawn."""
    concern = raised()
    assert services._still_right(table.lead, concern.id)
    assert not services._still_right(table.sam, concern.id)
    services.receive(concern, by=table.deputy)
    assert not services._still_right(table.lead, concern.id)
    clock(concern.raised_at + timedelta(hours=2))
    services.alert_deputies()
    db.session.commit()
    send_due()
    assert [message.state for message in db.session.scalars(select(Message))] == [MessageState.WITHDRAWN]


def test_message_that_could_not_be_sent_is_counted_nowhere(table: Table, raised: Raised) -> None:
    """P7: not on the page where programme admins see how many of each kind were lost."""
    raised()
    [message] = db.session.scalars(select(Message))
    message.state = MessageState.GIVEN_UP  # type: ignore[misc]
    assert given_up() == {}


def test_deputy_is_told_at_once_where_the_lead_is_gone(table: Table, raised: Raised, clock: Clock) -> None:
    table.lead.active = False
    concern = raised()
    clock(concern.raised_at + timedelta(hours=2))
    services.alert_deputies()
    assert _told() == [("Dale", concern.raised_at)]


def test_concern_is_received_and_passed_on_or_closed(table: Table, raised: Raised, clock: Clock) -> None:
    one, other = raised(), raised()
    clock(2025, 11, 17, 9, 10)
    services.receive(one, by=table.lead)
    services.receive(other, by=table.deputy)
    services.pass_on(one, "The front door team", by=table.deputy)
    services.close(other, by=table.lead)
    assert (one.state, one.received_by, one.passed_to) == ("passed on", table.lead, "The front door team")
    assert (other.state, other.received_by, other.passed_to) == ("closed", table.deputy, "")
    assert one.closed_at == other.closed_at == one.received_at
    for by in table.others:
        with pytest.raises(Refused, match="Only the safeguarding lead or the deputy"):
            services.receive(raised(), by=by)


def test_concern_is_refused_to_who_may_not_raise_one_and_where_nobody_receives_it(table: Table) -> None:
    for person in (table.robin, table.ada, table.stranger):
        with pytest.raises(Refused, match="Only professionals who sit at a table"):
            services.raise_concern(table.programme, by=person, **SAID)
    table.programme.safeguarding_lead = table.programme.deputy_lead = None
    with pytest.raises(Refused, match=r"Nobody is named to receive concerns here\. Ring instead"):
        services.raise_concern(table.programme, by=table.sam, **SAID)


def test_whole_life_of_a_concern_changes_no_other_table(table: Table, raised: Raised) -> None:
    """P7: no journal line, no security event, no count, no changed row anywhere but its own and the outbox's."""
    before = _everything()
    one, other = raised(), raised(by=table.mia)
    services.receive(one, by=table.lead)
    services.pass_on(one, "The front door team", by=table.lead)
    services.receive(other, by=table.lead)
    services.close(other, by=table.lead)
    after = _everything()
    assert {name for name in after if after[name] != before[name]} == {"concern", "message"}
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0
    assert db.session.scalar(select(func.count()).select_from(SecurityEvent)) == 0


def _everything() -> dict[str, list[str]]:
    db.session.flush()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in Root.metadata.sorted_tables
    }


def test_closed_concerns_are_forgotten_with_their_messages(table: Table, raised: Raised, clock: Clock) -> None:
    """L4."""
    old, fresh, still_open = raised(), raised(), raised()
    for concern, day in ((old, 18), (fresh, 19)):
        clock(2025, 11, day, 23, 59)
        services.receive(concern, by=table.lead)
        services.close(concern, by=table.lead)
    kept = {fresh.id, still_open.id}
    assert services.forget_closed_before(date(2025, 11, 19)) is None
    assert set(db.session.scalars(select(Concern.id))) == kept
    assert set(db.session.scalars(select(Message.thing_id))) == kept


def test_words_are_three_hundred_letters_at_most_in_the_database_too(raised: Raised) -> None:
    assert len(raised(words="x" * 300).words) == 300
    with pytest.raises(Exception, match="words_are_few"):
        raised(words="x" * 301)
