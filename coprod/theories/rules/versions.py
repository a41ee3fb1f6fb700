"""Which version is being written, which is read first, and which may be answered."""

from collections.abc import Sequence

from coprod.theories.models import Theory, TheoryState

WRITTEN = frozenset({TheoryState.FIRST, TheoryState.SECOND})
OPEN = WRITTEN | {TheoryState.READ}
ANSWERED = frozenset({TheoryState.READ, TheoryState.AGREED})


def shown(versions: Sequence[Theory]) -> Theory | None:
    """Answer the version people read first: the agreed one, or else the one being written."""
    found = [one for one in versions if one.state == TheoryState.AGREED] or list(versions)
    return found[-1] if found else None


def in_hand(versions: Sequence[Theory]) -> Theory | None:
    """Answer the version being written or read, if there is one."""
    return next((one for one in versions if one.state in OPEN), None)
