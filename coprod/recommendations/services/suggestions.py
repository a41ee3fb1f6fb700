"""Suggested changes: offered by anybody at the table, taken or not by its facilitator, and always still to read."""

from collections.abc import Sequence

from coprod.core.answers import YES, no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.diff import merge
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Comment, Recommendation, Suggestion
from coprod.recommendations.services.writing import write_part


def suggest(
    recommendation: Recommendation, part: rules.Part, words: str, why: str = "", *, version: int, by: Person
) -> Suggestion:
    """Suggest other words for one part; `version` is the one they start from."""
    lock(recommendation)
    require(rules.may_suggest(by, recommendation, part) & rules.fits(part, words))
    read = rules.version_of(recommendation, version)
    before = read.words.get(part.name, "") if read else rules.words_now(recommendation)[part.name]
    require(no("These are the words as they are.") if words == before else YES)
    suggestion = Suggestion(
        number=max((held.number for held in recommendation.suggestions), default=0) + 1,
        field=part.name,
        from_version=read.number if read else recommendation.version,
        before=before,
        words=words,
        why=why,
        on=today(),
        person=by,
    )
    recommendation.suggestions.append(suggestion)
    db.session.flush()
    record(by, "offered", suggestion)
    return suggestion


def take(suggestion: Suggestion, reason: str = "", *, by: Person) -> None:
    """Take a suggested change, put together with what was changed since; where that is the same words, ask (R4)."""
    recommendation, part = _held(suggestion), rules.part_named(suggestion.field)
    require(rules.SUGGESTIONS.may(by, "taken", suggestion))
    now = rules.words_now(recommendation)[part.name]
    if not rules.comes_together(suggestion, now):
        raise Overtaken(rules.Joined({part.name: suggestion.words}, {part.name: now}, {}))
    write_part(recommendation, part, rules.onto(now, suggestion).text, by=by)
    _settle(suggestion, "taken", reason, by)


def take_together(suggestions: Sequence[Suggestion], words: str, reason: str = "", *, version: int, by: Person) -> None:
    """Write joint words for suggestions that touch each other, and settle as taken those that still wait.

    `version` is the one the writer read: where somebody changed the same words since, she sees them first (R4).
    """
    first = suggestions[0]
    recommendation, part = _held(first), rules.part_named(first.field)
    require(rules.may_take(by, first))
    now, read = rules.words_now(recommendation)[part.name], rules.version_of(recommendation, version)
    together = merge(read.words.get(part.name, "") if read else now, words, now)
    if not together or not rules.fits(part, together.text):
        raise Overtaken(rules.Joined({part.name: words}, {part.name: now}, {}))
    write_part(recommendation, part, together.text, by=by)
    for suggestion in suggestions:
        lock(suggestion)
        if rules.is_offered(suggestion):
            _settle(suggestion, "taken", reason, by)


def do_not_take(suggestion: Suggestion, reason: str, *, by: Person) -> None:
    """Say no to a suggested change, and why; its words stay to be read."""
    _held(suggestion)
    _settle(suggestion, "not taken", reason, by)


def take_back(suggestion: Suggestion, *, by: Person) -> None:
    """Let whoever suggested it take it back; its words stay to be read."""
    _held(suggestion)
    _settle(suggestion, "taken back", "", by)


def _held(suggestion: Suggestion) -> Recommendation:
    """Hold a suggestion and its recommendation, in this order for everybody."""
    lock(suggestion.recommendation)
    lock(suggestion)
    return suggestion.recommendation


def _settle(suggestion: Suggestion, name: str, reason: str, by: Person) -> None:
    before, after = rules.SUGGESTIONS.make(by, name, suggestion)
    suggestion.reason, suggestion.settled_on = reason, today()
    db.session.flush()
    record(by, name, suggestion, before=before, after=after)


# --- Comments. No journal speaks of them: they change nothing.


def comment(recommendation: Recommendation, part: rules.Part, paragraph: str, words: str, *, by: Person) -> Comment:
    """Say something about one paragraph."""
    lock(recommendation)
    require(rules.may_comment(by, recommendation))
    number = max((held.number for held in recommendation.comments), default=0) + 1
    said = Comment(number=number, field=part.name, paragraph=paragraph, words=words, on=today(), person=by)
    recommendation.comments.append(said)
    db.session.flush()
    return said


def settle_comment(comment: Comment, *, by: Person) -> None:
    """Say that what somebody said is settled; it stays to be read."""
    lock(comment)
    rules.COMMENTS.make(by, "settled", comment)
