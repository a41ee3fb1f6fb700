"""Reading the replies a steering group owes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coprod.actions.rules import Status
from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.queries import bank_holidays
from coprod.recommendations.models import Recommendation
from coprod.steering import rules
from coprod.steering.models import Decision, Meeting
from coprod.steering.queries.meetings import tables_of
from coprod.steering.queries.register import decisions_where, is_newest
from coprod.workstreams.models import Workstream

LONGEST_HOLIDAY = timedelta(30)


@dataclass(frozen=True)
class OwedReply:
    """A decision whose group has not been told yet, by when it should be, and how that stands today."""

    decision: Decision
    due: date
    status: Status


def owed_replies(steering: Workstream, today: date) -> list[OwedReply]:
    """List the decisions whose group has not been told yet, the first due first.

    Only the newest decision on a recommendation owes what it owes: where the group contested it, or it was put off,
    and it was decided anew, that one is told, and the earlier one no more.
    """
    found = decisions_where(
        ~Decision.reply.has(),
        is_newest(),
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    decisions = db.session.scalars(found.order_by(Decision.on, Decision.number)).all()
    known = holidays_after([decision.on for decision in decisions])
    return [_owed(decision, known, today) for decision in decisions]


def owed_to_groups_of(person: Person, today: date) -> list[OwedReply]:
    """List the decisions on what this person's groups asked for of which the groups have not been told yet."""
    asked = Decision.recommendation.has(Recommendation.workstream_id.in_(tables_of(person)))
    found = decisions_where(~Decision.reply.has(), is_newest(), asked)
    decisions = db.session.scalars(found.order_by(Decision.on, Decision.number)).all()
    known = holidays_after([decision.on for decision in decisions])
    return [_owed(decision, known, today) for decision in decisions]


def _owed(decision: Decision, holidays: list[Holiday], today: date) -> OwedReply:
    due = rules.reply_due(decision.on, holidays)
    return OwedReply(decision, due, rules.reply_status(due, today))


def holidays_after(days: Sequence[date]) -> list[Holiday]:
    """List the bank holidays that could matter to a reply to a decision of one of these days."""
    return bank_holidays(min(days), max(days) + LONGEST_HOLIDAY) if days else []


def reply_due(decision: Decision) -> date:
    """Answer by when the group has to hear of one decision."""
    return rules.reply_due(decision.on, holidays_after([decision.on]))
