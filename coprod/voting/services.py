"""Opening, answering, closing and counting a secret vote (B1-B14)."""

from datetime import datetime, timedelta
from pathlib import Path
from random import SystemRandom
from uuid import UUID

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from coprod.core import wiping
from coprod.core.answers import Refused, no, require
from coprod.core.clock import now, today
from coprod.core.db import after_commit, db, here, lock
from coprod.core.journal import record
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people import services as people
from coprod.people.models import Person, Side
from coprod.voting import queries, rules, sealing
from coprod.voting.models import Envelope, Outcome, Poll, PollState, Result, RollEntry, SealedWorry, Worry
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream

LONGEST = timedelta(days=60)


def _may_still_answer(person: Person, poll_id: UUID) -> bool:
    return queries.is_asked(person, poll_id, now())


VOTE = messages.announce(
    Purpose(
        "vote",
        about="A question to answer",
        text="Hi {alias}. One question for you this week. It's private. {link}",
        email="Hello {alias}.\n\nOne question for you this week. It's private.\n\n{link}\n\n"
        "The link is yours alone, so please keep it to yourself. It works for seven days at most.\n",
        link="vote",
        endpoint="voting.by_link",
    ),
    _may_still_answer,
)


def key_folder() -> Path:
    """Answer where the private keys of this partnership's open votes are kept: never in the data folder (B4)."""
    return here().keys / "votes"


def draft(workstream: Workstream, question: str, *, by: Person) -> Poll:
    """Write down a question that is to be put to the vote."""
    require(workstreams.is_facilitator(by, workstream))
    poll = Poll(workstream=workstream, question=question)
    db.session.add(poll)
    db.session.flush()
    record(by, "drafted", poll)
    return poll


def open_vote(poll: Poll, closes_at: datetime, *, by: Person) -> None:
    """Fix the roll, decide from its sizes alone what the result will show, make the key, and open (B1, B12, B14)."""
    require(rules.LIFECYCLE.may(by, "opened", poll))
    if not now() < closes_at <= now() + LONGEST:
        require(no("A vote closes later than now, and within sixty days."))
    roll = [RollEntry(poll_id=poll.id, person_id=m.person_id, side=m.side) for m in workstreams.voters(poll.workstream)]
    db.session.add_all(roll)
    poll.lived_on_roll = sum(entry.side == Side.LIVED for entry in roll)
    poll.professionals_on_roll = len(roll) - poll.lived_on_roll
    poll.shown_of_lived, poll.shown_of_professionals = rules.shown_form(poll.lived_on_roll, poll.professionals_on_roll)
    poll.opened_on, poll.closes_at = today(), closes_at
    poll.public_key = _make_key(poll)
    _move(poll, "opened", by=by)
    _tell_the_roll(poll)


def _tell_the_roll(poll: Poll) -> None:
    """Write to everybody on the roll alike, in one go: nothing about it changes as people answer (B7, B15)."""
    for held in workstreams.voters(poll.workstream):
        messages.queue(VOTE, held.person, poll.id)


def _make_key(poll: Poll) -> bytes:
    try:
        return sealing.make_key(key_folder(), poll.id)
    except (sealing.KeyLost, OSError) as error:
        raise Refused("The vote cannot open: its key could not be kept. Tell the people who run the site.") from error


def cast(poll: Poll, choice: rules.Choice, *, by: Person) -> None:
    """Take or replace this person's sealed answer; nothing else anywhere shows that it happened (B2, B7)."""
    key = _public_key_if_on_roll(poll, by)
    _put(poll.id, by.id, sealing.seal(key, poll.id, choice))


def _public_key_if_on_roll(poll: Poll, person: Person) -> bytes:
    """Read under a share lock: closing waits for this, and whoever comes after closing is told so (B2)."""
    lock(poll, shared=True)
    db.session.scalars(
        select(RollEntry.side).where(RollEntry.poll_id == poll.id, RollEntry.person_id == person.id)
    ).one()
    require(rules.is_open(poll, now()))
    return poll.public_key or b""


def _put(poll_id: UUID, person_id: UUID, sealed: bytes) -> None:
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    put = insert(Envelope).values(poll_id=poll_id, person_id=person_id, sealed=sealed)
    changed = {"sealed": put.excluded.sealed}
    db.session.execute(put.on_conflict_do_update(index_elements=["poll_id", "person_id"], set_=changed))


def raise_worry(poll: Poll, words: str, *, by: Person) -> None:
    """Keep what somebody wants the group to know, sealed till the count: no author, no time, no answer (B10, P5)."""
    key = _public_key_if_on_roll(poll, by)
    db.session.add(SealedWorry(poll_id=poll.id, sealed=sealing.seal_words(key, poll.id, words)))


