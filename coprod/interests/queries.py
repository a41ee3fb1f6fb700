"""Who would like to join, for those who may ring them; and which tables look for somebody."""

from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.interests import rules
from coprod.interests.models import Interest, InterestState, Whose
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream, WorkstreamState
from coprod.workstreams.queries import BY_NAME, memberships_of


def _seen_by(person: Person) -> Select[Interest]:
    """Programme admins, and facilitators what nobody is thought of elsewhere for; to all others there is none (P2)."""
    wanted, seats = select(Interest).options(joinedload(Interest.workstream)), memberships_of(person)
    if not rules.may_read(person, seats):
        return wanted.where(false())
    run = [seat.workstream_id for seat in seats if seat.role == Role.FACILITATOR]
    free = or_(Interest.workstream_id.is_(None), Interest.workstream_id.in_(run))
    return wanted if person.is_admin else wanted.where(free)


def waiting(person: Person) -> list[Interest]:
    """List who waits to be rung, the longest waiting first."""
    found = _seen_by(person).where(Interest.state == InterestState.WAITING)
    return list(db.session.scalars(found.order_by(Interest.told_on, Interest.id)))


def one_waiting(person: Person, key: UUID) -> Interest:
    """Answer one of them."""
    return db.session.scalars(_seen_by(person).where(Interest.id == key)).one()


def told_before(name: str, contact: str, whose: Whose) -> Interest | None:
    """Answer the same wish, if somebody has told us already and waits."""
    same = Interest.name == name, Interest.contact == contact, Interest.whose == whose
    wanted = select(Interest).where(*same, Interest.state == InterestState.WAITING)
    return db.session.scalars(wanted.order_by(Interest.id).limit(1)).one_or_none()


def with_open_seats() -> list[Workstream]:
    """List the tables that look for somebody, and are not closed."""
    wanted = select(Workstream).where(Workstream.state != WorkstreamState.CLOSED).order_by(*BY_NAME)
    return [stream for stream in db.session.scalars(wanted) if stream.open_seats]


def tables_for(person: Person) -> list[Workstream]:
    """List the tables to which this person may invite somebody: every one to an admin, to others those they run."""
    runs = select(Membership.workstream_id).where(
        Membership.person_id == person.id,
        Membership.role == Role.FACILITATOR,
        Membership.state == MembershipState.JOINED,
    )
    wanted = select(Workstream).where(Workstream.state != WorkstreamState.CLOSED)
    mine = wanted if person.is_admin else wanted.where(Workstream.id.in_(runs))
    loaded = selectinload(Workstream.memberships).joinedload(Membership.person)
    return list(db.session.scalars(mine.options(loaded).order_by(*BY_NAME)))
