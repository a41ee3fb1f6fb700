"""Who may work on a recommendation, and until when."""

from coprod.core.answers import Answer, no
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.workstreams import rules as workstreams

BEING_WRITTEN = frozenset({State.IDEA, State.OPTION, State.DRAFTED, State.NEEDS_TALK, State.NO_RESULT})
VOTED_ON = frozenset({State.AGREED, State.NOT_AGREED})


def is_member(person: Person, recommendation: Recommendation) -> Answer:
    """Everybody at its table may."""
    return workstreams.is_member(person, recommendation.workstream)


def is_facilitator(person: Person, recommendation: Recommendation) -> Answer:
    """The facilitator of its table may."""
    return workstreams.is_facilitator(person, recommendation.workstream)


def is_chair(person: Person, recommendation: Recommendation) -> Answer:
    """The chair of the steering group it is addressed to may."""
    return workstreams.is_chair(person, recommendation.steering)


def may_edit(person: Person, recommendation: Recommendation) -> Answer:
    """Members may while it is being written; after a vote only what was not voted on, until it is sent."""
    if recommendation.state in BEING_WRITTEN | VOTED_ON:
        return is_member(person, recommendation)
    in_time = no(f"It is {recommendation.state}, so its words stay as they are.")
    return is_member(person, recommendation) & in_time


def wording_is_fixed(recommendation: Recommendation) -> bool:
    """Answer whether what was voted on may no longer change."""
    return recommendation.state in VOTED_ON
