"""Choosing somebody to help, sharing with them item by item, and ending it."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.needs.queries import is_in_a_group
from coprod.people import services as people
from coprod.people.models import Person, Side, Ticket
from coprod.people.rules import same_address
from coprod.supporters import queries, rules
from coprod.supporters.models import Share, Support
from coprod.workstreams.models import Membership
from coprod.workstreams.services import when_left


def choose(member: Person, called: str, email: str | None = None, *, by: Person) -> Support:
    """Let somebody help this member, known to her by this name; sharing is off until she says otherwise.

    Whether the address was known here already must not show (A5). A supporter's own account is used again; where it is
    anybody else's, an account is made that it does not open, and the member gives a card instead.
    """
    lock(member)
    require(rules.may_choose(by, member, queries.helpers_of(member), is_in_a_group(member)))
    supporter = _account(called, same_address(email) if email else None, by)
    support = queries.between(member, supporter) or Support(member_id=member.id, supporter_id=supporter.id, shares=[])
    if support.ended_on is not None or support.since is None:
        support.called, support.since, support.ended_on, support.shares = called, today(), None, []
    db.session.add(support)
    db.session.flush()
    record(by, "chose somebody to help", support)
    return support


def _account(called: str, address: str | None, by: Person) -> Person:
    known = queries.with_address(address) if address else None
    if known is not None and queries.is_supporter(known):
        return known
    person = _new_account(called, None if known else address)
    record(by, "added", person)
    note("account made", person, by)
    return person


def _new_account(called: str, address: str | None) -> Person:
    """Make it; where somebody else was quicker with this address, make it without one."""
    person = Person(alias=called, side=Side.SUPPORTER, email=address)
    try:
        with db.session.begin_nested():
            db.session.add(person)
            db.session.flush()
    except IntegrityError:
        return _new_account(called, None)
    return person


def draw_card(support: Support, *, by: Person) -> tuple[Support, str]:
    """Give who helps this member a printed card; answer its words, which nobody can read again.

    A card is drawn only for an account that nobody else has a share in, so that it opens nothing of another's: where
    there is an e-mail address, or another member is helped, an account of its own takes the place of the old one.
    """
    require(rules.may_draw_card(by, support))
    supporter = support.supporter
    if supporter.email or queries.helps_somebody(supporter, but=by):
        end(support, by=by)
        support = choose(by, support.called, by=by)
        supporter = db.session.get_one(Person, support.supporter_id)
    return support, people.draw_card(supporter, by=by)


def share(support: Support, what: Share, on: bool, *, by: Person) -> None:
    """Share one thing with who helps, or share it no longer."""
    require(rules.may_share(by, support))
    support.shares = rules.with_and_without(support.shares, what, on)


def end(support: Support, *, by: Person) -> None:
    """End it: whatever this supporter has open is dead at the next request (P6)."""
    lock(support)
    require(rules.may_end(by, support))
    support.ended_on, support.shares = today(), []
    supporter = db.session.get_one(Person, support.supporter_id)
    people.renew_rights(supporter, "helps somebody no longer", by=by)
    if not queries.helps_somebody(supporter):
        db.session.execute(delete(Ticket).where(Ticket.person_id == supporter.id, Ticket.purpose == "card"))
    record(by, "ended a help", support)


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    """What a supporter has open shows a group that was left; with the last place, there is nothing to help with."""
    for support in queries.helpers_of(membership.person):
        if last:
            end(support, by=membership.person)
        else:
            people.renew_rights(db.session.get_one(Person, support.supporter_id), "helps in fewer groups")
