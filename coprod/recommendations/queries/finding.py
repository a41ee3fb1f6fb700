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
from coprod.recommendations.models import Declaration, EvidenceLink, OpenQuestion, Recommendation, Round, State
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState, Workstream


def _visible_to(person: Person) -> Select[Recommendation]:
    tables = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )
    sent = Recommendation.submitted_on.is_not(None)
    return select(Recommendation).where(
        or_(Recommendation.workstream_id.in_(tables), Recommendation.steering_id.in_(tables) & sent)
    )


def seen_by(person: Person) -> Sequence[Recommendation]:
    """List what this person's tables have recommended or been sent, by number."""
    found = _visible_to(person).options(joinedload(Recommendation.workstream))
    return db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()


def one_seen_by(person: Person, key: UUID) -> Recommendation:
    """Find one, with everything its pages show, if this person may see it."""
    found = _visible_to(person).where(Recommendation.id == key)
    return db.session.scalars(
        found.options(
            joinedload(Recommendation.workstream).selectinload(Workstream.memberships),
            joinedload(Recommendation.steering).selectinload(Workstream.memberships),
            selectinload(Recommendation.priorities).selectinload(Priority.principles),
            selectinload(Recommendation.versions),
            selectinload(Recommendation.rounds).joinedload(Round.poll).joinedload(Poll.result),
            selectinload(Recommendation.rounds).joinedload(Round.poll).selectinload(Poll.worries),
            with_evidence(),
            selectinload(Recommendation.questions).joinedload(OpenQuestion.person),
            selectinload(Recommendation.declarations).joinedload(Declaration.person),
        )
    ).one()


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
