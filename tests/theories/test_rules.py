"""The life of a theory, what fits together, and what the data say of a part."""

import itertools
from types import SimpleNamespace
from uuid import uuid4

import pytest

from coprod.drawings.chart_facts import Meaning
from coprod.drawings.theory_map import Bead, Tone
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.people.models import Person, Side
from coprod.theories import rules
from coprod.theories.models import PartKind, Standing, Theory, TheoryArrow, TheoryPart, TheoryState
from coprod.theories.rules import Telling, Told
from tests.cycles.build import ROLES, a_table, people

S = TheoryState
MOVES = {
    ("parts found", S.FIRST),
    ("back to the parts", S.SECOND),
    ("given to read", S.SECOND),
    ("taken back", S.READ),
    ("agreed", S.READ),
    ("superseded", S.AGREED),
}
ALLOWED = {(name, state, who) for name, state in MOVES for who in ("facilitator", "admin")}


def a_part(theory: Theory, kind: PartKind, words: str = "Words") -> TheoryPart:
    part = TheoryPart(id=uuid4(), number=len(theory.parts) + 1, kind=kind, words=words)
    theory.parts.append(part)
    return part


def an_arrow(theory: Theory, start: TheoryPart, end: TheoryPart) -> TheoryArrow:
    number = len(theory.arrows) + 1
    arrow = TheoryArrow(id=uuid4(), number=number, start=start, end=end, assumption="So", evidence="")
    arrow.start_id, arrow.end_id, arrow.standing = start.id, end.id, Standing.HOLDS
    theory.arrows.append(arrow)
    return arrow


def a_theory(state: TheoryState = S.SECOND, number: int = 1) -> Theory:
    theory = Theory(id=uuid4(), state=state, number=number, changed="")
    start, end = a_part(theory, PartKind.ACTIVITY, "Ten weeks"), a_part(theory, PartKind.IMPACT, "Fewer start again")
    an_arrow(theory, start, end)
    return theory


def test_every_move_from_every_state_by_everybody() -> None:
    folk = people(*ROLES)
    folk["admin"] = Person(id=uuid4(), alias="Ada", side=Side.PROFESSIONAL, is_admin=True)
    table = a_table({who: person for who, person in folk.items() if who != "admin"})
    found = set()
    for name, state, who in itertools.product(rules.LIFECYCLE.moves, S, folk):
        theory = a_theory(state)
        theory.tables = [table]
        if rules.LIFECYCLE.may(folk[who], name, theory):
            found.add((name, state, who))
    assert found == ALLOWED


def test_a_version_is_whole_with_parts_an_arrow_and_words_on_what_changed() -> None:
    empty = Theory(state=S.FIRST, number=1, changed="")
    assert rules.has_parts(empty).reason == "Say what it is for first."
    a_part(empty, PartKind.IMPACT)
    assert rules.has_parts(empty).reason == "Write down what leads there first."
    a_part(empty, PartKind.INPUT)
    assert rules.has_parts(empty)
    assert rules.is_whole(empty).reason == "There are no arrows yet."
    later = a_theory(number=2)
    assert rules.is_whole(later).reason == "Say what changed first."
    later.changed = "Less"
    assert rules.is_whole(later)


def test_the_agreed_version_is_read_first_and_one_is_written_at_a_time() -> None:
    old, holds, new = (Theory(state=state) for state in (S.SUPERSEDED, S.AGREED, S.READ))
    assert rules.shown([old, holds, new]) is holds
    assert rules.shown([new]) is new
    assert rules.shown([]) is None
    assert rules.in_hand([old, holds, new]) is new
    assert rules.in_hand([old, holds]) is None


def test_an_arrow_never_goes_back_and_stands_once() -> None:
    theory = a_theory()
    weeks, fewer = theory.parts
    other = a_part(theory, PartKind.ACTIVITY)
    arrow = theory.arrows[0]
    assert "goes on" in rules.can_join(theory, fewer, weeks).reason
    assert "Choose two parts" in rules.can_join(theory, weeks, weeks).reason
    assert "already" in rules.can_join(theory, weeks, fewer).reason
    assert rules.can_join(theory, weeks, fewer, arrow)
    assert rules.can_join(theory, other, fewer)
    gone = TheoryPart(id=uuid4(), number=9, kind=PartKind.OUTCOME, words="Gone")
    assert "took one of these parts out" in rules.can_join(theory, weeks, gone).reason
    assert rules.can_join(theory, weeks, other)
    assert rules.loose(theory) == [other]
    assert rules.can_be(weeks, PartKind.INPUT, theory.arrows)
    assert rules.can_be(weeks, PartKind.IMPACT, theory.arrows)
    assert "backwards" in rules.can_be(fewer, PartKind.INPUT, theory.arrows).reason
    an_arrow(theory, other, weeks)
    assert "backwards" in rules.can_be(weeks, PartKind.INPUT, theory.arrows).reason
    assert "backwards" in rules.can_be(other, PartKind.IMPACT, theory.arrows).reason


def test_arrows_within_a_kind_never_go_round_in_a_circle() -> None:
    theory = Theory(id=uuid4(), state=S.SECOND, number=1, changed="")
    safe, heard, power, again = (
        a_part(theory, PartKind.OUTCOME, words) for words in ("Safe", "Heard", "Power", "Less")
    )
    for start, end in ((safe, heard), (heard, power), (safe, power), (heard, again)):
        assert rules.can_join(theory, start, end)
        an_arrow(theory, start, end)
    assert rules.can_join(theory, power, safe).reason == (
        "That would go round in a circle: “Power” → “Safe” → “Power”. Take one of these arrows away first."
    )
    assert "“Power” → “Heard” → “Power”" in rules.can_join(theory, power, heard).reason
    assert "“Less” → “Safe” → “Heard” → “Less”" in rules.can_join(theory, again, safe).reason
    assert rules.can_join(theory, heard, safe, theory.arrows[0])
    assert rules.can_join(theory, power, again)


