"""The table of moves, on a thing made for it."""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from coprod.core.answers import YES, Refused, no
from coprod.core.lifecycle import Lifecycle, Move


class State(StrEnum):
    """Three states."""

    DRAFT = "draft"
    WITH_US = "with us, for now"
    DONE = "done"


@dataclass
class Thing:
    """Something that has a state."""

    state: State = State.DRAFT


def _only_ada(person, _thing):
    return YES if person == "Ada" else no("Only Ada may.")


LIFECYCLE = Lifecycle[Thing](
    [
        Move("sent", frozenset({State.DRAFT}), State.WITH_US, may=_only_ada, button="Send it"),
        Move("finished", frozenset({State.DRAFT, State.WITH_US}), State.DONE, may=lambda *_: YES),
    ]
)


def test_a_move_changes_the_state_and_tells_both():
    thing = Thing()
    assert LIFECYCLE.make("Ada", "sent", thing) == ("draft", "with us, for now")
    assert thing.state == State.WITH_US


def test_who_is_asked_before_when():
    assert LIFECYCLE.may("Ben", "sent", Thing(State.DONE)).reason == "Only Ada may."
    assert LIFECYCLE.may("Ada", "sent", Thing(State.DONE)).reason == "It is done, so it cannot be sent."


def test_a_refused_move_changes_nothing():
    thing = Thing()
    with pytest.raises(Refused, match="Only Ada may"):
        LIFECYCLE.make("Ben", "sent", thing)
    assert thing.state == State.DRAFT


def test_an_unknown_move_is_refused():
    assert LIFECYCLE.may("Ada", "eaten", Thing()).reason == "There is no such step."


def test_the_open_moves_are_those_allowed_now():
    assert [move.name for move in LIFECYCLE.open_to("Ada", Thing())] == ["sent", "finished"]
    assert [move.name for move in LIFECYCLE.open_to("Ben", Thing(State.WITH_US))] == ["finished"]


def test_a_button_says_its_own_words_or_the_moves_name():
    assert [move.label for move in LIFECYCLE.moves.values()] == ["Send it", "Finished"]


def test_the_table_is_drawn():
    assert LIFECYCLE.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    draft --> with_us_for_now: sent",
        "    draft --> done: finished",
        "    with_us_for_now --> done: finished",
    ]
