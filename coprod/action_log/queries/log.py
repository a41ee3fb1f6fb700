"""Reading the log: a page of it, in the order somebody needs it, and how many stand in each part.

What is late, soon or somebody's own is worked out by the database, so that five years cost no more than a month.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.action_log.rules import PAGE, Comes, Section, Show, Sort, Wanted, pages_for
from coprod.actions.models import Action, ActionState, DueChange, OutsideOwner
from coprod.actions.queries import Source, may_be_seen_by, sources
from coprod.actions.rules import LEADS, SOON, Status, first_due, status
from coprod.core.db import db
from coprod.core.words import long_date
from coprod.people.models import Person
from coprod.steering.models import Decision, decision_action
from coprod.steering.queries import visible_to
from coprod.workstreams.models import Membership, MembershipState, Workstream

SECTIONS = (Section.MINE_LATE, Section.MINE_SOON, Section.OTHERS_LATE)
_UNSETTLED = 6
"""Ranks below this one are of what is still to be done: those stand with what is due first on top."""


@dataclass(frozen=True)
class Line:
    """One action as the log shows it."""

    action: Action
    status: Status
    section: Section
    source: Source | None

    @property
    def first_due(self) -> date:
        """Answer the day it was first promised for."""
        return first_due(self.action)

    @property
    def came_from(self) -> str:
        """Say which decision it came from, or which session."""
        if self.source:
            return self.source.words
        return f"Session of {long_date(self.action.session.on)}" if self.action.session else ""


@dataclass
class Log:
    """One page of the actions a person may see, in the order they need them: their own late ones first."""

    lines: list[Line]
    counts: dict[Section, int]
    page: int = 1
    owners: Sequence[Person] = field(default_factory=list)
    """Everybody who has something to do, whatever is filtered out, by name."""

    def of(self, section: Section) -> list[Line]:
        """List those of one part that stand on this page."""
        return [line for line in self.lines if line.section == section]

    @property
    def mine_late(self) -> list[Line]:
        """List the person's own that are late."""
        return self.of(Section.MINE_LATE)

    @property
    def mine_soon(self) -> list[Line]:
        """List the person's own that are due soon."""
        return self.of(Section.MINE_SOON)

    @property
    def others_late(self) -> list[Line]:
        """List what is late and somebody else's."""
        return self.of(Section.OTHERS_LATE)

    @property
    def rest(self) -> list[Line]:
        """List what needs nobody now."""
        return self.of(Section.REST)

    @property
    def total(self) -> int:
        """Answer how many there are on all pages."""
        return sum(self.counts.values())

    @property
    def pages(self) -> int:
        """Answer how many pages there are."""
        return pages_for(self.total)

    @property
    def more(self) -> int:
        """Answer how many there are beside the ones in the first three parts of this page."""
        return self.total - len(self.mine_late) - len(self.mine_soon) - len(self.others_late)


def action_log(person: Person, today: date, wanted: Wanted | None = None, page: int = 1) -> Log:
    """Lay out a page of the actions this person may see: mine late, mine due soon, everyone's late, the rest."""
    asked = wanted or Wanted()
    counts = _counts(person, today, asked)
    page = min(page, pages_for(counts.total()))
    found = _found(person, today, asked).limit(PAGE).offset((page - 1) * PAGE)
    return Log(lines_of(person, today, found), dict(counts), page)


def every_line(person: Person, today: date, wanted: Wanted) -> list[Line]:
    """List all of them on one go, for a spreadsheet."""
    return lines_of(person, today, _found(person, today, wanted))


def lines_of(person: Person, today: date, found: Select[Action]) -> list[Line]:
    """Answer these actions as the log shows them."""
    actions = db.session.scalars(found.options(*whole())).all()
    led_to = sources(person, actions)
    return [
        Line(action, how := status(action, today), _section(person, action, how), next(iter(led_to[action.id]), None))
        for action in actions
    ]


def whole() -> tuple[Any, ...]:
    """Name what a line says of an action, and who may change it."""
    people = joinedload(Action.workstream).selectinload(Workstream.memberships).joinedload(Membership.person)
    return joinedload(Action.owner), joinedload(Action.session), selectinload(Action.due_changes), people


def ticked(person: Person, keys: Collection[UUID]) -> Sequence[Action]:
    """List those of these that this person may see, in the order of their numbers."""
    found = select(Action).where(may_be_seen_by(person), Action.id.in_(keys)).options(*whole())
    return db.session.scalars(found.order_by(Action.workstream_id, Action.number)).all()


def owners(person: Person) -> Sequence[Person]:
    """List everybody who has something to do that this person may see, by name."""
    theirs = select(Action.owner_id).where(may_be_seen_by(person))
    found = select(Person).where(Person.id.in_(theirs))
    return db.session.scalars(found.order_by(func.lower(Person.alias), Person.id)).all()


def could_own(person: Person) -> Sequence[Person]:
    """List who may be given what stands in this log, as far as a list can say: who sits where this person leads."""
    led = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED, Membership.role.in_(LEADS)
    )
    sits = select(Membership.person_id).where(
        Membership.workstream_id.in_(led), Membership.state == MembershipState.JOINED
    )
    named = select(OutsideOwner.person_id).join(Action, Action.owner_id == OutsideOwner.person_id)
    outside = named.where(Action.workstream_id.in_(led))
    found = select(Person).where(Person.id.in_(sits) | Person.id.in_(outside), Person.erased_on.is_(None))
    return db.session.scalars(found.order_by(func.lower(Person.alias), Person.id)).all()


