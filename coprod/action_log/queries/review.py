"""Reading what a meeting goes through in its review: late, due before the next, new, and closed since the last.

Where an action stands is asked as of this morning: what is done or moved in the review stays in its place, so that
nobody loses theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Subquery, and_, case, func, or_, select

from coprod.action_log.queries.log import Line, lines_of
from coprod.action_log.rules import Between, Part, bar, between
from coprod.actions.models import Action, ActionState, DueChange
from coprod.core.db import db
from coprod.people.models import Person
from coprod.steering.models import Meeting, MeetingState
from coprod.workstreams.models import Workstream

PARTS = tuple(Part)
UNSETTLED = (ActionState.OPEN, ActionState.SAID_DONE)
BEFORE, AFTER = 2, 5
"""So many are listed beside the one that is looked at."""


@dataclass(frozen=True)
class Review:
    """What there is to go through: how many in each part, and the number each part begins with."""

    time: Between
    counts: dict[Part, int]
    first: dict[Part, int]

    @property
    def total(self) -> int:
        """Answer how many there are."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Look:
    """One action on the wall: where it stands, what is beside it, and what comes next."""

    line: Line
    part: Part
    place: int
    total: int
    beside: Sequence[Line]
    back: int | None
    onward: Action | None

    @property
    def bar(self) -> list[str]:
        """Answer the bar above."""
        return bar(self.place, self.total)


def time_of_review(table: Workstream, today: date) -> Between:
    """Answer what time a review at this table is about: since its last meeting, until its next."""
    here = Meeting.workstream_id == table.id
    last = select(func.max(Meeting.on)).where(here, Meeting.state == MeetingState.CLOSED, Meeting.on <= today)
    following = select(func.min(Meeting.on)).where(here, Meeting.state == MeetingState.PLANNED, Meeting.on > today)
    return between(db.session.scalar(last), db.session.scalar(following), today)


def review(table: Workstream, today: date) -> Review:
    """Answer how much there is to go through at this table, and with what each part begins."""
    time = time_of_review(table, today)
    stands = _in_order(table, today, time)
    grouped = select(stands.c.part, func.count(), func.min(stands.c.place)).group_by(stands.c.part).subquery()
    rows = db.session.execute(
        select(grouped, stands.c.number).join(stands, stands.c.place == grouped.c[2]).order_by(stands.c.place)
    ).all()
    counts = {PARTS[part]: count for part, count, _, _ in rows}
    return Review(time, counts, {PARTS[part]: number for part, _, _, number in rows})


def look(person: Person, table: Workstream, number: int, today: date, time: Between) -> Look:
    """Find one action of the review by its number, with those beside it; the person sits at this table."""
    stands = _in_order(table, today, time)
    here = db.session.execute(select(stands.c.place, stands.c.part).where(stands.c.number == number)).one()
    total = db.session.scalars(select(func.count()).select_from(stands)).one()
    near = select(Action).join(stands, stands.c.id == Action.id).order_by(stands.c.place)
    reach = stands.c.place.between(here.place - BEFORE, here.place + AFTER)
    lines = lines_of(person, today, near.where(reach, stands.c.part == here.part))
    edge = near.where(stands.c.place.in_((here.place - 1, here.place + 1)))
    ends = {row.place: row[0] for row in db.session.execute(edge.add_columns(stands.c.place))}
    before, after = ends.get(here.place - 1), ends.get(here.place + 1)
    return Look(
        line=next(line for line in lines if line.action.number == number),
        part=PARTS[here.part],
        place=here.place,
        total=total,
        beside=lines,
        back=before.number if before else None,
        onward=after,
    )


def is_in_review(table: Workstream, number: int, today: date, time: Between) -> bool:
    """Answer whether the action of this number is gone through in the review."""
    stands = _in_order(table, today, time)
    return db.session.scalar(select(stands.c.place).where(stands.c.number == number)) is not None


def one_at(table: Workstream, number: int) -> Action:
    """Find the action of this number at a table the person sits at."""
    return db.session.scalars(select(Action).where(Action.workstream_id == table.id, Action.number == number)).one()


def _in_order(table: Workstream, today: date, time: Between) -> Subquery:
    looked_at = _as_of_this_morning(table, today, time)
    part = _part(looked_at, today, time)
    place: Any = func.row_number().over(order_by=(part, looked_at.c.due, looked_at.c.number))
    stands = select(looked_at.c.id, looked_at.c.number, part.label("part"), place.label("place"))
    return stands.where(part.is_not(None)).subquery()


def _as_of_this_morning(table: Workstream, today: date, time: Between) -> Subquery:
    """Find what was not settled before the last meeting, with the date each had before anybody moved it today."""
    moved_today = select(DueChange.was).where(DueChange.action_id == Action.id, DueChange.on == today)
    due = func.coalesce(moved_today.order_by(DueChange.number).limit(1).scalar_subquery(), Action.due, type_=Date)
    unsettled = Action.state.in_(UNSETTLED)
    found = select(Action.id, Action.number, Action.state, Action.opened_on, Action.settled_on, due.label("due"))
    return found.where(Action.workstream_id == table.id, or_(unsettled, Action.settled_on >= time.since)).subquery()


def _part(stands: Subquery, today: date, time: Between) -> ColumnElement[int | None]:
    row = stands.c
    to_do = or_(row.state.in_(UNSETTLED), row.settled_on == today)
    parts: list[tuple[Any, int]] = [
        (and_(to_do, row.due < today), PARTS.index(Part.LATE)),
        (and_(to_do, row.due <= time.until), PARTS.index(Part.DUE)),
        (and_(to_do, row.opened_on >= time.since), PARTS.index(Part.NEW)),
        # Said done and due much later: a second person is to look at it, so it is not closed.
        (and_(to_do, row.state != ActionState.OPEN), PARTS.index(Part.DUE)),
        (row.state != ActionState.OPEN, PARTS.index(Part.CLOSED)),
    ]
    return case(*parts)
