"""What an action comes from: later features tell of their own, such as the decision that led to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.actions.models import Action
from coprod.people.models import Person


@dataclass(frozen=True)
class Source:
    """Something that led to an action: what it is called, and the page of it."""

    words: str
    endpoint: str
    key: UUID


Tells = Callable[[Person, Sequence[UUID]], dict[UUID, Source]]
_TELLS: list[Tells] = []


def comes_from(tells: Tells) -> Tells:
    """Let a later feature tell what led to each of these actions, as far as this person may read it."""
    _TELLS.append(tells)
    return tells


def sources(person: Person, actions: Sequence[Action]) -> dict[UUID, list[Source]]:
    """Answer what led to each of these actions: one statement for each feature that tells, however many there are."""
    keys = [action.id for action in actions]
    found: dict[UUID, list[Source]] = {key: [] for key in keys}
    for tells in _TELLS:
        for key, source in tells(person, keys).items():
            found[key].append(source)
    return found
