"""The count against a second one, written apart from it: ten thousand votes by chance, and no difference (F16)."""

import random
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from coprod.voting import rules
from coprod.voting.models import Kind, Poll, PollOption, Quorum, Rule
from coprod.voting.rules import counting, picking, sizes, statements
from tests.voting import second_count as second
from tests.voting.second_count import Answer, Counted, Line, Shown, Vote

MANY = 10_000
SEED = 20_261_122
WORDS = {
    "Most for": "most for",
    "Most picked it": "most for",
    "Most agree": "most for",
    "Most against": "most against",
    "Most did not pick it": "most against",
    "Most disagree": "most against",
    "No majority": "neither",
}
CODES = {"pass": 0, "agree": 1, "disagree": 2}


def first_count(vote: Vote) -> Counted:
    """Put the same vote to the count that the platform makes."""
    said = published(vote)
    lines = tuple(
        Line(line.number, line.rank, str(line.standing), *read(vote, line.lived, line.professionals))
        for line in said.lines
    )
    return Counted(str(said.outcome), *read(vote, said.lived, said.professionals), lines)


def published(vote: Vote) -> rules.Published:
    sides = (vote.lived, vote.professionals)
    parts = sides if rules.has_sides(*map(len, sides)) else (sum(sides, ()),)
    return rules.publish(poll_of(vote), [[code_of(answer) for answer in part if answer is not None] for part in parts])


def poll_of(vote: Vote) -> Poll:
    lived, professionals = len(vote.lived), len(vote.professionals)
    here, there = rules.shown_form(lived, professionals)
    several = vote.kind in ("pick", "statements")
    return Poll(
        kind=Kind(vote.kind),
        rule=Rule(vote.rule),
        quorum=Quorum(vote.quorum),
        most=vote.most,
        lived_on_roll=lived,
        professionals_on_roll=professionals,
        shown_of_lived=here,
        shown_of_professionals=there,
        options=[PollOption(number=number, words=str(number)) for number in range(1, vote.options + 1) if several],
    )


def code_of(answer: Answer) -> int:
    """Say it as the one number that lies in an envelope."""
    if isinstance(answer, frozenset):
        return rules.code_of_picks(answer)
    if isinstance(answer, tuple):
        return rules.code_of_views({n: rules.View(CODES[view]) for n, view in enumerate(answer, 1)})
    return answer or 0


def read(vote: Vote, *said: str) -> tuple[Shown, ...]:
    """Read what is published of each side as the second count says it."""
    return tuple(_read(vote, words) for words in said)


def _read(vote: Vote, words: str) -> Shown:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if not numbers:
        return WORDS.get(words, words)
    one, other = numbers
    return (one, other - one) if vote.kind == "pick" else (one, other)


def differences(votes: Iterator[Vote]) -> list[tuple[Vote, Counted, Counted]]:
    pairs = ((vote, first_count(vote), second.count(vote)) for vote in votes)
    return [(vote, first, other) for vote, first, other in pairs if first != other]


def votes(many: int, kind: str | None = None) -> Iterator[Vote]:
    chance = random.Random(SEED)
    return (second.random_vote(chance, kind) for _ in range(many))


def test_ten_thousand_votes_come_out_alike_f16() -> None:
    """Every kind, rule and quorum: ties, skips, empty boxes, sides of 0 to 30, 1 to 60 on the roll."""
    assert differences(votes(MANY)) == []


def test_no_reason_says_more_than_is_shown_b13() -> None:
    """No sentence has a number in it, of any side, unless each has ten (B13: where one is hidden, one more is)."""
    for vote in votes(2_000):
        said = published(vote)
        counted = 2 * (min(len(vote.lived), len(vote.professionals)) >= 10)
        assert not re.search(r"\d", said.reason), vote
        for line in said.lines:
            assert len(re.findall(r"\d+", line.reason)) <= 2 * counted, (vote, line)


def test_turnout_is_the_same_word_b6() -> None:
    def word(vote: Vote) -> str:
        there = [len(side) - side.count(None) for side in (vote.lived, vote.professionals)]
        poll = poll_of(vote)
        return rules.turnout_word(
            *there, poll.lived_on_roll, poll.professionals_on_roll, rule=poll.rule, quorum=poll.quorum
        )

    for vote in votes(2_000):
        said = sizes.ENOUGH if second.turnout_is_enough(vote) else sizes.NOT_YET_ENOUGH
        # An empty box is never enough; a box of skips may look like enough until it is opened.
        assert word(vote) == said, vote


def test_the_votes_by_chance_are_of_every_sort() -> None:
    """What is compared is worth comparing: every ending of every kind, every standing, every word shown."""
    endings: dict[str, set[str]] = {kind: set() for kind in second.KINDS}
    standings, seen, rolls = set(), set(), set()
    for vote in votes(MANY):
        counted = second.count(vote)
        endings[vote.kind].add(counted.outcome)
        standings |= {line.standing for line in counted.lines}
        seen |= {shown if isinstance(shown, str) else "numbers" for shown in (counted.lived, counted.professionals)}
        rolls.add(len(vote.lived) + len(vote.professionals))
    several = {"no result", "counted"}
    one = {"no result", "not agreed", "needs more talk", "agreed", "to be asked in the room"}
    assert endings == {"temperature": one, "consent": one, "pick": several, "statements": several}
    assert standings == {"chosen", "tied", "not chosen", "shared", "parted", "open"}
    assert seen == {"", "most for", "most against", "neither", "numbers"}
    assert (min(rolls), max(rolls)) == (1, 60)


