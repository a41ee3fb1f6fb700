"""The checks before anybody takes a place, and the one time at which their answers take effect (P3)."""

from sqlalchemy import delete

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.workstreams import queries, rules
from coprod.workstreams.models import CaseCheck, CheckAnswer, Membership, SeparationCheck, SeparationRequest, Workstream
from coprod.workstreams.services.places import end_place, join
from coprod.workstreams.services.tables import hold


def confirm_no_family_case(stream: Workstream, professional: Person, *, by: Person) -> None:
    """Keep that this professional was asked, and works on no family's case at this table (domain rule 2)."""
    hold(stream)
    membership = next(m for m in stream.memberships if m.person_id == professional.id)
    require(rules.may_confirm(by, membership))
    for lived in rules.unchecked(membership):
        pair = {"professional_id": membership.person_id, "lived_id": lived.person_id}
        db.session.add(CaseCheck(**pair, confirmed_on=today(), confirmed_by_id=by.id))
    db.session.flush()
    record(by, "own-case check confirmed", membership)
    hold(stream)


def check_separation(membership: Membership, answer: CheckAnswer, *, by: Person) -> None:
    """Keep what came of looking whether this place can be taken; the journal says that it was looked at, no more."""
    hold(membership.workstream)
    require(rules.may_check(by, membership))
    check = SeparationCheck(membership=membership, answer=answer, checked_on=today(), checked_by_id=by.id)
    db.session.add(check)
    db.session.flush()
    record(by, "check made", membership)


def settle_places() -> int:
    """Let the answers take effect whose time has come, in one go: who said yes joins, what cannot be is taken back.

    It runs by the clock, outside any request, and answers how many places it settled; the caller commits.
    """
    return sum(_settle(place) for place in queries.to_settle())


def _settle(place: Membership) -> bool:
    day, holidays = today(), queries.days_off(today())
    if rules.is_kept_apart(place, day, holidays) and place.separation is not None:
        end_place(place, "taken back", by=place.separation.checked_by)
        return True
    if place.said_yes and rules.may_join(place.person, place, day, holidays):
        join(place, by=place.person)
        return True
    return False


def ask_apart(person: Person, words: str, *, by: Person) -> None:
    """Keep whom a member cannot be in a room with, in her own words; no journal speaks of it (P3)."""
    require(rules.may_ask_apart(by) & rules.is_self(by, person))
    if words not in [asked.words for asked in queries.own_requests(person)]:
        db.session.add(SeparationRequest(person=person, words=words, asked_on=today()))


def take_back_apart(request: SeparationRequest, *, by: Person) -> None:
    """Forget one of her own requests, at her word."""
    require(rules.is_self(by, request.person))
    db.session.delete(request)


def forget_requests(person: Person) -> None:
    """Forget everything a member asked in private, as when she has left or is erased."""
    db.session.execute(delete(SeparationRequest).where(SeparationRequest.person_id == person.id))
