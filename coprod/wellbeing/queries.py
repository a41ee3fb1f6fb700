"""Who can be asked to ring, what was asked of whom: each found by the two it is between, and by nobody else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from config import HERE as ZONE
from coprod.agreements.queries import run_by
from coprod.core.db import db
from coprod.cycles.models import Cycle, Session
from coprod.cycles.queries import on_the_card
from coprod.cycles.rules.evening import CardPart
from coprod.people.models import Person
from coprod.supporters.models import Support
from coprod.wellbeing.models import CallBack, CallState, CheckIn, CheckInCall, Moment
from coprod.wellbeing.rules import HELPS, Awaited, Choice, is_late, is_overdue, on_day, said_on, way_on
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.queries import days_off
from coprod.workstreams.rules import HERE

# --- Who can be asked.


def choices_of(person: Person) -> list[Choice]:
    """List who can be asked to ring this person: those who run her groups, then those who help her."""
    return [*_who_run_her_groups(person), *_who_help(person)]


def choices_in(person: Person, session: Session) -> list[Choice]:
    """List who may read how this person is: those who run the group of this session, and those who help her."""
    return choices_at(person, session.cycle.workstream_id)


def choices_at(person: Person, stream: UUID) -> list[Choice]:
    """List who can be asked to ring this person about one group: those who run it, and those who help her."""
    return [*_who_run_her_groups(person, Membership.workstream_id == stream), *_who_help(person)]


def _who_run_her_groups(person: Person, *which: Any) -> list[Choice]:
    hers = aliased(Membership)
    sits = select(hers.workstream_id).where(hers.person_id == person.id, hers.state.in_(HERE))
    run = Membership.role == Role.FACILITATOR, Membership.state == MembershipState.JOINED
    wanted = (
        select(Membership)
        .join(Membership.person)
        .join(Membership.workstream)
        .where(Membership.workstream_id.in_(sits), *run, Membership.person_id != person.id, Person.active, *which)
        .options(contains_eager(Membership.person), contains_eager(Membership.workstream))
        .order_by(Person.alias, Person.id, Workstream.name, Workstream.id)
    )
    found: dict[UUID, Choice] = {}
    for seat in db.session.scalars(wanted):
        found.setdefault(seat.person_id, Choice(seat.person, seat.person.alias, seat.workstream.neutral_name))
    return list(found.values())


def _who_help(person: Person) -> list[Choice]:
    standing = Support.member_id == person.id, Support.ended_on.is_(None), Person.active
    wanted = select(Support).join(Support.supporter).where(*standing).options(contains_eager(Support.supporter))
    found = db.session.scalars(wanted.order_by(Support.called, Support.id))
    return [Choice(support.supporter, support.called, HELPS) for support in found]


def _may_hear(member: Any, asked: Person) -> Any:
    """Say in SQL that this person still runs a group of the member's, or still helps her."""
    seat = aliased(Membership)
    runs = run_by(asked).correlate(None)
    sits = exists().where(seat.person_id == member, seat.workstream_id.in_(runs), seat.state.in_(HERE))
    helps = exists().where(Support.member_id == member, Support.supporter_id == asked.id, Support.ended_on.is_(None))
    return or_(sits, helps)


# --- Calls back.


def own_calls(person: Person) -> Sequence[CallBack]:
    """List the calls this person waits for."""
    wanted = select(CallBack).where(CallBack.person_id == person.id, CallBack.state == CallState.DUE)
    return db.session.scalars(wanted.options(joinedload(CallBack.asked)).order_by(CallBack.due, CallBack.id)).all()


def awaited_by(person: Person, choices: Sequence[Choice], today: date) -> list[Awaited]:
    """List all calls this person waits for, as she knows who rings: those she asked for, then those after sessions."""
    names, holidays = {choice.person.id: choice.called for choice in choices}, days_off(today)
    asked = [
        Awaited(
            names.get(call.asked_id, "Somebody"),
            on_day(call.due, today),
            is_late(call, today) or call.asked_id not in names,
            call,
        )
        for call in own_calls(person)
    ]
    after = [
        Awaited(
            call.session.cycle.workstream.neutral_name,
            said_on(call.due, today, holidays),
            is_overdue(call, today, holidays),
        )
        for call in coming_to(person)
    ]
    return [*asked, *after]


def own_call(person: Person, key: UUID) -> CallBack:
    """Find a call this person asked for."""
    return db.session.scalars(select(CallBack).where(CallBack.id == key, CallBack.person_id == person.id)).one()


def standing_between(person: Person, asked: Person) -> CallBack | None:
    """Answer the call that one of the two waits for, if there is one."""
    both = CallBack.person_id == person.id, CallBack.asked_id == asked.id, CallBack.state == CallState.DUE
    return db.session.scalars(select(CallBack).where(*both).order_by(CallBack.due, CallBack.id)).first()


