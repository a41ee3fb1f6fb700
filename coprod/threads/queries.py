"""Gathering whole threads, in a fixed number of statements however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coprod.actions.models import Action
from coprod.core.db import db
from coprod.cycles.models import Cycle, Session
from coprod.outcomes.queries import indicators_on
from coprod.people.models import Person
from coprod.pilots.queries import pilots_on
from coprod.programmes.queries import programme_here
from coprod.recommendations.models import Recommendation, Round
from coprod.recommendations.queries import one_seen_by, with_evidence
from coprod.steering.models import Contest, ContestState
from coprod.steering.queries import decisions_on, holidays_after
from coprod.supporters.models import Share
from coprod.supporters.queries import tells
from coprod.threads.rules import Bead, Story, beads, latest_news
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState
from coprod.workstreams.queries import memberships_of

Thing = TypeVar("Thing")


def story_seen_by(person: Person, key: UUID) -> Story:
    """Gather the thread of one recommendation this person may see."""
    return stories_of([one_seen_by(person, key)])[0]


def answers_to(person: Person) -> list[Story]:
    """Gather the threads of what this person's own groups sent to the steering group, the latest news first."""
    tables = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )
    sent = select(Recommendation).where(
        Recommendation.workstream_id.in_(tables), Recommendation.submitted_on.is_not(None)
    )
    options = (
        joinedload(Recommendation.workstream),
        selectinload(Recommendation.priorities),
        selectinload(Recommendation.versions),
        with_evidence(),
        selectinload(Recommendation.rounds).joinedload(Round.poll).joinedload(Poll.result),
    )
    ordered = sent.order_by(Recommendation.submitted_on.desc(), Recommendation.number, Recommendation.id)
    found = stories_of(db.session.scalars(ordered.options(*options)).all())
    return sorted(found, key=latest_news, reverse=True)


@tells(Share.ANSWERS)
def came_of_it(member: Person) -> list[tuple[str, list[Bead]]]:
    """Tell who helps this member what came of what her groups said, once she has shared it (journey 23)."""
    return [(story.recommendation.title, beads(story)) for story in answers_to(member)]


def made_by_groups_of(person: Person) -> list[str]:
    """List what is out in the world: what the programme and this person's groups made, as the public record says it."""
    programme = programme_here()
    streams = [seat.workstream for seat in memberships_of(person)]
    return [made for record in (programme, *streams) if record for made in record.outputs]


def to_second(stories: Sequence[Story]) -> set[UUID]:
    """Answer the decisions that somebody of the group wants to be looked at again, and waits for a second person."""
    keys = [story.decision.id for story in stories if story.decision]
    raised = select(Contest.decision_id).where(Contest.decision_id.in_(keys), Contest.state == ContestState.RAISED)
    return set(db.session.scalars(raised.order_by(Contest.id)))


def stories_of(asked: Sequence[Recommendation]) -> list[Story]:
    """Gather what stands on the threads of these recommendations, which the caller has found through its own eyes."""
    keys = [one.id for one in asked]
    decisions = _by(decisions_on(keys), "recommendation_id")
    actions = _by(_actions_of(keys), "recommendation_id")
    pilots = {pilot.recommendation_id: pilot for pilot in pilots_on(keys)}
    indicators = _by(indicators_on(keys), "recommendation_id")
    cycles = _by(_cycles_of({one.workstream_id for one in asked}), "workstream_id")
    holidays = holidays_after([decision.on for group in decisions.values() for decision in group])
    return [
        Story(
            one,
            _cycle_of(one, cycles[one.workstream_id]),
            decisions[one.id],
            actions[one.id],
            pilots.get(one.id),
            indicators[one.id],
            holidays,
        )
        for one in asked
    ]


def _by(things: Sequence[Thing], name: str) -> dict[Any, list[Thing]]:
    grouped: dict[Any, list[Thing]] = defaultdict(list)
    for thing in things:
        grouped[getattr(thing, name)].append(thing)
    return grouped


def _actions_of(keys: Sequence[UUID]) -> Sequence[Action]:
    found = select(Action).where(Action.recommendation_id.in_(keys)).options(joinedload(Action.owner))
    return db.session.scalars(found.order_by(Action.due, Action.id)).all()


def _cycles_of(workstreams: set[UUID]) -> Sequence[Cycle]:
    found = select(Cycle).where(Cycle.workstream_id.in_(workstreams))
    loaded = found.options(selectinload(Cycle.sessions).joinedload(Session.phase), selectinload(Cycle.skipped))
    return db.session.scalars(loaded.order_by(Cycle.starts_on, Cycle.id)).all()


def _cycle_of(asked: Recommendation, cycles: Sequence[Cycle]) -> Cycle | None:
    """Answer the ten weeks it grew in: the last that had begun when it was first written down, or else the first."""
    begun = [cycle for cycle in cycles if cycle.starts_on <= asked.versions[-1].on]
    return begun[-1] if begun else next(iter(cycles), None)
