"""What paper is made of: open actions, questions being prepared, and who has had the agenda."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coprod.actions import queries as actions
from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.cycles.models import Cycle, Session
from coprod.cycles.rules.moves import TOLD
from coprod.messages.models import Message, MessageState
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.voting.models import Poll, PollState
from coprod.workstreams.models import Membership, MembershipState, Workstream
from coprod.workstreams.rules import voters


def open_actions(stream: Workstream) -> Sequence[Action]:
    """List what people of this group said they would do and have not done, first due first."""
    return actions.in_states(stream, ActionState.OPEN)


def questions(stream: Workstream) -> list[str]:
    """List the questions that are being prepared for a vote of this group and are not open yet."""
    drafted = select(Recommendation.said).where(
        Recommendation.workstream_id == stream.id,
        Recommendation.state.in_((State.DRAFTED, State.NEEDS_TALK)),
        Recommendation.said != "",
    )
    polls = select(Poll.question).where(Poll.workstream_id == stream.id, Poll.state == PollState.DRAFT)
    found = [
        *db.session.scalars(drafted.order_by(Recommendation.number, Recommendation.id)),
        *db.session.scalars(polls.order_by(Poll.question, Poll.id)),
    ]
    return list(dict.fromkeys(found))


def open_on_paper(stream: Workstream) -> Sequence[Poll]:
    """List the votes of this group that are open and on paper, with what can be picked, the soonest to close first."""
    found = select(Poll).where(Poll.workstream_id == stream.id, Poll.state == PollState.OPEN, Poll.on_paper)
    return db.session.scalars(found.options(selectinload(Poll.options)).order_by(Poll.closes_at, Poll.id)).all()


def without(purpose: str, session: Session) -> list[Person]:
    """List who sits at this table, does not run it, and has not been sent this for this session."""
    sent = select(Message.person_id).where(Message.purpose == purpose, Message.thing_id == session.id)
    had = set(db.session.scalars(sent.where(Message.state != MessageState.WITHDRAWN).order_by(Message.id)))
    return [m.person for m in voters(session.cycle.workstream) if m.person_id not in had]


def session_told_to(person: Person, key: UUID) -> Session | None:
    """Answer this session, if this person sits at its table and has been told of it."""
    sits = Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    tables = select(Membership.workstream_id).where(*sits)
    wanted = select(Session).join(Session.cycle).where(Session.id == key, Cycle.workstream_id.in_(tables))
    return db.session.scalars(wanted.where(Session.state.in_(TOLD))).one_or_none()
