"""Finding a group's agreement, who said yes to it, and what its members told those who run the group."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from config import HERE
from coprod.agreements.models import (
    Agreement,
    AgreementState,
    AgreementYes,
    BreachNote,
    BreachState,
    ChangeAsked,
    ChangeState,
)
from coprod.agreements.rules import Review, review_due
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream


@dataclass(frozen=True)
class Ahead:
    """What a later feature knows of a group's days: when its week 5 is, and when it meets next."""

    week_five: date | None = None
    next_on: date | None = None


Looking = Callable[[Collection[UUID], date], Mapping[UUID, Ahead]]
_LOOKING: list[Looking] = []


def looks_ahead(look: Looking) -> Looking:
    """Let a later feature say what days a group has ahead of it."""
    _LOOKING.append(look)
    return look


def ahead_of(streams: Collection[UUID], today: date) -> dict[UUID, Ahead]:
    """Answer what is known of these groups' days."""
    known = [look(streams, today) for look in _LOOKING]
    return {stream: next((told[stream] for told in known if stream in told), Ahead()) for stream in streams}


def sat_at_by(person: Person) -> Select[UUID]:
    """Select the keys of the groups at which this person has joined."""
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return select(Membership.workstream_id).where(*sits)


def run_by(person: Person) -> Select[UUID]:
    """Select the keys of the groups this person facilitates now."""
    return sat_at_by(person).where(Membership.role == Role.FACILITATOR)


def _with_people(stream: Any) -> Any:
    return joinedload(stream).selectinload(Workstream.memberships).joinedload(Membership.person)


def one_seen_by(person: Person, key: UUID) -> Agreement:
    """Find one version, if this person sits at its group."""
    wanted = select(Agreement).where(Agreement.id == key, Agreement.workstream_id.in_(sat_at_by(person)))
    return db.session.scalars(wanted.options(_with_people(Agreement.workstream))).one()


def one_run_by(person: Person, key: UUID) -> Workstream:
    """Find one group this person facilitates; for everybody else there is no such page."""
    wanted = select(Workstream).where(Workstream.id == key, Workstream.id.in_(run_by(person)))
    people = selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(wanted.options(people)).one()


def versions_of(stream: Workstream) -> Sequence[Agreement]:
    """List a group's versions, the first one first."""
    return db.session.scalars(
        select(Agreement).where(Agreement.workstream_id == stream.id).order_by(Agreement.number)
    ).all()


def agreed_among(streams: Iterable[UUID]) -> set[UUID]:
    """Answer which of these groups have agreed how they work together."""
    wanted = select(Agreement.workstream_id).where(Agreement.workstream_id.in_(list(streams)))
    return set(db.session.scalars(wanted.where(Agreement.state == AgreementState.AGREED).order_by(Agreement.id)))


def has_agreed(stream: Workstream) -> bool:
    """Answer whether this group has agreed how it works together."""
    return stream.id in agreed_among([stream.id])


# --- Who is OK with it: each knows her own yes, the rest is one word.


def said_yes(agreement: Agreement) -> set[UUID]:
    """Answer the keys of those who are OK with this version; no page names them."""
    wanted = select(AgreementYes.person_id).where(AgreementYes.agreement_id == agreement.id)
    return set(db.session.scalars(wanted.order_by(AgreementYes.person_id)))


def has_said_yes(person: Person, agreement: Agreement) -> bool:
    """Answer whether this person is OK with this version."""
    own = exists().where(AgreementYes.agreement_id == agreement.id, AgreementYes.person_id == person.id)
    return bool(db.session.scalar(select(own)))


def to_answer(person: Person) -> Sequence[Agreement]:
    """List the agreed versions of this person's groups that still wait for her own yes."""
    own = exists().where(AgreementYes.agreement_id == Agreement.id, AgreementYes.person_id == person.id)
    wanted = select(Agreement).where(
        Agreement.workstream_id.in_(sat_at_by(person)), Agreement.state == AgreementState.AGREED, ~own
    )
    return db.session.scalars(wanted.options(joinedload(Agreement.workstream)).order_by(Agreement.id)).all()


# --- What members would like changed: in no order that tells when or by whom.


def wishes_of(stream: Workstream) -> Sequence[ChangeAsked]:
    """List what is still asked for in this group, in the order of random keys: it tells neither who asked nor when."""
    wanted = select(ChangeAsked).join(ChangeAsked.agreement).where(Agreement.workstream_id == stream.id)
    return db.session.scalars(wanted.where(ChangeAsked.state == ChangeState.ASKED).order_by(ChangeAsked.id)).all()


