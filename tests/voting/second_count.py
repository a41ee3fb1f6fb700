"""A second count of a vote, written from the papers alone: whole numbers, cross-multiplied, and nothing of the first.

It knows no table and no line of `coprod.voting`: a poll here is what lies in the envelopes, person by person, and
its words are the papers' words. Whoever counts votes anywhere compares the count with this one.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("temperature", "consent", "pick", "statements")
RULES = ("more than half", "two thirds", "both sides", "parents and the whole group")
QUORUMS = {"half": (1, 2), "two thirds": (2, 3), "three quarters": (3, 4)}
CODES = {"temperature": (5, 4, 3, 2, 1, 0), "consent": (4, 3, 1, 0)}
VIEWS = ("agree", "disagree", "pass")

Answer = int | frozenset[int] | tuple[str, ...] | None
"""A choice; the numbers picked; a view on each statement; or nothing sent."""


@dataclass(frozen=True)
class Vote:
    """A vote as it lies in the box: one answer for each person on the roll, `None` where nothing was sent."""

    kind: str
    rule: str
    quorum: str
    options: int
    most: int
    lived: tuple[Answer, ...]
    professionals: tuple[Answer, ...]


@dataclass(frozen=True)
class Line:
    """What became of one of several things."""

    number: int
    rank: int
    standing: str
    lived: str | int
    professionals: str | int


@dataclass(frozen=True)
class Counted:
    """What a count comes to. What is shown of a side is nothing (""), a word, or the number of each choice."""

    outcome: str
    lived: str | tuple[int, ...]
    professionals: str | tuple[int, ...]
    lines: tuple[Line, ...] = ()


def count(vote: Vote) -> Counted:
    """Count one vote."""
    if not vote.lived or too_few(vote):
        return Counted("no result", "", "")
    if vote.kind == "pick":
        return Counted("counted", "", "", tuple(picked(vote)))
    if vote.kind == "statements":
        return Counted("counted", "", "", tuple(weighed(vote)))
    lived, professionals = (side_in_figures(vote, side) for side in (vote.lived, vote.professionals))
    return Counted(ending(vote), lived, professionals)


# ---- who answered


def has_sides(vote: Vote) -> bool:
    """Tell whether the sides may be looked at: at least five people on each."""
    return min(len(vote.lived), len(vote.professionals)) >= 5


def answered(answer: Answer) -> bool:
    """Tell whether this is an answer: not a skip, not an empty list of picks, not "pass" all the way down."""
    if isinstance(answer, tuple):
        return any(view != "pass" for view in answer)
    return bool(answer)


def reaches(quorum: str, side: tuple[Answer, ...]) -> bool:
    """Tell whether enough of these people answered."""
    over, under = QUORUMS[quorum]
    there = sum(1 for answer in side if answered(answer))
    return there > 0 and there * under >= over * len(side)


def too_few(vote: Vote) -> bool:
    """Tell whether too few answered: on either side where sides are looked at, else of the whole roll."""
    if has_sides(vote) and vote.rule != "parents and the whole group":
        return not (reaches(vote.quorum, vote.lived) and reaches(vote.quorum, vote.professionals))
    return not reaches(vote.quorum, vote.lived + vote.professionals)


def turnout_is_enough(vote: Vote) -> bool:
    """Tell what the one word about turnout is while a vote is open: of envelopes, for nobody sees into them."""
    over, under = QUORUMS[vote.quorum]
    whole = vote.lived + vote.professionals
    by_sides = has_sides(vote) and vote.rule != "parents and the whole group"
    for part in (vote.lived, vote.professionals) if by_sides else (whole,):
        if (len(part) - part.count(None)) * under < over * len(part):
            return False
    return True


# ---- temperature and consent


def support(side: tuple[Answer, ...]) -> tuple[int, int]:
    """Say how many of those who answered can live with it, and how many answered."""
    return sum(side.count(code) for code in (3, 4, 5)), sum(side.count(code) for code in (1, 2, 3, 4, 5))


def ending(vote: Vote) -> str:
    """Say how a temperature or a consent vote ends, where enough answered."""
    whole = vote.lived + vote.professionals
    word = _by_sides(vote) if vote.rule == "both sides" and has_sides(vote) else _by_the_whole(vote, *support(whole))
    if word == "agreed" and 1 in whole:
        return "needs more talk"
    if word == "agreed" and (not has_sides(vote) or vote.rule == "parents and the whole group"):
        return "to be asked in the room"
    return word


def _by_sides(vote: Vote) -> str:
    """Weigh the two sides alike, whatever their sizes: a/b of one and c/d of the other."""
    (a, b), (c, d) = support(vote.lived), support(vote.professionals)
    both, halves = a * d + c * b, b * d
    if 2 * a < b or both < halves:
        return "not agreed"
    if 10 * a < 7 * b or 2 * c < d or 5 * both < 7 * halves:
        return "needs more talk"
    return "agreed"


def _by_the_whole(vote: Vote, yes: int, all_answers: int) -> str:
    """Weigh everybody who answered together."""
    if vote.rule == "more than half":
        return "agreed" if 2 * yes > all_answers else "not agreed"
    if 2 * yes < all_answers:
        return "not agreed"
    needed, of = (2, 3) if vote.rule == "two thirds" else (7, 10)
    return "agreed" if of * yes >= needed * all_answers else "needs more talk"


def side_in_figures(vote: Vote, side: tuple[Answer, ...]) -> str | tuple[int, ...]:
    """Say what may be shown of one side of a temperature or a consent vote (B13)."""
    if not has_sides(vote):
        return ""
    if len(side) >= 10:
        return tuple(side.count(code) for code in CODES[vote.kind])
    return majority(*support(side))


def majority(yes: int, all_answers: int) -> str:
    """Say which way most of a side went, in one word."""
    if 2 * yes > all_answers:
        return "most for"
    return "most against" if 2 * (all_answers - yes) > all_answers else "no majority"


# ---- several things at once


def picked(vote: Vote) -> Iterator[Line]:
    """Rank what was picked: by the mean of the two sides' shares, then by the share of lived experience.

    Both sides' shares have the same denominators for every thing, so the mean is ranked by a sum of products.
    """
    if has_sides(vote):
        here, there = (sum(map(answered, side)) for side in (vote.lived, vote.professionals))
    else:
        here = there = 1
    weights = {}
    for number in range(1, vote.options + 1):
        ours, theirs = picks_of(number, vote.lived), picks_of(number, vote.professionals)
        weights[number] = (ours * there + theirs * here, ours if has_sides(vote) else 0)
    for number, weight in weights.items():
        better = sum(1 for other in weights.values() if other > weight)
        alike = sum(1 for other in weights.values() if other == weight)
        yield Line(
            number,
            better + 1,
            place(weight[0], better, alike, vote.most),
            *(share_in_figures(vote, side, picks_of(number, side)) for side in (vote.lived, vote.professionals)),
        )


def place(weight: int, better: int, alike: int, places: int) -> str:
    """Say whether a thing has a place: what nobody picked has none, and a tie across the last place is a tie."""
    if not weight or better >= places:
        return "not chosen"
    return "chosen" if better + alike <= places else "tied"


def picks_of(number: int, side: tuple[Answer, ...]) -> int:
    """Count who picked this."""
    return sum(1 for answer in side if isinstance(answer, frozenset) and number in answer)


def share_in_figures(vote: Vote, side: tuple[Answer, ...], picks: int) -> str | int:
    """Say what may be shown of one side's picks of one thing (B13)."""
    if not has_sides(vote):
        return ""
    return picks if len(side) >= 10 else majority(picks, sum(map(answered, side)))


