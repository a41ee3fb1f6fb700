"""What was tried, measured and told, as far as it waits for somebody: a check, a second person, a yes."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select

from coprod.agreements.queries import run_by
from coprod.core.db import db
from coprod.outcomes.models import Indicator, Keeper, ProposalState, ProposedReading
from coprod.outcomes.queries import recommendation_is_seen_by
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.stories.queries import counted_to_check
from coprod.workstreams.models import Membership, MembershipState, Role


def to_look_at(person: Person) -> Sequence[Indicator]:
    """List the measures of which a reading waits for this person as the second one."""
    proposed = exists().where(
        ProposedReading.indicator_id == Indicator.id,
        ProposedReading.state == ProposalState.WAITING,
        ProposedReading.by_id != person.id,
    )
    chaired = select(Membership.workstream_id).where(
        Membership.person_id == person.id,
        Membership.role == Role.CHAIR,
        Membership.state == MembershipState.JOINED,
    )
    keeps = or_(
        Recommendation.workstream_id.in_(run_by(person)),
        Recommendation.steering_id.in_(chaired),
        exists().where(Keeper.recommendation_id == Recommendation.id, Keeper.person_id == person.id),
    )
    found = select(Indicator).join(Indicator.recommendation)
    found = found.where(proposed, keeps, recommendation_is_seen_by(person))
    return db.session.scalars(found.order_by(Indicator.name, Indicator.id)).all()


def stories_to_check(person: Person) -> Iterator[tuple[str, str, str, UUID]]:
    """Tell which stories of what changed wait for a check: the words, where, the page's name and its key."""
    for asked, waiting in counted_to_check(person):
        many = "One story" if waiting == 1 else f"{waiting} stories"
        where = f"{asked.workstream.name}. {asked.title}"
        yield f"{many} of what changed, to be checked", where, "stories.index", asked.id
