"""Who helps whom, and the little that somebody who helps may read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coprod.agreements.models import Agreement, AgreementState
from coprod.core.db import db
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.needs.queries import wanted_by
from coprod.needs.rules import Wanted
from coprod.people.models import Person, Side
from coprod.supporters import rules
from coprod.supporters.models import Share, Support
from coprod.workstreams.models import Membership, MembershipState

TOLD = (SessionState.PUBLISHED, SessionState.MOVED)
Telling = Callable[[Person], Sequence[Any]]
_TOLD_LATER: dict[Share, Telling] = {}


@dataclass(frozen=True)
class Block:
    """What a supporter reads of one member: when, how she gets there, and what she ticked."""

    support: Support
    sessions: list[Session]
    lifts: list[str]
    agreements: list[Agreement]
    wanted: Wanted
    answers: Sequence[Any]
    shares: list[Share]


def tells(what: Share) -> Callable[[Telling], Telling]:
    """Let a later feature say what a supporter reads of one member, once she has shared this."""

    def keep(telling: Telling) -> Telling:
        _TOLD_LATER[what] = telling
        return telling

    return keep


def helpers_of(member: Person) -> Sequence[Support]:
    """List who helps this member now."""
    standing = Support.member_id == member.id, Support.ended_on.is_(None)
    return db.session.scalars(select(Support).where(*standing).order_by(Support.called, Support.id)).all()


def own(person: Person, key: UUID) -> Support:
    """Find a standing help that this person gets or gives; for everybody else it is not there."""
    either = (Support.member_id == person.id) | (Support.supporter_id == person.id)
    wanted = select(Support).where(Support.id == key, either, Support.ended_on.is_(None))
    return db.session.scalars(wanted.options(joinedload(Support.supporter), joinedload(Support.member))).one()


def between(member: Person, supporter: Person) -> Support | None:
    """Answer whether the two have helped one another before, ended or not."""
    pair = Support.member_id == member.id, Support.supporter_id == supporter.id
    return db.session.scalars(select(Support).where(*pair)).one_or_none()


def helps_somebody(supporter: Person, *, but: Person | None = None) -> bool:
    """Answer whether this person helps anybody now, one of them left out."""
    standing = [Support.supporter_id == supporter.id, Support.ended_on.is_(None)]
    if but is not None:
        standing.append(Support.member_id != but.id)
    return bool(db.session.scalar(select(exists().where(*standing))))


def with_address(email: str) -> Person | None:
    """Answer whose address this is."""
    return db.session.scalars(select(Person).where(Person.email == email)).one_or_none()


def is_supporter(person: Person) -> bool:
    """Answer whether this is somebody who helps, whose account is open."""
    return person.side == Side.SUPPORTER and person.active


def blocks(supporter: Person, today: date) -> list[Block]:
    """Answer what this supporter reads: one block for each member she helps, none of them mixed."""
    supports = _helped_by(supporter)
    members = [support.member_id for support in supports]
    sessions, wants = _sessions(members, today), wanted_by(members)
    agreements = _agreements(support.member_id for support in supports if Share.AGREEMENT in support.shares)
    return [
        Block(
            support,
            sessions[support.member_id],
            rules.lifts(wants.get(support.member_id, Wanted())),
            agreements[support.member_id],
            wants.get(support.member_id, Wanted()) if Share.NEEDS in support.shares else Wanted(),
            _TOLD_LATER[Share.ANSWERS](support.member) if Share.ANSWERS in support.shares else [],
            rules.shared(support),
        )
        for support in supports
    ]


def _helped_by(supporter: Person) -> Sequence[Support]:
    standing = Support.supporter_id == supporter.id, Support.ended_on.is_(None)
    wanted = select(Support).join(Support.member).where(*standing, Person.active)
    return db.session.scalars(
        wanted.options(contains_eager(Support.member)).order_by(Person.alias, Support.since, Support.id)
    ).all()


def _sessions(members: Sequence[UUID], today: date) -> dict[UUID, list[Session]]:
    found: defaultdict[UUID, list[Session]] = defaultdict(list)
    sits = Membership.person_id.in_(members), Membership.state == MembershipState.JOINED
    wanted = (
        select(Session, Membership.person_id)
        .join(Session.cycle)
        .join(Membership, Membership.workstream_id == Cycle.workstream_id)
        .where(*sits, Session.state.in_(TOLD), Session.on >= today)
        .options(contains_eager(Session.cycle).joinedload(Cycle.workstream), selectinload(Session.items))
        .order_by(Session.on, Session.starts_at, Session.id)
    )
    for session, member in db.session.execute(wanted):
        found[member].append(session)
    return found


def _agreements(members: Iterable[UUID]) -> dict[UUID, list[Agreement]]:
    found: defaultdict[UUID, list[Agreement]] = defaultdict(list)
    sits = Membership.person_id.in_(list(members)), Membership.state == MembershipState.JOINED
    wanted = (
        select(Agreement, Membership.person_id)
        .join(Membership, Membership.workstream_id == Agreement.workstream_id)
        .where(*sits, Agreement.state == AgreementState.AGREED)
        .options(joinedload(Agreement.workstream))
        .order_by(Agreement.workstream_id, Agreement.number)
    )
    for agreement, member in db.session.execute(wanted):
        found[member].append(agreement)
    return found
