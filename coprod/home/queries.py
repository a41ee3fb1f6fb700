"""What needs somebody now, gathered for their first page in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coprod.core.db import db
from coprod.cycles import queries as cycles
from coprod.cycles.models import Cycle, Session
from coprod.home import rules
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, Round, State
from coprod.steering import queries as steering
from coprod.steering.queries import Log, OwedReply
from coprod.threads import queries as threads
from coprod.threads.rules import Story
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
class MemberView:
    """A member's first page: next time we meet, one question, what came of what we said."""

    invitations: Sequence[Membership]
    next_session: Session | None
    questions: Sequence[Poll]
    story: Story | None
    log: Log


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


def for_member(person: Person, now: datetime, today: date) -> MemberView:
    """Gather a member's first page."""
    stories = threads.answers_to(person)
    return MemberView(
        invitations=workstreams.invitations_of(person),
        next_session=cycles.next_session_for(person, today),
        questions=voting.open_to(person, now),
        story=next((story for story in stories if story.decision), None),
        log=steering.action_log(person, today, show="mine"),
    )


def for_facilitator(person: Person, today: date) -> FacilitatorView:
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
