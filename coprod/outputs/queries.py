"""Finding what groups make: their own people see all of it, the steering group what went out or was asked of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from coprod.core.db import db
from coprod.files import queries as files
from coprod.outputs.models import Launch, Output, OutputState, OutputVersion, Use
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream

OUT = (OutputState.LAUNCHED, OutputState.RETIRED)


def _sat_at_by(person: Person) -> Select[UUID]:
    here = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    return select(Membership.workstream_id).where(*here)


def _may_see(person: Person) -> ColumnElement[bool]:
    tables = _sat_at_by(person)
    steering, own, asked = aliased(Workstream), aliased(Workstream), aliased(Recommendation)
    steers = exists().where(
        own.id == Output.workstream_id,
        steering.programme_id == own.programme_id,
        steering.kind == Kind.STEERING,
        steering.id.in_(tables),
    )
    was_asked = exists().where(
        asked.id == Output.recommendation_id, asked.submitted_on.is_not(None), asked.steering_id.in_(tables)
    )
    went_out = exists().where(Launch.output_id == Output.id)
    return or_(Output.workstream_id.in_(tables), and_(went_out, steers), was_asked)


def _with_all(wanted: Select[Output]) -> Select[Output]:
    versions = selectinload(Output.versions)
    return wanted.options(
        joinedload(Output.workstream).selectinload(Workstream.memberships),
        joinedload(Output.recommendation),
        versions.selectinload(OutputVersion.trials),
        versions.joinedload(OutputVersion.file),
        selectinload(Output.launches),
        selectinload(Output.uses),
    )


def of_table(person: Person, table: Workstream) -> Sequence[Output]:
    """List what a group makes, what is under way first; for a steering group, what of all groups it may see."""
    wanted = _with_all(select(Output).where(_may_see(person)))
    if table.kind == Kind.STEERING:
        of_here = select(Workstream.id).where(Workstream.programme_id == table.programme_id)
        wanted = wanted.where(Output.workstream_id.in_(of_here))
    else:
        wanted = wanted.where(Output.workstream_id == table.id)
    return db.session.scalars(wanted.order_by(Output.state.in_(OUT), Output.name, Output.id)).all()


def one_seen_by(person: Person, key: UUID) -> Output:
    """Find one, if this person may see it."""
    return db.session.scalars(_with_all(select(Output).where(Output.id == key, _may_see(person)))).one()


def version_seen_by(person: Person, key: UUID) -> OutputVersion:
    """Find one version, if this person may see what it is of."""
    of_it = select(OutputVersion.output_id).where(OutputVersion.id == key).scalar_subquery()
    output = db.session.scalars(_with_all(select(Output).where(Output.id == of_it, _may_see(person)))).one()
    return next(version for version in output.versions if version.id == key)


def use_seen_by(person: Person, key: UUID) -> Use:
    """Find one place where something is used, if this person may see what it is."""
    of_it = select(Use.output_id).where(Use.id == key).scalar_subquery()
    output = db.session.scalars(_with_all(select(Output).where(Output.id == of_it, _may_see(person)))).one()
    return next(use for use in output.uses if use.id == key)


def is_taken(stream: Workstream, name: str, *, but: Output | None = None) -> bool:
    """Answer whether something of this group has this name."""
    others = [Output.id != but.id] if but is not None else []
    same = exists().where(Output.workstream_id == stream.id, Output.name == name, *others)
    return bool(db.session.scalar(select(same)))


def asked_for_by(stream: Workstream) -> Sequence[Recommendation]:
    """List the recommendations of this group that it could come of."""
    wanted = select(Recommendation).where(Recommendation.workstream_id == stream.id)
    return db.session.scalars(wanted.order_by(Recommendation.number, Recommendation.id)).all()


def used_by_groups_of(person: Person) -> Sequence[Output]:
    """List what this person's groups made and is used somewhere now."""
    used = exists().where(Use.output_id == Output.id, Use.until.is_(None))
    wanted = _with_all(select(Output).where(Output.workstream_id.in_(_sat_at_by(person)), used))
    return db.session.scalars(wanted.order_by(Output.name, Output.id)).all()


@files.belongs_to
def _files_of_versions(person: Person, _: date) -> Select[UUID | None]:
    mine = select(Output.id).where(_may_see(person))
    return select(OutputVersion.file_id).where(OutputVersion.file_id.is_not(None), OutputVersion.output_id.in_(mine))
