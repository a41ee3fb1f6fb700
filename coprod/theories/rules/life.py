"""The life of a theory of change, from the first workshop to the next version."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.theories.models import PartKind, Theory, TheoryState
from coprod.theories.rules.who import edits


def has_parts(theory: Theory) -> Answer:
    """There is something to draw arrows between: what it is for, and one other part at least."""
    kinds = {part.kind for part in theory.parts}
    if PartKind.IMPACT not in kinds:
        return no("Say what it is for first.")
    return YES if len(kinds) > 1 else no("Write down what leads there first.")


def is_whole(theory: Theory) -> Answer:
    """It has parts and an arrow, and a later version says what changed."""
    arrows = YES if theory.arrows else no("There are no arrows yet.")
    unsaid = theory.number > 1 and not theory.changed
    return has_parts(theory) & arrows & (no("Say what changed first.") if unsaid else YES)


def _editor_with_parts(person: Person, theory: Theory) -> Answer:
    return edits(person, theory) & has_parts(theory)


def _editor_when_whole(person: Person, theory: Theory) -> Answer:
    return edits(person, theory) & is_whole(theory)


def _moves() -> list[Move[Theory]]:
    state, only = TheoryState, frozenset
    return [
        Move("parts found", only({state.FIRST}), state.SECOND, _editor_with_parts, "On to the arrows"),
        Move("back to the parts", only({state.SECOND}), state.FIRST, edits, "Back to the parts"),
        Move("given to read", only({state.SECOND}), state.READ, _editor_when_whole, "Ask everybody to agree"),
        Move("taken back", only({state.READ}), state.SECOND, edits, "Change it again"),
        Move("agreed", only({state.READ}), state.AGREED, _editor_when_whole, "It is agreed"),
        Move("superseded", only({state.AGREED}), state.SUPERSEDED, edits),
    ]


LIFECYCLE = Lifecycle[Theory](_moves())
