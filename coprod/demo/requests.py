"""The groups' requests: written up, voted on in secret, and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from coprod.core.clock import HERE
from coprod.demo import wishes
from coprod.demo.stage import Stage, at
from coprod.people.models import Side
from coprod.principles import queries as principles
from coprod.principles import services as wording
from coprod.recommendations import services
from coprod.recommendations.models import Recommendation, State
from coprod.voting import services as voting
from coprod.voting.rules import Choice
from coprod.workstreams.rules import on_side, voters

HALF_PAST_SIX, FIVE, EVENING = time(18, 30), time(17), time(20)
ALL_FOR_IT = (5, 4, 4, 3, 5, 4, 3)
NOBODY: tuple[int, ...] = ()


@dataclass(frozen=True)
class Round:
    """One vote: when it was open, what each side answered in the order of its roll, and the worries with answers."""

    opened: date
    closes: date
    lived: Sequence[int]
    professionals: Sequence[int]
    worries: Mapping[str, str] = field(default_factory=dict)


def word_principles(stage: Stage) -> None:
    """Give the principles and priorities, whose wording nobody published, an example wording, and link them."""
    with at(date(2022, 9, 8)):
        stands_by = {one.number: one for one in principles.principles_of(stage.programme)}
        for number, words in wishes.PRINCIPLES.items():
            wording.word(stands_by[number], words, is_example=True, by=stage.admin)
        for priority in principles.priorities_of(stage.programme):
            words, comes_from = wishes.PRIORITIES[priority.number]
            wording.word(priority, words, is_example=True, by=stage.admin)
            wording.link(priority, [stands_by[number] for number in comes_from], by=stage.admin)


def note(stage: Stage, key: str, table: str, title: str, day: date, by: str) -> Recommendation:
    """Note an idea."""
    with at(day, HALF_PAST_SIX):
        stage.asked[key] = services.draft(stage.tables[table], title, by=stage.people[by])
    return stage.asked[key]


def write(
    stage: Stage, key: str, words: Mapping[str, Any], priorities: Sequence[int], day: date, by: str, **other: str
) -> None:
    """Write it up, as a version of this day; `other` words stand in the place of the final ones."""
    asked = stage.asked[key]
    known = {one.number: one for one in principles.priorities_of(stage.programme)}
    with at(day, HALF_PAST_SIX):
        chosen = [known[number] for number in priorities]
        wanted = {"title": asked.title} | dict(words) | other
        services.save(asked, wanted, chosen, version=asked.version, by=stage.people[by])
        if asked.state == State.IDEA:
            services.move(asked, "drafted", by=stage.facilitator)


def open_round(stage: Stage, key: str, held: Round) -> None:
    """Open a vote, and let people answer it."""
    asked = stage.asked[key]
    with at(held.opened, EVENING):
        poll = services.open_vote(asked, datetime.combine(held.closes, FIVE, HERE), by=stage.facilitator)
    with at(held.opened + timedelta(1), HALF_PAST_SIX):
        for side, choices in ((Side.LIVED, held.lived), (Side.PROFESSIONAL, held.professionals)):
            roll = sorted(on_side(voters(asked.workstream), side), key=lambda membership: membership.person.alias)
            for membership, choice in zip(roll, choices, strict=False):
                voting.cast(poll, Choice(choice), by=membership.person)
        for words in held.worries:
            voting.raise_worry(poll, words, by=roll[0].person)


def vote(stage: Stage, key: str, held: Round) -> None:
    """Hold a vote from opening to count, and talk about every worry."""
    asked = stage.asked[key]
    open_round(stage, key, held)
    with at(held.closes, EVENING):
        services.count_vote(asked, by=stage.facilitator)
        for worry in asked.rounds[-1].poll.worries:
            voting.move_worry(worry, "talked about", "", by=stage.facilitator)
            voting.move_worry(worry, "answered", held.worries[worry.words], by=stage.facilitator)


def say_against(stage: Stage, key: str, words: str, day: date) -> None:
    """Write down what those who were not for it want to be read beside the result."""
    with at(day, EVENING):
        voting.write_minority_view(stage.asked[key].rounds[-1].poll, words, by=stage.facilitator)


def send(stage: Stage, key: str, day: date, why_sent: str = "") -> None:
    """Send it to the steering group."""
    with at(day, FIVE):
        services.submit(stage.asked[key], why_sent, by=stage.facilitator)


def ask_the_room(stage: Stage, key: str, day: date) -> None:
    """Ask the parents together, in the room; they say yes."""
    with at(day, EVENING):
        services.record_room_answer(stage.asked[key], True, by=stage.facilitator)
