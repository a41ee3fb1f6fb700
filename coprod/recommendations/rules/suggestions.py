"""Other words suggested for one part: who may, how they stand to the words now, and what becomes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coprod.core.answers import YES, Answer, no
from coprod.core.diff import Merged, merge, paragraphs
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.recommendations.models import (
    Comment,
    CommentState,
    Recommendation,
    Suggestion,
    SuggestionState,
)
from coprod.recommendations.rules.who import is_facilitator, is_member
from coprod.recommendations.rules.writing import WORDED, Part, fits, may_write, part_named

MOST_OFFERED = 20


def may_suggest(person: Person, recommendation: Recommendation, part: Part) -> Answer:
    """Everybody at its table may, while these words may change; so many of theirs wait at once, and no more."""
    waiting = [one for one in recommendation.suggestions if one.person_id == person.id and is_offered(one)]
    room = no(f"{MOST_OFFERED} of yours wait for an answer. Take one back first.")
    return may_write(person, recommendation, part) & (YES if len(waiting) < MOST_OFFERED else room)


def may_settle(person: Person, suggestion: Suggestion) -> Answer:
    """The facilitator of its table may, with the group."""
    return is_facilitator(person, suggestion.recommendation)


def may_take(person: Person, suggestion: Suggestion) -> Answer:
    """The facilitator may, while these words may change."""
    part = part_named(suggestion.field)
    return may_settle(person, suggestion) & may_write(person, suggestion.recommendation, part)


def _whose_it_is(person: Person, suggestion: Suggestion) -> Answer:
    hers = YES if suggestion.person_id == person.id else no("Only the person who suggested it can do this.")
    return is_member(person, suggestion.recommendation) & hers


_OFFERED = frozenset({SuggestionState.OFFERED})

SUGGESTIONS = Lifecycle[Suggestion](
    [
        Move("taken", _OFFERED, SuggestionState.TAKEN, may_take, "Take it"),
        Move("not taken", _OFFERED, SuggestionState.NOT_TAKEN, may_settle, "Do not take it"),
        Move("taken back", _OFFERED, SuggestionState.TAKEN_BACK, _whose_it_is, "Take it back"),
    ]
)


def is_offered(suggestion: Suggestion) -> bool:
    """Answer whether it still waits for an answer."""
    return suggestion.state == SuggestionState.OFFERED


def waiting_first(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """List those that wait for an answer, and then the others, each by number."""
    return sorted(suggestions, key=lambda one: (not is_offered(one), one.number))


def onto(now: str, suggestion: Suggestion) -> Merged:
    """Put a suggested change together with what was changed since."""
    return merge(suggestion.before, now, suggestion.words)


def comes_together(suggestion: Suggestion, now: str) -> bool:
    """Answer whether it can be taken as it is: nobody changed the same words since, and all of it fits its part."""
    together = onto(now, suggestion)
    return bool(together) and bool(fits(part_named(suggestion.field), together.text))


def touching(suggestion: Suggestion, now: str) -> list[Suggestion]:
    """List the others that wait and change the same words of the same part, by number."""
    return [one for one in others_on_its_part(suggestion) if is_offered(one) and _touch(suggestion, one, now)]


def others_on_its_part(suggestion: Suggestion) -> list[Suggestion]:
    """List what else was suggested for the same part, by number."""
    others = [one for one in suggestion.recommendation.suggestions if one is not suggestion]
    return [one for one in others if one.field == suggestion.field]


def _touch(one: Suggestion, other: Suggestion, now: str) -> bool:
    if one.before == other.before:
        return not merge(one.before, one.words, other.words)
    first, second = onto(now, one), onto(now, other)
    if first and second:
        return not merge(now, first.text, second.text)
    # What both would change was changed since: people look at all of it together.
    return not (first or second)


# --- Comments.


def may_comment(person: Person, recommendation: Recommendation) -> Answer:
    """Everybody at its table may, whenever they like: a comment changes nothing."""
    return is_member(person, recommendation)


def _settles_comment(person: Person, comment: Comment) -> Answer:
    runs = is_facilitator(person, comment.recommendation)
    hers = comment.person_id == person.id and is_member(person, comment.recommendation)
    return YES if hers else is_member(person, comment.recommendation) & runs


COMMENTS = Lifecycle[Comment](
    [Move("settled", frozenset({CommentState.OPEN}), CommentState.SETTLED, _settles_comment, "It is settled")]
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a part, and what was said about it."""

    number: int
    words: str
    comments: list[Comment]


@dataclass(frozen=True)
class PartRead:
    """One part as those read it who work on it."""

    part: Part
    paragraphs: list[Paragraph]
    on_other_words: list[Comment]
    """What was said about words that have changed since."""
    waiting: int
    """How many suggested changes wait for an answer."""

    @property
    def is_talked_about(self) -> bool:
        """Answer whether something still waits to be looked at."""
        said = [*self.on_other_words, *(one for paragraph in self.paragraphs for one in paragraph.comments)]
        return self.waiting > 0 or any(one.state == CommentState.OPEN for one in said)


def as_read(recommendation: Recommendation, words: Mapping[str, str]) -> list[PartRead]:
    """Lay out the parts that are written in words, each with what was said and suggested."""
    return [_read(recommendation, part, words.get(part.name, "")) for part in WORDED]


def _read(recommendation: Recommendation, part: Part, words: str) -> PartRead:
    said = [one for one in recommendation.comments if one.field == part.name]
    lines = paragraphs(words)
    waiting = [one for one in recommendation.suggestions if one.field == part.name and is_offered(one)]
    return PartRead(
        part,
        [Paragraph(n, line, [one for one in said if one.paragraph == line]) for n, line in enumerate(lines, 1)],
        [one for one in said if one.paragraph not in lines],
        len(waiting),
    )
