"""Reading statements, themes, and what came of the votes they were put to; for those who sit there alone (P1)."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.people.models import Person
from coprod.statements.models import Asked, Statement, StatementState, Theme
from coprod.voting.models import Kind, Poll, PollOption, PollState
from coprod.workstreams.models import Membership, MembershipState, Workstream


def _sat_at_by(person: Person) -> Select[UUID]:
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return select(Membership.workstream_id).where(*sits)


def _with_its_group(group: Any) -> Any:
    return joinedload(group).selectinload(Workstream.memberships)


def said_in(stream: Workstream) -> Sequence[Statement]:
    """List all that was said in this group, in the order of random keys: not that in which it came (P5)."""
    wanted = select(Statement).where(Statement.workstream_id == stream.id).order_by(Statement.id)
    return db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def heard_in(stream: Workstream) -> list[Statement]:
    """List what was said and not set aside."""
    return [statement for statement in said_in(stream) if statement.state == StatementState.HEARD]


def chosen_in(stream: Workstream, keys: Collection[UUID]) -> list[Statement]:
    """List those of the group's statements that were chosen, in the order in which they are read."""
    return [statement for statement in heard_in(stream) if statement.id in keys]


def asked_among(statements: Iterable[Statement]) -> set[UUID]:
    """Answer which of these the group was ever asked about."""
    keys = [statement.id for statement in statements]
    return set(db.session.scalars(select(Asked.statement_id).where(Asked.statement_id.in_(keys))))


def themes_of(stream: Workstream) -> Sequence[Theme]:
    """List the group's themes, in the order they were named."""
    wanted = select(Theme).where(Theme.workstream_id == stream.id)
    return db.session.scalars(wanted.order_by(Theme.number, Theme.id)).all()


def one_statement_seen_by(person: Person, key: UUID) -> Statement:
    """Find a statement of a group this person sits in."""
    wanted = select(Statement).where(Statement.id == key, Statement.workstream_id.in_(_sat_at_by(person)))
    return db.session.scalars(wanted.options(_with_its_group(Statement.workstream))).one()


def one_theme_seen_by(person: Person, key: UUID) -> Theme:
    """Find a theme of a group this person sits in."""
    wanted = select(Theme).where(Theme.id == key, Theme.workstream_id.in_(_sat_at_by(person)))
    return db.session.scalars(wanted.options(_with_its_group(Theme.workstream), selectinload(Theme.statements))).one()


# --- What came of it.

COUNTED = (PollState.COUNTED, PollState.ASKED)


def _counted() -> Select[Poll]:
    return select(Poll).where(Poll.kind == Kind.STATEMENTS, Poll.state.in_(COUNTED)).options(joinedload(Poll.result))


def counted_in(stream: Workstream) -> Sequence[Poll]:
    """List the counted votes on statements of this group, the newest first."""
    wanted = _counted().where(Poll.workstream_id == stream.id)
    return db.session.scalars(wanted.order_by(Poll.counted_on.desc(), Poll.closes_at.desc(), Poll.id)).all()


def one_counted_seen_by(person: Person, key: UUID) -> Poll:
    """Find a counted vote on statements of a group this person sits in."""
    wanted = _counted().where(Poll.id == key, Poll.workstream_id.in_(_sat_at_by(person)))
    return db.session.scalars(wanted.options(_with_its_group(Poll.workstream))).one()


def asked_in(poll: Poll) -> Sequence[Asked]:
    """List what a vote asked, each with what may be published of it and the theme it stands under now."""
    theme = joinedload(Asked.statement).joinedload(Statement.theme)
    line = joinedload(Asked.option).joinedload(PollOption.line)
    wanted = select(Asked).where(Asked.poll_id == poll.id).options(theme, line)
    return db.session.scalars(wanted.order_by(Asked.number)).all()
