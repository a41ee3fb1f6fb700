"""A lifecycle is a table of moves: from where, to where, and who may."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from coprod.core.answers import YES, Answer, no, require


class Stateful(Protocol):
    """Anything that is in one state at a time."""

    state: Any


T = TypeVar("T", bound=Stateful)


@dataclass(frozen=True)
class Move(Generic[T]):
    """One permitted step: its name in the journal, and the words on its button."""

    name: str
    sources: frozenset[StrEnum]
    target: StrEnum
    may: Callable[[Any, T], Answer]
    button: str = ""

    @property
    def label(self) -> str:
        """Answer the words on the button."""
        return self.button or self.name.capitalize()


class Lifecycle(Generic[T]):
    """All the moves a kind of thing can make."""

    def __init__(self, moves: Iterable[Move[T]]) -> None:
        self.moves = {move.name: move for move in moves}

    def may(self, person: Any, name: str, thing: T) -> Answer:
        """Answer whether this person may make this move now: who first, then when."""
        move = self.moves.get(name)
        if move is None:
            return no("There is no such step.")
        in_time = YES if thing.state in move.sources else no(f"It is {thing.state}, so it cannot be {name}.")
        return move.may(person, thing) & in_time

    def make(self, person: Any, name: str, thing: T) -> tuple[str, str]:
        """Make the move, or refuse; answer with the states before and after."""
        require(self.may(person, name, thing))
        before, thing.state = thing.state, self.moves[name].target
        return str(before), str(thing.state)

    def open_to(self, person: Any, thing: T) -> list[Move[T]]:
        """List the moves this person may make now."""
        return [move for move in self.moves.values() if self.may(person, move.name, thing)]

    def as_mermaid(self) -> str:
        """Draw the table."""
        arrows = [
            f"    {_node(source)} --> {_node(move.target)}: {move.name}"
            for move in self.moves.values()
            for source in sorted(move.sources)
        ]
        return "\n".join(["stateDiagram-v2", *arrows])


def _node(state: str) -> str:
    return str(state).replace(" ", "_").replace(",", "").replace("-", "_")
