"""What keeps the words of one when two write at once."""

import json
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID

from coprod.theories.models import Theory, TheoryArrow, TheoryPart


class Keyed(Protocol):
    """Anything with a key."""

    id: Any


T = TypeVar("T", bound=Keyed)


def _mark(*said: Any) -> str:
    return sha256(json.dumps(said, default=str).encode()).hexdigest()


def mark_of(thing: TheoryPart | TheoryArrow) -> str:
    """Answer a mark of a part or an arrow as it stands, by which whoever writes says what she had read."""
    if isinstance(thing, TheoryPart):
        links = (thing.recommendations, thing.pilots, thing.indicators)
        return _mark(thing.kind, thing.words, *(_keys(one) for one in links))
    ends = thing.start_id, thing.end_id
    said = ends, thing.assumption, thing.evidence, thing.standing
    return _mark(*said, _keys(thing.pilots), _keys(thing.indicators))


def mark_of_all(theory: Theory) -> str:
    """Answer a mark of a whole version, by which whoever agrees says what she had read."""
    return _mark([mark_of(part) for part in theory.parts], [mark_of(arrow) for arrow in theory.arrows])


def _keys(things: Iterable[Any]) -> list[str]:
    return sorted(str(one.id) for one in things)


def kept(before: Sequence[T], chosen: Sequence[T], known: Collection[UUID]) -> list[T]:
    """Answer the links after a change: what was chosen, and what the writer may not see and so could not choose."""
    hidden = [one for one in before if one.id not in known]
    return [*chosen, *hidden]
