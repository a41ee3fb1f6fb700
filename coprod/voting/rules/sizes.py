"""What follows from the sizes of a roll alone: what is looked at, what is shown, and how many are enough (B12, B13)."""

from fractions import Fraction

from coprod.core.answers import YES, Answer, no
from coprod.voting.models import Poll, Quorum, Rule, Shown

SMALLEST_ROLL = 5
SMALLEST_SIDE = 5
SMALLEST_COUNTED_SIDE = 10
QUORUMS = {
    Quorum.HALF: Fraction(1, 2),
    Quorum.TWO_THIRDS: Fraction(2, 3),
    Quorum.THREE_QUARTERS: Fraction(3, 4),
}
ENOUGH, NOT_YET_ENOUGH = "Enough for a result", "Not yet enough for a result"


def roll_is_large_enough(size: int) -> Answer:
    """Answer whether so many people can answer in private (B11)."""
    if size < SMALLEST_ROLL:
        return no(f"A private vote needs {SMALLEST_ROLL} people or more. Talk it round, and record the group's answer.")
    return YES


def has_sides(lived: int, professionals: int) -> bool:
    """Answer whether the two sides are looked at apart: only when each has at least five on the roll."""
    return lived >= SMALLEST_SIDE and professionals >= SMALLEST_SIDE


def shown_form(lived: int, professionals: int) -> tuple[Shown, Shown]:
    """Answer what will be shown of the lived-experience and the professional side, from roll sizes alone (B12, B13).

    Both in one form: beside the counts of one side, and the result, the word of the other comes to a number.
    """
    if not has_sides(lived, professionals):
        return Shown.NOTHING, Shown.NOTHING
    counted = min(lived, professionals) >= SMALLEST_COUNTED_SIDE
    return (Shown.COUNTS, Shown.COUNTS) if counted else (Shown.WORD, Shown.WORD)


def default_rule(lived: int, professionals: int) -> Rule:
    """Answer the rule a vote goes by where nobody chose another."""
    return Rule.BOTH_SIDES if has_sides(lived, professionals) else Rule.PARENTS_AND_ALL


def rules_for(lived: int, professionals: int) -> tuple[Rule, ...]:
    """List the rules to choose from, the usual one first: both sides only where both may be looked at."""
    usual = (Rule.PARENTS_AND_ALL, Rule.TWO_THIRDS, Rule.SIMPLE)
    return (Rule.BOTH_SIDES, *usual) if has_sides(lived, professionals) else usual


def each_side_must_answer(rule: Rule, lived: int, professionals: int) -> bool:
    """Answer whether enough of each side must answer; else enough of the whole roll."""
    return has_sides(lived, professionals) and rule != Rule.PARENTS_AND_ALL


def is_enough(answered: int, roll: int, quorum: Quorum = Quorum.HALF) -> bool:
    """Answer whether so many answers of so many people reach the quorum; none never does."""
    return answered > 0 and Fraction(answered, roll) >= QUORUMS[quorum]


def turnout_word(
    lived_in: int,
    professionals_in: int,
    lived_roll: int,
    professionals_roll: int,
    rule: Rule | None = None,
    quorum: Quorum = Quorum.HALF,
) -> str:
    """Answer the one word anybody may see before the close (B6)."""
    if each_side_must_answer(rule or default_rule(lived_roll, professionals_roll), lived_roll, professionals_roll):
        enough = is_enough(lived_in, lived_roll, quorum) and is_enough(professionals_in, professionals_roll, quorum)
    else:
        enough = is_enough(lived_in + professionals_in, lived_roll + professionals_roll, quorum)
    return ENOUGH if enough else NOT_YET_ENOUGH


def rolls(poll: Poll) -> tuple[int, ...]:
    """Answer the size of each part that is counted by itself: of both sides, or of the whole roll (domain rule 5)."""
    both = poll.lived_on_roll, poll.professionals_on_roll
    return both if has_sides(*both) else (sum(both),)
