"""Everything that changes a cycle, its sessions and their agendas."""

from datetime import date, time
from typing import Any

from coprod.agreements.queries import has_agreed
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.cycles import queries
from coprod.cycles.models import (
    AgendaItem,
    Attendance,
    Cycle,
    CycleState,
    How,
    Part,
    Session,
    SessionState,
    SkippedWeek,
)
from coprod.cycles.rules import moves, register, schedule, template
from coprod.cycles.rules.preview import phase_at
from coprod.people.models import Person
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream

ASIDE = 1000


def plan(
    stream: Workstream,
    starts_on: date,
    starts_at: time,
    *,
    by: Person,
    minutes: int = 115,
    place: str = "",
    skips_school_holidays: bool = True,
) -> Cycle:
    """Place ten weekly sessions, each with the evening of its phase, and schedule them."""
    require(moves.may_plan(by, stream) & moves.has_phases(stream))
    placed = queries.place(starts_on, skip_school=skips_school_holidays)
    require(schedule.is_whole(placed) & schedule.are_on_the_clock(placed.days, starts_at))
    lock(stream)
    cycle = Cycle(
        workstream=stream,
        number=next_number(Cycle.number, Cycle.workstream_id == stream.id),
        state=CycleState.DRAFT,
        starts_on=starts_on,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        skips_school_holidays=skips_school_holidays,
    )
    cycle.skipped = [SkippedWeek(on=skip.on, why=skip.why) for skip in placed.skipped]
    cycle.sessions = [_session(cycle, number, on) for number, on in enumerate(placed.days, 1)]
    db.session.add(cycle)
    db.session.flush()
    record(by, "planned", cycle)
    move(cycle, "scheduled", by=by)
    return cycle


def _session(cycle: Cycle, number: int, on: date) -> Session:
    return Session(
        number=number,
        on=on,
        starts_at=cycle.starts_at,
        begins=schedule.begins(on, cycle.starts_at),
        minutes=cycle.minutes,
        place=cycle.place,
        phase=cycle.workstream.programme.phases[phase_at(number) - 1],
        items=template.evening(number),
    )


def move(cycle: Cycle, name: str, *, by: Person) -> None:
    """Make one of a cycle's moves, and write it down."""
    before, after = moves.CYCLE.make(by, name, cycle)
    record(by, name, cycle, before=before, after=after)


def _move_session(session: Session, name: str, *, by: Person) -> None:
    before, after = moves.SESSION.make(by, name, session)
    record(by, name, session, before=before, after=after)


def publish(session: Session, *, by: Person) -> None:
    """Let the group see the evening, once it is ready."""
    lock(session)
    require(moves.may_publish(by, session, agreed=has_agreed(session.cycle.workstream), today=today()))
    _move_session(session, "published", by=by)


def hold(session: Session, *, by: Person) -> None:
    """Note that it was held; the first one begins the cycle."""
    require(moves.may_hold(by, session, today()))
    _move_session(session, "held", by=by)
    if session.cycle.state == CycleState.SCHEDULED:
        move(session.cycle, "begun", by=by)


def tick(session: Session, guest: Person, how: How, *, by: Person) -> None:
    """Tick on the register how somebody is here, or that they are not; a later tick takes an earlier one's place.

    The journal says once that there is a register, and never who came or when (P4).
    """
    lock(session)
    require(register.may_tick(by, session, guest, how, today()))
    if not queries.register_of(session):
        record(by, "kept a register", session)
    db.session.merge(Attendance(session_id=session.id, person_id=guest.id, how=how))
    db.session.flush()


def cancel(session: Session, *, by: Person) -> None:
    """Call a session off."""
    _move_session(session, "cancelled", by=by)


def move_session(session: Session, on: date, *, by: Person) -> None:
    """Put one session on another day; its number and all the others stay."""
    require(moves.may_reschedule(by, session))
    require(moves.may_stand_on(session, on, holidays(on, on), today()))
    if session.state == SessionState.DRAFT:
        record(by, "put on another day", session)
    else:
        _move_session(session, "moved", by=by)
    session.on, session.begins = on, schedule.begins(on, session.starts_at, session.zone)


def add_item(session: Session, *, by: Person, part: Part, title: str, minutes: int, **words: Any) -> AgendaItem:
    """Add an item, before check-out where there is one."""
    _hold_still(session, by)
    require(moves.has_room(session))
    last = session.items[-1] if session.items else None
    ends_it = last is not None and last.part == Part.CHECK_OUT
    item = AgendaItem(
        session=session, position=len(session.items) + ASIDE, part=part, title=title, minutes=minutes, **words
    )
    db.session.add(item)
    db.session.flush()
    others = [other for other in session.items if other is not item]
    _put_in_order(session, [*others[:-1], item, others[-1]] if ends_it else [*others, item], by)
    return item


def change_item(item: AgendaItem, *, by: Person, **words: Any) -> None:
    """Change what an item says or how long it is."""
    _hold_still(item.session, by)
    for name, value in words.items():
        setattr(item, name, value)
    record(by, "changed the agenda", item.session)


def place_item(item: AgendaItem, position: int, *, by: Person) -> None:
    """Put an item at this place in the evening."""
    _hold_still(item.session, by)
    others = [other for other in item.session.items if other is not item]
    _put_in_order(item.session, [*others[: position - 1], item, *others[position - 1 :]], by)


def remove_item(item: AgendaItem, *, by: Person) -> None:
    """Take an item off an evening nobody has been told of yet."""
    session = item.session
    _hold_still(session, by)
    db.session.delete(item)
    db.session.flush()
    _put_in_order(session, [other for other in session.items if other is not item], by)


def move_item(item: AgendaItem, name: str, *, by: Person) -> None:
    """Say what became of an item: done, carried over or dropped."""
    before, after = moves.ITEM.make(by, name, item)
    record(by, name, item, before=before, after=after)


def _hold_still(session: Session, by: Person) -> None:
    lock(session)
    require(moves.may_change(by, session))


def _put_in_order(session: Session, items: list[AgendaItem], by: Person) -> None:
    for shelf in (ASIDE * 2, 0):
        for position, item in enumerate(items, 1):
            item.position = shelf + position
        db.session.flush()
    db.session.expire(session, ["items"])
    record(by, "changed the agenda", session)
