"""Offering a group to the next facilitator, taking it, and taking the offer back."""

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.handovers import queries, rules
from coprod.handovers.models import Handover
from coprod.people.models import Person
from coprod.people.services import renew_rights
from coprod.workstreams.models import Membership, Role, Words, Workstream
from coprod.workstreams.rules import seated
from coprod.workstreams.services import hold, leave


def offer(
    stream: Workstream, giver: Person, taker: Person, *, by: Person, words: str = "", leaves: bool = False
) -> Handover:
    """Name who is to take a group; nothing changes before they do."""
    lock(stream)
    require(rules.may_offer(by, stream, giver, taker, leaves=leaves))
    if queries.open_one(stream):
        require(no("This group waits to be taken already. Take that offer back first."))
    handover = Handover(
        workstream=stream, giver=giver, taker=taker, words=words, offered_on=today(), giver_leaves=leaves
    )
    db.session.add(handover)
    db.session.flush()
    record(by, "offered", handover)
    return handover


def take(handover: Handover, *, by: Person) -> None:
    """Take the group: the taker runs it now, the giver is a member or leaves, and both begin anew (A1)."""
    hold(handover.workstream)
    _move(handover, "taken", by=by)
    handover.taken_on = today()
    _give_role(handover, handover.taker, Role.FACILITATOR, by)
    giver = _give_role(handover, handover.giver, Role.MEMBER, by)
    db.session.flush()
    if handover.giver_leaves:
        leave(giver, Words.KEEP, by=handover.giver)


def take_back(handover: Handover, *, by: Person) -> None:
    """Take the offer back."""
    _move(handover, "taken back", by=by)


def _move(handover: Handover, name: str, *, by: Person) -> None:
    before, after = rules.LIFECYCLE.make(by, name, handover)
    record(by, name, handover, before=before, after=after)


def _give_role(handover: Handover, person: Person, role: Role, by: Person) -> Membership:
    place = next(place for place in seated(handover.workstream) if place.person_id == person.id)
    if place.role != role:
        place.role = role
        record(by, "given another seat or role", place)
    renew_rights(person, "given another seat or role", by=by)
    return place
