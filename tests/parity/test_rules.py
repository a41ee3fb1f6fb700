"""What the board says inside, and that outside nothing small can be worked out. No database."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from uuid import uuid4

import pytest

from coprod.parity import rules
from coprod.parity.rules import Evening, Facts, Pair
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

SIZES = range(13)
SMALL = {1, 2, 3, 4}
Told = Callable[[tuple[int, ...]], Hashable]


# --- A solver: whoever knows the rules and reads what is told keeps every small number possible.


def derivable(worlds: Iterable[tuple[int, ...]], told: Told) -> list[tuple[Hashable, int, set[int]]]:
    """List where a reader could rule out one of 1 to 4 for a number that is one of them."""
    alike: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for world in worlds:
        alike[told(world)].append(world)
    found = []
    for words, possible in alike.items():
        for place, values in enumerate(zip(*possible, strict=True)):
            if SMALL & set(values) and not set(values) >= SMALL:
                found.append((words, place, set(values)))
    return found


NOBODY = Pair()


def _facts(seats: Pair, here: Pair = NOBODY, away: Pair = NOBODY, **more: Pair) -> Facts:
    return Facts(seats, evenings=[Evening(date(2025, 11, 18), here, away)], **more)


def _row(place: int, facts: Facts) -> Hashable:
    told = rules.told_outside(facts)
    return told[0], told[place]


def test_seats_are_never_derivable() -> None:
    """F21, small numbers: every size of both sides from 0 to 12."""
    assert derivable(itertools.product(SIZES, SIZES), lambda n: _row(0, _facts(Pair(*n)))) == []


def test_items_are_never_derivable() -> None:
    """All three cells and both sizes of each side, small and not."""
    for seats in itertools.product((0, 3, 5, 12), repeat=2):
        told = derivable(itertools.product(SIZES, SIZES, SIZES), lambda n, s=seats: _items(s, n))  # type: ignore[misc]
        assert told == []


def _items(seats: tuple[int, int], counted: tuple[int, ...]) -> Hashable:
    return _row(2, _facts(Pair(*seats), items=Pair(*counted)))


def test_actions_are_never_derivable_with_the_seats_beside_them() -> None:
    told = derivable(
        itertools.product(SIZES, SIZES, SIZES), lambda n: _row(3, _facts(Pair(n[0], 8), actions=Pair(n[1], n[2])))
    )
    assert told == []


@pytest.mark.parametrize("evenings", [1, 2])
def test_places_taken_are_never_derivable_though_places_are_seats_times_evenings(evenings: int) -> None:
    """The hardest reader: she knows that everybody was ticked each time, and the number of evenings."""
    worlds = [(seats, here, seats * evenings - here) for seats in SIZES for here in range(seats * evenings + 1)]
    assert derivable(worlds, lambda n: _row(1, _facts(Pair(n[0], 20), Pair(n[1], 30), Pair(n[2], 10)))) == []


def test_solver_finds_a_planted_fault() -> None:
    """The control: with an exact total two small numbers that make 8 are both 4."""

    def careless(world: tuple[int, ...]) -> Hashable:
        return tuple(rules.publish(number) for number in world), sum(world)

    assert any(values == {4} for _, _, values in derivable(itertools.product(SIZES, SIZES), careless))

    def half_careful(world: tuple[int, ...]) -> Hashable:
        seats, here, away = world
        return rules.publish(seats), rules.publish(here), rules.publish(away)

    worlds = [(seats, here, seats - here) for seats in SIZES for here in SIZES if here <= seats]
    assert derivable(worlds, half_careful) != []


def test_outside_is_told_by_side_and_a_small_side_has_only_its_word() -> None:
    large = _facts(Pair(6, 8), Pair(26, 30), Pair(10, 5), items=Pair(5, 0, 7), actions=Pair(2, 9))
    assert rules.told_outside(large) == [
        ("Seats", "6", "8", "14"),
        ("Places taken", "26 of 36 (72%)", "30 of 35 (86%)", "56 of 71 (79%)"),
        ("Brought up", "5", "0", "12"),
        ("Open actions", "Fewer than 5", "9", "Not shown"),
    ]
    small = _facts(Pair(4, 8), Pair(26, 30), Pair(10, 5), items=Pair(5, 6, 7), actions=Pair(6, 9))
    assert rules.told_outside(small) == [
        ("Seats", "Fewer than 5", "8", "Not shown"),
        ("Places taken", "Not shown", "30 of 35 (86%)", "Not shown"),
        ("Brought up", "Not shown", "6", "Not shown"),
        ("Open actions", "Not shown", "9", "Not shown"),
    ]


def test_small_number_is_a_word_and_a_percentage_needs_ten() -> None:
    assert [rules.publish(n) for n in range(7)] == ["0", *["Fewer than 5"] * 4, "5", "6"]
    assert [rules.share(5, n) for n in (5, 9, 10)] == ["5 of 5", "5 of 9", "5 of 10 (50%)"]


# --- Inside.


def _place(side: Side, seat: Seat, role: Role = Role.MEMBER, state: MembershipState = MembershipState.JOINED):
    person = Person(id=uuid4(), alias=seat.value, side=side)
    return Membership(person=person, person_id=person.id, seat=seat, role=role, state=state)


def test_seats_leave_out_who_runs_it_who_left_and_who_is_only_asked() -> None:
    lived, other = Side.LIVED, Side.PROFESSIONAL
    stream = Workstream(
        name="X",
        memberships=[
            _place(lived, Seat.MOTHER),
            _place(lived, Seat.FATHER),
            _place(lived, Seat.MOTHER, state=MembershipState.INVITED),
            _place(lived, Seat.CARER, state=MembershipState.LEFT),
            _place(other, Seat.MIDWIFE),
            _place(other, Seat.MANAGER, state=MembershipState.THINKING),
            _place(other, Seat.TEAM, Role.FACILITATOR),
        ],
    )
    assert rules.seats(stream) == Pair(2, 1)
    assert rules.coming(stream) == Pair(1, 1)
    assert rules.types(stream) == {Seat.MOTHER: 1, Seat.FATHER: 1, Seat.MIDWIFE: 1}


@pytest.mark.parametrize(
    ("lived", "professional", "few", "outnumbered"),
    [
        *((0, 0, True, False), (0, 1, True, True), (1, 2, True, False), (1, 3, True, True)),
        *((2, 4, False, False), (2, 5, False, True), (4, 8, False, False), (4, 9, False, True)),
    ],
)
def test_facilitator_is_warned_of_too_few_parents_and_of_more_than_two_to_one(
    lived: int, professional: int, few: bool, outnumbered: bool
) -> None:
    """Domain rule 19, journey 13."""
    told = rules.warnings(Facts(Pair(lived, professional)))
    assert any("Fewer than 2 parents and carers" in hint.words for hint in told) is few
    assert any("More than 2 to 1" in hint.todo for hint in told) is outnumbered
    assert (told[0].kind == "good") is not (few or outnumbered)


def test_warning_speaks_of_the_last_evening_and_of_who_is_asked() -> None:
    first = Evening(date(2025, 11, 11), Pair(6, 7), Pair(0, 1))
    last = Evening(date(2025, 11, 18), Pair(1, 5), Pair(5, 3))
    told = rules.warnings(Facts(Pair(6, 8), evenings=[first, last]))
    assert [hint.words for hint in told] == [
        "Fewer than 2 parents and carers were here on Tuesday 18 November.",
        "5 professionals to 1 parent or carer here on Tuesday 18 November.",
    ]
    assert rules.warnings(Facts(Pair(1, 1), coming=Pair(2, 0)))[0].todo == (
        "Ask who is missing. 2 more asked, and not here yet."
    )


def test_board_says_each_part_in_words_and_as_a_bar() -> None:
    facts = _facts(Pair(6, 8), Pair(27, 30), Pair(9, 30), items=Pair(3, 6, 12), actions=Pair(2, 0))
    told = {part.heading: [(bar.words, bar.length) for bar in part.bars] for part in rules.parts(facts)}
    assert told == {
        "Seats": [("6", 75.0), ("8", 100.0)],
        "Who came": [("27 of 36 (75%)", 75.0), ("30 of 60 (50%)", 50.0)],
        "What was brought up": [("3", 50.0), ("6", 100.0)],
        "Who does what": [("2", 100.0), ("0", 0.0)],
    }
    assert rules.parts(facts)[2].counts.endswith("Not known, or both: 12.")
    assert rules.rows(facts)[1] == ("Places taken", "27 of 36 (75%)", "30 of 60 (50%)")
    empty = rules.parts(Facts(Pair()))
    assert [part.bars for part in empty[1:]] == [(), (), ()]
    assert all(part.nothing for part in empty[1:])


def test_no_part_of_the_board_speaks_of_votes() -> None:
    """B13."""
    told = repr(rules.parts(Facts(Pair(6, 8)))) + repr(rules.told_outside(Facts(Pair(6, 8))))
    assert "vote" not in told.lower()
    assert set(Facts.__dataclass_fields__) == {"seats", "coming", "types", "evenings", "items", "actions"}
