"""Who may add what a group knows, change it and take it out; and whose a testimony is to withdraw."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence.models import Evidence, Testimony, TestimonyState
from coprod.evidence.rules.reading import is_hers
from coprod.people.models import Person
from coprod.workstreams.models import Workstream, WorkstreamState
from coprod.workstreams.rules import is_facilitator, is_member

WHOSE_WORDS = "Only the person whose words these are may change them."


def is_open(stream: Workstream) -> Answer:
    """Answer whether the group still works."""
    return no("It is closed.") if stream.state == WorkstreamState.CLOSED else YES


def may_add(person: Person, stream: Workstream) -> Answer:
    """Everybody who has joined may, until the group is closed."""
    return is_member(person, stream) & is_open(stream)


def may_write_for(person: Person, stream: Workstream) -> Answer:
    """A facilitator may write down what somebody told her in person."""
    return is_facilitator(person, stream)


def may_edit(person: Person, evidence: Evidence) -> Answer:
    """Facilitators change what stands in the library; a testimony is changed by nobody but its teller."""
    if evidence.testimony is not None:
        return YES if is_hers(person, evidence) else no(WHOSE_WORDS)
    return is_facilitator(person, evidence.workstream)


def may_delete(person: Person, evidence: Evidence, *, is_linked: bool) -> Answer:
    """Facilitators take out what nothing leans on; a testimony is withdrawn instead."""
    if evidence.testimony is not None:
        return no("A testimony is not deleted. It is withdrawn.")
    linked = no("Something leans on this, so it stays. Take the link away first.") if is_linked else YES
    return is_facilitator(person, evidence.workstream) & linked


def _teller_or_facilitator(person: Person, testimony: Testimony) -> Answer:
    """She may at any time; a facilitator for somebody who asks her in person (domain rule 15)."""
    hers = testimony.person_id is not None and testimony.person_id == person.id
    if hers or is_facilitator(person, testimony.evidence.workstream):
        return YES
    return no("Only the person who gave it can withdraw it.")


def _by_itself(person: Person | None, _: Testimony) -> Answer:
    return YES if person is None else no("This comes by itself.")


_GIVEN = frozenset({TestimonyState.GIVEN})
TESTIMONY = Lifecycle[Testimony](
    [
        Move("withdrawn", _GIVEN, TestimonyState.WITHDRAWN, _teller_or_facilitator, "Withdraw it"),
        Move("withdrawn by itself", _GIVEN, TestimonyState.WITHDRAWN, _by_itself),
        Move("ended", _GIVEN, TestimonyState.ENDED, _by_itself),
    ]
)
