"""Moving a programme on, and keeping the calendar of school holidays."""

from datetime import date

from coprod.core.answers import YES, Answer, no, require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.people.queries import also_sees_security_log
from coprod.people.services import renew_rights
from coprod.people.services.accounts import ask_first
from coprod.programmes.models import Holiday, HolidayKind, Phase, Programme, ProgrammeState, Rate
from coprod.programmes.queries import led_by, programme_here, rates
from coprod.programmes.rules import (
    LIFECYCLE,
    PARTS,
    is_admin,
    may_create,
    may_follow,
    may_lead,
    may_pay_out,
    may_sign_off,
    same_work,
    stays_whole,
)


def move(programme: Programme, name: str, *, by: Person) -> None:
    """Make one of the lifecycle's moves, and write it down."""
    before, after = LIFECYCLE.make(by, name, programme)
    record(by, name, programme, before=before, after=after)


def set_lead(programme: Programme, lead: Person | None, deputy: Person | None, *, by: Person) -> None:
    """Name who receives concerns, and who does when the first cannot; what either has open is begun anew (A1)."""
    require(is_admin(by) & may_lead(lead, deputy) & stays_whole(programme, lead, deputy))
    before = {programme.safeguarding_lead, programme.deputy_lead}
    programme.safeguarding_lead, programme.deputy_lead = lead, deputy
    for person in before ^ {lead, deputy}:
        if person is not None:
            renew_rights(person, "leads named", by=by)
    db.session.flush()
    record(by, "named the leads", programme)


def set_payments_officer(programme: Programme, officer: Person | None, *, by: Person) -> None:
    """Name who pays people, or nobody; what either has open is begun anew (A1)."""
    require(is_admin(by) & may_pay_out(officer, programme.safeguarding_lead, programme.deputy_lead))
    before = programme.payments_officer
    if before is officer:
        return
    programme.payments_officer = officer
    for person in (before, officer):
        if person is not None:
            renew_rights(person, "payments officer named", by=by)
    db.session.flush()
    record(by, "named the payments officer", programme)


def sign_off(programme: Programme, data_protection: date | None, accessibility: date | None, *, by: Person) -> None:
    """Write down when data protection was signed off and the accessibility statement published."""
    require(may_sign_off(by, data_protection, accessibility, today()))
    require(stays_whole(programme, data_protection, accessibility))
    programme.data_protection_signed_on, programme.accessibility_statement_on = data_protection, accessibility
    record(by, "signed off", programme)


def _keep_its_leads(person: Person) -> Answer:
    led = [programme.name for programme in led_by(person) if programme.state == ProgrammeState.ACTIVE]
    return no(f"{person.alias} receives concerns for {led[0]}. Name somebody else first.") if led else YES


ask_first(_keep_its_leads)
also_sees_security_log(lambda person: bool(led_by(person)))


def create(name: str, partnership: str, *, by: Person) -> Programme:
    """Begin a programme that has no public record yet, with the three parts of a cycle."""
    require(may_create(by, programme_here()))
    programme = Programme(name=name, partnership=partnership)
    programme.phases = [Phase(position=at, name=part, content=what) for at, (part, what) in enumerate(PARTS, 1)]
    db.session.add(programme)
    db.session.flush()
    record(by, "begun", programme)
    return programme


def add_school_holiday(what: str, first: date, last: date, *, by: Person) -> Holiday:
    """Put a run of school days off into the calendar."""
    require(is_admin(by))
    if last < first:
        require(no("A holiday ends on or after the day it begins."))
    holiday = Holiday(kind=HolidayKind.SCHOOL, first=first, last=last, what=what, sources=[])
    db.session.add(holiday)
    db.session.flush()
    record(by, "added", holiday)
    return holiday


def set_rate(what: str, pence: int, valid_from: date, *, by: Person) -> Rate:
    """Say what is paid for a kind of work from a day on; what was said before stays as it was."""
    known = rates()
    work = same_work(what, known)
    require(is_admin(by) & may_follow(work, valid_from, known, today()))
    rate = Rate(what=work, pence=pence, valid_from=valid_from)
    db.session.add(rate)
    db.session.flush()
    record(by, "set", rate)
    return rate
