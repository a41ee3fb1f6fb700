"""The life of a programme, which days are worked, and how its record is laid out by year and lane."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.programmes.models import (
    Comparison,
    Holiday,
    HolidayKind,
    Programme,
    ProgrammeState,
    Rate,
    TimelineEntry,
)

SATURDAY = 5
ALWAYS_OFF = {(12, 24), (12, 25), (12, 26), (1, 1)}
LANES = (
    ("Steering", re.compile(r"steering|workshop|recommendation|development day|scrutiny", re.IGNORECASE)),
    ("Study and data", re.compile(r"\bstudy|analysis|guideline|\bdata\b", re.IGNORECASE)),
    ("Groups", re.compile(r"\bgroups?\b", re.IGNORECASE)),
    ("Streams", re.compile(r"streams?\b", re.IGNORECASE)),
)
ELSEWHERE = "In the world"
ON_THREAD = {"Steering", "Groups", "Streams"}


def is_admin(person: Person) -> Answer:
    """Programme admins may."""
    return YES if person.is_admin else no("Only a programme admin can do this.")


def _admin(person: Person, _: Programme) -> Answer:
    return is_admin(person)


# --- Without these four no programme goes live (journey 24).


def may_receive(person: Person) -> Answer:
    """A professional with an open account may receive concerns, but no programme admin: they never see any (P7)."""
    if not (person.is_professional and person.active):
        return no(f"{person.alias} cannot receive concerns. Name a professional whose account is open.")
    return no(f"{person.alias} is a programme admin, and they never see concerns.") if person.is_admin else YES


def may_lead(lead: Person | None, deputy: Person | None) -> Answer:
    """Two different people who may receive concerns; either may still be missing."""
    if lead is not None and lead is deputy:
        return no("Name two different people, so that one can stand in for the other.")
    return next((answer for one in (lead, deputy) if one and not (answer := may_receive(one))), YES)


def leads(programme: Programme) -> list[Person]:
    """List who receives concerns: the lead, then the deputy, each while their account is open."""
    named = (programme.safeguarding_lead, programme.deputy_lead)
    return [person for person in named if person is not None and may_receive(person)]


# --- Who alone reads how people want to be paid (domain guide, section 4).


def may_pay_out(officer: Person | None, *leads: Person | None) -> Answer:
    """A professional with an open account may pay people, but no programme admin and nobody who receives concerns."""
    if officer is None:
        return YES
    if not (officer.is_professional and officer.active):
        return no(f"{officer.alias} cannot pay people. Name a professional whose account is open.")
    if officer.is_admin:
        return no(f"{officer.alias} is a programme admin, and they never see how people are paid.")
    receives = officer.id in {lead.id for lead in leads if lead}
    return no(f"{officer.alias} receives concerns. Name somebody else to pay people.") if receives else YES


def payments_officer(programme: Programme) -> Person | None:
    """Answer who pays people, while they may."""
    officer = programme.payments_officer
    return officer if may_pay_out(officer, programme.safeguarding_lead, programme.deputy_lead) else None


def is_payments_officer(person: Person, programme: Programme) -> Answer:
    """The payments officer may."""
    officer = payments_officer(programme)
    named = officer is not None and officer.id == person.id
    return YES if named else no("Only the payments officer can do this.")


def is_lead(person: Person, programme: Programme) -> Answer:
    """The safeguarding lead and the deputy may."""
    named = person.id in {one.id for one in leads(programme)}
    return YES if named else no("Only the safeguarding lead or the deputy can do this.")


def missing(programme: Programme) -> list[str]:
    """List what this programme still needs before it can go live."""
    named = leads(programme)
    needed = {
        "a safeguarding lead": programme.safeguarding_lead in named,
        "a deputy for the lead": programme.deputy_lead in named
        and programme.deputy_lead is not programme.safeguarding_lead,
        "the day data protection was signed off": programme.data_protection_signed_on is not None,
        "the day of the accessibility statement": programme.accessibility_statement_on is not None,
    }
    return [what for what, is_there in needed.items() if not is_there]


def may_go_live(programme: Programme) -> Answer:
    """Nothing of the four may be missing; what is, is named."""
    lacking = missing(programme)
    *most, last = lacking or [""]
    return no(f"The programme still needs {', '.join(most) + ' and ' if most else ''}{last}.") if lacking else YES


def may_sign_off(person: Person, data_protection: date | None, accessibility: date | None, today: date) -> Answer:
    """A programme admin may write down what has been signed and published: a day to come is no sign-off."""
    early = any(day is not None and day > today for day in (data_protection, accessibility))
    return is_admin(person) & (no("That day is still to come.") if early else YES)


def stays_whole(programme: Programme, *needed: object) -> Answer:
    """Of a programme that is active nothing of the four is taken away."""
    lacking = programme.state == ProgrammeState.ACTIVE and None in needed
    return no("The programme is active, so none of the four may be missing.") if lacking else YES


def _admin_when_whole(person: Person, programme: Programme) -> Answer:
    return is_admin(person) & may_go_live(programme)


LIFECYCLE = Lifecycle[Programme](
    [
        Move(
            "started",
            frozenset({ProgrammeState.SETTING_UP}),
            ProgrammeState.ACTIVE,
            _admin_when_whole,
            "Start the programme",
        ),
        Move("closed", frozenset({ProgrammeState.ACTIVE}), ProgrammeState.CLOSED, _admin, "Close the programme"),
    ]
)


PARTS = (
    ("Understand", "The problem, what happens here, data and stories, other areas"),
    ("Explore", "Good practice, options, ingredients"),
    ("Decide", "Draft, vote, refine, agree who presents"),
)
"""The parts of ten weeks (domain guide, section 7)."""


def may_create(person: Person, there: Programme | None) -> Answer:
    """A programme admin may, while there is none: everything here belongs to one."""
    return is_admin(person) & (no(f"There is a programme here already: {there.name}.") if there else YES)


def is_always_off(day: date) -> bool:
    """Answer whether no session is ever held on this day, whatever the calendar of holidays says."""
    return (day.month, day.day) in ALWAYS_OFF


def falls_in(day: date, holidays: Iterable[Holiday]) -> Holiday | None:
    """Answer the first of these holidays that this day falls in, if any."""
    return next((holiday for holiday in holidays if holiday.first <= day <= holiday.last), None)


def is_working_day(day: date, holidays: Iterable[Holiday]) -> bool:
    """Answer whether this is neither at a weekend nor a bank holiday; school holidays are worked."""
    bank = [holiday for holiday in holidays if holiday.kind == HolidayKind.BANK]
    return day.weekday() < SATURDAY and falls_in(day, bank) is None


def add_working_days(day: date, n: int, holidays: Iterable[Holiday]) -> date:
    """Answer the n-th working day after this day."""
    known = list(holidays)
    while n > 0:
        day += timedelta(1)
        n -= is_working_day(day, known)
    return day


def working_days_between(first: date, last: date, holidays: Iterable[Holiday]) -> int:
    """Count the working days after the first day, up to the last and with it."""
    known = list(holidays)
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, known) for day in days)


def lane_of(entry: TimelineEntry) -> str:
    """Answer which lane of the picture an entry belongs to, by the words the record uses."""
    return next((lane for lane, words in LANES if words.search(entry.what)), ELSEWHERE)


def short(entry: TimelineEntry) -> str:
    """Say an entry in little room: what stands before its first stop."""
    return re.split(r"[;:,]", entry.what)[0]


def in_lanes(timeline: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """List the entries lane by lane, the lanes in the order of the picture."""
    order = ["Study and data", "Groups", "Streams", "Steering", ELSEWHERE]
    return sorted(timeline, key=lambda entry: (order.index(lane_of(entry)), entry.position))


def two_points(comparison: Comparison) -> str:
    """Say a comparison as the two points it is: 55% → 76%; or, where only the change is known, that."""
    if comparison.before is not None and comparison.after is not None:
        over = f"{comparison.after_is} " if comparison.after_is else ""
        return f"{_figure(comparison.before, comparison.unit)} → {over}{_figure(comparison.after, comparison.unit)}"
    if comparison.change is not None:
        sign = "−" if comparison.change < 0 else "+"
        return f"{sign}{_figure(abs(comparison.change), comparison.unit)}"
    return comparison.change_words


def _figure(value: float, unit: str) -> str:
    return f"{value:g}{unit}" if unit == "%" else f"{value:g} {unit}".strip()


# --- What is paid: never changed, only followed by another rate (domain rule 27).


@dataclass(frozen=True)
class Paid:
    """What is paid for one kind of work: now, from a day to come, and before; the newest first."""

    what: str
    now: Rate | None
    coming: list[Rate]
    before: list[Rate]


def paid(rates: Iterable[Rate], today: date) -> list[Paid]:
    """Lay rates out by kind of work: of those that have begun, the newest counts."""
    by_work: dict[str, list[Rate]] = {}
    for rate in sorted(rates, key=lambda rate: rate.valid_from, reverse=True):
        by_work.setdefault(rate.what, []).append(rate)
    return [_paid(what, by_work[what], today) for what in sorted(by_work, key=str.casefold)]


def _paid(what: str, rates: list[Rate], today: date) -> Paid:
    begun = [rate for rate in rates if rate.valid_from <= today]
    coming = [rate for rate in rates if rate.valid_from > today]
    return Paid(what, begun[0] if begun else None, coming, begun[1:])


def may_follow(what: str, valid_from: date, rates: Iterable[Rate], today: date) -> Answer:
    """A rate follows the newest of its kind, from today at the earliest: what was owed yesterday stays owed."""
    newest = max((rate.valid_from for rate in rates if rate.what == what), default=None)
    if newest is None:
        return YES
    if valid_from <= newest:
        return no(f"There is a rate from {newest:%-d %B %Y}. A new one begins after that day.")
    return YES if valid_from >= today else no("A rate that is paid already changes today or later, not in the past.")


def same_work(typed: str, rates: Iterable[Rate]) -> str:
    """Answer a kind of work as it is spelled here already, or as it was typed."""
    return next((rate.what for rate in rates if rate.what.casefold() == typed.casefold()), typed)


def pence(typed: str) -> int | None:
    """Read a sum of pounds as people write it: 12, 12.5, £12.50, £1,200; None where it is none."""
    found = re.fullmatch(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,5})(?:\.(\d{1,2}))?", typed.strip())
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def pounds(pence: int) -> str:
    """Say a sum: £12.50."""
    return f"£{pence // 100:,}.{pence % 100:02}"
