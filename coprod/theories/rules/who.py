"""Who writes a theory of change, and who agrees to it."""

from collections.abc import Iterable, Sequence

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.theories.models import Theory, TheoryState
from coprod.theories.rules.versions import ANSWERED, WRITTEN, in_hand
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member


def may_run(person: Person, tables: Iterable[Workstream]) -> Answer:
    """Programme admins may, and whoever facilitates one of the programme's tables."""
    runs = person.is_admin or any(is_facilitator(person, table) for table in tables)
    return YES if runs else no("Only a facilitator or a programme admin can do this.")


def sits_there(person: Person, theory: Theory) -> Answer:
    """Whoever sits at one of the programme's tables may."""
    sits = any(is_member(person, table) for table in theory.tables)
    return YES if sits else no("Only people who sit at a table of the programme can do this.")


def edits(person: Person, theory: Theory) -> Answer:
    """Whoever may run one of its programme's tables writes it."""
    return may_run(person, theory.tables)


def may_start(person: Person, tables: Iterable[Workstream], versions: Sequence[Theory]) -> Answer:
    """Those who write may start a version, one at a time."""
    busy = in_hand(versions) is not None
    return may_run(person, tables) & (no("A version is being written already.") if busy else YES)


def may_write(person: Person, theory: Theory) -> Answer:
    """Those who write may change a version until people are asked to agree to it."""
    written = YES if theory.state in WRITTEN else no(f"This version is {theory.state}. It stays as it is.")
    return edits(person, theory) & written


def may_draw(person: Person, theory: Theory) -> Answer:
    """Arrows come once the parts are there: in the second workshop."""
    early = theory.state == TheoryState.FIRST
    return may_write(person, theory) & (
        no("First the parts. The arrows come in the second workshop.") if early else YES
    )


def may_say_yes(person: Person, theory: Theory) -> Answer:
    """Whoever sits at a table may agree, from the day all are asked until there is a newer version."""
    return sits_there(person, theory) & _is_open_to_answers(theory)


def _is_open_to_answers(theory: Theory) -> Answer:
    if theory.state in ANSWERED:
        return YES
    over = theory.state == TheoryState.SUPERSEDED
    return no("There is a newer version." if over else "This version is still being written.")
