"""What the invented groups say, choose and are still at work on together."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from coprod.core.clock import HERE
from coprod.demo.stage import Stage, at
from coprod.people.models import Person, Side
from coprod.principles import queries as principles
from coprod.principles import services as wording
from coprod.recommendations import rules as recommendations
from coprod.recommendations import services as writing
from coprod.statements import queries as heard
from coprod.statements import services as statements
from coprod.statements.rules import Wish
from coprod.voting import services as voting
from coprod.voting.models import Kind, Outcome, Poll
from coprod.voting.rules import View
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import on_side, voters

FIVE, EVENING = time(17), time(20)
THEMES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "When somebody rings": {
        "I want to hear a voice, not a machine.": ("AAAAAA", "AAAAAAP"),
        "I do not want to say it all again.": ("AAAAAP", "AAAADAA"),
        "Ring me back the same day.": ("AAADAA", "AAAAAPA"),
    },
    "Who is there": {
        "I want to know her name before she knocks.": ("AAAAAA", "AAAAADA"),
        "A parent who has been there should be in the room.": ("AAAAAD", "DDDDADP"),
        "Two workers at the door is one too many.": ("AAADAA", "DDDADDD"),
    },
    "Words": {
        "Say what you mean, and say it to me.": ("AAPAAA", "AAAAAAA"),
        "Letters should fit on one page.": ("AADDPA", "AADDDAP"),
    },
}
"""Statements by theme, and how they were answered, in the order of each side's roll: agree, disagree, pass."""
NOT_SORTED = ("Mornings are hard for me.", "Please do not ring from a hidden number.")
VIEWS = {"A": View.AGREE, "D": View.DISAGREE, "P": View.PASS}
PICKED = ((7, 4, 1), (7, 1, 11), (7, 4, 6), (4, 7, 12), (7, 6), (1, 4, 7))
PICKED_BY_WORKERS = ((7, 4, 3), (7, 1, 3), (4, 9), (7, 4, 10), (1, 7, 9), (7, 3), (4, 1))
MEAL = "A hot meal after a hard meeting. Warm food, a quiet room and time. Nobody walks out alone."
MEAL_TOO = "A hot meal after a hard meeting, for us and whoever came with us. Nobody walks out alone."


def ratify(stage: Stage) -> None:
    """Let the group say yes to one principle in words of its own, and write down another that waits for its yes."""
    first, second = principles.principles_of(stage.programme)[:2]
    with at(date(2025, 10, 14), EVENING):
        wording.word(first, f"{first.wording} (example)", is_example=False, by=stage.facilitator)
        wording.ratify(first, stage.tables["tuesday"], date(2025, 10, 14), by=stage.facilitator)
    with at(date(2025, 11, 11), EVENING):
        wording.word(second, f"{second.wording} (example)", is_example=False, by=stage.facilitator)


def hear_and_sort(stage: Stage) -> None:
    """Let people say short sentences, and the group sort most of them into themes."""
    stream = stage.tables["tuesday"]
    with at(date(2025, 10, 21), EVENING):
        statements.add(
            stream, [*(words for said in THEMES.values() for words in said), *NOT_SORTED], by=stage.facilitator
        )
        keys = {one.words: one.id for one in heard.heard_in(stream)}
        for name, said in THEMES.items():
            theme = statements.name_theme(stream, name, by=stage.people["Robin"])
            wishes = [Wish(keys[words], None, theme.id) for words in said]
            statements.sort(stream, wishes, by=stage.people["Robin"])


def ask_what_is_shared(stage: Stage) -> None:
    """Put the sorted statements to the group."""
    stream, answers = stage.tables["tuesday"], {w: given for said in THEMES.values() for w, given in said.items()}
    with at(date(2025, 10, 28), EVENING):
        chosen = [one for one in heard.heard_in(stream) if one.words in answers]
        poll = statements.ask(
            stream, "Do we see this alike?", chosen, _at_five(date(2025, 11, 4)), by=stage.facilitator
        )
        given = [answers[one.words] for one in chosen]
        for side, people in enumerate(_by_side(stream)):
            for place, person in enumerate(people):
                views = {number: VIEWS[letters[side][place]] for number, letters in enumerate(given, 1)}
                voting.cast_views(poll, views, by=person)
    _count(stage, poll, date(2025, 11, 4))


