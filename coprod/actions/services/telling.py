"""Telling an owner that something is due soon, and the chair that something is late: on working days, once each."""

from collections.abc import Mapping
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select

from coprod.actions import queries, rules
from coprod.actions.models import OutsideOwner
from coprod.core.clock import moment_of, today
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Way
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.programmes.rules import is_working_day

FROM = time(9)
"""Messages of a day go out from this time on."""
_LONGEST_DAY = "Wed 30 Sep"
_LONGEST_NAMES = "x" * 40


def _is_worked() -> bool:
    return is_working_day(today(), queries.days_off(today(), today()))


def _is_still_due(person: Person, _: UUID) -> bool:
    return _is_worked() and queries.first_to_remind_of(person, today()) is not None


def _says_when(person: Person, _: UUID) -> Mapping[str, str]:
    due = queries.first_to_remind_of(person, today()) or today()
    return {"when": rules.weekday_of(due), "who": queries.who_knows(person, due) or "We"}


def _is_still_late(person: Person, _: UUID) -> bool:
    return _is_worked() and person.id in queries.to_tell(today(), queries.TOLD)


def _address(person: Person, _: UUID) -> tuple[Way, str] | None:
    kept = db.session.scalars(select(OutsideOwner.email).where(OutsideOwner.person_id == person.id)).one_or_none()
    return (Way.EMAIL, kept) if kept else None


REMINDER = messages.announce(
    Purpose(
        queries.REMINDER,
        text="Hi {alias}. Something you said you would do is for {when}. {link}",
        email="Hello {alias}.\n\nSomething you said you would do is for {when}. You can look here:\n\n{link}\n",
        endpoint="home.show",
        about="Something they do is due soon",
        fills=(("when", _LONGEST_DAY),),
    ),
    _is_still_due,
    says=_says_when,
)
REMINDER_OUTSIDE = messages.announce(
    Purpose(
        queries.REMINDER_OUTSIDE,
        text="Hello {alias}. Something you took on is for {when}. {who} can tell you more.",
        email="Hello {alias}.\n\nSomething you took on is for {when}. {who} can tell you more.\n\n"
        "Please let them know how it goes.\n",
        about="Something is due soon, for people without an account",
        fills=(("when", _LONGEST_DAY), ("who", _LONGEST_NAMES)),
        without_account=True,
    ),
    _is_still_due,
    address=_address,
    says=_says_when,
)
LATE = messages.announce(
    Purpose(
        queries.LATE,
        text="Hi {alias}. Something at your table is late. {link}",
        email="Hello {alias}.\n\nSomething at your table is late. You can see what, and whose it is, here:\n\n{link}\n",
        endpoint="home.show",
        about="Something at their table is late",
    ),
    _is_still_late,
)


def remind_due() -> int:
    """Write down who is to be reminded today of what they said they would do; answer how many.

    One message a day for each of them, whatever the number. What a weekend, a holiday or a day without this chore
    has held up is told on the next working day.
    """
    owners = list(queries.to_remind(today())) if _is_worked() else []
    for person in _people(owners):
        messages.queue(REMINDER if person.active else REMINDER_OUTSIDE, person, person.id, due=_this_morning())
    return len(owners)


def escalate_late() -> int:
    """Write down who is to hear today that something at their table is late; answer how many.

    Each late action is told of a working day after it was due, and then once a week; one message a day at most.
    """
    leads = queries.to_tell(today()) if _is_worked() else []
    for person in _people(leads):
        messages.queue(LATE, person, person.id, due=_this_morning())
    return len(leads)


def _this_morning() -> datetime:
    return moment_of(today(), FROM)


def _people(keys: list[UUID]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(keys)).order_by(Person.id)))
