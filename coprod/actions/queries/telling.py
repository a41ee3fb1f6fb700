"""Who is to be told today: owners before something is due, and the chair once it is late."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import selectinload

from config import HERE
from coprod.actions.models import Action, ActionState, OutsideOwner
from coprod.actions.rules import CATCH_UP, FURTHEST, LEADS, reminder_day, told_day
from coprod.core.db import db
from coprod.messages.models import Message, MessageState
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.queries import bank_holidays
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, MembershipState, Role

REMINDER, REMINDER_OUTSIDE, LATE = "action due", "action due, no account", "actions late"
TOLD = {MessageState.SENT, MessageState.GIVEN_UP}
"""What has gone out."""
WRITTEN = TOLD | {MessageState.WAITING}
"""What has gone out, or will by itself."""
_LONGEST = timedelta(30)


@dataclass(frozen=True)
class Due:
    """Something its owner is to be reminded of: since which day, and when it is due."""

    since: date
    due: date


def days_off(first: date, last: date) -> list[Holiday]:
    """List the bank holidays that can move a day between these two."""
    return bank_holidays(first - _LONGEST, last + _LONGEST)


def _sits(*table: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Membership.person_id == Action.owner_id, Membership.state == MembershipState.JOINED, *table)


def _owner_hears() -> ColumnElement[bool]:
    here = _sits(Membership.workstream_id == Action.workstream_id)
    asked = _sits(
        Recommendation.id == Action.recommendation_id, Membership.workstream_id == Recommendation.workstream_id
    )
    outside = exists().where(OutsideOwner.person_id == Action.owner_id)
    return (Action.owner.has(Person.active) & (here | asked)) | (Action.owner.has(~Person.active) & outside)


def to_remind(
    today: date, known: Collection[MessageState] = frozenset(WRITTEN), owner: Person | None = None
) -> dict[UUID, list[Due]]:
    """Answer, by owner, what each is to be reminded of today and was not yet; a message in these states counts."""
    found = select(Action).where(
        Action.state == ActionState.OPEN,
        Action.due.between(today - CATCH_UP, today + FURTHEST),
        _owner_hears(),
        *([Action.owner_id == owner.id] if owner else []),
    )
    actions = db.session.scalars(found.options(selectinload(Action.due_changes)).order_by(Action.due, Action.id)).all()
    holidays, told = days_off(today - CATCH_UP, today + FURTHEST), last_told(_REMINDERS, known)
    dues: dict[UUID, list[Due]] = defaultdict(list)
    for action in actions:
        day = reminder_day(action, today, holidays)
        if day and day > told.get(action.owner_id, date.min):
            dues[action.owner_id].append(Due(day, action.due))
    return dict(dues)


def first_to_remind_of(person: Person, today: date) -> date | None:
    """Answer when the first of what this person has not been reminded of is due, if there is anything."""
    return min((one.due for one in to_remind(today, TOLD, person).get(person.id, [])), default=None)


_REMINDERS = (REMINDER, REMINDER_OUTSIDE)


def last_told(purposes: Iterable[str], states: Collection[MessageState]) -> dict[UUID, date]:
    """Answer the last day each person was told: the day it was due, or went out if that was later.

    A message that waits tells whatever there is once it goes: until then its person needs no other.
    """
    waits = func.max(case((Message.state == MessageState.WAITING, 1), else_=0))
    told = select(Message.person_id, func.max(Message.due), func.max(Message.sent_on), waits)
    found = told.where(Message.purpose.in_(purposes), Message.state.in_(states))
    rows = db.session.execute(found.group_by(Message.person_id).order_by(Message.person_id))
    return {
        person: date.max if is_to_go else max(due.astimezone(HERE).date(), sent or date.min)
        for person, due, sent, is_to_go in rows
    }


def to_tell(today: date, known: Collection[MessageState] = frozenset(WRITTEN)) -> list[UUID]:
    """List who is to hear today that something at their tables is late: the chair, or else the facilitators."""
    days, told = _late_tables(today), last_told([LATE], known)
    due = {held.person_id for held in leads_of(days) if days[held.workstream_id] > told.get(held.person_id, date.min)}
    return sorted(due)


def _late_tables(today: date) -> dict[UUID, date]:
    late = select(Action.workstream_id, Action.due).where(Action.state == ActionState.OPEN, Action.due < today)
    rows = db.session.execute(late.distinct().order_by(Action.workstream_id, Action.due)).all()
    holidays = days_off(min((row.due for row in rows), default=today), today)
    days: dict[UUID, date] = {}
    for table, due in rows:
        if day := told_day(due, today, holidays):
            days[table] = max(day, days.get(table, day))
    return days


def leads_of(tables: Iterable[UUID]) -> list[Membership]:
    """List who leads these tables: the chair, or else the facilitators."""
    found = (
        select(Membership)
        .join(Membership.person)
        .where(
            Membership.workstream_id.in_(list(tables)),
            Membership.state == MembershipState.JOINED,
            Membership.role.in_(LEADS),
            Person.active,
        )
    )
    held = db.session.scalars(found.order_by(Membership.id)).all()
    chaired = {one.workstream_id for one in held if one.role == Role.CHAIR}
    return [one for one in held if one.role == Role.CHAIR or one.workstream_id not in chaired]


def who_knows(person: Person, due: date) -> str:
    """Name who can tell somebody more about what they took on for this day: who leads the table it stands at."""
    mine = Action.owner_id == person.id, Action.state == ActionState.OPEN, Action.due == due
    table = db.session.scalars(select(Action.workstream_id).where(*mine).order_by(Action.id).limit(1)).first()
    return " or ".join(sorted(held.person.alias for held in leads_of([table] if table else [])))
