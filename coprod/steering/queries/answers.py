"""Reading what a group has said to an answer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Contest, Decision, GroupAccepts, GroupQuestion, Meeting
from coprod.steering.queries.register import decisions_where, visible_to
from coprod.workstreams.models import Membership, Workstream


def answered_seen_by(person: Person, key: UUID) -> Decision:
    """Find one decision with what the group said to it, if this person's table asked for it or took it."""
    people = joinedload(Decision.recommendation).joinedload(Recommendation.workstream)
    found = decisions_where(visible_to(person), Decision.id == key).options(
        people.selectinload(Workstream.memberships).joinedload(Membership.person),
        selectinload(Decision.contests),
        selectinload(Decision.questions),
    )
    return db.session.scalars(found).one()


def contest_seen_by(person: Person, key: UUID, contest_key: UUID) -> Contest:
    """Find one contest of a decision this person may see."""
    decision = answered_seen_by(person, key)
    found = select(Contest).where(Contest.id == contest_key, Contest.decision_id == decision.id)
    return db.session.scalars(found).one()


def question_seen_by(person: Person, key: UUID, question_key: UUID) -> GroupQuestion:
    """Find one question about a decision this person may see."""
    decision = answered_seen_by(person, key)
    found = select(GroupQuestion).where(GroupQuestion.id == question_key, GroupQuestion.decision_id == decision.id)
    return db.session.scalars(found).one()


def acceptance_of(decision: Decision) -> GroupAccepts | None:
    """Find when the group said that it is content with a decision, if it did."""
    return db.session.scalars(select(GroupAccepts).where(GroupAccepts.decision_id == decision.id)).one_or_none()


def last_on(recommendation: Recommendation) -> Decision:
    """Find the decision on a recommendation that was taken last."""
    found = select(Decision).where(Decision.recommendation_id == recommendation.id)
    return db.session.scalars(found.order_by(Decision.number.desc()).limit(1)).one()


def questions_to(steering: Workstream) -> Sequence[GroupQuestion]:
    """List what groups asked this table about its decisions and have no answer to, the first one first."""
    at = Decision.meeting.has(Meeting.workstream_id == steering.id)
    found = select(GroupQuestion).join(GroupQuestion.decision).where(GroupQuestion.answer == "", at)
    shown = found.options(joinedload(GroupQuestion.decision).joinedload(Decision.recommendation))
    return db.session.scalars(shown.order_by(GroupQuestion.on, Decision.number, GroupQuestion.number)).all()
