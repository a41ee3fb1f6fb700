"""What needs somebody now, gathered for their first page in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coprod.administration import queries as administration
from coprod.contacts import queries as contacts
from coprod.core.db import db
from coprod.core.texts import can_text
from coprod.cycles import queries as cycles
from coprod.cycles.models import Cycle, Session
from coprod.handovers import queries as handovers
from coprod.handovers.models import Handover
from coprod.home import rules
from coprod.messages import queries as messages
from coprod.my_data import queries as my_data
from coprod.people.models import Person
from coprod.recommendations import queries as recommendations
from coprod.recommendations.models import Recommendation, Round, State
from coprod.retention import queries as retention
from coprod.safeguarding import queries as safeguarding
from coprod.safeguarding.models import Concern
from coprod.steering import queries as steering
from coprod.steering.models import Meeting
from coprod.steering.queries import Log, OwedReply
from coprod.threads import queries as threads
from coprod.threads.rules import Story, to_tell_first
from coprod.voting import queries as voting
from coprod.voting.models import Poll
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream

WEEK = timedelta(7)
UNFINISHED = frozenset({State.AGREED, State.NEEDS_TALK, State.NOT_AGREED, State.NO_RESULT})


@dataclass(frozen=True)
class OpenVote:
    """A vote that runs, as the person running it may see it: one word (B6)."""

    recommendation: Recommendation
    poll: Poll
    turnout: str


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: a place, a vote, a concern to receive, a group to take over."""

    invitations: Sequence[Membership]
    questions: Sequence[Poll]
    concerns: Sequence[Concern]
    handovers: Sequence[Handover]


@dataclass(frozen=True)
class Table:
    """The steering group's table, for somebody who sits at another one too: when it meets, and what it decides."""

    next_meeting: Meeting | None
    to_decide: Sequence[Recommendation]


@dataclass(frozen=True)
class MemberView:
    """A member's first page: next time we meet, what they said they would do, what came of what we said."""

    next_session: Session | None
    log: Log
    table: Table | None
    story: Story | None


@dataclass(frozen=True)
class FacilitatorView:
    """A facilitator's first page: what is next, what is stuck, what runs by itself."""

    next_session: Session | None
    this_week: Sequence[Session]
    cycle: Cycle | None
    stuck: Sequence[cycles.Stuck]
    votes: Sequence[OpenVote]
    unfinished: Sequence[Recommendation]
    owed: Sequence[OwedReply]
    log: Log
    to_ring: Sequence[Membership]
    tells_by_hand: bool


@dataclass(frozen=True)
class OfficeView:
    """What a programme admin is reminded of: a review, a run that did not finish, a question, a lost message."""

    review_is_due: bool
    runs_are_late: bool
    asks: int
    lost: Mapping[str, int]


def for_office(person: Person, today: date, now: datetime) -> OfficeView:
    """Gather what a programme admin is reminded of."""
    return OfficeView(
        review_is_due=administration.review_is_due(today),
        runs_are_late=retention.needs_a_look(person, now),
        asks=my_data.waiting_asks(person),
        lost=messages.given_up(),
    )


def waiting_for(person: Person, now: datetime) -> Waiting:
    """Gather what waits for one person's own word, whatever else they do here."""
    return Waiting(
        invitations=workstreams.invitations_of(person),
        questions=voting.open_to(person, now),
        concerns=safeguarding.waiting_for(person) if person.is_professional else (),
        handovers=handovers.offered_to(person) if person.is_professional else (),
    )


def for_member(person: Person, today: date) -> MemberView:
    """Gather a member's first page."""
    return MemberView(
        next_session=cycles.next_session_for(person, today),
        log=steering.action_log(person, today, show="mine"),
        table=_steering_table(person),
        story=to_tell_first(threads.answers_to(person)),
    )


def _steering_table(person: Person) -> Table | None:
    if not rules.is_on_steering(workstreams.memberships_of(person)):
        return None
    group = steering.steering_of(person)
    return Table(steering.next_meeting(group), recommendations.waiting_for(group))


def for_facilitator(person: Person, today: date, now: datetime) -> FacilitatorView:
    """Gather a facilitator's first page."""
    coming = cycles.next_session_for(person, today)
    asked = _asked_by_groups_run_by(person)
    return FacilitatorView(
        next_session=coming,
        this_week=cycles.sessions_between(person, today, today + WEEK),
        cycle=cycles.one_seen_by(person, coming.cycle_id) if coming else None,
        stuck=cycles.stuck(person, today),
        votes=_open_votes([one for one in asked if one.state == State.VOTING]),
        unfinished=[one for one in asked if one.state in UNFINISHED],
        owed=steering.owed_to_groups_of(person, today),
        log=steering.action_log(person, today),
        to_ring=workstreams.to_ring(person),
        tells_by_hand=contacts.has_to_tell_somebody(person, now, can_text()),
    )


def _asked_by_groups_run_by(person: Person) -> Sequence[Recommendation]:
    run = [seat.workstream_id for seat in workstreams.memberships_of(person) if seat.role == Role.FACILITATOR]
    found = select(Recommendation).where(
        Recommendation.workstream_id.in_(run), Recommendation.state.in_({State.VOTING, *UNFINISHED})
    )
    rounds = selectinload(Recommendation.rounds).joinedload(Round.poll).joinedload(Poll.result)
    loaded = found.options(joinedload(Recommendation.workstream), rounds)
    return db.session.scalars(loaded.order_by(Recommendation.number, Recommendation.id)).all()


def _open_votes(asked: Sequence[Recommendation]) -> list[OpenVote]:
    polls = {one.id: one.rounds[-1].poll for one in asked}
    words = voting.turnout_words(list(polls.values()))
    return [OpenVote(one, polls[one.id], words[polls[one.id].id]) for one in asked]


def what_they_do() -> dict[UUID, str]:
    """Say what everybody does at their tables, for choosing whom to try the demonstration as."""
    held = select(Membership).join(Membership.workstream).where(Membership.state == MembershipState.JOINED)
    loaded = held.options(contains_eager(Membership.workstream))
    done: dict[UUID, list[str]] = {}
    for seat in db.session.scalars(loaded.order_by(Workstream.kind.desc(), Workstream.name, Membership.id)):
        done.setdefault(seat.person_id, []).append(rules.doing(seat))
    return {key: "; ".join(words) for key, words in done.items()}
