"""Putting the priority areas in order, taking them up, setting them aside, proposing that groups come together."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from coprod.areas import queries, rules
from coprod.areas.models import Ordering, Place, Proposal, SetAside, Taken
from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.gatherings import queries as gathering
from coprod.gatherings import services as gatherings
from coprod.gatherings.models import Gathering, GatheringKind
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Run, Workstream


def order(
    steering: Workstream, wanted: Mapping[UUID, int], why: str, *, by: Person, read: int | None = None
) -> Ordering:
    """Give the areas a new order: those with another number stand there, the others make room; the old one is kept.

    Raises Overtaken where it is no longer the order that was `read` (R4).
    """
    require(rules.may_lead(by, steering))
    lock(steering)
    orders = queries.orderings_of(steering)
    last = orders[0] if orders else None
    if read is not None and read != (last.number if last else 0):
        raise Overtaken
    now = [area.priority.id for area in queries.areas_of(steering, today())]
    require(rules.can_be_moved(now, wanted))
    keys = rules.moved(now, wanted)
    require(rules.says_something_new(keys, last))
    new = Ordering(workstream=steering, number=last.number + 1 if last else 1, on=today(), why=why, by=by)
    new.places = [Place(priority_id=key, place=place) for place, key in enumerate(keys, 1)]
    db.session.add(new)
    db.session.flush()
    record(by, "put the areas in order", steering)
    return new


def start_table(
    steering: Workstream, areas: Sequence[Priority], name: str, why: str, *, by: Person, purpose: str, neutral_name: str
) -> Workstream:
    """Make one workstream of one or several areas: it stands among the next to start, and an admin seats its people."""
    require(rules.may_lead(by, steering) & rules.belong_here(areas, steering))
    table = Workstream(programme=steering.programme, name=name, purpose=purpose, neutral_name=neutral_name)
    table.runs = [Run(number=1, began=f"{today():%Y-%m}")]
    db.session.add(table)
    db.session.flush()
    record(by, "proposed", table)
    take_up(steering, areas, table, why, by=by)
    return table


def take_up(
    steering: Workstream, areas: Sequence[Priority], table: Workstream, why: str = "", *, by: Person
) -> list[Taken]:
    """Let a table that is there work on these areas; one that was only proposed is among the next to start now."""
    require(rules.may_lead(by, steering) & rules.belong_here(areas, steering))
    workstreams.hold(table)
    require(rules.can_take_up(table, steering))
    taken = _take(areas, table, why)
    if not taken:
        require(no(f"{table.name} works on this already."))
    if rules.is_new_work(table):
        workstreams.settle_table(table, "taken up", by=by)
    record(by, "took areas up", steering)
    return taken


def _take(areas: Sequence[Priority], table: Workstream, why: str) -> list[Taken]:
    """Write down what is new of this; what was set aside is not any more."""
    new = []
    for area in sorted(areas, key=lambda one: one.id):
        lock(area)
        known = queries.taken_of(area)
        if table.id not in {one.workstream_id for one in known}:
            new.append(Taken(priority=area, workstream=table, on=today(), why=why))
        _end_aside(area)
    db.session.add_all(new)
    db.session.flush()
    return new


def _end_aside(area: Priority) -> None:
    aside = queries.aside_of(area)
    if aside is not None:
        aside.ended_on = today()


def set_aside(
    steering: Workstream, area: Priority, why: str, look_again_on: date | None = None, *, by: Person
) -> SetAside:
    """Say that an area is not taken up now, why, and when the group looks again."""
    require(rules.may_lead(by, steering) & rules.belong_here([area], steering))
    lock(area)
    require(rules.can_be_set_aside(queries.one_area(steering, area.id, today())))
    fault = rules.look_again_fault(look_again_on, today())
    if fault:
        require(no(fault))
    aside = SetAside(priority=area, on=today(), why=why, look_again_on=look_again_on, by=by)
    db.session.add(aside)
    db.session.flush()
    record(by, "set an area aside", steering)
    return aside


def bring_back(steering: Workstream, area: Priority, *, by: Person) -> None:
    """Put an area among the others again; that it was set aside, and why, stays to be read."""
    require(rules.may_lead(by, steering) & rules.belong_here([area], steering))
    lock(area)
    require(rules.can_be_brought_back(queries.one_area(steering, area.id, today())))
    _end_aside(area)
    db.session.flush()
    record(by, "brought an area back", steering)


# --- Groups that are to come together.


def propose(
    steering: Workstream,
    areas: Sequence[Priority],
    groups: Sequence[Workstream],
    kind: GatheringKind,
    why: str,
    *,
    by: Person,
) -> Proposal:
    """Say that groups should come together for these areas; nobody is asked to anything yet."""
    require(rules.may_lead(by, steering) & rules.belong_here(areas, steering))
    require(rules.can_be_proposed(groups, steering, kind))
    proposal = Proposal(workstream=steering, kind=kind, why=why, on=today(), by=by)
    proposal.areas, proposal.groups = list(areas), list(groups)
    db.session.add(proposal)
    db.session.flush()
    record(by, "proposed that groups come together", steering)
    return proposal


def bring_about(proposal: Proposal, name: str, neutral_name: str, *, by: Person) -> Gathering:
    """Ask the groups to come together as was proposed; their table takes the areas up."""
    lock(proposal)
    require(rules.may_bring_about(by, proposal, gathering.to_be_joined()))
    made = gatherings.bring_together(proposal.groups, proposal.kind, name, neutral_name, by=by)
    proposal.gathering = made
    _take(proposal.areas, made.workstream, proposal.why)
    return made


def let_go(proposal: Proposal, *, by: Person) -> None:
    """Let a proposal be, before anybody was asked."""
    lock(proposal)
    require(rules.may_let_go(by, proposal))
    proposal.let_go_on = today()
    db.session.flush()
    record(by, "let a proposal go", proposal.workstream)
