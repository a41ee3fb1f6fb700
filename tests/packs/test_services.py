"""Sending the agenda: one message a person and session, in neutral words, to nobody who has gone (O1-O3)."""

from datetime import timedelta

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.cycles.models import Session
from coprod.messages import queries as messages
from coprod.messages.models import Message
from coprod.messages.rules import may_say
from coprod.packs import queries, services
from coprod.workstreams.models import MembershipState
from tests.cycles.conftest import Table
from tests.factories import a_membership, a_person


def _told(session: Session) -> list[str]:
    sent = db.session.query(Message).filter_by(purpose="agenda", thing_id=session.id)
    return sorted(message.person.alias for message in sent)


def test_everybody_but_those_who_run_it_is_told_once(table: Table, published: Session) -> None:
    """Feature 24."""
    assert services.send_agenda(published, by=table.sam) == 3
    assert _told(published) == ["Ada", "Kit", "Robin"]
    with pytest.raises(Refused, match="Everybody in the group has had it"):
        services.send_agenda(published, by=table.sam)
    a_membership(table.stream, a_person("Late"))
    assert services.send_agenda(published, by=table.sam) == 1
    assert _told(published) == ["Ada", "Kit", "Late", "Robin"]
    assert db.session.query(Entry).filter_by(verb="sent the agenda", subject_id=published.id).count() == 2


def test_draft_is_told_to_nobody_and_by_nobody_else(table: Table, published: Session) -> None:
    with pytest.raises(Refused, match="Publish the session first"):
        services.send_agenda(published.cycle.sessions[1], by=table.sam)
    for person in (table.robin, table.ada):
        with pytest.raises(Refused, match="Only a facilitator"):
            services.send_agenda(published, by=person)
    assert _told(published) == []


def test_words_say_nothing_but_that_it_is_there() -> None:
    """O1: no day, no place, no name of a group."""
    assert may_say(services.AGENDA.text, services.AGENDA, 40)
    assert services.AGENDA.endpoint == "people.sign_in"
    assert not services.AGENDA.link


def test_whether_it_is_still_right_is_asked_again(table: Table, published: Session, clock) -> None:
    """O3: not to who has left, not of a session that is called off or over."""
    still_right = messages.KINDS["agenda"].still_right
    assert still_right(table.robin, published.id)
    assert not still_right(table.stranger, published.id)
    assert not still_right(table.robin, published.cycle.sessions[1].id)
    place = next(m for m in table.stream.memberships if m.person is table.robin)
    place.state = MembershipState.PAUSED  # type: ignore[misc]
    assert not still_right(table.robin, published.id)
    clock(published.begins + timedelta(days=1))
    assert not still_right(table.ada, published.id)
    clock(published.begins - timedelta(days=1))
    cycles.cancel(published, by=table.sam)
    assert not still_right(table.ada, published.id)


def test_who_was_told_is_found_by_session(table: Table, published: Session) -> None:
    services.send_agenda(published, by=table.sam)
    assert queries.without("agenda", published) == []
    assert len(queries.without("agenda", published.cycle.sessions[1])) == 3
