"""A test cycle on one printed page: the last of its notes, and long words cut short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from coprod.core.words import long_date
from coprod.pilots.models import TestCycle
from coprod.pilots.rules.telling import number_words, quoted

LONGEST = 160
MOST_NOTES, MOST_NUMBERS, MOST_HEARD = 3, 4, 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page, and whether there is more."""

    plan: Sequence[tuple[str, str | None]]
    notes: Sequence[str]
    numbers: Sequence[tuple[date, str]]
    study: Sequence[tuple[str, str | None]]
    heard: Sequence[str]
    act: Sequence[tuple[str, str | None]]
    more: bool


def sheet_of(one: TestCycle) -> Sheet:
    """Give what fits on one page."""
    notes, heard = one.did.splitlines(), [quoted(said) for said in one.feedback]
    numbers = [(number.on, number_words(number)) for number in one.numbers]
    plan, study, act = _plan(one), _study(one), _act(one)
    long = [words for _, words in (*plan, *study, *act) if words] + notes + heard
    cut = any(len(words) > LONGEST for words in long)
    left_out = len(notes) > MOST_NOTES or len(numbers) > MOST_NUMBERS or len(heard) > MOST_HEARD
    return Sheet(
        _short(plan),
        [_cut(words) for words in notes[-MOST_NOTES:]],
        numbers[-MOST_NUMBERS:],
        _short(study),
        [_cut(words) for words in heard[-MOST_HEARD:]],
        _short(act),
        cut or left_out,
    )


def _plan(one: TestCycle) -> list[tuple[str, str]]:
    return [
        ("Change", one.change),
        ("Prediction", one.prediction),
        ("Aim", one.aim),
        ("Measures", "; ".join(measure.name for measure in one.measures)),
        ("How small", one.scale),
        ("Safety check", one.safety_check),
        ("Owner", one.owner.alias),
        ("From", long_date(one.begins)),
        ("To", long_date(one.ends)),
    ]


def _study(one: TestCycle) -> list[tuple[str, str]]:
    compared = one.compared.capitalize() if one.compared else ""
    return [
        ("We predicted", one.prediction),
        ("It came out", one.result),
        ("That is", compared),
        ("What surprised us", one.surprised),
    ]


def _act(one: TestCycle) -> list[tuple[str, str]]:
    return [
        ("It stands at", one.state.capitalize()),
        ("What we learned", one.learning),
        ("Adopted all the same, because", one.override_reason),
    ]


def _short(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str | None]]:
    return [(label, _cut(words) or None) for label, words in rows]


def _cut(words: str) -> str:
    return shorten(words, LONGEST, placeholder=" …")
