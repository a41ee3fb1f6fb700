"""What helps people to come, in words; who may say it; and the parts of the day."""

from datetime import time

import pytest

from coprod.messages.models import PartOfDay
from coprod.needs import rules
from coprod.needs.models import Help, Needs
from coprod.needs.rules import Clash, Wanted
from coprod.people.models import Side
from coprod.workstreams.models import MembershipState
from tests.cycles.build import a_table, people

M, A, E = PartOfDay


def test_only_the_member_herself_says_what_helps_and_only_while_in_a_group() -> None:
    folk = people("facilitator", "member", "outsider")
    sam, robin, out = folk["facilitator"], folk["member"], folk["outsider"]
    robin.side = out.side = Side.LIVED
    assert rules.may_say(robin, robin, True)
    assert rules.may_say(out, robin, True).reason == "Only the member herself says this."
    assert rules.may_say(sam, sam, True).reason == "Only the member herself says this."
    assert rules.may_say(robin, robin, False).reason == (
        "You are not in a group now. So we ask for nothing, and keep nothing."
    )


def test_nothing_said_is_nothing_to_arrange() -> None:
    assert rules.wanted(None) == Wanted()
    assert rules.to_arrange(Wanted()) == []
    assert rules.totals([Wanted(), Wanted()]) == []


def test_needs_are_read_in_one_order_and_unknown_ones_left_out() -> None:
    kept = Needs(helps=["large print", "a ladder", "a taxi"], places_in_creche=1, language="", food="")
    assert rules.wanted(kept) == Wanted((Help.TAXI, Help.LARGE_PRINT), 1)


def test_what_to_arrange_is_said_person_by_person_and_counted_for_all() -> None:
    one = Wanted((Help.TAXI, Help.QUIET_ROOM), 2, "Polish", "No nuts")
    two = Wanted((Help.TAXI,), 1)
    assert rules.to_arrange(one) == [
        "A taxi",
        "A quiet room",
        "2 places in the crèche",
        "An interpreter: Polish",
        "Food: No nuts",
    ]
    assert rules.to_arrange(two) == ["A taxi", "1 place in the crèche"]
    assert rules.totals([one, two]) == [
        ("A taxi", 2),
        ("A quiet room", 1),
        ("Places in the crèche", 3),
        ("Interpreters", 1),
    ]


@pytest.mark.parametrize(
    ("at", "part"),
    [(time(9), M), (time(11, 59), M), (time(12), A), (time(16, 59), A), (time(17), E), (time(22), E)],
)
def test_part_of_the_day_is_the_one_it_starts_in(at: time, part: PartOfDay) -> None:
    assert rules.part_of(at) == part


def test_slot_reads_back_as_it_was_written() -> None:
    for slot in ((day, part) for day in range(7) for part in PartOfDay):
        assert rules.slot_of(rules.code(slot)) == slot


def test_times_are_said_shortly() -> None:
    assert rules.in_words({(6, E), (0, M), (0, A), (0, E), (1, M), (1, E)}) == [
        "Mondays",
        "Tuesday mornings",
        "Tuesday evenings",
        "Sunday evenings",
    ]
    assert rules.in_words(set()) == []


def test_clash_is_two_numbers() -> None:
    assert Clash(3, 6).words == "3 of 6 parents can’t do this slot."


def test_who_is_expected_is_a_member_who_joined_or_is_on_the_way() -> None:
    folk = people("facilitator", "member")
    robin, stream = folk["member"], a_table(folk)
    robin.side = Side.LIVED
    (place,) = (m for m in stream.memberships if m.person is robin)
    for state in MembershipState:
        place.state = state
        expected = [place] if state in {"invited", "thinking", "joined"} else []
        assert rules.coming(stream) == expected, state
