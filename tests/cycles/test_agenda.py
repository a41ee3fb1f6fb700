"""The timing rules of an evening (domain rules 17 to 19): each kept, each broken, each with what to do."""

from datetime import date

import pytest

from coprod.cycles.models import AgendaItem, ItemState
from coprod.cycles.rules import agenda, template
from coprod.cycles.rules.hints import Hint
from coprod.library.rules import house
from tests.cycles.build import a_session, items

START = (("arrive", 15), ("check-in", 10), ("recap", 10))
END = (("actions", 10), ("check-out", 10))


def _mend(evening: list[AgendaItem], minutes: int = 115) -> list[Hint]:
    return [hint for hint in agenda.checks(a_session(items=evening, minutes=minutes)) if hint.kind == "mend"]


@pytest.mark.parametrize("number", range(1, 11))
def test_every_evening_offered_is_115_minutes_and_sound(number: int) -> None:
    evening = template.evening(number)

    assert agenda.minutes(evening) == 115
    assert agenda.is_sound(a_session(number=number))
    assert [(item.part, item.minutes) for item in evening] == [
        *(("arrive", 15), ("check-in", 10), ("recap", 10), ("work", 20), ("break", 15)),
        *(("work", 25), ("actions", 10), ("check-out", 10)),
    ]


def test_purposes_follow_the_phase() -> None:
    assert [[work.purpose for work in house.work_of(number)] for number in (1, 4, 8)] == [
        ["share", "explore"],
        ["explore", "explore"],
        ["explore", "decide"],
    ]
    assert house.work_of(5)[0].title == "Does our agreement still fit?"
    assert house.work_of(10)[1].title == "Who speaks for us"


def test_good_evening_says_what_is_good() -> None:
    session = a_session(items=items(*START, ("work", 20, "hard"), ("break", 15), ("work", 25, "decide"), *END))
    assert [hint.words for hint in agenda.checks(session)] == [
        "115 of 115 minutes",
        "Check-in is 10 minutes, right after arrival",
        "Break starts at minute 55",
        "Deciding ends 10 minutes before check-out",
        "The hard item ends 60 minutes before the close, has a note, and can be skipped",
        "Check-out is 10 minutes, at the end",
    ]


@pytest.mark.parametrize(
    ("evening", "minutes", "words", "todo"),
    [
        (
            [*START, ("work", 20), ("break", 15), ("work", 30), *END],
            115,
            "The items take 120 minutes, and the session has 115.",
            "Take 5 off.",
        ),
        (
            [*START, ("break", 15), ("work", 61), *END],
            200,
            "The items take 131 minutes, and the session has 120.",
            "Take 11 off.",
        ),
        ([("arrive", 15), ("check-in", 9), ("break", 15), *END], 115, "Check-in has 9 minutes. It needs 10.", "Add 1."),
        (
            [("arrive", 15), ("recap", 5), ("check-in", 10), ("break", 15), *END],
            115,
            "Check-in must come right after arrival.",
            "Start with arrival, then check-in.",
        ),
        ([*START, ("break", 15), ("check-out", 9)], 115, "Check-out has 9 minutes. It needs 10.", "Add 1."),
        (
            [*START, ("break", 15), ("check-out", 10), ("actions", 5)],
            115,
            "Check-out must come last.",
            "End with check-out.",
        ),
        (
            [*START, ("work", 26), ("break", 15), *END],
            115,
            "No break of 10 minutes starts by minute 60.",
            "Move the break up, or make it longer.",
        ),
        (
            [*START, ("break", 9), *END],
            115,
            "No break of 10 minutes starts by minute 60.",
            "Move the break up, or make it longer.",
        ),
        ([*START, *END], 115, "No break of 10 minutes starts by minute 60.", "Move the break up, or make it longer."),
        (
            [*START, ("work", 20), ("break", 15), ("work", 30, "decide"), ("actions", 5), ("check-out", 10)],
            115,
            "Deciding ends 5 minutes before check-out. It needs 10.",
            "Take 5 minutes off this item, or give 5 more to what comes after.",
        ),
        (
            [*START, ("break", 15), ("work", 15, "hard"), ("check-out", 19)],
            115,
            "The hard item ends 19 minutes before the end. It needs 20.",
            "Move it up.",
        ),
        (
            [*START, ("work", 15, "hard, no note"), ("break", 15), *END],
            115,
            "The hard item has no content note.",
            "Say what it is about, so that people can sit it out.",
        ),
    ],
)
def test_broken_rule_is_named_with_what_to_do(
    evening: list[tuple[str, int]], minutes: int, words: str, todo: str
) -> None:
    assert [(hint.words, hint.todo) for hint in _mend(items(*evening), minutes)] == [(words, todo)]
    assert agenda.is_sound(a_session(items=items(*evening), minutes=minutes)).reason == f"{words} {todo}"