def tables(person: Person) -> Sequence[Workstream]:
    """List the tables whose actions this person may see, by name."""
    theirs = select(Action.workstream_id).where(may_be_seen_by(person))
    found = select(Workstream).where(Workstream.id.in_(theirs))
    return db.session.scalars(found.order_by(Workstream.name, Workstream.id)).all()


def decision_asked_for(person: Person, wanted: Wanted) -> Decision | None:
    """Find the one decision the log is asked for, if this person may read it."""
    if wanted.source in set(Comes):
        return None
    return db.session.scalars(select(Decision).where(Decision.id == UUID(wanted.source), visible_to(person))).first()


def _section(person: Person, action: Action, how: Status) -> Section:
    mine = action.owner_id == person.id
    if how == Status.LATE:
        return Section.MINE_LATE if mine else Section.OTHERS_LATE
    return Section.MINE_SOON if mine and how == Status.DUE_SOON else Section.REST


def _counts(person: Person, today: date, wanted: Wanted) -> Counter[Section]:
    ranked = select(_rank(person, today).label("rank")).where(*_asked_for(person, today, wanted)).subquery()
    rows = db.session.execute(select(ranked.c.rank, func.count()).group_by(ranked.c.rank).order_by(ranked.c.rank))
    counts: Counter[Section] = Counter()
    for rank, count in rows:
        counts[SECTIONS[rank] if rank < len(SECTIONS) else Section.REST] += count
    return counts


def _found(person: Person, today: date, wanted: Wanted) -> Select[Action]:
    found = select(Action).where(*_asked_for(person, today, wanted))
    return found.join(Action.owner).order_by(*_order(person, today, wanted.sort), Action.id)


def _rank(person: Person, today: date) -> ColumnElement[int]:
    is_open, mine = Action.state == ActionState.OPEN, Action.owner_id == person.id
    late, soon = and_(is_open, Action.due < today), and_(is_open, Action.due <= today + SOON)
    return case(
        (and_(late, mine), 0),
        (and_(soon, mine), 1),
        (late, 2),
        (Action.state == ActionState.SAID_DONE, 3),
        (soon, 4),
        (is_open, 5),
        (Action.state == ActionState.DONE, _UNSETTLED),
        else_=_UNSETTLED + 1,
    )


def _order(person: Person, today: date, sort: Sort) -> tuple[Any, ...]:
    rank = _rank(person, today)
    moved = select(func.count()).where(DueChange.action_id == Action.id).scalar_subquery()
    return {
        # What is settled stands with the latest on top: the first two leave it level.
        Sort.NEED: (rank, case((rank < _UNSETTLED, Action.due)), Action.due.desc()),
        Sort.DUE: (Action.due,),
        Sort.LAST_DUE: (Action.due.desc(),),
        Sort.NEWEST: (Action.opened_on.desc(), Action.number.desc()),
        Sort.OWNER: (func.lower(Person.alias), Action.owner_id, Action.due),
        Sort.MOVED: (moved.desc(), Action.due),
    }[sort]


def _asked_for(person: Person, today: date, wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = [may_be_seen_by(person), *_shown(person, today, wanted.show), *_from(person, wanted.source)]
    if wanted.owner:
        asked.append(Action.owner_id == UUID(wanted.owner))
    if wanted.table:
        asked.append(Action.workstream_id == UUID(wanted.table))
    if wanted.q:
        asked.append(_says(wanted.q))
    return asked


def _says(words: str) -> ColumnElement[bool]:
    told = Action.what.icontains(words, autoescape=True)
    number = words.removeprefix("#")
    is_number = number.isascii() and number.isdecimal() and len(number) < 7
    return or_(told, Action.number == int(number)) if is_number else told


def _shown(person: Person, today: date, show: Show) -> list[ColumnElement[bool]]:
    is_open = Action.state == ActionState.OPEN
    shown: dict[Show, list[ColumnElement[bool]]] = {
        Show.MINE: [Action.owner_id == person.id],
        Show.OPEN: [Action.state.in_((ActionState.OPEN, ActionState.SAID_DONE))],
        Show.LATE: [is_open, Action.due < today],
        Show.SOON: [is_open, Action.due.between(today, today + SOON)],
        Show.WAITING: [Action.state == ActionState.SAID_DONE],
        Show.DONE: [Action.state == ActionState.DONE],
    }
    return shown.get(show, [])


def _from(person: Person, source: str) -> list[ColumnElement[bool]]:
    decided = exists().where(
        decision_action.c.action_id == Action.id, Decision.id == decision_action.c.decision_id, visible_to(person)
    )
    known: dict[str, list[ColumnElement[bool]]] = {
        Comes.ANYWHERE: [],
        Comes.DECISION: [decided],
        Comes.SESSION: [Action.session_id.is_not(None)],
        Comes.NEITHER: [~decided, Action.session_id.is_(None)],
    }
    return known[source] if source in known else [decided.where(Decision.id == UUID(source))]
