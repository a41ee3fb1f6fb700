"""Bringing groups together: asked, checked, together for everybody at one time, or called off."""

from collections.abc import Sequence
from datetime import date, time

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.cycles.models import Cycle
from coprod.cycles.rules.moves import OVER
from coprod.cycles.services.days import plan_day as plan_one_day
from coprod.gatherings import queries, rules
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState, Origin
from coprod.people.models import Person
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Kind, Membership, MembershipState, Run, Workstream
from coprod.workstreams.queries import days_off
from coprod.workstreams.rules import COMING


def bring_together(
    groups: Sequence[Workstream], kind: GatheringKind, name: str, neutral_name: str, *, by: Person
) -> Gathering:
    """Ask groups to come together at a table of its own, where everybody's place waits for the checks (rule 3)."""
    require(rules.may_bring_together(by, groups, kind, queries.to_be_joined()))
    sort = Kind.JOINED if kind == GatheringKind.MERGED else Kind.GATHERING
    table = Workstream(programme=groups[0].programme, name=name, neutral_name=neutral_name, kind=sort)
    table.runs = [Run(number=1, began=f"{today():%Y-%m}")]
    gathering = Gathering(workstream=table, kind=kind, state=GatheringState.WAITING, asked_on=today())
    gathering.origins = [Origin(workstream=group) for group in groups]
    db.session.add(gathering)
    db.session.flush()
    record(by, "asked to come together", gathering)
    _offer_places(gathering, groups, by)
    return gathering


def _offer_places(gathering: Gathering, groups: Sequence[Workstream], by: Person) -> None:
    """Offer everybody a place; who runs every one of the groups was checked at each, and makes the other checks."""
    hosts = rules.hosts(groups)
    for place, role in rules.places(groups, gathering.kind):
        there = Membership(
            workstream=gathering.workstream,
            person_id=place.person_id,
            seat=place.seat,
            role=role,
            state=MembershipState.JOINED if place.person_id in hosts else MembershipState.INVITED,
            asked_on=gathering.asked_on,
        )
        db.session.add(there)
        db.session.flush()
        record(by, "invited", there)
    db.session.expire(gathering.workstream)


def come_together() -> int:
    """Let the groups come together whose checks are all made and whose time has come; the caller commits.

    It runs by the clock. Everybody hears now, whichever way her check went: who said yes joins, what cannot be is
    taken back, and nobody learns why somebody is not there (P3).
    """
    due = [gathering for gathering in queries.waiting() if _is_due(gathering)]
    for gathering in due:
        _let_come(gathering)
    if due:
        workstreams.settle_places()
    return len(due)


def _is_due(gathering: Gathering) -> bool:
    workstreams.hold(gathering.workstream)
    return rules.is_through(gathering, today(), days_off(today()))


def _let_come(gathering: Gathering) -> None:
    before, after = rules.LIFECYCLE.make(None, "came together", gathering)
    record(None, "came together", gathering, before=before, after=after)
    workstreams.settle_table(gathering.workstream, "came together", by=None)
    if gathering.kind == GatheringKind.MERGED:
        for origin in gathering.origins:
            if origin.workstream.state in rules.LIVES:
                workstreams.settle_table(origin.workstream, "joined with another group", by=None)
    db.session.flush()


def call_off(gathering: Gathering, *, by: Person) -> None:
    """Let it be: every place that is offered is taken back, and the groups go on as they are."""
    before, after = rules.LIFECYCLE.make(by, "called off", gathering)
    record(by, "called off", gathering, before=before, after=after)
    for place in list(gathering.workstream.memberships):
        if place.state in COMING:
            workstreams.move(place, "taken back", by=by)
    workstreams.settle_table(gathering.workstream, "called off", by=by)


def plan_day(gathering: Gathering, on: date, starts_at: time, *, by: Person, minutes: int, place: str = "") -> Cycle:
    """Put the one evening or day on a date, with an agenda of its own."""
    require(rules.may_plan_day(by, gathering, planned=queries.day_of(gathering) is not None))
    is_day = gathering.kind == GatheringKind.DEVELOPMENT_DAY
    return plan_one_day(gathering.workstream, on, starts_at, by=by, minutes=minutes, is_day=is_day, place=place)


def end(gathering: Gathering, *, by: Person) -> None:
    """Close the table of one evening or one day when that is over; what was written there stays to be read."""
    require(rules.may_end(by, gathering, over=is_over(gathering)))
    workstreams.settle_table(gathering.workstream, "ended with its day", by=by)


def is_over(gathering: Gathering) -> bool:
    """Answer whether its one session was held or cancelled."""
    session = queries.day_of(gathering)
    return session is not None and session.state in OVER
