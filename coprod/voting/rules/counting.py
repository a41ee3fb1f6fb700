"""How a temperature or a consent vote ends (domain rule 5 and section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coprod.voting.models import Outcome, Quorum, Rule, Shown
from coprod.voting.rules import sizes
from coprod.voting.rules.answering import Choice

HALF, TWO_THIRDS, SEVEN_TENTHS = Fraction(1, 2), Fraction(2, 3), Fraction(7, 10)

REASONS = {
    Outcome.AGREED: "Enough people answered, most were for it, and nobody was worried.",
    Outcome.NEEDS_TALK: "Somebody is worried, or not enough people are for it yet.",
    Outcome.NOT_AGREED: "Too few people were for it.",
    Outcome.NO_RESULT: "Too few people answered.",
    Outcome.ASK_THE_ROOM: "Enough people answered, most were for it, and nobody was worried. "
    "Now the parents and carers are asked in the room, together.",
    Outcome.COUNTED: "Enough people answered. What came of each is said beside it.",
}
NOBODY_WITH_LIVED_EXPERIENCE = "Nobody with lived experience was on the roll."
KEY_LOST = "The key to the envelopes is lost, so nobody can ever open them. The vote has to be run again."


@dataclass(frozen=True)
class SideAnswers:
    """One side's opened answers, each 0 to 5, and how many people were on its roll."""

    choices: Sequence[int]
    roll: int

    @property
    def given(self) -> list[int]:
        """List the answers that count: a skip is no answer."""
        return [choice for choice in self.choices if choice != Choice.SKIP]

    @property
    def answered(self) -> int:
        """Answer how many answered."""
        return len(self.given)

    @property
    def in_favour(self) -> int:
        """Answer how many can at least live with it."""
        return sum(choice >= Choice.LIVE_WITH for choice in self.given)

    @property
    def support(self) -> Fraction:
        """Answer S: the share of the answers that can at least live with it."""
        return Fraction(self.in_favour, self.answered)

    @property
    def is_worried(self) -> bool:
        """Answer whether anybody is worried."""
        return Choice.WORRIED in self.given

    def __add__(self, other: "SideAnswers") -> "SideAnswers":
        """Put two sides together into the whole roll."""
        return SideAnswers([*self.choices, *other.choices], self.roll + other.roll)


def balance(lived: SideAnswers, professionals: SideAnswers) -> Fraction:
    """Answer B: the mean of both sides' support."""
    return (lived.support + professionals.support) / 2


def outcome(
    lived: SideAnswers, professionals: SideAnswers, rule: Rule | None = None, quorum: Quorum = Quorum.HALF
) -> Outcome:
    """Answer the result word of two sides, by the first rule that matches."""
    rule = rule or sizes.default_rule(lived.roll, professionals.roll)
    if lived.roll == 0:
        return Outcome.NO_RESULT
    if not sizes.has_sides(lived.roll, professionals.roll):
        return outcome_in_the_room(lived + professionals, rule, quorum)
    if rule == Rule.PARENTS_AND_ALL:
        return outcome_in_the_room(lived + professionals, rule, quorum)
    if not (is_answered(lived, quorum) and is_answered(professionals, quorum)):
        return Outcome.NO_RESULT
    return _of_both(lived, professionals) if rule == Rule.BOTH_SIDES else _of_the_whole(lived + professionals, rule)


def outcome_in_the_room(everybody: SideAnswers, rule: Rule, quorum: Quorum) -> Outcome:
    """Answer the result word of a whole roll whose sides are not looked at: an agreement is asked in the room."""
    if not is_answered(everybody, quorum):
        return Outcome.NO_RESULT
    found = _of_the_whole(everybody, rule)
    return Outcome.ASK_THE_ROOM if found == Outcome.AGREED else found


def is_answered(side: SideAnswers, quorum: Quorum) -> bool:
    """Answer whether anybody of them answered, and enough of them did."""
    return sizes.is_enough(side.answered, side.roll, quorum)


def _of_both(lived: SideAnswers, professionals: SideAnswers) -> Outcome:
    both = balance(lived, professionals)
    if lived.support < HALF or both < HALF:
        return Outcome.NOT_AGREED
    worried = lived.is_worried or professionals.is_worried
    if worried or lived.support < SEVEN_TENTHS or professionals.support < HALF or both < SEVEN_TENTHS:
        return Outcome.NEEDS_TALK
    return Outcome.AGREED


def _of_the_whole(everybody: SideAnswers, rule: Rule) -> Outcome:
    """More than half, two thirds, or the seven tenths of domain rule 5; whatever the rule, one worry is more talk."""
    support = everybody.support
    if support < HALF or (rule == Rule.SIMPLE and support == HALF):
        return Outcome.NOT_AGREED
    needed = {Rule.SIMPLE: HALF, Rule.TWO_THIRDS: TWO_THIRDS}.get(rule, SEVEN_TENTHS)
    return Outcome.NEEDS_TALK if everybody.is_worried or support < needed else Outcome.AGREED


def said_of_side(side: SideAnswers, shown: Shown) -> str:
    """Answer what may be said of one side, in the form fixed at opening."""
    against = side.answered - side.in_favour
    if shown == Shown.COUNTS:
        return f"{side.in_favour} for, {against} against"
    return majority(side.in_favour, against, "Most for", "Most against") if shown == Shown.WORD else ""


def majority(for_it: int, against: int, most_for: str, most_against: str, neither: str = "No majority") -> str:
    """Answer one of three words about one side (B13)."""
    if for_it > against:
        return most_for
    return most_against if against > for_it else neither


def reason(result: Outcome, lived_on_roll: int) -> str:
    """Answer the plain reason beside the result word; it names no side and no threshold."""
    return REASONS[result] if lived_on_roll else NOBODY_WITH_LIVED_EXPERIENCE
