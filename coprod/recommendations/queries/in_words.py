"""What changed, in people's words: a later feature tells it, pages with numbers put it beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.people.models import Person


@dataclass(frozen=True)
class Told:
    """What one person told of a change: her words, how much, how it is now, and the name she chose, or none."""

    says: str
    how_much: str
    turn: str
    name: str
    content_note: str


@dataclass(frozen=True)
class InWords:
    """What this person may read of a change, and the page it stands on, if there is one for her."""

    told: Sequence[Told]
    endpoint: str
    key: UUID


Tells = Callable[[Person, Sequence[UUID]], dict[UUID, InWords]]
_TELLS: list[Tells] = []


def tells_in_words(tells: Tells) -> Tells:
    """Let a later feature tell what changed because of each of these recommendations, as this person may read it."""
    _TELLS.append(tells)
    return tells


def in_words(person: Person, keys: Sequence[UUID]) -> dict[UUID, list[InWords]]:
    """Answer what changed in people's words because of these recommendations, which she was found to see."""
    found: dict[UUID, list[InWords]] = {key: [] for key in keys}
    for tells in _TELLS:
        for key, one in tells(person, keys).items():
            found[key].append(one)
    return found
