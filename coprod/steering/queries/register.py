"""Reading the register of decisions."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from coprod.actions.models import Action
from coprod.actions.queries import Source, comes_from
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, Meeting, Verdict, decision_action
from coprod.steering.queries.meetings import tables_of
from coprod.workstreams.models import Workstream

PUT_OFF = {State.DEFERRED, State.REPLIED}


def decisions_where(*where: ColumnElement[bool]) -> Select[Decision]:
    """Begin to find decisions, with all that a page says about them."""
    return (
        select(Decision)
        .where(*where)
        .options(
            joinedload(Decision.recommendation).joinedload(Recommendation.workstream),
            joinedload(Decision.meeting).joinedload(Meeting.workstream).selectinload(Workstream.memberships),
            joinedload(Decision.recorded_by),
            joinedload(Decision.corrects),
            joinedload(Decision.reply),
            selectinload(Decision.actions).joinedload(Action.owner),
        )
    )


def visible_to(person: Person) -> ColumnElement[bool]:
    """Say which decisions somebody may read: those their table asked for, and those it took."""
    tables = tables_of(person)
    asked = Decision.recommendation.has(Recommendation.workstream_id.in_(tables))
    return asked | Decision.meeting.has(Meeting.workstream_id.in_(tables))


def decisions_seen_by(person: Person, words: str = "", verdict: Verdict | None = None) -> Sequence[Decision]:
    """List the register, the newest first: all of it for the steering group, a group's own answers for its people."""
    found = decisions_where(visible_to(person)).join(Decision.recommendation)
    if words:
        said = (Recommendation.title, Decision.reason, Decision.changes, Decision.question, Decision.would_change)
        found = found.where(func.concat(*_apart(said)).icontains(words, autoescape=True))
    if verdict:
        found = found.where(Decision.verdict == verdict)
    return db.session.scalars(found.order_by(Decision.number.desc())).all()


def _apart(columns: Iterable[InstrumentedAttribute[str]]) -> list[InstrumentedAttribute[str] | str]:
    return [part for column in columns for part in (column, "\n")]


def decision_seen_by(person: Person, key: UUID) -> Decision:
    """Find one decision, if this person's table asked for it or took it."""
    return db.session.scalars(decisions_where(visible_to(person), Decision.id == key)).one()


def decisions_of(recommendation: Recommendation) -> Sequence[Decision]:
    """List every decision on one recommendation, the first one first; the caller may see the recommendation."""
    return decisions_on([recommendation.id])


def decisions_on(recommendations: Sequence[UUID]) -> Sequence[Decision]:
    """List every decision on several recommendations the reader may see, the first one first."""
    found = decisions_where(Decision.recommendation_id.in_(recommendations))
    return db.session.scalars(found.order_by(Decision.number)).all()


def corrected_by(decision: Decision) -> Decision | None:
    """Find the later decision that stands in this one's place."""
    return db.session.scalars(decisions_where(Decision.corrects_id == decision.id)).one_or_none()


def decisions_at(meeting: Meeting) -> Sequence[Decision]:
    """List what one meeting decided, in its order."""
    return db.session.scalars(decisions_where(Decision.meeting_id == meeting.id).order_by(Decision.number)).all()


def put_off_until(steering: Workstream, last: date) -> Sequence[Decision]:
    """List what the group said “not now” to and looks at again by this day, the first one first (domain rule 24)."""
    newest = select(func.max(Decision.number)).group_by(Decision.recommendation_id)
    found = decisions_where(
        Decision.number.in_(newest),
        Decision.verdict == Verdict.DEFER,
        Decision.until <= last,
        Decision.recommendation.has(Recommendation.state.in_(PUT_OFF)),
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    return db.session.scalars(found.order_by(Decision.until, Decision.number)).all()


@comes_from
def led_to(person: Person, actions: Sequence[UUID]) -> dict[UUID, Source]:
    """Tell which decision led to each of these actions, where this person may read it."""
    found = (
        select(decision_action.c.action_id, Decision.id, Decision.number)
        .join(Decision, Decision.id == decision_action.c.decision_id)
        .where(decision_action.c.action_id.in_(actions), visible_to(person))
    )
    rows = db.session.execute(found.order_by(Decision.number))
    return {action: Source(f"Decision {number}", "steering.decision", key) for action, key, number in rows}
