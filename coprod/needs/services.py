"""Everything that changes what helps people to come. The journal never speaks of it."""

from collections.abc import Collection

from sqlalchemy import delete

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.needs import queries, rules
from coprod.needs.models import Needs, NeverTime
from coprod.people.models import Person
from coprod.workstreams.models import Membership
from coprod.workstreams.services import when_left


def say(person: Person, wanted: rules.Wanted, *, by: Person) -> None:
    """Keep what would help this person to come, in place of what she said before."""
    _require_own(person, by)
    needs = queries.needs_of(person) or Needs(person_id=person.id)
    needs.helps = [each.value for each in wanted.helps]
    needs.places_in_creche, needs.language, needs.food = wanted.places, wanted.language, wanted.food
    db.session.add(needs)
    db.session.flush()


def say_never(person: Person, slots: Collection[rules.Slot], *, by: Person) -> None:
    """Keep which parts of the week never work for this person, in place of what she said before."""
    _require_own(person, by)
    _forget_times(person)
    db.session.add_all(NeverTime(person_id=person.id, weekday=day, part=part) for day, part in set(slots))
    db.session.flush()


def forget(person: Person) -> None:
    """Delete all of it; nothing brings it back, not even coming again."""
    db.session.execute(delete(Needs).where(Needs.person_id == person.id))
    _forget_times(person)


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    if last:
        forget(membership.person)


def _require_own(person: Person, by: Person) -> None:
    lock(person)
    require(rules.may_say(by, person, queries.is_in_a_group(person)))


def _forget_times(person: Person) -> None:
    db.session.execute(delete(NeverTime).where(NeverTime.person_id == person.id))