@pytest.mark.parametrize(
    "evening",
    [
        [*START, ("work", 25), ("break", 10), *END],
        [*START, ("break", 10), ("work", 10, "decide"), ("recap", 10), ("check-out", 10)],
        [*START, ("break", 10), ("work", 10, "hard"), ("recap", 10), ("check-out", 10)],
        [*START, ("work", 20), ("break", 15), ("work", 30), *END],
    ],
)
def test_evening_exactly_at_the_edge_is_sound(evening: list[tuple[str, int]]) -> None:
    assert _mend(items(*evening), 120) == []


def test_actions_are_no_deciding() -> None:
    assert _mend(items(*START, ("break", 10), ("actions", 10, "decide"), ("check-out", 10))) == []


def test_deciding_after_check_out_is_to_be_moved_up() -> None:
    broken = _mend(items(*START, ("break", 10), ("check-out", 10), ("work", 10, "decide")))
    assert ("Deciding must end 10 minutes before check-out.", "Move this item up.") in [
        (b.words, b.todo) for b in broken
    ]


def test_deciding_without_a_check_out_counts_to_the_end() -> None:
    broken = _mend(items(*START, ("break", 10), ("work", 10, "decide")))
    assert "Deciding ends 0 minutes before check-out. It needs 10." in [hint.words for hint in broken]


def test_empty_evening_wants_its_three_anchors() -> None:
    assert [hint.words for hint in _mend([])] == [
        "Check-in must come right after arrival.",
        "No break of 10 minutes starts by minute 60.",
        "Check-out must come last.",
    ]
    assert agenda.minutes([]) == 0


def test_dropped_item_takes_no_time() -> None:
    evening = items(*START, ("work", 20), ("break", 15))
    evening[3].state = ItemState.DROPPED
    assert agenda.minutes(evening) == 50


def test_hint_stands_under_the_item_it_is_about() -> None:
    evening = items(("recap", 5), ("arrive", 15), ("check-in", 10), ("break", 15), ("check-out", 10), ("actions", 5))
    assert {hint.item.title for hint in _mend(evening) if hint.item} == {"Check-in", "Check-out"}


def test_session_must_be_out_five_days_before() -> None:
    session = a_session(on=date(2025, 11, 25))

    assert agenda.is_out_in_time(session, date(2025, 11, 20))
    assert agenda.is_out_in_time(session, date(2025, 11, 21)).reason == (
        "It had to be out by Thursday 20 November, 5 days before. Move the session to a later day."
    )


def test_ready_asks_for_agenda_agreement_and_notice_in_turn() -> None:
    session, day = a_session(on=date(2025, 11, 25)), date(2025, 11, 20)

    assert agenda.is_ready(session, agreed=True, today=day)
    assert "agreement" in agenda.is_ready(session, agreed=False, today=day).reason
    assert not agenda.is_ready(session, agreed=True, today=date(2025, 11, 22))
    assert "Check-in" in agenda.is_ready(a_session(items=[]), agreed=False, today=day).reason


@pytest.mark.parametrize(("expected", "kind"), [(0, "look"), (1, "look"), (2, "good"), (6, "good")])
def test_fewer_than_two_parents_is_a_warning_and_no_refusal(expected: int, kind: str) -> None:
    hint = agenda.lived_hint(expected)
    assert hint.kind == kind
    assert (str(expected) in hint.words) == (kind == "good")
