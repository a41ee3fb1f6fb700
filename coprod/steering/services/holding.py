"""Holding what is about to be written: the table first, then its meeting, then what is decided there.

Whoever holds something of a table's meetings holds the table before. So two who come at the same moment go one after
the other, and neither waits for what the other holds.
"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from coprod.core.answers import Answer
from coprod.core.db import db, lock
from coprod.steering import queries, rules
from coprod.steering.models import Decision, ItemInterest, Meeting, MeetingItem, Presence
from coprod.workstreams.models import Membership, Workstream


def hold(meeting: Meeting) -> None:
    """Let nobody come, go or declare until this is written; look again at who is there and what is on the agenda."""
    lock(meeting.workstream)
    lock(meeting)
    found = select(Meeting).where(Meeting.id == meeting.id)
    found = found.options(
        joinedload(Meeting.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
        selectinload(Meeting.present).joinedload(Presence.membership),
        selectinload(Meeting.items).selectinload(MeetingItem.interests).joinedload(ItemInterest.membership),
    )
    db.session.scalars(found, execution_options={"populate_existing": True}).one()


def hold_decision(decision: Decision) -> None:
    """Let nobody else answer to this decision, or decide anew, until this is written."""
    lock(decision.meeting.workstream)
    lock(decision)
    lock(decision.recommendation)
    db.session.refresh(decision, ["contests", "reply"])


def is_last(decision: Decision) -> Answer:
    """Answer whether nothing newer was decided on the same; the caller holds the decision."""
    return rules.is_last(decision, queries.last_on(decision.recommendation))
