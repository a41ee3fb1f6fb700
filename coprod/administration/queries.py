"""Everybody with an account, what they are here and when somebody last looked; for those who keep the accounts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, selectinload

from coprod.administration import rules
from coprod.administration.models import AccessReview, ReviewLine
from coprod.core.db import db
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream


@dataclass(frozen=True)
class Line:
    """One person in the review: their role and places, and when somebody last looked; never a contact (P4)."""

    person: Person
    role: str
    places: str
    looked_on: date | None
    may_remove: str
    """Why this person cannot be removed now; empty where they can."""


@dataclass(frozen=True)
class Look:
    """The review as far as it has got: who is still to be looked at, who was, by what was said."""

    review: AccessReview | None
    last: AccessReview | None
    to_look_at: list[Line]
    kept: list[Line]
    removed: list[Person]


def last_review() -> AccessReview | None:
    """Answer the newest review, finished or not."""
    newest = select(AccessReview).order_by(AccessReview.began_on.desc()).limit(1)
    return db.session.scalars(newest.options(selectinload(AccessReview.lines))).one_or_none()


def open_review() -> AccessReview | None:
    """Answer the review that is going on, if one is."""
    last = last_review()
    return last if last is not None and last.finished_on is None else None


def review_is_due(today: date) -> bool:
    """Answer whether a programme admin should look through everybody's access now."""
    return rules.is_due(last_review(), today)


def seen_by(person: Person) -> Look:
    """Lay the review out for somebody who keeps the accounts; for all others there is none (P2)."""
    if not rules.may_review(person):
        raise NoResultFound
    last = last_review()
    review = last if last is not None and last.finished_on is None else None
    answers = {line.person_id: line.keep for line in last.lines} if last else {}
    found = [_line(person, review, one, *known) for one, known in _everybody().items()]
    return Look(
        review=review,
        last=last,
        to_look_at=[line for line in found if line.person.id not in answers] if review else [],
        kept=[line for line in found if not review or answers.get(line.person.id)],
        removed=_removed([key for key, keep in answers.items() if not keep]) if review else [],
    )


def one_seen_by(person: Person, key: UUID) -> Line:
    """Find one person in the review."""
    if not rules.may_review(person):
        raise NoResultFound
    one = db.session.scalars(select(Person).where(Person.id == key)).one()
    return _line(person, open_review(), one, *_known([one])[one.id])


def anybody_left(review: AccessReview) -> bool:
    """Answer whether somebody with an account has not been looked at yet."""
    answered = select(ReviewLine.person_id).where(ReviewLine.review_id == review.id)
    left = select(Person.id).where(Person.active, Person.id.not_in(answered)).limit(1)
    return db.session.scalar(left) is not None


Known = tuple[list[Membership], date | None, list[Programme]]


def _everybody() -> dict[Person, Known]:
    order = (Person.side, Person.alias, Person.id)
    people = list(db.session.scalars(select(Person).where(Person.active).order_by(*order)))
    known = _known(people)
    return {person: known[person.id] for person in people}


def _known(people: list[Person]) -> dict[UUID, Known]:
    """Gather the places, the last look and the duties of these people, in three statements."""
    keys = [person.id for person in people]
    held = select(Membership).join(Membership.workstream).where(Membership.person_id.in_(keys))
    sitting = held.where(Membership.state != MembershipState.LEFT).options(contains_eager(Membership.workstream))
    places = list(db.session.scalars(sitting.order_by(Workstream.name, Membership.id)))
    looked = select(ReviewLine.person_id, func.max(ReviewLine.looked_on)).where(ReviewLine.person_id.in_(keys))
    days = {row[0]: row[1] for row in db.session.execute(looked.group_by(ReviewLine.person_id))}
    led = list(db.session.scalars(select(Programme).order_by(Programme.name)))
    return {
        key: (
            [place for place in places if place.person_id == key],
            days.get(key),
            [one for one in led if key in (one.safeguarding_lead_id, one.deputy_lead_id)],
        )
        for key in keys
    }


def _line(
    by: Person,
    review: AccessReview | None,
    person: Person,
    places: list[Membership],
    looked_on: date | None,
    leads: list[Programme],
) -> Line:
    return Line(
        person=person,
        role=_role(person, leads),
        places="; ".join(map(_place, places)) or "No place at any table",
        looked_on=looked_on,
        may_remove=rules.may_remove(by, review, person, leads).reason if review else "No review is going on.",
    )


def _role(person: Person, leads: list[Programme]) -> str:
    kind = {Side.LIVED: "Member", Side.PROFESSIONAL: "Professional", Side.SUPPORTER: "Supporter"}[person.side]
    admin = ["programme admin"] if person.is_admin else []
    lead = ["deputy" if person.id == one.deputy_lead_id else "safeguarding lead" for one in leads]
    return ", ".join([kind, *admin, *dict.fromkeys(lead)])


def _place(place: Membership) -> str:
    verbs = {Role.FACILITATOR: "runs", Role.CHAIR: "chairs", Role.MEMBER: place.seat.value + ","}
    state = "" if place.state == MembershipState.JOINED else f" ({place.state})"
    return f"{verbs[place.role]} {place.workstream.name}{state}"


def _removed(keys: list[UUID]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(keys)).order_by(Person.alias, Person.id)))
