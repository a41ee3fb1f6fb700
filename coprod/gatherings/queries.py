"""Finding what groups are to come together; who is asking decides what is found (P1, P2)."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select, true
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.core.db import db
from coprod.cycles.models import Cycle, Session
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState, Origin
from coprod.people.models import Person
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Workstream, WorkstreamState
from coprod.workstreams.rules import HERE

Proposing = Callable[[Person], Iterable[tuple[UUID, str]]]
_PROPOSING: list[Proposing] = []

ASKED = (MembershipState.INVITED, MembershipState.THINKING, MembershipState.JOINED, MembershipState.PAUSED)


def proposes(proposing: Proposing) -> Proposing:
    """Let a later feature say what waits for somebody who runs groups: the key of each proposal, and its words."""
    _PROPOSING.append(proposing)
    return proposing


def proposed_to(person: Person) -> list[tuple[UUID, str]]:
    """List which groups a steering group would like to come together, for those who may bring that about."""
    return [proposal for proposing in _PROPOSING for proposal in proposing(person)]


def _run_by(person: Person) -> Select[UUID]:
    return select(Membership.workstream_id).where(
        Membership.person_id == person.id,
        Membership.role == Role.FACILITATOR,
        Membership.state == MembershipState.JOINED,
    )


def _looked_after_by(person: Person) -> ColumnElement[bool]:
    """Programme admins look after all of them, facilitators after those of a group they run."""
    if person.is_admin:
        return true()
    runs = _run_by(person)
    return or_(Gathering.workstream_id.in_(runs), Gathering.origins.any(Origin.workstream_id.in_(runs)))


def _with_all(wanted: Select[Gathering]) -> Select[Gathering]:
    """Load the table with its people and checks, and the groups with who runs them."""
    table = joinedload(Gathering.workstream)
    sitting = table.selectinload(Workstream.memberships)
    group = selectinload(Gathering.origins).joinedload(Origin.workstream)
    return wanted.options(
        table.joinedload(Workstream.programme),
        sitting.joinedload(Membership.person),
        sitting.joinedload(Membership.separation),
        sitting.selectinload(Membership.checks),
        group.selectinload(Workstream.memberships),
    )


def seen_by(person: Person) -> Sequence[Gathering]:
    """List what this person looks after, those that wait first, then the newest."""
    wanted = select(Gathering).where(_looked_after_by(person)).options(joinedload(Gathering.workstream))
    waits = Gathering.state != GatheringState.WAITING
    return db.session.scalars(wanted.order_by(waits, Gathering.asked_on.desc(), Gathering.id)).all()


def one_seen_by(person: Person, key: UUID) -> Gathering:
    """Find one, for those who look after it and for everybody who has a place at its table."""
    place = aliased(Membership)
    asked = exists().where(
        place.workstream_id == Gathering.workstream_id, place.person_id == person.id, place.state.in_(ASKED)
    )
    wanted = select(Gathering).where(Gathering.id == key, or_(_looked_after_by(person), asked))
    return db.session.scalars(_with_all(wanted)).one()


def one_at(person: Person, table: UUID) -> Gathering:
    """Find the one whose table this is."""
    key = select(Gathering.id).where(Gathering.workstream_id == table)
    return one_seen_by(person, db.session.scalars(key).one())


def waiting() -> Sequence[Gathering]:
    """List all that wait for their checks, the first asked first."""
    wanted = select(Gathering).where(Gathering.state == GatheringState.WAITING)
    return db.session.scalars(_with_all(wanted).order_by(Gathering.asked_on, Gathering.id)).all()


def asked_with(place: Membership) -> Sequence[Membership]:
    """List the places this person has where this group waits to come together with others, and no other group of hers.

    It is asked once her place in the group has ended.
    """
    of_it, other, sits = aliased(Origin), aliased(Origin), aliased(Membership)
    still = exists().where(
        other.gathering_id == Gathering.id,
        sits.workstream_id == other.workstream_id,
        sits.person_id == place.person_id,
        sits.state.in_(HERE),
    )
    wanted = (
        select(Membership)
        .join(Gathering, Gathering.workstream_id == Membership.workstream_id)
        .join(of_it, of_it.gathering_id == Gathering.id)
        .where(
            of_it.workstream_id == place.workstream_id,
            Gathering.state == GatheringState.WAITING,
            Membership.person_id == place.person_id,
            Membership.state.in_(ASKED),
            ~still,
        )
    )
    return db.session.scalars(wanted.order_by(Membership.id)).all()


def to_be_joined() -> set[UUID]:
    """Answer which groups wait to be joined with others."""
    merging = Gathering.kind == GatheringKind.MERGED, Gathering.state == GatheringState.WAITING
    wanted = select(Origin.workstream_id).join(Origin.gathering).where(*merging)
    return set(db.session.scalars(wanted.order_by(Origin.id)))


def groups_for(person: Person) -> Sequence[Workstream]:
    """List the active groups this person may bring together: those she runs, or all to an admin.

    A table for one evening or one day is not a group.
    """
    is_group = Workstream.kind != Kind.GATHERING
    own = true() if person.is_admin else Workstream.id.in_(_run_by(person))
    wanted = select(Workstream).where(Workstream.state == WorkstreamState.ACTIVE, is_group, own)
    loaded = selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(wanted.options(loaded).order_by(Workstream.name, Workstream.id)).all()


def day_of(gathering: Gathering) -> Session | None:
    """Find the one session of its table, if it is planned."""
    wanted = select(Session).join(Session.cycle).where(Cycle.workstream_id == gathering.workstream_id)
    return db.session.scalars(wanted.order_by(Cycle.number, Session.number).limit(1)).first()
