"""Keeping that somebody would like to join; inviting them; letting it go."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.interests import queries, rules
from coprod.interests.models import Interest, Whose
from coprod.messages import services as messages
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.rules import looks_like_address
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Seat, Workstream


def tell(name: str, contact: str, whose: Whose, *, is_safe: bool) -> Interest:
    """Keep that somebody would like to join, and how to reach them; no account is looked up (A5).

    Sent twice it is one wish.
    """
    known = queries.told_before(name, contact, whose)
    if known is not None:
        return known
    interest = Interest(name=name, contact=contact, whose=whose, is_safe=is_safe, told_on=today())
    db.session.add(interest)
    db.session.flush()
    record(None, "told us they would like to join", interest)
    return interest


def mark_for(interest: Interest, stream: Workstream, *, by: Person) -> None:
    """After a talk: say for which table somebody is thought of, so that an admin can make the account."""
    require(rules.may_mark(by, interest, stream))
    interest.workstream = stream
    record(by, "thought of for a table", interest)


def invite(interest: Interest, stream: Workstream, seat: Seat, *, by: Person) -> Person:
    """Give them an account and a place; what they told us is let go of here."""
    require(rules.may_place(by, interest, stream, seat))
    email, phone = (interest.contact, None) if looks_like_address(interest.contact) else (None, interest.contact)
    person = people.add_person(interest.name, seat.side, by=by, email=email, phone=phone)
    if not interest.is_safe:
        messages.set_reach(person, by=person, phone_is_safe=False)
    workstreams.invite(stream, person, seat, by=by)
    interest.workstream, interest.person = stream, person
    _end(interest, "invited", by=by)
    return person


def close(interest: Interest, *, by: Person) -> None:
    """Let it go, without a reason."""
    _end(interest, "closed", by=by)


def _end(interest: Interest, name: str, *, by: Person) -> None:
    before, after = rules.LIFECYCLE.make(by, name, interest)
    interest.name = interest.contact = ""
    record(by, name, interest, before=before, after=after)
    db.session.flush()