def close_and_count(poll: Poll, *, by: Person) -> Result:
    """Close the vote and count it once; a second call answers the stored result (B5)."""
    lock(poll)
    if poll.result is None:
        if poll.state == PollState.OPEN:
            _move(poll, "closed", by=by)
        _move(poll, "counted", by=by)
        _count(poll)
    return poll.result  # type: ignore[return-value]  # _count has just written it


def _count(poll: Poll) -> None:
    poll.counted_on = today()
    poll.result = _result(poll)
    _burn_envelopes(poll)


def _burn_envelopes(poll: Poll) -> None:
    for sealed in (Envelope, SealedWorry):
        db.session.execute(delete(sealed).where(sealed.poll_id == poll.id))
    people.spend_links(f"vote {poll.id}")
    messages.withdraw_all(VOTE, poll.id)
    db.session.flush()
    engine, folder, over = here_engine(), key_folder(), [poll.id]
    after_commit(lambda: _wipe(engine, folder, over))


def _result(poll: Poll) -> Result:
    envelopes = queries.sealed_answers(poll)
    try:
        _open_worries(poll)
        lived = _opened(poll, envelopes[Side.LIVED], poll.lived_on_roll)
        professionals = _opened(poll, envelopes[Side.PROFESSIONAL], poll.professionals_on_roll)
    except sealing.KeyLost:
        return Result(outcome=Outcome.NO_RESULT, reason=rules.KEY_LOST)
    outcome = rules.outcome(lived, professionals)
    return Result(
        outcome=outcome,
        reason=rules.reason(outcome, poll.lived_on_roll),
        lived=rules.said_of_side(lived, poll.shown_of_lived),
        professionals=rules.said_of_side(professionals, poll.shown_of_professionals),
    )


def _open_worries(poll: Poll) -> None:
    words = sealing.open_all_words(key_folder(), poll.id, queries.sealed_worries(poll))
    poll.worries = [Worry(words=said) for said in SystemRandom().sample(words, len(words))]


def _opened(poll: Poll, envelopes: list[bytes], roll: int) -> rules.SideAnswers:
    choices = sealing.open_all(key_folder(), poll.id, envelopes)
    return rules.SideAnswers([rules.Choice(choice) for choice in choices], roll)


def void(poll: Poll, *, by: Person) -> None:
    """Give a vote up before it is counted: its envelopes and its key go, and nobody ever knows what was in them."""
    lock(poll)
    _move(poll, "voided", by=by)
    _burn_envelopes(poll)


def record_room_answer(poll: Poll, *, by: Person) -> None:
    """Note that the lived-experience members were asked in the room, together; their answer is the recommendation's."""
    lock(poll)
    if poll.result is None or poll.result.outcome != Outcome.ASK_THE_ROOM:
        require(no("This result does not wait for the room."))
    _move(poll, "asked in the room", by=by)


def move_worry(worry: Worry, name: str, answer: str, *, by: Person) -> None:
    """Say that a worry was talked about, answered or carried forward."""
    worry.answer = answer or worry.answer
    before, after = rules.WORRIES.make(by, name, worry)
    record(by, name, worry, before=before, after=after)


def _move(poll: Poll, name: str, *, by: Person) -> None:
    before, after = rules.LIFECYCLE.make(by, name, poll)
    record(by, name, poll, before=before, after=after)


def finish_interrupted_deletions() -> list[UUID]:
    """At start-up: delete the keys of votes that are over, and clear the traces a crash may have left (B4, B5)."""
    young = sealing.young_keys(key_folder())
    over = queries.finished_among(sealing.kept_keys(key_folder()), being_opened=young)
    engine, folder = here_engine(), key_folder()
    after_commit(lambda: _wipe(engine, folder, over))
    return over


def here_engine() -> Engine:
    """Answer this partnership's engine."""
    return db.engines[here().name]


def _wipe(engine: Engine, folder: Path, polls: list[UUID]) -> None:
    if polls:
        sealing.wiping_is_due(folder).touch()
    for poll_id in polls:
        sealing.destroy_key(folder, poll_id)
    finish_wiping(engine, folder)


def finish_wiping(engine: Engine, folder: Path) -> None:
    """Rewrite the database so that no burnt envelope is left in it; when somebody is in the way, a later call does."""
    due = sealing.wiping_is_due(folder)
    if not due.exists():
        return
    try:
        _vacuum(engine)
    except (wiping.InTheWay, engine.dialect.loaded_dbapi.OperationalError):
        return
    due.unlink(missing_ok=True)


def _vacuum(engine: Engine) -> None:
    wiping.vacuum(engine, "envelope", "roll_entry", "result", "poll", "sealed_worry", "worry")
