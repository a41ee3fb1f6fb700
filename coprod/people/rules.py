"""How long sign-ins last, what codes and cards look like, and who may change whose account."""

from datetime import datetime, timedelta

from coprod.people.models import Person

IDLE = timedelta(minutes=30)
SIGN_ANEW = timedelta(minutes=1)
LONGEST_LIVED = timedelta(hours=12)
LONGEST_PROFESSIONAL = timedelta(hours=8)


def longest(person: Person) -> timedelta:
    """Answer how long this person may stay signed in at most (A1)."""
    return LONGEST_LIVED if person.is_lived else LONGEST_PROFESSIONAL


def is_stale(signed_at: datetime, now: datetime) -> bool:
    """Answer whether a session's cookie should be signed anew: once a minute at most."""
    return now - signed_at >= SIGN_ANEW
