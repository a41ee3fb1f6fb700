"""F13 in small: walks of random moves beside the model on both databases, and faults that some of them come upon."""

from collections import Counter

import pytest

from bench.prove import f13_faults as faults
from bench.prove.f13 import Counted, seen_after
from coprod.workstreams import rules as workstreams
from tests.walk.model import asking, meetings, places
from tests.walk.model.world import LIVED, STREAM, Item, Meeting, Place, Vote, World, last_of_month, working_days_after
from tests.walk.stage import FIRST_DAY, Stage, said_by
from tests.walk.walking import NAMES, draws_of, walk

WALKS = 4


def test_database_and_model_begin_alike(stage: Stage) -> None:
    with stage.walk() as world:
        assert stage.rows() == said_by(world)
        assert len(world.asked) > 10


def test_walks_never_differ_from_the_model(stage: Stage) -> None:
    """F13."""
    gone = [walk(stage, draws_of(f"small {number}")) for number in range(WALKS)]
    assert [str(one.difference or "") for one in gone] == [""] * WALKS
    assert sum(one.allowed.total() for one in gone) > WALKS * 15


def test_walk_leaves_nothing_behind(stage: Stage) -> None:
    with stage.walk() as world:
        before = said_by(world)
    walk(stage, draws_of("behind"))
    with stage.walk():
        assert stage.rows() == before


@pytest.mark.parametrize("fault", [faults.others_answer_for_her, faults.anybody_moves_dates])
def test_planted_fault_is_come_upon(stage: Stage, fault: faults.Fault) -> None:
    assert seen_after(stage, fault, 1, 20)


def breaks_on_the_way(patch: pytest.MonkeyPatch) -> None:
    """A stub that is itself wrong."""
    faults.move_by(patch, workstreams.MEMBERSHIP, "left", may=lambda: None)


def test_stub_that_breaks_has_not_been_found(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(faults.FAULTS, breaks_on_the_way, faults.FAULTS[faults.others_answer_for_her])
    assert seen_after(stage, breaks_on_the_way, 1, 2) is None


def test_deed_that_is_never_allowed_or_never_refused_is_told() -> None:
    tried = Counter(NAMES)
    assert Counted(1, 40, tried, tried).untried == []
    assert Counted(1, 40, tried - Counter(NAMES[:1]), tried - Counter(NAMES[1:2])).untried == list(NAMES[:2])


# --- The model by itself.


def test_model_counts_a_vote_as_the_domain_guide_says() -> None:
    roll = {"a": LIVED, "b": "professional", "c": "professional", "d": "professional", "e": "professional"}
    told = {
        answers: asking.outcome(Vote("x", roll, answers=dict(zip("abcde", answers, strict=False))))
        for answers in ((5, 4), (5, 5, 3), (5, 5, 1), (5, 2, 2), (5, 3, 2), (0, 0, 0, 5))
    }
    assert told == {
        (5, 4): "no result",
        (5, 5, 3): "to be asked in the room",
        (5, 5, 1): "needs more talk",
        (5, 2, 2): "not agreed",
        (5, 3, 2): "needs more talk",
        (0, 0, 0, 5): "no result",
    }
    assert asking.outcome(Vote("x", {"b": "professional"}, answers={"b": 5})) == "no result"


def test_model_knows_quorum_and_working_days() -> None:
    """Domain rules 22 and 23: Thursday 15 December 2022 and ten working days, but for the holidays."""
    world = World(FIRST_DAY)
    sides = (LIVED, LIVED, "professional", "professional", "professional")
    world.places = {("steering", str(number)): Place(side) for number, side in enumerate(sides)}
    meeting, item = Meeting(FIRST_DAY, "open", here={"0", "1", "2"}), Item("something else", "Tea")
    assert meetings.can_decide(world, meeting, item)
    item.leaving = {"0"}
    assert not meetings.can_decide(world, meeting, item)
    assert working_days_after(FIRST_DAY, 10) == FIRST_DAY.replace(month=12, day=1)
    assert last_of_month(FIRST_DAY) == FIRST_DAY.replace(day=30)


def test_model_lets_nobody_sit_down_before_the_own_case_check() -> None:
    """Domain rule 2."""
    world = World(FIRST_DAY)
    world.places = {(STREAM, "Mo"): Place("professional", state="invited"), (STREAM, "Ria"): Place(LIVED)}
    places.move(world, "Mo", STREAM, "Mo", "joined")
    assert (world.places[STREAM, "Mo"].state, world.places[STREAM, "Mo"].said_yes) == ("invited", True)
