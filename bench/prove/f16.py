"""F16: ten thousand votes by chance, counted twice by two programs that know nothing of each other: no difference.

A share of them also goes the whole way on each database, from the sealed envelopes to what is stored.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from bench.prove import Figure
from bench.prove.stage import KINDS, installation
from coprod.core.clock import now
from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Programme
from coprod.voting import rules, services
from coprod.voting.models import Kind, Poll, Quorum, ResultLine, Rule
from tests.factories import a_programme
from tests.voting import second_count as second
from tests.voting import test_second_count as comparing
from tests.voting.ballots import a_table
from tests.voting.second_count import Answer, Counted, Line, Vote

MANY, WHOLE_WAY = 10_000, 60
FAULTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    comparing._less_than_seven_tenths,
    comparing._half_is_agreed,
    comparing._worries_do_not_count,
    comparing._ties_by_the_larger_side,
    comparing._ties_have_a_place,
    comparing._heads_instead_of_sides,
    comparing._four_are_a_side,
    comparing._nine_are_counted_aloud,
    comparing._two_thirds_are_half,
    comparing._sides_part_over_nothing,
)
"""In a threshold, in a tie, in a side."""


def measure(seed: int, many: int = MANY, whole_way: int = WHOLE_WAY) -> Figure:
    """Compare both counts; then again with each fault; and send some through each database."""
    votes = [second.random_vote(chance) for chance in [random.Random(seed)] for _ in range(many)]
    different = comparing.differences(iter(votes))
    missed = [fault.__name__ for fault in FAULTS if not is_seen(fault, seed)]
    counts: dict[str, object] = {"votes": many, "of each kind": dict(Counter(vote.kind for vote in votes))}
    counts |= {"differences": len(different), "planted": len(FAULTS), "missed": missed, "first": str(different[:1])}
    holds = not different
    for kind in KINDS:
        with installation(kind) as app:
            counted = through_the_database(app, seed, whole_way)
        counts[kind] = counted
        holds = holds and not counted["differences"]
    return Figure("F16", holds, not missed, counts, seed)


def is_seen(fault: Callable[[pytest.MonkeyPatch], None], seed: int) -> bool:
    """Answer whether a fault that is planted makes a difference somewhere, among three times as many votes."""
    chance = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        votes = (second.random_vote(chance) for _ in range(3 * MANY))
        return any(comparing.first_count(vote) != second.count(vote) for vote in votes)


def through_the_database(app: Flask, seed: int, many: int) -> dict[str, int]:
    """Open, answer, close and count so many votes with everything there is, and compare what was stored."""
    dice, counted = random.Random(seed), Counter(votes=0, differences=0)
    with app.app_context():
        programme = a_programme()
        while counted["votes"] < many:
            vote = second.random_vote(dice)
            if not _can_be_opened(vote):
                continue
            counted["votes"] += 1
            counted["differences"] += _held(vote, programme, counted["votes"]) != second.count(vote)
            db.session.commit()
    return dict(counted)


def _can_be_opened(vote: Vote) -> bool:
    """Answer whether the platform offers such a vote: a roll of five, and a rule that its sizes allow."""
    sizes = len(vote.lived), len(vote.professionals)
    if sum(sizes) < rules.SMALLEST_ROLL or not vote.lived:
        return False
    if vote.kind in (Kind.PICK, Kind.STATEMENTS):
        return vote.rule == rules.default_rule(*sizes) and 2 <= vote.options <= 20
    return vote.rule in rules.rules_for(*sizes)


def _held(vote: Vote, programme: Programme, number: int) -> Counted:
    table = a_table(len(vote.lived), len(vote.professionals), f"Group {number}", programme)
    kind, things = Kind(vote.kind), [f"Thing {n}" for n in range(1, vote.options + 1)]
    several = {"options": things, "most": vote.most} if kind in (Kind.PICK, Kind.STATEMENTS) else {}
    poll = services.draft(table.stream, "What now?", by=table.facilitator, kind=kind, **several)
    rule, quorum = Rule(vote.rule), Quorum(vote.quorum)
    services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator, rule=rule, quorum=quorum)
    for person, answer in zip(table.voters, (*vote.lived, *vote.professionals), strict=True):
        _send(poll, answer, person)
    services.close_and_count(poll, by=table.facilitator)
    return _stored(poll, vote)


def _send(poll: Poll, answer: Answer, person: Person) -> None:
    if isinstance(answer, frozenset):
        services.cast_picks(poll, answer, by=person)
    elif isinstance(answer, tuple):
        views = {number: rules.View(comparing.CODES[view]) for number, view in enumerate(answer, 1)}
        services.cast_views(poll, views, by=person)
    elif answer is not None:
        services.cast(poll, rules.Choice(answer), by=person)


def _stored(poll: Poll, vote: Vote) -> Counted:
    """Read from the tables what was written, as the second count says it."""
    result = poll.result
    assert result is not None
    kept = db.session.scalars(select(ResultLine).where(ResultLine.poll_id == poll.id).order_by(ResultLine.number))
    lines = tuple(
        Line(line.number, line.rank, str(line.standing), *comparing.read(vote, line.lived, line.professionals))
        for line in kept
    )
    return Counted(str(result.outcome), *comparing.read(vote, result.lived, result.professionals), lines)