# --- The numbers worked out in the papers.

NINE = (5, 5, 4, 4, 4, 3, 3, 3, 5)
FIRST, AGAIN = (5, 4, 3, 3, 2, 1), (5, 4, 3, 3, 2, 0)


@pytest.mark.parametrize("count", [first_count, second.count])
@pytest.mark.parametrize(
    ("lived", "professionals", "ends"), [(FIRST, NINE, "needs more talk"), (AGAIN, (*NINE[:7], 2, 5), "agreed")]
)
def test_both_counts_know_the_worked_vote(count: object, lived: Answer, professionals: Answer, ends: str) -> None:
    """66.7%, 100%, 83.3%: needs more talk. Then 80%, 88.9%, 84.4%: agreed."""
    vote = Vote("temperature", "both sides", "half", 0, 1, lived, professionals)  # type: ignore[arg-type]
    said = ("", "") if ends == "agreed" else ("most for", "most for")
    assert count(vote) == Counted(ends, *said)  # type: ignore[operator]


@pytest.mark.parametrize("count", [first_count, second.count])
def test_both_counts_put_a_before_b(count: object) -> None:
    """A half of one side and a quarter of the other; B a quarter and a half: the lived share decides."""
    a, b, other = frozenset({1}), frozenset({2}), frozenset({3})
    lived = (a,) * 4 + (b,) * 2 + (other,) * 2
    professionals = (a,) * 2 + (b,) * 4 + (other,) * 2
    counted = count(Vote("pick", "both sides", "half", 3, 1, lived, professionals))  # type: ignore[operator]
    assert [(line.rank, line.standing) for line in counted.lines] == [
        (1, "chosen"),
        (2, "not chosen"),
        (3, "not chosen"),
    ]


def test_shares_of_the_paper_put_a_first() -> None:
    """LE 4, PR 8: A (4,2) and B (1,8) both 0.625, so A. Arithmetic only: with four, sides are never looked at."""
    first, then = rules.choose({"A": (4, 2), "B": (1, 8)}, 4, 8)
    assert [one.name for one in (*first, *then)] == ["A", "B"]
    assert first[0].score == then[0].score == Fraction(5, 8)
    assert 4 * 8 + 2 * 4 == 1 * 8 + 8 * 4  # The same in whole numbers, as the second count weighs them.


# --- Planted faults: each is found.


def _less_than_seven_tenths(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counting, "SEVEN_TENTHS", Fraction(69, 100))


def _half_is_agreed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counting, "HALF", Fraction(51, 100))


def _worries_do_not_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counting.SideAnswers, "is_worried", property(lambda _: False))


def _ties_by_the_larger_side(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(picking.Picked, "rank", property(lambda one: (one.score, one.professional_share)))


def _ties_have_a_place(patch: pytest.MonkeyPatch) -> None:
    keep = picking._standing
    patch.setattr(picking, "_standing", lambda score, before, tied, places: keep(score, before, 1, places))


def _heads_instead_of_sides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counting, "balance", lambda lived, professionals: (lived + professionals).support)


def _four_are_a_side(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sizes, "SMALLEST_SIDE", 4)


def _nine_are_counted_aloud(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sizes, "SMALLEST_COUNTED_SIDE", 9)


def _two_thirds_are_half(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sizes.QUORUMS, Quorum.TWO_THIRDS, Fraction(1, 2))


def _sides_part_over_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(statements.SideViews, "leaning", lambda side, n: 1 if side.of(n)[0] >= side.of(n)[1] else -1)


def _a_view_of_one_is_the_sides(patch: pytest.MonkeyPatch) -> None:
    def leaning(side: statements.SideViews, number: int) -> int:
        agree, disagree = side.of(number)
        return (agree > disagree) - (disagree > agree)

    patch.setattr(statements.SideViews, "leaning", leaning)


@pytest.mark.parametrize(
    "plant",
    [
        _less_than_seven_tenths,
        _half_is_agreed,
        _worries_do_not_count,
        _ties_by_the_larger_side,
        _ties_have_a_place,
        _heads_instead_of_sides,
        _four_are_a_side,
        _nine_are_counted_aloud,
        _two_thirds_are_half,
        _sides_part_over_nothing,
        _a_view_of_one_is_the_sides,
    ],
)
def test_a_planted_fault_is_found_f16(monkeypatch: pytest.MonkeyPatch, plant: object) -> None:
    """A fault in a threshold, a tie or a side turns the comparison red."""
    plant(monkeypatch)  # type: ignore[operator]
    found = (vote for vote in votes(MANY) if first_count(vote) != second.count(vote))
    assert next(found, None) is not None
