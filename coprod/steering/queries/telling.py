"""Who is to be told today: the chair of what is owed or to be looked at again, the group of an answer."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from coprod.actions.queries import WRITTEN, days_off, last_told, leads_of
from coprod.actions.rules import CATCH_UP
from coprod.core.db import db
from coprod.messages.models import MessageState
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering import rules
from coprod.steering.models import Contest, ContestState, Decision, DecisionState, GroupQuestion, Meeting, Reply
from coprod.steering.queries.register import is_newest
from coprod.workstreams.models import Membership, MembershipState, Workstream

REPLY, REPLY_OWED, REVIEW_DUE = "reply", "reply owed", "review due"
GROUP_SAYS, TO_SECOND = "group says", "contest to second"


def authors_of(recommendation: Recommendation) -> Sequence[UUID]:
    """List by their keys the people in the group that asked."""
    here = Membership.workstream_id == recommendation.workstream_id, Membership.state == MembershipState.JOINED
    found = select(Membership.person_id).join(Membership.person).where(*here, Person.active)
    return db.session.scalars(found.order_by(Membership.person_id)).all()


def is_still_answered(person: Person, key: UUID) -> bool:
    """Answer whether this decision or question is answered, its decision stands, and this person is in the group."""
    sits = exists().where(
        Membership.person_id == person.id,
        Membership.workstream_id == Recommendation.workstream_id,
        Membership.state == MembershipState.JOINED,
    )
    told = (Decision.id == key) & exists().where(Reply.decision_id == Decision.id)
    question = GroupQuestion.id == key, GroupQuestion.decision_id == Decision.id, GroupQuestion.answer != ""
    answered = told | exists().where(*question)
    found = select(Decision.id).join(Decision.recommendation).where(answered, sits)
    found = found.where(Decision.state != DecisionState.REVERSED)
    return db.session.scalar(found) is not None


def is_still_to_second(person: Person, key: UUID) -> bool:
    """Answer whether this contest still waits for a second person, and this could be the one."""
    raised = Contest.id == key, Contest.state == ContestState.RAISED, Contest.raised_by_id.is_distinct_from(person.id)
    decision = db.session.scalar(select(Contest.decision_id).where(*raised))
    return decision is not None and is_still_answered(person, decision)


def to_tell_of_replies(today: date, known: Collection[MessageState] = frozenset(WRITTEN)) -> list[UUID]:
    """List by their keys who is to hear today that a reply is owed and was not told since its last day."""
    owed = select(Meeting.workstream_id, Decision.on).join(Decision.meeting)
    found = owed.where(is_newest(), ~Decision.reply.has())
    rows = db.session.execute(found.distinct().order_by(Meeting.workstream_id, Decision.on)).all()
    holidays = days_off(min((row.on for row in rows), default=today), today)
    days = ((table, rules.owed_day(rules.reply_due(on, holidays), today, holidays)) for table, on in rows)
    return _not_told(days, REPLY_OWED, known)


def to_tell_of_reviews(today: date, known: Collection[MessageState] = frozenset(WRITTEN)) -> list[UUID]:
    """List by their keys who is to hear today that a decision is to be looked at again and was not told since."""
    due = select(Meeting.workstream_id, Decision.review_on).join(Decision.meeting)
    lately = Decision.review_on.between(today - 2 * CATCH_UP, today)
    found = due.where(is_newest(), Decision.state == DecisionState.RECORDED, lately)
    rows = db.session.execute(found.distinct().order_by(Meeting.workstream_id, Decision.review_on)).all()
    holidays = days_off(today - CATCH_UP, today)
    days = ((table, rules.review_day(on, today, holidays) if on else None) for table, on in rows)
    return _not_told(days, REVIEW_DUE, known)


def _not_told(days: Iterable[tuple[UUID, date | None]], purpose: str, known: Collection[MessageState]) -> list[UUID]:
    last: dict[UUID, date] = {}
    for table, day in days:
        if day:
            last[table] = max(day, last.get(table, day))
    told = last_told([purpose], known)
    due = {one.person_id for one in leads_of(last) if last[one.workstream_id] > told.get(one.person_id, date.min)}
    return sorted(due)


def leads_at(steering: Workstream) -> list[UUID]:
    """List by their keys who leads a table: its chair, or else its facilitators."""
    return [held.person_id for held in leads_of([steering.id])]


def waits_for_lead(person: Person, key: UUID) -> bool:
    """Answer whether this question or contest of a group still waits, and this person leads the table it waits at."""
    asks = exists().where(GroupQuestion.id == key, GroupQuestion.decision_id == Decision.id, GroupQuestion.answer == "")
    again = exists().where(Contest.id == key, Contest.decision_id == Decision.id, Contest.state == ContestState.SENT)
    contested = again & Decision.recommendation.has(Recommendation.state == State.CONTESTED)
    tables = db.session.scalars(select(Meeting.workstream_id).join(Decision).where(asks | contested)).all()
    return any(held.person_id == person.id for held in leads_of(tables))
