"""Counting how often somebody who is signed in asks for a code, or tries one (A8)."""

from coprod.core.db import db
from coprod.people import services as people
from coprod.people.rules import Limit


def is_within(limit: Limit, whose: str) -> bool:
    """Count this try, and answer whether it is not one too many; call it before anything is changed.

    It is counted on a connection of its own. What this request has read so far is let go of first: on SQLite the
    count would otherwise wait for this very request.
    """
    db.session.rollback()
    return people.within_limits((limit, whose))
