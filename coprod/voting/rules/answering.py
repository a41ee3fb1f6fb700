"""What somebody may answer, and the one whole number it is sealed as: the same for every kind of vote (B3, B11)."""

from collections.abc import Collection, Mapping
from enum import IntEnum

from coprod.core.answers import YES, Answer, no
from coprod.voting.models import Kind


class Choice(IntEnum):
    """The five answers of a temperature vote, and the skip."""

    LOVE = 5
    YES = 4
    LIVE_WITH = 3
    NOT_SURE = 2
    WORRIED = 1
    SKIP = 0


class View(IntEnum):
    """What somebody thinks of one statement; to pass is no answer."""

    PASS = 0
    AGREE = 1
    DISAGREE = 2


CHOICES: Mapping[Kind, tuple[Choice, ...]] = {
    Kind.TEMPERATURE: tuple(Choice),
    Kind.CONSENT: (Choice.YES, Choice.LIVE_WITH, Choice.WORRIED, Choice.SKIP),
}
BITS_OF_A_VIEW = 2
NOT_ONE_OF_THEM = "That is not one of the answers."


class Spoiled(ValueError):  # noqa: N818 - a name that says what happened
    """What lay in an envelope is no answer to the question."""


def choices_of(kind: Kind) -> tuple[Choice, ...]:
    """List the answers of such a vote, the skip last; "I cannot live with it" is the worry of a consent vote."""
    return CHOICES.get(kind, ())


def is_choice(choice: int, kind: Kind) -> Answer:
    """Answer whether this is one of the answers of such a vote."""
    return YES if choice in choices_of(kind) else no(NOT_ONE_OF_THEM)


def are_picks(numbers: Collection[int], options: int, most: int) -> Answer:
    """Answer whether these are among the things to choose from, and not too many; none is a skip."""
    if not all(1 <= number <= options for number in numbers):
        return no(NOT_ONE_OF_THEM)
    return YES if len(set(numbers)) <= most else no(f"Choose {most} at most.")


def are_views(views: Mapping[int, View], options: int) -> Answer:
    """Answer whether these are views of statements that were put; one that is left out is passed."""
    return YES if all(1 <= number <= options for number in views) else no(NOT_ONE_OF_THEM)


# --- As one number of at most 16 bytes: a choice itself; a bit for each thing picked; two bits for each statement.


def code_of_picks(numbers: Collection[int]) -> int:
    """Answer the number that is sealed for these picks."""
    return sum(1 << (number - 1) for number in set(numbers))


def code_of_views(views: Mapping[int, View]) -> int:
    """Answer the number that is sealed for these views."""
    return sum(view << BITS_OF_A_VIEW * (number - 1) for number, view in views.items())


def choice_in(code: int, kind: Kind) -> Choice:
    """Answer the choice that was sealed, or say that it is none (B5)."""
    if code not in choices_of(kind):
        raise Spoiled
    return Choice(code)


def picks_in(code: int, options: int, most: int) -> frozenset[int]:
    """Answer the numbers that were picked, or say that they are none (B5)."""
    picked = frozenset(number for number in range(1, options + 1) if code >> (number - 1) & 1)
    if code >> options or len(picked) > most:
        raise Spoiled
    return picked


def views_in(code: int, options: int) -> dict[int, View]:
    """Answer the view of each statement, or say that it is none (B5)."""
    if code >> BITS_OF_A_VIEW * options:
        raise Spoiled
    try:
        return {number: View(code >> BITS_OF_A_VIEW * (number - 1) & 3) for number in range(1, options + 1)}
    except ValueError as error:
        raise Spoiled from error
