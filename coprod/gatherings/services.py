"""Bringing groups together: asked, checked, together for everybody at one time, or called off."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time
from uuid import UUID

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.cycles.models import Cycle
from coprod.cycles.rules.moves import OVER
from coprod.cycles.services.days import plan_day as plan_one_day
from coprod.gatherings import queries, rules
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState, Origin
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Run, Workstream
from coprod.workstreams.queries import days_off
from coprod.workstreams.rules import COMING


def bring_together(
    groups: Sequence[Workstream], kind: GatheringKind, name: str, neutral_name: str, *, by: Person
) -> Gathering:
    """Ask groups to come together at a table of its own, where everybody's place waits for the checks (rule 3)."""
    _hold(groups)
    require(rules.may_bring_together(by, groups, kind, queries.to_be_joined()))
    sort = Kind.JOINED if kind == GatheringKind.MERGED else Kind.GATHERING
    table = Workstream(programme=groups[0].programme, name=name, neutral_name=neutral_name, kind=sort)
    table.runs = [Run(number=1, began=f"{today():%Y-%m}")]
    gathering = Gathering(workstream=table, kind=kind, state=GatheringState.WAITING, asked_on=today())
    gathering.origins = [Origin(workstream=group) for group in groups]
    db.session.add(gathering)
    db.session.flush()
    record(by, "asked to come together", gathering)
    _offer(gathering, rules.places(groups, kind), by=by, hosts=rules.hosts(groups))
    return gathering


def _hold(groups: Iterable[Workstream]) -> None:
    """Keep others from coming to any of these groups and leaving them, always in the same order."""
    for group in sorted(set(groups), key=lambda group: group.id):
        workstreams.hold(group)


def _offer(
    gathering: Gathering, wanted: Iterable[tuple[Membership, Role]], *, by: Person | None, hosts: Collection[UUID] = ()
) -> None:
    """Offer each a place; who runs every one of the groups was checked at each, and makes the other checks."""
    known = {there.person_id: there for there in gathering.workstream.memberships}
    for place, role in wanted:
        if place.person_id in known:
            workstreams.invite_again(known[place.person_id], by=by)
            continue
        there = Membership(
            workstream_id=gathering.workstream_id,
            person_id=place.person_id,
            seat=place.seat,
            role=role,
            state=MembershipState.JOINED if place.person_id in hosts else MembershipState.INVITED,
            asked_on=today(),
            wants_a_call=place.wants_a_call,
        )
        db.session.add(there)
        db.session.flush()
        record(by, "invited", there)
    db.session.expire(gathering.workstream, ["memberships"])


def come_together() -> int:
    """Let the groups come together whose checks are all made and whose time has come; the caller commits.

    It runs by the clock. Everybody hears now, whichever way her check went: who said yes joins, what cannot be is
    taken back, and nobody learns why somebody is not there (P3). Whoever came to one of the groups meanwhile is asked
    first, and checked like everybody.
    """
    free = days_off(today())
    came = [_comes_on(gathering, free) for gathering in queries.waiting()]
    if any(came):
        workstreams.settle_places()
    return sum(came)


def _comes_on(gathering: Gathering, free: Sequence[Holiday]) -> bool:
    """Hold only what has something to do, and look again once nobody can come or go meanwhile."""
    if not (rules.since_asked(gathering) or rules.is_through(gathering, today(), free)):
        return False
    _hold(origin.workstream for origin in gathering.origins)
    lock(gathering)
    workstreams.hold(gathering.workstream)
    if gathering.state != GatheringState.WAITING:
        return False
    _offer(gathering, rules.since_asked(gathering), by=None)
    comes = rules.is_through(gathering, today(), free)
    if comes:
        _let_come(gathering)
    return comes


def _let_come(gathering: Gathering) -> None:
    before, after = rules.LIFECYCLE.make(None, "came together", gathering)
    record(None, "came together", gathering, before=before, after=after)
    workstreams.settle_table(gathering.workstream, "came together", by=None)
    if gathering.kind == GatheringKind.MERGED:
        _close_the_groups(gathering)
    db.session.flush()


def _close_the_groups(gathering: Gathering) -> None:
    """Close each group that became part of one; whoever was still asked to it is asked to the one instead."""
    _offer(gathering, rules.still_coming(gathering), by=None)
    for group in rules.alive(gathering):
        workstreams.settle_table(group, "joined with another group", by=None)


@workstreams.when_left
def _is_not_asked_any_more(place: Membership, _: bool) -> None:
    """Let go, wherever her group waits to come together with others, of whoever leaves it."""
    for there in queries.asked_with(place):
        if there.state in COMING:
            workstreams.end_place(there, "taken back", by=None)
        else:
            workstreams.end_place(there, "left", by=place.person)


def call_off(gathering: Gathering, *, by: Person) -> None:
    """Let it be: every place that is offered is taken back, and the groups go on as they are."""
    lock(gathering)
    before, after = rules.LIFECYCLE.make(by, "called off", gathering)
    record(by, "called off", gathering, before=before, after=after)
    workstreams.settle_table(gathering.workstream, "called off", by=by)


def plan_day(gathering: Gathering, on: date, starts_at: time, *, by: Person, minutes: int, place: str = "") -> Cycle:
    """Put the one evening or day on a date, with an agenda of its own."""
    workstreams.hold(gathering.workstream)
    require(rules.may_plan_day(by, gathering, planned=queries.day_of(gathering) is not None))
    is_day = gathering.kind == GatheringKind.DEVELOPMENT_DAY
    return plan_one_day(gathering.workstream, on, starts_at, by=by, minutes=minutes, is_day=is_day, place=place)


def end(gathering: Gathering, *, by: Person) -> None:
    """Close the table of one evening or one day when that is over; what was written there stays to be read."""
    workstreams.hold(gathering.workstream)
    require(rules.may_end(by, gathering, over=is_over(gathering)))
    workstreams.settle_table(gathering.workstream, "ended with its day", by=by)


def is_over(gathering: Gathering) -> bool:
    """Answer whether its one session was held or cancelled."""
    session = queries.day_of(gathering)
    return session is not None and session.state in OVER
