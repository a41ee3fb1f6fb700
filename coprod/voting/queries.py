"""Reading votes: never who has answered, never how (B6, B7)."""

from collections.abc import Collection, Container, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from coprod.core.db import db
from coprod.people.models import Person, Side
from coprod.principles.queries import tells_of_choices
from coprod.principles.rules import ChosenIn
from coprod.programmes.models import Programme
from coprod.voting import rules
from coprod.voting.models import (
    Envelope,
    Kind,
    PaperCount,
    Poll,
    PollOption,
    PollState,
    ResultLine,
    RollEntry,
    SealedWorry,
    Standing,
    Worry,
    WorryState,
)
from coprod.workstreams.models import Membership, MembershipState, Workstream

COUNTED = (PollState.COUNTED, PollState.ASKED)
WAITING = (PollState.OPEN, PollState.CLOSED)


def _on_roll(person: Person) -> Select[Poll]:
    return select(Poll).join(RollEntry).where(RollEntry.person_id == person.id)


def open_to(person: Person, now: datetime) -> Sequence[Poll]:
    """List the votes this person may answer on a screen now, the soonest to close first."""
    running = Poll.state == PollState.OPEN, Poll.closes_at > now, Poll.on_paper.is_(False)
    asked = _on_roll(person).where(*running, _sits_at_its_table(person))
    return db.session.scalars(asked.order_by(Poll.closes_at, Poll.id)).all()


def asked_among(person: Person, polls: Sequence[Poll]) -> set[UUID]:
    """Answer which of these votes this person is on the roll of, online and on paper alike."""
    mine = select(RollEntry.poll_id).where(RollEntry.person_id == person.id)
    return set(db.session.scalars(mine.where(RollEntry.poll_id.in_([poll.id for poll in polls]))))


def one_answerable_by(person: Person, key: UUID) -> Poll:
    """Find a vote this person is on the roll of, while they sit at its table: access ends with leaving (B1)."""
    found = _on_roll(person).where(Poll.id == key, Poll.state != PollState.DRAFT, _sits_at_its_table(person))
    return db.session.scalars(found.options(joinedload(Poll.workstream), joinedload(Poll.result))).one()


def is_asked(person: Person, key: UUID, now: datetime) -> bool:
    """Answer whether this person may answer this vote now, as is asked again before she is sent its link (O3)."""
    return any(poll.id == key for poll in open_to(person, now))


def one_with_result_seen_by(person: Person, key: UUID) -> Poll:
    """Find a counted vote of a table this person sits at, with all that is said of it and what settling it needs."""
    found = select(Poll).where(Poll.id == key, Poll.state.in_(COUNTED), _sits_at_its_table(person))
    return db.session.scalars(found.options(*_with_everything())).one()


def one_run_by(person: Person, key: UUID) -> Poll:
    """Find a vote of a table this person sits at, with what running it needs."""
    found = select(Poll).where(Poll.id == key, _sits_at_its_table(person))
    return db.session.scalars(found.options(*_with_everything())).one()


def _with_everything() -> tuple[ORMOption, ...]:
    options = selectinload(Poll.options)
    return (
        joinedload(Poll.workstream).selectinload(Workstream.memberships),
        joinedload(Poll.result),
        selectinload(Poll.worries),
        options.joinedload(PollOption.line),
        options.joinedload(PollOption.priority),
    )


def worries_waiting_on(asked: Poll, stream: Workstream) -> list[Worry]:
    """List what was said when this table was asked the same before, and is neither answered nor carried forward."""
    waits = Poll.worries.any(Worry.state.in_((WorryState.RAISED, WorryState.TALKED_ABOUT)))
    found = select(Poll).where(Poll.workstream_id == stream.id, Poll.state.in_(COUNTED), waits).order_by(Poll.id)
    polls = db.session.scalars(found.options(selectinload(Poll.worries), selectinload(Poll.options)))
    return [worry for poll in polls if rules.asks_the_same(asked, poll) for worry in poll.worries]


def rolls_before(asked: Poll, stream: Workstream, also: Collection[UUID] = ()) -> list[rules.Before]:
    """List who could answer when this table was asked the same in private before, or what those votes asked as well."""
    private = Poll.state.in_((*WAITING, *COUNTED)), Poll.kind != Kind.HANDS
    found = select(Poll).where(Poll.workstream_id == stream.id, *private).options(selectinload(Poll.options))
    earlier = [one for one in db.session.scalars(found.order_by(Poll.id)) if one.id in also or _is_again(asked, one)]
    entries = select(RollEntry.poll_id, RollEntry.person_id).where(RollEntry.poll_id.in_([one.id for one in earlier]))
    on_rolls = db.session.execute(entries.order_by(RollEntry.poll_id, RollEntry.person_id)).all()
    rolls = {one.id: frozenset(person for poll, person in on_rolls if poll == one.id) for one in earlier}
    return [rules.Before(rolls[one.id], one.left_out) for one in earlier]


def _is_again(asked: Poll, other: Poll) -> bool:
    return other.id != asked.id and rules.asks_the_same(asked, other)


def votes_of(stream: Workstream, *, with_drafts: bool = False) -> Sequence[Poll]:
    """List a table's votes with their results, the newest first; drafts, and what was voided, only when asked for."""
    found = select(Poll).where(Poll.workstream_id == stream.id)
    if not with_drafts:
        found = found.where(Poll.state.in_((*WAITING, *COUNTED)))
    found = found.options(joinedload(Poll.result), selectinload(Poll.options).joinedload(PollOption.line))
    return db.session.scalars(found.order_by(Poll.opened_on.desc().nulls_first(), Poll.id)).unique().all()


