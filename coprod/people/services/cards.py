"""Printed cards: a way in that needs neither mailbox nor phone (A4)."""

import secrets

from sqlalchemy import delete, select

from coprod.core.answers import require
from coprod.core.db import db
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.people import rules
from coprod.people.models import Person, Ticket
from coprod.people.sealing import hashed, real_now
from coprod.people.services.codes import spend


def make_card(person: Person, *, by: Person) -> str:
    """Draw a member's card; answer its words, which nobody can read again."""
    require(rules.may_make_card(by, person))
    return draw_card(person, by=by)


def draw_card(person: Person, *, by: Person) -> str:
    """Draw a card for a member, where the caller has asked whether this person may; older cards stop working."""
    require(rules.may_have_card(person))
    db.session.execute(delete(Ticket).where(Ticket.person_id == person.id, Ticket.purpose == "card"))
    words = rules.card_words(secrets.token_bytes(2 * rules.CARD_WORDS))
    ends = real_now() + rules.CARD_LASTS
    kept = hashed("card", rules.plain(words))
    db.session.add(Ticket(purpose="card", person_id=person.id, hash=kept, ends=ends))
    db.session.flush()
    record(by, "given a card", person)
    note("card drawn", person, by)
    return words


def spend_card(typed: str) -> Person | None:
    """Take a card's words, once, and answer whose they were."""
    person = spend("card", rules.plain(typed))
    return person if person is not None and rules.may_have_card(person) else None


def read_card(typed: str) -> Person | None:
    """Answer whose card's words these are, without using the card up: it goes on working as her way in."""
    held = select(Person).join(Ticket, Ticket.person_id == Person.id)
    good = Ticket.purpose == "card", Ticket.hash == hashed("card", rules.plain(typed)), Ticket.used.is_(None)
    person = db.session.scalars(held.where(*good, Ticket.ends > real_now())).one_or_none()
    return person if person is not None and rules.may_have_card(person) else None
