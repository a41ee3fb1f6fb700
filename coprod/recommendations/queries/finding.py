"""Reading recommendations: its own table always, the steering group once it was sent there."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from coprod.core.db import db
from coprod.evidence.models import Evidence
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.recommendations.models import (
    Comment,
    Declaration,
    EvidenceLink,
    OpenQuestion,
    Recommendation,
    Round,
    State,
    Suggestion,
    Version,
)
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState, Workstream


def _tables_of(person: Person) -> Select[UUID]:
    return select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )


def _visible_to(person: Person) -> Select[Recommendation]:
    tables = _tables_of(person)
    sent = Recommendation.submitted_on.is_not(None)
    return select(Recommendation).where(
        or_(Recommendation.workstream_id.in_(tables), Recommendation.steering_id.in_(tables) & sent)
    )


def sent_to(person: Person) -> Select[UUID]:
    """Select the keys of what was sent to this person's steering groups."""
    sent = Recommendation.steering_id.in_(_tables_of(person)), Recommendation.submitted_on.is_not(None)
    return select(Recommendation.id).where(*sent)


def seen_by(person: Person) -> Sequence[Recommendation]:
    """List what this person's tables have recommended or been sent, by number."""
    found = _visible_to(person).options(joinedload(Recommendation.workstream))
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()


def titles_sent(person: Person) -> dict[UUID, str]:
    """Answer the titles under which other tables sent theirs to this person's steering groups, by key."""
    title = select(Recommendation.id, Version.words["title"].as_string()).join(Version.recommendation)
    by_its_day = Recommendation.sent_version.is_(None) & (Version.on <= Recommendation.submitted_on)
    found = title.where(
        Recommendation.id.in_(sent_to(person)),
        Recommendation.workstream_id.not_in(_tables_of(person)),
        or_(Version.number == Recommendation.sent_version, by_its_day),
    )
    return dict(db.session.execute(found.order_by(Version.number)).all())


def of_group(person: Person, stream: Workstream) -> Sequence[Recommendation]:
    """List what one of this person's own groups asks for, by number."""
    found = select(Recommendation).where(
        Recommendation.workstream_id == stream.id, Recommendation.workstream_id.in_(_tables_of(person))
    )
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()


def one_seen_by(person: Person, key: UUID) -> Recommendation:
    """Find one, with everything its pages show, if this person may see it."""
    return _one(_visible_to(person).where(Recommendation.id == key))


def several_seen_by(person: Person, keys: Sequence[UUID]) -> Sequence[Recommendation]:
    """List some of what this person may see, by number, with everything a paper about each of them tells."""
    found = _visible_to(person).where(Recommendation.id.in_(keys)).options(*_everything())
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()


def one_seen_at_its_table(person: Person, key: UUID) -> Recommendation:
    """Find one of this person's own tables: what the group is still working out is for nobody else."""
    return _one(
        select(Recommendation).where(Recommendation.workstream_id.in_(_tables_of(person)), Recommendation.id == key)
    )


def _one(found: Select[Recommendation]) -> Recommendation:
    return db.session.scalars(found.options(*_everything())).one()


def _everything() -> list[ORMOption]:
    return [
        joinedload(Recommendation.workstream).selectinload(Workstream.memberships),
        joinedload(Recommendation.steering).selectinload(Workstream.memberships),
        selectinload(Recommendation.priorities).selectinload(Priority.principles),
        selectinload(Recommendation.versions).joinedload(Version.by),
        selectinload(Recommendation.suggestions).joinedload(Suggestion.person),
        selectinload(Recommendation.comments).joinedload(Comment.person),
        selectinload(Recommendation.rounds).joinedload(Round.poll).joinedload(Poll.result),
        selectinload(Recommendation.rounds).joinedload(Round.poll).selectinload(Poll.worries),
        with_evidence(),
        selectinload(Recommendation.questions).joinedload(OpenQuestion.person),
        selectinload(Recommendation.declarations).joinedload(Declaration.person),
    ]


def with_evidence() -> ORMOption:
    """Load what was linked, and whether a testimony still stands."""
    linked = selectinload(Recommendation.evidence).joinedload(EvidenceLink.evidence)
    return linked.options(joinedload(Evidence.testimony), joinedload(Evidence.workstream))


def waiting_for(steering: Workstream) -> Sequence[Recommendation]:
    """List what was sent to this steering group and is not decided yet, by number."""
    found = select(Recommendation).where(
        Recommendation.steering_id == steering.id, Recommendation.state == State.SUBMITTED
    )
    found = found.options(
        joinedload(Recommendation.workstream),
        selectinload(Recommendation.rounds).joinedload(Round.poll).joinedload(Poll.result),
    )
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()