def _asked_of(asked: Person) -> Select[CallBack]:
    standing = CallBack.asked_id == asked.id, CallBack.state == CallState.DUE
    wanted = select(CallBack).join(CallBack.person).where(*standing, _may_hear(CallBack.person_id, asked))
    return wanted.options(contains_eager(CallBack.person)).order_by(CallBack.due, Person.alias, CallBack.id)


def asked_of(asked: Person) -> Sequence[CallBack]:
    """List whom this person was asked to ring, the longest due first; nobody else finds any of it."""
    return db.session.scalars(_asked_of(asked)).all()


def to_ring_back(asked: Person, today: date) -> list[tuple[CallBack, bool]]:
    """List the same calls, each with whether it is late."""
    return [(call, is_late(call, today)) for call in asked_of(asked)]


def one_asked_of(asked: Person, key: UUID) -> CallBack:
    """Find one call this person was asked for."""
    return db.session.scalars(_asked_of(asked).where(CallBack.id == key)).one()


def is_asked(asked: Person, key: UUID) -> bool:
    """Answer whether this person still has that call to make (O3)."""
    return db.session.scalars(_asked_of(asked).where(CallBack.id == key)).one_or_none() is not None


# --- The call on the day after a session.


def _to_be_made_by(person: Person) -> Select[CheckInCall]:
    return (
        select(CheckInCall)
        .join(CheckInCall.session)
        .join(Session.cycle)
        .join(CheckInCall.person)
        .where(Cycle.workstream_id.in_(run_by(person)), CheckInCall.state == CallState.DUE)
        .options(
            contains_eager(CheckInCall.person),
            contains_eager(CheckInCall.session).contains_eager(Session.cycle).joinedload(Cycle.workstream),
        )
        .order_by(CheckInCall.due, Person.alias, CheckInCall.id)
    )


def to_be_made_by(person: Person) -> Sequence[CheckInCall]:
    """List the calls after sessions that those who run a group, this person among them, still have to make."""
    return db.session.scalars(_to_be_made_by(person)).all()


def to_ring_after(person: Person, today: date) -> list[tuple[CheckInCall, bool]]:
    """List the same calls, each with whether it is late."""
    holidays = days_off(today)
    return [(call, is_overdue(call, today, holidays)) for call in to_be_made_by(person)]


def one_to_be_made_by(person: Person, key: UUID) -> CheckInCall:
    """Find one of them, with who runs the group."""
    wanted = _to_be_made_by(person).where(CheckInCall.id == key)
    group = contains_eager(CheckInCall.session).contains_eager(Session.cycle).joinedload(Cycle.workstream)
    people = group.selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(wanted.options(people)).one()


def calls_of(session: Session) -> dict[UUID, CheckInCall]:
    """Answer which call after this session each person wants; for its facilitators."""
    wanted = select(CheckInCall).where(CheckInCall.session_id == session.id)
    return {call.person_id: call for call in db.session.scalars(wanted.order_by(CheckInCall.id))}


def coming_to(person: Person) -> Sequence[CheckInCall]:
    """List the calls after sessions that this person waits for herself."""
    wanted = select(CheckInCall).where(CheckInCall.person_id == person.id, CheckInCall.state == CallState.DUE)
    group = joinedload(CheckInCall.session).joinedload(Session.cycle).joinedload(Cycle.workstream)
    return db.session.scalars(wanted.options(group).order_by(CheckInCall.due, CheckInCall.id)).all()


# --- How somebody is.


def check_in_of(session: Session, person: Person, moment: Moment) -> CheckIn | None:
    """Answer what this person said of herself, before or after this session."""
    own = CheckIn.session_id == session.id, CheckIn.person_id == person.id, CheckIn.moment == moment
    return db.session.scalars(select(CheckIn).where(*own)).one_or_none()


def check_ins_of(session: Session, person: Person) -> Sequence[CheckIn]:
    """List what this person said of herself about this session, what she said before it first."""
    own = CheckIn.session_id == session.id, CheckIn.person_id == person.id
    return db.session.scalars(select(CheckIn).where(*own).order_by(CheckIn.moment.desc())).all()


def check_ins_for(reader: Person) -> Sequence[CheckIn]:
    """List what this person was told in private, the latest session first; nobody else finds any of it."""
    wanted = (
        select(CheckIn)
        .join(CheckIn.person)
        .join(CheckIn.session)
        .where(CheckIn.to_id == reader.id, _may_hear(CheckIn.person_id, reader))
        .options(contains_eager(CheckIn.person), contains_eager(CheckIn.session))
    )
    return db.session.scalars(wanted.order_by(Session.on.desc(), Person.alias, CheckIn.moment, CheckIn.id)).all()


@on_the_card
def how_are_you(person: Person, session: Session, moment: datetime) -> CardPart:
    """Lead from a session's card to the question how its reader is."""
    return CardPart(ways=way_on(person, session, moment.astimezone(ZONE).date()))
