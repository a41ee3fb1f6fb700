"""Writing down a question, and opening it: the roll, the rule and what will be shown are fixed then (B1, B12, B14)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert

from coprod.core.answers import Refused, no, require
from coprod.core.clock import now, today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.people.models import Person, Side
from coprod.principles.models import Priority
from coprod.voting import queries, rules, sealing
from coprod.voting.models import Kind, Poll, PollOption, Quorum, RollEntry, Rule
from coprod.voting.services.burning import key_folder
from coprod.voting.services.moves import move
from coprod.voting.services.telling import tell_the_roll
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Membership, Workstream

LONGEST = timedelta(days=60)


def draft(
    workstream: Workstream,
    question: str,
    *,
    by: Person,
    kind: Kind = Kind.TEMPERATURE,
    options: Sequence[str | Priority] = (),
    most: int = 1,
    on_paper: bool = False,
) -> Poll:
    """Write down a question that is to be put to the vote, and the things that are voted on together, if any."""
    require(workstreams.is_facilitator(by, workstream))
    put = [_option(number, one) for number, one in enumerate(options, 1)]
    require(rules.may_be_put(question, kind, [one.words for one in put], most, on_paper=on_paper))
    poll = Poll(workstream=workstream, question=question, kind=kind, most=most, on_paper=on_paper, options=put)
    require(rules.worries_are_settled(queries.worries_waiting_on(poll, workstream)))
    db.session.add(poll)
    db.session.flush()
    record(by, "drafted", poll)
    return poll


def _option(number: int, one: str | Priority) -> PollOption:
    """Keep the words as they are today; those of a priority may be changed later."""
    if isinstance(one, Priority):
        return PollOption(number=number, words=one.wording, priority=one)
    return PollOption(number=number, words=one.strip())


def open_vote(
    poll: Poll,
    closes_at: datetime,
    *,
    by: Person,
    rule: Rule | None = None,
    quorum: Quorum = Quorum.HALF,
    left_out: Collection[UUID] = (),
    again: Collection[UUID] = (),
) -> None:
    """Fix the roll, decide from it alone what the result will show, make the key, and open (B1, B12, B14).

    `again` names earlier votes on the same thing, where they may have put it in other words.
    """
    lock(poll)
    require(rules.LIFECYCLE.may(by, "opened", poll))
    if not now() < closes_at <= now() + LONGEST:
        require(no("A vote closes later than now, and within sixty days."))
    there = workstreams.voters(poll.workstream)
    roll = [place for place in there if place.person_id not in left_out]
    require(rules.roll_is_large_enough(len(roll)))
    poll.left_out = len(there) - len(roll)
    _fix_the_roll(poll, roll, queries.rolls_before(poll, poll.workstream, again), left_out)
    _fix_the_rule(poll, rule, quorum)
    poll.opened_on, poll.closes_at = today(), closes_at
    poll.public_key = _make_key(poll)
    move(poll, "opened", by=by)
    tell_the_roll(poll, [place.person_id for place in roll])


def _fix_the_roll(
    poll: Poll, roll: Sequence[Membership], before: Sequence[rules.Before], left_out: Collection[UUID]
) -> None:
    people = [place.person_id for place in roll]
    require(rules.may_leave_out(people, left_out, before))
    entries = [{"poll_id": poll.id, "person_id": place.person_id, "side": place.side} for place in roll]
    db.session.execute(insert(RollEntry).values(entries))
    poll.lived_on_roll = sum(place.side == Side.LIVED for place in roll)
    poll.professionals_on_roll = len(roll) - poll.lived_on_roll
    shown = rules.shown_form(poll.lived_on_roll, poll.professionals_on_roll)
    poll.shown_of_lived, poll.shown_of_professionals = rules.beside_earlier(shown, people, before)


def _fix_the_rule(poll: Poll, rule: Rule | None, quorum: Quorum) -> None:
    """Only a temperature or a consent vote has a rule to choose; several things at once have their shares."""
    usual = rules.default_rule(poll.lived_on_roll, poll.professionals_on_roll)
    poll.rule = rule if rule and rules.choices_of(poll.kind) else usual
    poll.quorum = quorum
    require(rules.rule_is_offered(poll.rule, poll.lived_on_roll, poll.professionals_on_roll))


def _make_key(poll: Poll) -> bytes:
    try:
        return sealing.make_key(key_folder(), poll.id)
    except (sealing.KeyLost, OSError) as error:
        raise Refused("The vote cannot open: its key could not be kept. Tell the people who run the site.") from error
