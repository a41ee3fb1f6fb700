"""A rapid review of evidence: who looks, who says what is used, and when it is concluded."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence.models import Find, FindState, Review, ReviewState
from coprod.evidence.rules.changing import is_open
from coprod.people.models import Person
from coprod.workstreams.rules import is_facilitator, is_member


def may_look(person: Person, review: Review) -> Answer:
    """Members search and sift as long as the review and the group are open."""
    still = YES if review.state == ReviewState.LOOKING else no("This review is concluded. It stays as it is.")
    return is_member(person, review.workstream) & is_open(review.workstream) & still


def _member_looks(person: Person, find: Find) -> Answer:
    return may_look(person, find.review)


def _member_with_a_reason(person: Person, find: Find) -> Answer:
    return _member_looks(person, find) & (YES if find.why else no("Say why, in a few words."))


def may_sift(person: Person, find: Find) -> Answer:
    """Members say whether something found is used, once."""
    open_ = YES if find.state == FindState.TO_SIFT else no(f"It is {find.state} already.")
    return may_look(person, find.review) & open_


def left_to_sift(review: Review) -> int:
    """Count what was found and not looked at yet."""
    return sum(find.state == FindState.TO_SIFT for find in review.finds)


def may_conclude(person: Person, review: Review) -> Answer:
    """A facilitator may, once everything found was looked at."""
    still = YES if review.state == ReviewState.LOOKING else no("This review is concluded. It stays as it is.")
    return is_facilitator(person, review.workstream) & still & nothing_left(review)


def nothing_left(review: Review) -> Answer:
    """Answer whether everything found was looked at, and a search was made."""
    if not review.searches:
        return no("Next, write down where you looked.")
    left = left_to_sift(review)
    return no(f"{left} of what was found must still be looked at.") if left else YES


def _facilitator_when_done(person: Person, review: Review) -> Answer:
    said = YES if review.conclusion else no("Say in plain words what you found out.")
    return is_facilitator(person, review.workstream) & nothing_left(review) & said


_SIFTED = frozenset({FindState.TO_SIFT})
EVIDENCE_FIND = Lifecycle[Find](
    [
        Move("included", _SIFTED, FindState.INCLUDED, _member_with_a_reason, "Include it"),
        Move("left out", _SIFTED, FindState.LEFT_OUT, _member_with_a_reason, "Leave it out"),
        Move(
            "put back",
            frozenset({FindState.LEFT_OUT}),
            FindState.TO_SIFT,
            _member_looks,
            "Look at it again",
        ),
    ]
)
EVIDENCE_REVIEW = Lifecycle[Review](
    [
        Move(
            "concluded",
            frozenset({ReviewState.LOOKING}),
            ReviewState.CONCLUDED,
            _facilitator_when_done,
            "Conclude the review",
        ),
    ]
)
