"""Looking through everybody's access, and emptying a demonstration in one step."""

import shutil
from pathlib import Path

from coprod.administration import queries, rules
from coprod.administration.models import AccessReview, ReviewLine
from coprod.core import schema
from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import Partnership, after_commit, db, here
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.people import services as people
from coprod.people.models import Person
from coprod.programmes import queries as programmes
from coprod.voting import sealing
from coprod.voting import services as voting
from coprod.workstreams import services as workstreams

REMOVED = "demonstration-removed"
_SECRET = "secret"  # noqa: S105 - the name of a file


def begin(*, by: Person) -> AccessReview:
    """Begin to look through everybody's access."""
    require(rules.may_begin(by, queries.last_review(), today()))
    review = AccessReview(began_on=today(), by=by)
    db.session.add(review)
    db.session.flush()
    record(by, "began", review)
    return review


def keep(person: Person, *, by: Person) -> None:
    """Say that this person still needs their account."""
    review = _going_on(by)
    require(rules.may_answer(by, review, person))
    note("access kept at a review", person, by)
    _answer(review, person, True, by)


def remove(person: Person, *, by: Person) -> None:
    """Close this account and end its places; the tables see somebody leave, and nobody is told why (P6)."""
    review = _going_on(by)
    require(rules.may_remove(by, review, person, programmes.led_by(person)))
    workstreams.leave_everywhere(person)
    people.turn_away(person, by=by)
    note("access removed at a review", person, by)
    _answer(review, person, False, by)


def _going_on(by: Person) -> AccessReview:
    require(rules.may_review(by))
    review = queries.open_review()
    if review is None:
        raise Refused("No review is going on.")
    return review


def _answer(review: AccessReview, person: Person, keep: bool, by: Person) -> None:
    review.lines.append(ReviewLine(person=person, keep=keep, looked_on=today()))
    db.session.flush()
    if not queries.anybody_left(review):
        review.finished_on = today()
        record(by, "finished", review)


# --- The demonstration, gone in one step.


def remove_demonstration(*, by: Person, demonstration: bool) -> str:
    """Empty every table, and once that is kept the keys and the mail files; answer the words for the first account.

    A marker stays, so that the demonstration does not load itself again.
    """
    require(rules.may_remove_demonstration(by, demonstration))
    place = here()
    db.session.expunge_all()
    schema.empty(db.session.connection())
    after_commit(lambda: _empty_folders(place, sealing.wiping_is_due(voting.key_folder())))
    (place.data / REMOVED).touch(mode=0o600)
    people.forget_set_up_secret(place.keys)
    return people.set_up_secret(place.keys)


def _empty_folders(place: Partnership, wiping_is_due: Path) -> None:
    """Leave the secret, which the running server has in mind; the next round of chores wipes what was deleted."""
    shutil.rmtree(place.data / "mail", ignore_errors=True)
    for path in place.keys.iterdir():
        if path.name not in {_SECRET, "set-up"}:
            _delete(path)
    wiping_is_due.parent.mkdir(mode=0o700, exist_ok=True)
    wiping_is_due.touch(mode=0o600)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