@tells_of_choices
def votes_that_chose(person: Person, programme: Programme) -> list[tuple[UUID, ChosenIn]]:
    """List which priority was chosen in which vote, of the tables this person sits at, the latest vote first."""
    chosen = select(PollOption.priority_id, Poll.id, Workstream.name, Poll.counted_on)
    chosen = chosen.join(PollOption.line).join(PollOption.poll).join(Poll.workstream)
    here = Workstream.programme_id == programme.id, PollOption.priority_id.is_not(None), _sits_at_its_table(person)
    found = chosen.where(ResultLine.standing == Standing.CHOSEN, *here)
    rows = db.session.execute(found.order_by(Poll.counted_on.desc(), Poll.id, PollOption.number))
    return [(key, ChosenIn(poll, name, on)) for key, poll, name, on in rows if key and on]


def _sits_at_its_table(person: Person) -> ColumnElement[bool]:
    joined = Membership.state == MembershipState.JOINED
    return exists().where(Membership.workstream_id == Poll.workstream_id, Membership.person_id == person.id, joined)


def one_passed_round(key: UUID) -> Poll:
    """Find a vote that takes answers online, for a tablet in the room; whoever asks is told nothing of it."""
    found = select(Poll).where(Poll.id == key, Poll.state == PollState.OPEN, Poll.on_paper.is_(False))
    return db.session.scalars(found).one()


def one_worry_seen_by(person: Person, key: UUID) -> Worry:
    """Find a worry of a table this person sits at, with its vote and who sits there."""
    vote = joinedload(Worry.poll).joinedload(Poll.workstream).selectinload(Workstream.memberships)
    found = select(Worry).join(Poll).where(Worry.id == key, _sits_at_its_table(person))
    return db.session.scalars(found.options(vote)).one()


def is_in(poll: Poll, person: Person) -> bool:
    """Answer a voter's own question, whether her answer is in; nobody else may ask it."""
    return db.session.get(Envelope, (poll.id, person.id)) is not None


def turnout_word(poll: Poll) -> str:
    """Answer the one word the people running the vote may see before it closes (B6)."""
    return turnout_words([poll])[poll.id]


def turnout_words(polls: Sequence[Poll]) -> dict[UUID, str]:
    """Answer the one word of each of these votes, in one statement."""
    keys = [poll.id for poll in polls]
    counted = select(RollEntry.poll_id, RollEntry.side, func.count().label("answered")).join(Envelope, _same_entry())
    counted = counted.where(RollEntry.poll_id.in_(keys)).group_by(RollEntry.poll_id, RollEntry.side)
    answered = {(row.poll_id, row.side): row.answered for row in db.session.execute(counted)}
    return {
        poll.id: rules.turnout_word(
            answered.get((poll.id, Side.LIVED), 0),
            answered.get((poll.id, Side.PROFESSIONAL), 0),
            poll.lived_on_roll,
            poll.professionals_on_roll,
            poll.rule,
            poll.quorum,
        )
        for poll in polls
    }


def sealed_parts(poll: Poll) -> list[Sequence[bytes]]:
    """Answer the envelopes of each side, or all together where sides are not looked at; in no order with a meaning."""
    found = select(Envelope.sealed).where(Envelope.poll_id == poll.id).order_by(Envelope.sealed)
    if not rules.has_sides(poll.lived_on_roll, poll.professionals_on_roll):
        return [db.session.scalars(found).all()]
    by_side = found.join(RollEntry, _same_entry())
    return [db.session.scalars(by_side.where(RollEntry.side == side)).all() for side in (Side.LIVED, Side.PROFESSIONAL)]


def sealed_worries(poll: Poll) -> Sequence[bytes]:
    """Answer what people wanted the group to know, still sealed."""
    found = select(SealedWorry.sealed).where(SealedWorry.poll_id == poll.id)
    return db.session.scalars(found.order_by(SealedWorry.sealed)).all()


def past_their_time(now: datetime) -> Sequence[UUID]:
    """List the votes whose closing time has come, the earliest first."""
    due = select(Poll.id).where(Poll.state == PollState.OPEN, Poll.closes_at <= now)
    return db.session.scalars(due.order_by(Poll.closes_at, Poll.id)).all()


def paper_count_of_another(poll: Poll, person: Person) -> PaperCount | None:
    """Find what somebody else counted in the box of this vote, still sealed."""
    found = select(PaperCount).where(PaperCount.poll_id == poll.id, PaperCount.person_id != person.id)
    return db.session.scalars(found).one_or_none()


def has_counted(poll: Poll, person: Person) -> bool:
    """Answer whether this person's own count of the box is in."""
    return db.session.get(PaperCount, (poll.id, person.id)) is not None


def is_counted_once(poll: Poll) -> bool:
    """Answer whether the first of the two counts of the box is in, whoever made it."""
    counted = select(PaperCount.person_id).where(PaperCount.poll_id == poll.id)
    return bool(db.session.scalar(select(counted.exists())))


def _same_entry() -> ColumnElement[bool]:
    return (Envelope.poll_id == RollEntry.poll_id) & (Envelope.person_id == RollEntry.person_id)


def finished_among(keys: Sequence[UUID], *, being_opened: Container[UUID] = ()) -> list[UUID]:
    """List which of these votes are over, unknown ones too, so that a key file a crash left behind can go.

    One that is just being opened elsewhere is unknown until that has committed; its key is left alone.
    """
    states = {row.id: row.state for row in db.session.execute(select(Poll.id, Poll.state).where(Poll.id.in_(keys)))}
    unknown = [key for key in keys if key not in states and key not in being_opened]
    return [key for key, state in states.items() if state not in WAITING] + unknown
