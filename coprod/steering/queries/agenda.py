"""Reading what waits for a meeting, and what its agenda says."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.actions.models import Action, ActionState
from coprod.actions.rules import Status
from coprod.core import words
from coprod.core.db import db
from coprod.recommendations.models import Recommendation, State
from coprod.recommendations.rules import wants_a_presenter
from coprod.steering import rules
from coprod.steering.models import (
    Contest,
    ContestState,
    Decision,
    DecisionState,
    ItemKind,
    ItemState,
    Meeting,
    MeetingItem,
    MeetingState,
    MinutesState,
    Verdict,
)
from coprod.steering.queries.register import decisions_on, decisions_where, is_newest, put_off_until
from coprod.steering.queries.replies import owed_replies
from coprod.steering.rules import Waits
from coprod.workstreams.models import Workstream


def waits_for(meeting: Meeting, today: date) -> list[Waits]:
    """List what waits for a meeting: all of it for the next one, for a later one what falls in its own time."""
    earlier = _before(meeting, today)
    horizon = rules.end_of_month(meeting.on)
    if earlier:
        return _dated(meeting, horizon, since=earlier[-1].on)
    return [*_minutes(meeting), *_asked(meeting.workstream), *_dated(meeting, horizon), *_late(meeting, today)]


def _before(meeting: Meeting, today: date) -> Sequence[Meeting]:
    found = select(Meeting).where(
        Meeting.workstream_id == meeting.workstream_id,
        Meeting.id != meeting.id,
        or_(
            Meeting.state == MeetingState.OPEN,
            (Meeting.state == MeetingState.PLANNED) & (Meeting.on >= today) & (Meeting.on < meeting.on),
        ),
    )
    open_already = meeting.state == MeetingState.OPEN
    return [] if open_already else db.session.scalars(found.order_by(Meeting.on, Meeting.id)).all()


def is_next(meeting: Meeting, today: date) -> bool:
    """Answer whether this is the meeting that takes up what waits: the one going on, or the first to come."""
    return not _before(meeting, today)


def _minutes(meeting: Meeting) -> list[Waits]:
    return [Waits(ItemKind.MINUTES, held.id, f"Minutes of {words.long_date(held.on)}") for held in unapproved(meeting)]


def unapproved(meeting: Meeting) -> Sequence[Meeting]:
    """List the meetings whose minutes this one is asked to approve; one held before there were minutes has none."""
    found = select(Meeting).where(
        Meeting.workstream_id == meeting.workstream_id,
        Meeting.id != meeting.id,
        Meeting.closed_on.is_not(None),
        Meeting.minutes_state == MinutesState.DRAFT,
    )
    return db.session.scalars(found.order_by(Meeting.on, Meeting.id)).all()


def _asked(steering: Workstream) -> list[Waits]:
    found = select(Recommendation).where(
        Recommendation.steering_id == steering.id, Recommendation.state.in_({State.SUBMITTED, State.CONTESTED})
    )
    asked = db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()
    last = {decision.recommendation_id: decision for decision in decisions_on([one.id for one in asked])}
    contests = contests_of([decision.id for decision in last.values()])
    return [_ask(one, last.get(one.id), contests) for one in asked]


def _ask(asked: Recommendation, last: Decision | None, contests: dict[UUID, Contest]) -> Waits:
    contest = contests.get(last.id) if last else None
    if contest:
        return Waits(ItemKind.CONTESTED, asked.id, asked.title, contest.speaker, asked.id)
    put_off = last is not None and last.verdict == Verdict.DEFER
    kind = ItemKind.PUT_OFF if put_off else ItemKind.RECOMMENDATION
    return Waits(kind, asked.id, asked.title, "" if wants_a_presenter(asked) else asked.presenter, asked.id)


def contests_of(decisions: Sequence[UUID]) -> dict[UUID, Contest]:
    """Answer the contests a group has sent, by the decision they are about."""
    found = select(Contest).where(Contest.decision_id.in_(decisions), Contest.state == ContestState.SENT)
    return {contest.decision_id: contest for contest in db.session.scalars(found.order_by(Contest.on, Contest.id))}


def contests_at(meeting: Meeting) -> dict[UUID, Contest]:
    """Answer what the groups say who contest something on this agenda, by what they asked for."""
    asked = [item.recommendation_id for item in meeting.items if item.kind == ItemKind.CONTESTED]
    found = (
        select(Contest)
        .join(Contest.decision)
        .where(Decision.recommendation_id.in_(asked), Contest.state == ContestState.SENT)
        .options(joinedload(Contest.decision))
    )
    contests = db.session.scalars(found.order_by(Contest.on, Contest.id)).all()
    return {contest.decision.recommendation_id: contest for contest in contests}


def _dated(meeting: Meeting, horizon: date, since: date | None = None) -> list[Waits]:
    first = rules.end_of_month(since) if since else date.min
    put_off = [
        Waits(ItemKind.PUT_OFF, one.recommendation_id, one.recommendation.title, "", one.recommendation_id)
        for one in put_off_until(meeting.workstream, horizon)
        if one.until and one.until > first and one.meeting_id != meeting.id
    ]
    return [*put_off, *_reviews(meeting, since or date.min)]


def _reviews(meeting: Meeting, since: date) -> list[Waits]:
    return [
        Waits(ItemKind.REVIEW, one.id, _called(one), "", one.recommendation_id)
        for one in to_review(meeting.workstream, meeting.on)
        if one.review_on and one.review_on > since
    ]


def _called(decision: Decision) -> str:
    return f"Decision {decision.number}: {decision.recommendation.title}"


def to_review(steering: Workstream, last: date) -> Sequence[Decision]:
    """List the decisions that are looked at again by this day, the first one first; one decided anew is not."""
    found = decisions_where(
        is_newest(),
        Decision.state == DecisionState.RECORDED,
        Decision.review_on <= last,
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    return db.session.scalars(found.order_by(Decision.review_on, Decision.number)).all()


def _late(meeting: Meeting, today: date) -> list[Waits]:
    return [
        Waits(
            ItemKind.OVERDUE_REPLY,
            owed.decision.id,
            f"Answer owed: {owed.decision.recommendation.title}",
            "",
            owed.decision.recommendation_id,
        )
        for owed in owed_replies(meeting.workstream, today)
        if owed.status == Status.LATE
    ]


def carried_to(meeting: Meeting) -> list[Waits]:
    """List what the meeting before carried over that nothing but its title is known of."""
    found = (
        select(Meeting)
        .where(
            Meeting.workstream_id == meeting.workstream_id,
            Meeting.state == MeetingState.CLOSED,
            Meeting.on <= meeting.on,
        )
        .options(selectinload(Meeting.items))
    )
    last = db.session.scalars(found.order_by(Meeting.on.desc(), Meeting.id).limit(1)).one_or_none()
    items = last.items if last and last.id != meeting.id else []
    return [
        Waits(ItemKind.OTHER, None, item.title, item.speaker)
        for item in items
        if item.kind == ItemKind.OTHER and item.state == ItemState.CARRIED_OVER
    ]


def planned_meetings(steering: Workstream, today: date) -> Sequence[Meeting]:
    """List the meetings to come, the first one first."""
    found = select(Meeting).where(
        Meeting.workstream_id == steering.id, Meeting.state == MeetingState.PLANNED, Meeting.on >= today
    )
    return db.session.scalars(found.order_by(Meeting.on, Meeting.id)).all()


def steering_groups_that_meet(today: date) -> Sequence[Workstream]:
    """List the tables with a meeting to come."""
    met = select(Meeting.workstream_id).where(Meeting.state == MeetingState.PLANNED, Meeting.on >= today)
    return db.session.scalars(select(Workstream).where(Workstream.id.in_(met)).order_by(Workstream.id)).all()


def minutes_for(item: MeetingItem) -> Meeting | None:
    """Find the meeting whose minutes an item takes up."""
    return db.session.get(Meeting, item.thing_id) if item.kind == ItemKind.MINUTES else None


def open_items_about(steering: Workstream, kind: ItemKind, thing: UUID) -> Sequence[MeetingItem]:
    """List the items about one thing that wait in a meeting going on now."""
    found = (
        select(MeetingItem)
        .join(MeetingItem.meeting)
        .where(
            Meeting.workstream_id == steering.id,
            Meeting.state == MeetingState.OPEN,
            MeetingItem.kind == kind,
            MeetingItem.thing_id == thing,
            MeetingItem.state == ItemState.WAITING,
        )
        .options(joinedload(MeetingItem.meeting))
    )
    return db.session.scalars(found.order_by(MeetingItem.id)).all()


def late_actions(steering: Workstream, today: date) -> Sequence[Action]:
    """List what somebody at this table promised and is late with, the oldest promise first."""
    found = select(Action).where(
        Action.workstream_id == steering.id, Action.state == ActionState.OPEN, Action.due < today
    )
    return db.session.scalars(found.options(joinedload(Action.owner)).order_by(Action.due, Action.number)).all()