def ask_again_about_words(stage: Stage) -> None:
    """Put two sentences once more, a fortnight later, when people had talked about them."""
    stream = stage.tables["tuesday"]
    with at(date(2025, 11, 11), EVENING):
        chosen = [one for one in heard.heard_in(stream) if one.words in THEMES["Words"]]
        asked = "Do we see these two alike now?"
        poll = statements.ask(stream, asked, chosen, _at_five(date(2025, 11, 13)), by=stage.facilitator)
        for person in (person for people in _by_side(stream) for person in people):
            voting.cast_views(poll, dict.fromkeys((1, 2), View.AGREE), by=person)
    _count(stage, poll, date(2025, 11, 13))


def choose_what_is_next(stage: Stage) -> None:
    """Let the group pick up to three of the priorities for its next ten weeks."""
    stream, listed = stage.tables["tuesday"], principles.priorities_of(stage.programme)
    with at(date(2025, 11, 5), EVENING):
        asked = "Which should we work on next?"
        poll = voting.draft(stream, asked, by=stage.facilitator, kind=Kind.PICK, options=listed, most=3)
        voting.open_vote(poll, _at_five(date(2025, 11, 12)), by=stage.facilitator)
        for people, picks in zip(_by_side(stream), (PICKED, PICKED_BY_WORKERS), strict=True):
            for person, numbers in zip(people, picks, strict=True):
                voting.cast_picks(poll, numbers, by=person)
    _count(stage, poll, date(2025, 11, 12))


def ask_the_thursday_group(stage: Stage) -> None:
    """Settle a small thing by hands, and hold a vote on paper whose box is still to be counted."""
    stream = stage.tables["thursday"]
    with at(date(2025, 10, 16), EVENING):
        hands = voting.draft(stream, "Shall we start with tea?", by=stage.facilitator, kind=Kind.HANDS)
        voting.record_hands(hands, Outcome.AGREED, by=stage.facilitator)
    with at(date(2025, 11, 13), EVENING):
        asked = "Can you live with meeting each second week?"
        paper = voting.draft(stream, asked, by=stage.facilitator, kind=Kind.CONSENT, on_paper=True)
        voting.open_vote(paper, _at_five(date(2025, 11, 14)), by=stage.facilitator)
    with at(date(2025, 11, 14), EVENING):
        voting.close(paper, by=stage.facilitator)


def work_on_the_meal(stage: Stage) -> None:
    """Leave a recommendation with two suggestions for the same words, a comment, a question and an interest."""
    meal, people = stage.asked["meal"], stage.people
    with at(date(2025, 11, 13), EVENING):
        said, version = recommendations.part_named("said"), meal.version
        writing.suggest(meal, said, MEAL, "So that it is more than food.", version=version, by=people["Kit"])
        writing.suggest(meal, said, MEAL_TOO, version=version, by=people["Lou"])
        problem = recommendations.part_named("problem")
        writing.comment(meal, problem, meal.problem, "The bus home leaves at half past.", by=people["Robin"])
        writing.ask(meal, "Is there a kitchen at the hospital that is open after five?", by=people["Bo"])
        cost = recommendations.part_named("cost")
        turned_down = writing.suggest(meal, cost, "£5 a head", version=version, by=people["Ash"])
        writing.do_not_take(turned_down, "We have not asked the kitchen yet.", by=stage.facilitator)
        writing.declare(meal, "My sister runs a café near the hospital.", by=people["Lou"])


def _by_side(stream: Workstream) -> list[list[Person]]:
    roll = voters(stream)
    return [_in_order(held.person for held in on_side(roll, side)) for side in (Side.LIVED, Side.PROFESSIONAL)]


def _in_order(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: person.alias)


def _at_five(day: date) -> datetime:
    return datetime.combine(day, FIVE, HERE)


def _count(stage: Stage, poll: Poll, day: date) -> None:
    with at(day, EVENING):
        voting.close_and_count(poll, by=stage.facilitator)
