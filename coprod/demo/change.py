"""How the programme thinks change happens: agreed after two workshops, and a second version that is being read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coprod.demo.measures import HANDED, KNEW, LONGER, NEXT_STEP, SAME, WAIT, Measure
from coprod.demo.stage import Stage, at
from coprod.theories import rules, services
from coprod.theories.models import PartKind, Standing, Theory, TheoryPart
from coprod.theories.services import Claim, Linked

TEN, FOUR = time(10), time(16)
ONLY_EXAMPLES = "The first one. All words are examples: those of the workshops were not published."
WHAT_CHANGED = "We put in what we tried since: the midwife, the map, and the offer. All words are examples."
FIRST = {
    PartKind.INPUT: ("What parents know", "Time of workers and parents", "Money of Better Start, until 2025"),
    PartKind.ACTIVITY: (
        "Parents and workers meet for ten weeks",
        "We look at what works elsewhere",
        "The steering group answers, and says why",
    ),
    PartKind.OUTPUT: (
        "A midwife with a name for each parent",
        "A map of the system",
        "A film of the eight principles",
        "Plain answers to each request",
    ),
    PartKind.OUTCOME: (
        "Parents know who will be with them",
        "Parents know what comes next",
        "Workers see the person first",
        "Parents trust that words lead to change",
    ),
    PartKind.IMPACT: (
        "Fewer babies are removed at birth or soon after",
        "Practice is kind where a baby cannot stay at home",
        "Fewer parents go through it again",
    ),
}
"""What the first workshop found; what it is for is on the public record, the rest is invented."""
ADDED = {
    PartKind.ACTIVITY: ("We test small, at two clinics",),
    PartKind.OUTPUT: ("An offer of help at Early Help level", "Numbers that parents see too"),
    PartKind.OUTCOME: ("Help comes before it is too late",),
}


@dataclass(frozen=True)
class Way:
    """One arrow, by how its two parts begin."""

    start: str
    end: str
    assumption: str
    evidence: str = ""
    standing: Standing = Standing.NOT_TESTED
    pilots: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()


WAYS = (
    Way("What parents know", "Parents and workers", "Parents feel safe enough to say it."),
    Way("Time of workers", "Parents and workers", "Managers free the time each week."),
    Way("Money of Better", "Parents and workers", "Food, travel and thanks are paid.", "The fees are paid each month."),
    Way("Time of workers", "We look at what", "Somebody has the time to read."),
    Way("What parents know", "The steering group", "Three parents sit there and are heard."),
    Way("Parents and workers", "A midwife with", "The group asks for one thing at a time."),
    Way("We look at what", "A midwife with", "What works there works here.", "Two areas do it (example)."),
    Way("Parents and workers", "A map of the", "Parents draw it themselves."),
    Way("Parents and workers", "A film of the", "Both groups agree on the words."),
    Way("The steering group", "Plain answers", "Each answer comes within ten days."),
    Way("A midwife with", "Parents know who", "She tells her name before they meet."),
    Way("A map of the", "Parents know what", "People can read it on a hard day."),
    Way("A film of the", "Workers see the", "Workers watch it together, and talk."),
    Way("Plain answers", "Parents trust that", "A no with a reason is better than silence."),
    Way("Parents know who", "Practice is kind", "Somebody known is kinder than a stranger."),
    Way("Parents know what", "Fewer parents go", "Knowing early leaves time to act."),
    Way("Workers see the", "Practice is kind", "Seeing leads to doing."),
    Way("Parents trust that", "Fewer babies are", "Parents ask for help sooner."),
)
"""What the second workshop drew."""
NEW_WAYS = (
    Way("Time of workers", "We test small", "Two clinics have room for it."),
    Way("We test small", "A midwife with", "Small tests show what to change.", "Three tests so far.", Standing.HOLDS),
    Way("We test small", "A map of the", "Parents say what to change.", "Two tests so far.", Standing.HOLDS),
    Way("We look at what", "An offer of help", "The board gives money for it.", "It was asked in January 2024."),
    Way("The steering group", "Numbers that", "The ward agrees to show them."),
    Way("An offer of help", "Help comes before", "Parents dare to take it up."),
    Way("Numbers that", "Parents trust that", "Seeing it makes it true."),
    Way("Help comes before", "Fewer parents go", "The time between is when help counts."),
    Way("Help comes before", "Fewer babies are", "Early help changes what is found."),
)
TESTED = (
    Way(
        "A midwife with",
        "Parents know who",
        "She tells her name before they meet.",
        "58 in 100 knew it in the second test.",
        Standing.BEING_TESTED,
        ("midwife",),
        (KNEW, WAIT),
    ),
    Way(
        "A map of the",
        "Parents know what",
        "People can read it on a hard day.",
        "The red dot helped. Long words did not.",
        Standing.BEING_TESTED,
        ("map",),
        (NEXT_STEP, LONGER),
    ),
    Way(
        "Parents know what",
        "Fewer parents go",
        "Knowing early leaves time to act.",
        "For some the time was too short, map or not.",
        Standing.DOES_NOT_HOLD,
    ),
)
"""Arrows of the first version of which more is known by now."""
LINKS: Mapping[str, tuple[Sequence[str], Sequence[str], Sequence[Measure]]] = {
    "A midwife with": (("midwife",), ("midwife",), (SAME,)),
    "A map of the": (("map",), ("map",), (HANDED,)),
    "Parents know who": ((), (), (KNEW,)),
    "Parents know what": (("phone map",), (), (NEXT_STEP,)),
    "Numbers that": (("numbers",), (), ()),
    "Plain answers": (("letters",), (), ()),
}
"""The requests, pilots and measures that belong to a part."""


def agree_on_it(stage: Stage) -> None:
    """Find the parts in one workshop, draw the arrows in the next, and let people agree."""
    with at(date(2023, 1, 12), TEN):
        theory = services.start(stage.programme, by=stage.facilitator)
        services.say_what_changed(theory, ONLY_EXAMPLES, by=stage.facilitator)
        services.add_parts(theory, FIRST, by=stage.facilitator)
        services.find_parts(theory, by=stage.facilitator)
    with at(date(2023, 1, 26), TEN):
        for way in WAYS:
            services.add_arrow(theory, _claim(theory, way), by=stage.facilitator)
        services.give_to_read(theory, by=stage.facilitator)
    with at(date(2023, 2, 9), FOUR):
        _say_yes(stage, theory, {"Val": True, "Eden": True, "Jude": False, "Alex": True, "Midwife Example": True})
        services.agree(theory, by=stage.facilitator)


def write_it_again(stage: Stage) -> None:
    """Put in what was tried since, and ask everybody to read it."""
    with at(date(2025, 11, 10), TEN):
        theory = services.start(stage.programme, by=stage.facilitator)
        services.say_what_changed(theory, WHAT_CHANGED, by=stage.facilitator)
        services.add_parts(theory, ADDED, by=stage.facilitator)
        for begins in LINKS:
            part = _part(theory, begins)
            read = rules.mark_of(part)
            services.change_part(part, part.kind, part.words, _linked(stage, begins), read=read, by=stage.facilitator)
        for way in NEW_WAYS:
            services.add_arrow(theory, _claim(theory, way), by=stage.facilitator)
        for way in TESTED:
            _say_more(stage, theory, way)
        services.give_to_read(theory, by=stage.facilitator)
    with at(date(2025, 11, 13), FOUR):
        _say_yes(stage, theory, {"Val": True, "Lou": False, "Midwife Example": True})


def _say_more(stage: Stage, theory: Theory, way: Way) -> None:
    claim = _claim(theory, way)
    arrow = next(one for one in theory.arrows if one.start is claim.start and one.end is claim.end)
    chosen: dict[str, Sequence[Any]] = {
        "pilots": [stage.pilots[key] for key in way.pilots],
        "indicators": [stage.measured[one] for one in way.measures],
    }
    services.change_arrow(arrow, claim, _all_known(chosen), read=rules.mark_of(arrow), by=stage.facilitator)


def _linked(stage: Stage, begins: str) -> Linked:
    asked, pilots, measures = LINKS[begins]
    return _all_known(
        {
            "recommendations": [stage.asked[key] for key in asked],
            "pilots": [stage.pilots[key] for key in pilots],
            "indicators": [stage.measured[one] for one in measures],
        }
    )


def _all_known(chosen: dict[str, Sequence[Any]]) -> Linked:
    return Linked(chosen, [one.id for things in chosen.values() for one in things])


def _claim(theory: Theory, way: Way) -> Claim:
    start, end = _part(theory, way.start), _part(theory, way.end)
    return Claim(start, end, way.assumption, way.evidence, way.standing)


def _part(theory: Theory, begins: str) -> TheoryPart:
    return next(part for part in theory.parts if part.words.startswith(begins))


def _say_yes(stage: Stage, theory: Theory, who: Mapping[str, bool]) -> None:
    for alias, named in who.items():
        services.say_yes(theory, named=named, by=stage.people[alias])
