"""Accounts: the first one, every other, and what changes about them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from coprod.core.answers import YES, Answer, Refused, require
from coprod.core.db import db
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.people import queries, rules
from coprod.people.models import Person, Side, Ticket
from coprod.people.sealing import real_now
from coprod.people.services import passkeys, second_step
from coprod.people.services.sessions import renew_rights

TAKEN = "This e-mail address or phone number cannot be used here."
_ASKED_FIRST: list[Callable[[Person], Answer]] = []
_FIRST = UUID(int=1)


def first_admin(alias: str, email: str) -> Person:
    """Make the first account, which can make all others; the database lets only one be the first."""
    if not queries.nobody_is_here():
        raise Refused("There is somebody here already.")
    person = Person(alias=alias, side=Side.PROFESSIONAL, email=rules.same_address(email), is_admin=True)
    marker = Ticket(id=_FIRST, purpose="first", ends=real_now() + timedelta(days=36500))
    _keep(person, marker)
    record(None, "set up as first admin", person)
    note("first account made", person)
    return person


def add_person(
    alias: str,
    side: Side,
    *,
    by: Person,
    email: str | None = None,
    phone: str | None = None,
    is_admin: bool = False,
) -> Person:
    """Give somebody an account."""
    require(rules.may_keep_accounts(by))
    address = rules.same_address(email) if email else None
    number = rules.same_number(phone) if phone else None
    person = Person(alias=alias, side=side, email=address, phone=number, is_admin=is_admin)
    if is_admin:
        require(rules.may_be_admin(person))
    if queries.is_taken(person.email, person.phone):
        raise Refused(TAKEN)
    _keep(person)
    record(by, "added", person)
    note("account made", person, by)
    return person


def rename(person: Person, alias: str, *, by: Person) -> None:
    """Call somebody by another name."""
    require(rules.may_keep_accounts(by))
    person.alias = alias
    renew_rights(person, "renamed", by=by)
    record(by, "renamed", person)


def choose_name(person: Person, alias: str) -> None:
    """Let somebody choose anew what they are called here."""
    person.alias = alias
    record(person, "chose another name", person)


def ask_first(rule: Callable[[Person], Answer]) -> None:
    """Let a later feature say no before somebody is turned away or made an admin: a duty is handed on first."""
    _ASKED_FIRST.append(rule)


def _may_be_spared(person: Person) -> Answer:
    return next((answer for rule in _ASKED_FIRST if not (answer := rule(person))), YES)


def turn_away(person: Person, *, by: Person) -> None:
    """Close an account: everything it has open is dead at the next request (P6)."""
    require(rules.may_turn_away(by, person) & _may_be_spared(person))
    person.active = False
    db.session.execute(delete(Ticket).where(Ticket.person_id == person.id, Ticket.purpose != "recovery"))
    renew_rights(person, "account closed", by=by)
    record(by, "turned away", person)


def let_in_again(person: Person, *, by: Person) -> None:
    """Open a closed account again."""
    require(rules.may_let_in_again(by, person))
    person.active = True
    renew_rights(person, "account opened again", by=by)
    record(by, "let in again", person)


def set_admin(person: Person, is_admin: bool, *, by: Person) -> None:
    """Make somebody a programme admin, or no longer."""
    require(rules.may_change(by, person) & (rules.may_be_admin(person) if is_admin else rules.may_keep_accounts(by)))
    require(_may_be_spared(person) if is_admin else YES)
    person.is_admin = is_admin
    renew_rights(person, "made programme admin" if is_admin else "no longer programme admin", by=by)
    record(by, "made admin" if is_admin else "no longer admin", person)


def start_authenticator_again(person: Person, *, by: Person) -> None:
    """Let somebody who has lost their authenticator set up a new one; their passkeys may be lost with it."""
    second_step.start_again(person, by=by)
    passkeys.forget_all(person)
    renew_rights(person, "authenticator taken away", by=by)


def stop_texts(person: Person, stop: bool) -> None:
    """Send this person no more links by text, or send them again (A3)."""
    person.no_text_links = stop


def _keep(*things: Person | Ticket) -> None:
    """Let the database say whether somebody was quicker."""
    try:
        with db.session.begin_nested():
            db.session.add_all(things)
            db.session.flush()
    except IntegrityError as error:
        raise Refused(TAKEN) from error