def one_wish_run_by(person: Person, key: UUID) -> ChangeAsked:
    """Find one wish of a group this person runs; nobody else finds any."""
    wanted = select(ChangeAsked).join(ChangeAsked.agreement).where(ChangeAsked.id == key)
    people = joinedload(ChangeAsked.agreement).options(_with_people(Agreement.workstream))
    return db.session.scalars(wanted.where(Agreement.workstream_id.in_(run_by(person))).options(people)).one()


def asked_for_in(agreement: Agreement) -> set[str]:
    """Answer under which headings a wish was taken into this version."""
    wanted = select(ChangeAsked.heading).where(ChangeAsked.taken_into_id == agreement.id)
    return set(db.session.scalars(wanted.order_by(ChangeAsked.heading)))


def groups_with_wishes(person: Person) -> Sequence[Workstream]:
    """List the groups this person runs in which somebody would like the agreement changed."""
    asked = ChangeAsked.state == ChangeState.ASKED, ChangeAsked.agreement_id == Agreement.id
    return _groups(person, exists().where(Agreement.workstream_id == Workstream.id, *asked))


# --- What went against it.


def breaches_of(stream: Workstream) -> Sequence[BreachNote]:
    """List what was told about this group, what is not seen to first; for its facilitators."""
    wanted = select(BreachNote).where(BreachNote.workstream_id == stream.id).options(joinedload(BreachNote.person))
    order = BreachNote.seen_to_on.is_not(None), BreachNote.sent_on.desc(), BreachNote.id
    return db.session.scalars(wanted.order_by(*order)).all()


def one_breach_run_by(person: Person, key: UUID) -> BreachNote:
    """Find one note of a group this person runs; nobody else finds any."""
    wanted = select(BreachNote).where(BreachNote.id == key, BreachNote.workstream_id.in_(run_by(person)))
    return db.session.scalars(wanted.options(_with_people(BreachNote.workstream))).one()


def groups_with_breaches(person: Person) -> Sequence[Workstream]:
    """List the groups this person runs in which a note waits to be seen to."""
    waits = BreachNote.workstream_id == Workstream.id, BreachNote.state == BreachState.SENT
    return _groups(person, exists().where(*waits))


def _groups(person: Person, which: Any) -> Sequence[Workstream]:
    wanted = select(Workstream).where(Workstream.id.in_(run_by(person)), which)
    return db.session.scalars(wanted.order_by(Workstream.name, Workstream.id)).all()


# --- When it is looked at again.


def reviews_due(person: Person, today: date) -> list[tuple[Agreement, Review]]:
    """List which agreements of the groups this person runs are to be looked at again, why, and by when."""
    wanted = select(Agreement).where(
        Agreement.workstream_id.in_(run_by(person)), Agreement.state == AgreementState.AGREED
    )
    holding = db.session.scalars(wanted.options(joinedload(Agreement.workstream)).order_by(Agreement.id)).all()
    groups = [agreement.workstream_id for agreement in holding]
    ahead, joined = ahead_of(groups, today), last_joined(groups)
    found = [(one, _review(one, ahead[one.workstream_id], joined.get(one.workstream_id))) for one in holding]
    return [(agreement, review) for agreement, review in found if review]


def review_of(agreement: Agreement, today: date) -> Review | None:
    """Answer why this version is to be looked at again, and by when."""
    key = agreement.workstream_id
    return _review(agreement, ahead_of([key], today)[key], last_joined([key]).get(key))


def _review(agreement: Agreement, ahead: Ahead, joined_on: date | None) -> Review | None:
    looked = [day for day in (agreement.agreed_on, agreement.reviewed_on) if day]
    joined = bool(looked) and joined_on is not None and joined_on > max(looked)
    return review_due(agreement, joined=joined, week_five=ahead.week_five, next_on=ahead.next_on)


def last_joined(streams: Collection[UUID]) -> dict[UUID, date]:
    """Answer on which day somebody last sat down at each of these tables; no page shows it (P4)."""
    here = Membership.workstream_id.in_(streams), Membership.state == MembershipState.JOINED
    joined = Entry.subject == Membership.__tablename__, Entry.verb == "joined", Entry.subject_id == Membership.id
    wanted = select(Membership.workstream_id, func.max(Entry.at).label("at")).where(*here, *joined)
    found = db.session.execute(wanted.group_by(Membership.workstream_id).order_by(Membership.workstream_id))
    return {row.workstream_id: row.at.astimezone(HERE).date() for row in found}