def test_a_part_stands_as_many_steps_into_its_kind_as_lead_to_it_there() -> None:
    theory = a_theory()
    weeks, _ = theory.parts
    last, first = a_part(theory, PartKind.OUTCOME, "Last"), a_part(theory, PartKind.OUTCOME, "First")
    between = a_part(theory, PartKind.OUTCOME, "Between")
    for start, end in ((between, last), (first, last), (first, between), (weeks, first)):
        an_arrow(theory, start, end)
    here = told(theory)
    assert [here.steps[part.id] for part in (weeks, first, between, last)] == [0, 0, 1, 2]
    assert [part.words for part in here.of_kind(PartKind.OUTCOME)] == ["First", "Between", "Last"]
    facts = rules.picture_of(here)
    assert [column.heading for column in facts.columns][3:] == [*["What changes"] * 3, "What it is for"]
    assert [box.column for box in facts.boxes] == [1, 6, 5, 3, 4]
    back = rules.drivers_of(here)
    assert [(box.words, box.column) for box in back.boxes][2:] == [("Last", 1), ("First", 3), ("Between", 2)]


def test_a_picture_has_room_for_so_much(monkeypatch) -> None:
    theory = a_theory()
    assert rules.has_room(theory, rules.MOST_PARTS - 2)
    assert "room for 80 parts" in rules.has_room(theory, rules.MOST_PARTS - 1).reason
    monkeypatch.setattr(rules.arrows, "MOST_ARROWS", 1)
    other = a_part(theory, PartKind.INPUT)
    assert rules.can_join(theory, other, theory.parts[0]).reason == "There is room for 1 arrows."


def test_the_room_says_a_part_a_line() -> None:
    assert rules.lines_of("- Time \n\n  Money   and rooms\r\nTime\n• Trust") == ["Time", "Money and rooms", "Trust"]


def test_a_mark_changes_with_every_word_and_link() -> None:
    theory = a_theory()
    part, arrow = theory.parts[0], theory.arrows[0]
    marks = {rules.mark_of(part), rules.mark_of(arrow)}
    part.words, arrow.evidence = "Twelve weeks", "A study"
    marks |= {rules.mark_of(part), rules.mark_of(arrow)}
    part.indicators = [Indicator(id=uuid4())]
    arrow.indicators = list(part.indicators)
    assert len(marks | {rules.mark_of(part), rules.mark_of(arrow)}) == 6


@pytest.mark.parametrize(
    ("meanings", "telling"),
    [
        ([], Telling.UNMEASURED),
        ([None], Telling.TOO_FEW),
        ([None, Meaning.NEITHER], Telling.CHANCE),
        ([Meaning.NEITHER, Meaning.IMPROVEMENT], Telling.BETTER),
        ([Meaning.CONCERN, None], Telling.WORSE),
        ([Meaning.CONCERN, Meaning.IMPROVEMENT], Telling.MIXED),
    ],
)
def test_a_part_says_what_its_latest_numbers_are_a_sign_of(monkeypatch, meanings, telling) -> None:
    def judged(one):
        return SimpleNamespace(latest=one and SimpleNamespace(meaning=one))

    monkeypatch.setattr(outcomes, "control_chart_of", judged)
    assert rules.telling_of(meanings) == telling


def told(theory: Theory, telling: Telling = Telling.UNMEASURED) -> Told:
    return Told(theory, frozenset(), {part.id: telling for part in theory.parts})


def test_a_theory_is_drawn_from_left_to_right() -> None:
    theory = a_theory()
    facts = rules.picture_of(told(theory, Telling.BETTER))
    assert [(box.column, box.words, box.tone, box.note) for box in facts.boxes] == [
        (1, "Ten weeks", Tone.BETTER, "Got better"),
        (4, "Fewer start again", Tone.BETTER, "Got better"),
    ]
    assert [(line.start, line.end, line.number, line.bead) for line in facts.lines] == [
        (theory.parts[0].id.hex, theory.parts[1].id.hex, 1, Bead.FIRM)
    ]
    assert [column.heading for column in facts.columns if column.aim] == ["What it is for"]


def test_the_same_parts_make_a_driver_diagram_from_the_aim_back() -> None:
    theory = a_theory()
    weeks, fewer = theory.parts
    know, money = a_part(theory, PartKind.OUTCOME, "They know"), a_part(theory, PartKind.INPUT, "Money")
    second = a_part(theory, PartKind.IMPACT, "Trust")
    for start, end in ((weeks, know), (know, fewer), (money, weeks), (know, second)):
        an_arrow(theory, start, end)
    facts = rules.drivers_of(told(theory))
    assert [(box.words, box.column, box.note) for box in facts.boxes] == [
        ("Ten weeks", 3, ""),
        ("Fewer start again", 0, ""),
        ("They know", 1, ""),
        ("Trust", 0, ""),
    ]
    assert {(line.start, line.end, line.number) for line in facts.lines} == {
        (fewer.id.hex, weeks.id.hex, None),
        (know.id.hex, weeks.id.hex, None),
        (fewer.id.hex, know.id.hex, None),
        (second.id.hex, know.id.hex, None),
    }
    listed = rules.driver_list(told(theory))
    assert [one.part.words for one in listed] == ["Fewer start again", "Trust"]
    first = listed[0]
    assert [(one.part.words, one.told_above) for one in first.drivers] == [("Ten weeks", False), ("They know", False)]
    assert [(one.part.words, one.told_above) for one in listed[1].drivers] == [("They know", True)]
