"""Places at a table: offered, answered, taken, let go; and what must stop at once when somebody goes."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, or_, select

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.messages import queries as reaching
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people import services as people
from coprod.people.models import Person
from coprod.workstreams import queries, rules
from coprod.workstreams.models import (
    CaseCheck,
    Membership,
    Role,
    Seat,
    SeparationRequest,
    Words,
    Workstream,
)
from coprod.workstreams.services.tables import hold

Leaving = Callable[[Membership, bool], None]
_WHEN_LEFT: list[Leaving] = []


def is_still_offered(person: Person, key: UUID) -> bool:
    """Answer whether a link to this place is still right to send: it is offered, and not answered yes (O3)."""
    place = queries.place_here(person, key)
    return place is not None and place.state in rules.COMING and not place.said_yes


PLACE = messages.announce(
    Purpose(
        name="place",
        text="Hi {alias}. Here is the page we talked about. Yes, maybe or no: all are fine. {link}",
        email="Hi {alias}.\n\nHere is the page we talked about. Yes, maybe or no: all are fine.\n\n{link}\n",
        link="place",
        endpoint="workstreams.hello",
        about="An invitation",
    ),
    is_still_offered,
)


# --- Offered.


def invite(stream: Workstream, person: Person, seat: Seat, role: Role = Role.MEMBER, *, by: Person) -> Membership:
    """Ask somebody to the table, in this seat and this role."""
    require(rules.may_seat(by, stream, person, seat, role))
    membership = Membership(workstream=stream, person=person, seat=seat, role=role, asked_on=today())
    db.session.add(membership)
    db.session.flush()
    record(by, "invited", membership)
    return membership


def send_invitation(membership: Membership, *, by: Person) -> None:
    """After they have talked: let a link to this place go out, in the way this person is reached (journey 1)."""
    require(rules.may_send_link(by, membership))
    messages.queue(PLACE, membership.person, membership.id)
    record(by, "link sent", membership)


def rang(membership: Membership, *, by: Person) -> None:
    """Note that somebody who wanted a call was rung."""
    require(rules.keeps(by, membership.workstream))
    membership.wants_a_call = False
    record(by, "rang", membership)


def invite_again(membership: Membership, *, by: Person | None) -> None:
    """Ask somebody who is not in the group now: both checks are made anew, and nothing of before comes back."""
    _move(membership, "invited again", by=by)
    membership.asked_on = today()
    membership.left_on = membership.words = None
    membership.separation = None
    _forget_case_checks(membership)
    db.session.flush()


def _forget_case_checks(membership: Membership) -> None:
    here = select(Membership.person_id).where(Membership.workstream_id == membership.workstream_id)
    whose = or_(CaseCheck.professional_id == membership.person_id, CaseCheck.lived_id == membership.person_id)
    both = whose, CaseCheck.professional_id.in_(here), CaseCheck.lived_id.in_(here)
    db.session.execute(delete(CaseCheck).where(*both))
    hold(membership.workstream)


# --- Answered.


def move(membership: Membership, name: str, *, by: Person) -> None:
    """Make one of the moves of a place, with all that belongs to it; nobody else comes to the table meanwhile."""
    verbs = {"invited again": invite_again, "thinking": think_about_it, "joined": say_yes}
    if name in verbs:
        verbs[name](membership, by=by)
    elif name in {"left", "taken back"}:
        end_place(membership, name, by=by)
    else:
        _move(membership, name, by=by)


def say_yes(membership: Membership, *, by: Person) -> None:
    """Take the place, or keep the yes until the checks are through: it is said once (journey 1)."""
    hold(membership.workstream)
    require(rules.may_say_yes(by, membership))
    if membership.said_yes:
        return
    if rules.may_join(by, membership, today(), queries.days_off(today())):
        join(membership, by=by)
    else:
        membership.said_yes, membership.wants_a_call = True, False
        record(by, "said yes", membership)


def join(membership: Membership, *, by: Person) -> None:
    """Sit down at the table, where both checks are answered and everybody's time to hear has come."""
    hold(membership.workstream)
    require(rules.may_join(by, membership, today(), queries.days_off(today())))
    membership.said_yes = membership.wants_a_call = False
    _move(membership, "joined", by=by)


def think_about_it(membership: Membership, *, by: Person) -> None:
    """Say maybe, and ask for a call."""
    _move(membership, "thinking", by=by)
    membership.said_yes, membership.wants_a_call = False, True


def call_me(membership: Membership, alias: str, *, by: Person) -> None:
    """Let somebody who is asked say what we shall call her."""
    require(rules.is_own(by, membership))
    if alias != by.alias:
        by.alias = alias
        record(by, "renamed", by)


# --- Let go.


def leave(membership: Membership, words: Words, *, by: Person) -> None:
    """Leave the group, and say what becomes of what she said; no reason is asked (domain rules 9 and 20)."""
    require(rules.may_leave(by, membership))
    membership.words = words
    end_place(membership, "left", by=by)


def take_back_offers(stream: Workstream, *, by: Person | None) -> None:
    """Take back every place that is offered at a table that ends."""
    for place in [place for place in stream.memberships if place.state in rules.COMING]:
        end_place(place, "taken back", by=by)


def leave_everywhere(person: Person) -> None:
    """End every place somebody has or was asked to, as she could by herself; with one, another may end."""
    while places := queries.places_not_left(person):
        end_place(places[0], "left", by=person)


def end_place(membership: Membership, name: str, *, by: Person | None) -> None:
    """End a place: nothing is sent about it any more, its links open nothing, and what hangs on it is told."""
    sat = membership.state in rules.HERE
    _move(membership, name, by=by)
    membership.left_on, membership.said_yes, membership.wants_a_call = today(), False, False
    membership.separation = None
    people.spend_links(f"{PLACE.link} {membership.id}")
    last = not queries.has_another_place(membership)
    messages.withdraw(membership.person, None if last else membership.id)
    if sat:
        people.renew_rights(membership.person, "left a table", by=by)
    if last:
        _forget_what_was_private(membership.person)
    for act in _WHEN_LEFT:
        act(membership, last)
    db.session.flush()


def when_left(act: Leaving) -> Leaving:
    """Let a later feature act once a place has ended; it is told whether that was the person's last."""
    _WHEN_LEFT.append(act)
    return act


def _forget_what_was_private(person: Person) -> None:
    """Nothing said in private waits for her to come back; that her phone is shared stays as long as its number."""
    db.session.execute(delete(SeparationRequest).where(SeparationRequest.person_id == person.id))
    reach = reaching.reach_of(person)
    if reach is not None:
        reach.way, reach.phone_is_safe, reach.hours = None, None, []


def reseat(membership: Membership, seat: Seat, role: Role, *, by: Person) -> None:
    """Give somebody who sits here another seat on their side, or another role; all they have open ends (A1)."""
    require(rules.may_reseat(by, membership, seat, role))
    membership.seat, membership.role = seat, role
    people.renew_rights(membership.person, "given another seat or role", by=by)
    record(by, "given another seat or role", membership)


def _move(membership: Membership, name: str, *, by: Person | None) -> None:
    hold(membership.workstream)
    before, after = rules.MEMBERSHIP.make(by, name, membership)
    record(by, name, membership, before=before, after=after)
    db.session.flush()
