"""What the words in a state column mean here: open, done or cancelled."""

import re

from coprod.actions.models import ActionState

UNKNOWN = "We do not know this state. Write open, done or cancelled."
_WORDS = {
    ActionState.OPEN: """
        open; new; not started; to do; todo; in progress; progressing; ongoing; on going; started; underway; under way;
        on track; due; due soon; late; overdue; behind; outstanding; pending; waiting; on hold; paused; deferred;
        carried forward; c/f; active; live; red; amber; green; r; a; g; no; n; false; not done; incomplete;
        not complete; partially complete; part done; waiting for a second person; said done; ✗; ✘; x; re-opened;
        reopened; not yet
    """,
    ActionState.DONE: """
        done; complete; completed; closed; finished; achieved; actioned; implemented; delivered; resolved; discharged;
        blue; b; yes; y; true; ✓; ✔; ☑; ok; action complete; action closed
    """,
    ActionState.CANCELLED: """
        cancelled; canceled; withdrawn; dropped; superseded; no longer needed; no longer required; not needed;
        not required; abandoned; void; n/a; not applicable
    """,
}
_STATES = {word.strip(): state for state, words in _WORDS.items() for word in " ".join(words.split()).split(";")}
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")


def state_of(cell: str) -> ActionState | None:
    """Answer what a cell says of how far something is; nothing said is open, and None where we do not know."""
    word = " ".join(cell.casefold().split()).strip(" .!:-")
    if not word:
        return ActionState.OPEN
    if found := _SHARE.fullmatch(word):
        return _by_share(float(found[1]), percent=bool(found[2]))
    return _STATES.get(word) or _STATES.get(re.split(r"\s*[-–:,(]\s*", word, maxsplit=1)[0])


def _by_share(number: float, *, percent: bool) -> ActionState | None:
    """A share of a whole, as 0.5 or 50%."""
    whole = 100 if percent or number > 1 else 1
    if number > whole:
        return None
    return ActionState.DONE if number == whole else ActionState.OPEN
