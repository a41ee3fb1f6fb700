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
Shown = str | tuple[int, int]
"""What is shown of a side: nothing (""), one word, or how many of how many, or how many for and how many against."""


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
    lived: Shown
    professionals: Shown


@dataclass(frozen=True)
class Counted:
    """What a count comes to."""

    outcome: str
    lived: Shown
    professionals: Shown
    lines: tuple[Line, ...] = ()


def count(vote: Vote) -> Counted:
    """Count one vote."""
    if not vote.lived or too_few(vote):
        return Counted("no result", "", "")  # And not a word about anybody: it would be about those few.
    if vote.kind == "pick":
        return Counted("counted", "", "", tuple(picked(vote)))
    if vote.kind == "statements":
        return Counted("counted", "", "", tuple(weighed(vote)))
    small = min(len(vote.lived), len(vote.professionals)) < 10
    if small and ending(vote) in ("agreed", "to be asked in the room"):
        return Counted(ending(vote), "", "")  # A word beside "agreed" would say that all of the other side are for it.
    if not all(reaches(vote.quorum, side) for side in (vote.lived, vote.professionals)):
        return Counted(ending(vote), "", "")
    lived, professionals = (shown(vote, side, *for_and_against(side)) for side in (vote.lived, vote.professionals))
    return Counted(ending(vote), lived, professionals)


# ---- who answered


def has_sides(vote: Vote) -> bool:
    """Tell whether the sides may be looked at: at least five people on each."""
    return min(len(vote.lived), len(vote.professionals)) >= 5


def each_side_counts(vote: Vote) -> bool:
    """Tell whether enough of each side must answer: not where the whole roll is asked, and then the room."""
    return has_sides(vote) and vote.rule != "parents and the whole group"


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
    if each_side_counts(vote):
        return not (reaches(vote.quorum, vote.lived) and reaches(vote.quorum, vote.professionals))
    return not reaches(vote.quorum, vote.lived + vote.professionals)


def turnout_is_enough(vote: Vote) -> bool:
    """Tell what the one word about turnout is while a vote is open: of envelopes, for nobody sees into them."""
    over, under = QUORUMS[vote.quorum]
    whole = vote.lived + vote.professionals
    for part in (vote.lived, vote.professionals) if each_side_counts(vote) else (whole,):
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
    word = _by_sides(vote) if vote.rule == "both sides" else _by_the_whole(vote, *support(whole))
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


def for_and_against(side: tuple[Answer, ...]) -> tuple[int, int]:
    """Say how many of these can live with it, and how many who answered cannot."""
    yes, all_answers = support(side)
    return yes, all_answers - yes


def shown(vote: Vote, side: tuple[Answer, ...], one_way: int, other_way: int) -> Shown:
    """Say what may be shown of one side: nothing, one word from five on the roll; numbers where both have ten (B13)."""
    if not has_sides(vote):
        return ""
    if min(len(vote.lived), len(vote.professionals)) >= 10:
        return one_way, other_way
    if one_way == other_way:
        return "neither"
    return "most for" if one_way > other_way else "most against"


# ---- several things at once


def picked(vote: Vote) -> Iterator[Line]:
    """Rank what was picked: by the mean of the two sides' shares, then by the share of lived experience.

    Both sides' shares have the same denominators for every thing, so the mean is ranked by a sum of products.
    """
    here, there = (sum(map(answered, side)) for side in (vote.lived, vote.professionals))
    weights = {}
    for number in range(1, vote.options + 1):
        ours, theirs = picks_of(number, vote.lived), picks_of(number, vote.professionals)
        weights[number] = (ours * there + theirs * here, ours) if has_sides(vote) else (ours + theirs, 0)
    for number, weight in weights.items():
        better = sum(1 for other in weights.values() if other > weight)
        alike = sum(1 for other in weights.values() if other == weight)
        said = (picks_shown(vote, side, picks_of(number, side)) for side in (vote.lived, vote.professionals))
        yield Line(number, better + 1, place(weight[0], better, alike, vote.most), *said)


def place(weight: int, better: int, alike: int, places: int) -> str:
    """Say whether a thing has a place: what nobody picked has none, and a tie across the last place is a tie."""
    if not weight or better >= places:
        return "not chosen"
    return "chosen" if better + alike <= places else "tied"


def picks_of(number: int, side: tuple[Answer, ...]) -> int:
    """Count who picked this."""
    return sum(1 for answer in side if isinstance(answer, frozenset) and number in answer)


def picks_shown(vote: Vote, side: tuple[Answer, ...], picks: int) -> Shown:
    """Say what may be shown of one side's picks of one thing: how many picked it, and how many picked others alone."""
    said = shown(vote, side, picks, sum(map(answered, side)) - picks)
    return "" if isinstance(said, str) else said  # Beside its place, a word on each thing comes to a number.


def weighed(vote: Vote) -> Iterator[Line]:
    """Say of every statement whether the two sides share a view on it, or part over it."""
    for where in range(vote.options):
        both = [(vote.lived, views_of(where, vote.lived)), (vote.professionals, views_of(where, vote.professionals))]
        if has_sides(vote):
            ours, theirs = (lean(vote, views, len(side)) for side, views in both)
            standing = "shared" if ours * theirs > 0 else "parted" if ours * theirs < 0 else "open"
        else:
            (for_it, against), (more, others) = both[0][1], both[1][1]
            whole = len(vote.lived) + len(vote.professionals)
            standing = "shared" if lean(vote, (for_it + more, against + others), whole) else "open"
        said = (views_shown(vote, side, views) for side, views in both)
        yield Line(where + 1, where + 1, standing, *said)


def lean(vote: Vote, views: tuple[int, int], roll: int) -> int:
    """Say which way so many lean, and how far: no way where too many of the roll passed or said nothing."""
    over, under = QUORUMS[vote.quorum]
    return views[0] - views[1] if sum(views) * under >= over * roll else 0


def views_shown(vote: Vote, side: tuple[Answer, ...], views: tuple[int, int]) -> Shown:
    """Say what may be shown of one side's view of one statement: a word only where it leans."""
    word = shown(vote, side, *views)
    return "neither" if isinstance(word, str) and word and not lean(vote, views, len(side)) else word


def views_of(where: int, side: tuple[Answer, ...]) -> tuple[int, int]:
    """Say how many of these agree with one statement, and how many disagree; a pass is no answer."""
    said = [answer[where] for answer in side if isinstance(answer, tuple)]
    return said.count("agree"), said.count("disagree")


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
    return Vote(kind, _rule(chance, kind, sides), chance.choice(tuple(QUORUMS)), options, most, sides[0], sides[1])


def _rule(chance: random.Random, kind: str, sides: list[tuple[Answer, ...]]) -> str:
    """Choose a rule that such a vote can be opened with: both sides only where there are sides; shares have none."""
    usual = "both sides" if min(map(len, sides)) >= 5 else "parents and the whole group"
    return chance.choice((usual, *(rule for rule in RULES if rule != "both sides"))) if kind in CODES else usual


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