def weighed(vote: Vote) -> Iterator[Line]:
    """Say of every statement whether the two sides share a view on it, or part over it."""
    for place_of, number in enumerate(range(1, vote.options + 1)):
        lived, professionals = (leaning(side, place_of) for side in (vote.lived, vote.professionals))
        together = leaning(vote.lived + vote.professionals, place_of)
        if not has_sides(vote):
            yield Line(number, number, "shared" if together else "open", "", "")
        elif lived and professionals:
            standing = "shared" if lived == professionals else "parted"
            yield Line(number, number, standing, lived, professionals)
        else:
            yield Line(number, number, "open", lived, professionals)


def leaning(people: tuple[Answer, ...], place_of: int) -> str:
    """Say which way most of these people lean on one statement, or nothing where they do not; a pass is no answer."""
    said = [answer[place_of] for answer in people if isinstance(answer, tuple)]
    agree, disagree = said.count("agree"), said.count("disagree")
    if agree == disagree:
        return ""
    return "agree" if agree > disagree else "disagree"


# ---- votes by chance


def random_vote(chance: random.Random, kind: str | None = None) -> Vote:
    """Make up a vote of any kind: sides of 0 to 30, 1 to 60 on the roll; ties, skips and empty boxes come often."""
    kind = kind or chance.choice(KINDS)
    lived, professionals = chance.choice(
        [(chance.randint(0, 30), chance.randint(0, 30)), (chance.randint(3, 7), chance.randint(3, 12))]
    )
    options = chance.randint(2, chance.choice((3, 5, 20 if kind == "statements" else 40)))
    most = chance.randint(1, min(options - 1, chance.choice((1, 3, 39))))
    habits = _habits(chance, kind)
    sides = [
        tuple(_answer(chance, kind, options, most, habits) for _ in range(size))
        for size in ((lived, professionals) if lived + professionals else (1, 0))
    ]
    return Vote(kind, chance.choice(RULES), chance.choice(tuple(QUORUMS)), options, most, sides[0], sides[1])


def _habits(chance: random.Random, kind: str) -> tuple[float, tuple[int, ...]]:
    """Say how often people of this vote stay silent, and which choices they lean to, so that edges come up."""
    silent = chance.choice((0.0, 0.1, 0.3, 0.5, 1.0))
    return silent, tuple(chance.sample(CODES.get(kind, (0,)), chance.randint(1, len(CODES.get(kind, (0,))))))


def _answer(chance: random.Random, kind: str, options: int, most: int, habits: tuple[float, tuple[int, ...]]) -> Answer:
    """Make up what one person sends."""
    silent, codes = habits
    if chance.random() < silent:
        return None
    if kind in CODES:
        return chance.choice(codes)
    if kind == "pick":
        return frozenset(chance.sample(range(1, options + 1), chance.randint(0, most)))
    return tuple(chance.choice(VIEWS) for _ in range(options))
