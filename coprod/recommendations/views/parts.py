"""Which part or paragraph an address speaks of."""

from collections.abc import Callable
from functools import partial

from werkzeug.exceptions import NotFound

from coprod.core.diff import paragraphs
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation


def part_of(number: int) -> rules.Part:
    """Answer the part of this number, if it is one that is written in words."""
    part = next((part for part in rules.WORDED if part.number == number), None)
    if part is None:
        raise NotFound
    return part


def paragraph_of(recommendation: Recommendation, part: rules.Part, number: int, version: int) -> str:
    """Answer one paragraph as it read in one version, or as it reads now."""
    read = rules.version_of(recommendation, version)
    words = (read.words if read else rules.words_now(recommendation)).get(part.name, "")
    found = paragraphs(words)
    if not 1 <= number <= len(found):
        raise NotFound
    return found[number - 1]


def names(recommendation: Recommendation) -> Callable[[Person | None], str]:
    """Answer what says how somebody is called on the pages of this recommendation."""
    return partial(rules.called, recommendation=recommendation)
