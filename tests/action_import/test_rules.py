"""Columns, days, states and names as people write them; and who may bring a log in. No database."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.action_import import rules
from coprod.action_import.models import Import, ImportState
from coprod.action_import.rules.days import EITHER, NO_SUCH_DAY, NoDay, Order, order_of, read_day
from coprod.action_import.rules.owners import Known, NoOwner, People, owner_of
from coprod.action_import.rules.parts import heading
from coprod.action_import.rules.sifting import Sheet, sample, sift
from coprod.action_import.rules.states import state_of
from coprod.actions.models import ActionState
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream

TODAY = date(2025, 11, 17)
MOVES = ("matched", "brought in", "dropped")
READ, MATCHED = ImportState.READ, ImportState.MATCHED
LEADS = ("chair", "facilitator", "by itself")
ALLOWED = {
    *((name, state, who) for name in ("matched", "dropped") for state in (READ, MATCHED) for who in LEADS),
    *(("brought in", MATCHED, who) for who in LEADS),
}
EVERYBODY = (*LEADS, "member", "left chair", "stranger")


def standing(state: ImportState) -> tuple[Import, dict[str, Person | None]]:
    """A log at a table, and everybody who could touch it."""
    table = Workstream(id=uuid4(), name="Steering group")
    people: dict[str, Person | None] = {
        who: Person(id=uuid4(), alias=who, side=Side.PROFESSIONAL) for who in EVERYBODY if who != "by itself"
    }
    seats = {"chair": Role.CHAIR, "left chair": Role.CHAIR, "facilitator": Role.FACILITATOR, "member": Role.MEMBER}
    for who, role in seats.items():
        person = people[who]
        assert person
        left = MembershipState.LEFT if who == "left chair" else MembershipState.JOINED
        Membership(id=uuid4(), workstream=table, person=person, person_id=person.id, role=role, state=left)
    return Import(workstream=table, state=state), people | {"by itself": None}


def test_every_move_of_every_state_by_everybody() -> None:
    allowed = set()
    for state in ImportState:
        for who in EVERYBODY:
            for name in MOVES:
                brought, people = standing(state)
                if rules.LIFECYCLE.may(people[who], name, brought):
                    allowed.add((name, state, who))
    assert allowed == ALLOWED
    assert {state for state in ImportState if rules.is_open(standing(state)[0])} == {READ, MATCHED}


def test_headings_are_found_below_a_title_and_whatever_they_are_called() -> None:
    rows = [
        (1, ["Action log", "Owner of this document: Kim"]),
        (4, ["No.", "ACTION REQUIRED:", "By whom?", "Deadline (dd/mm)", "RAG\nstatus", "Due date", "E-Mail"]),
        (5, ["1", "Ring", "Max", "5/12/2025"]),
    ]
    assert rules.head_of(rows) == 4
    assert rules.guessed(rows[1][1]) == {"B": "what", "D": "due", "E": "state", "G": "email"}
    assert rules.known_headings(rows) == 4
    assert rules.head_of([(2, ["Ring", "Max"]), (3, ["Tell", "Dee"])]) == 2
    assert [heading(one) for one in ("(who)", "Who (one person)", "By_When *")] == ["(who)", "who", "by when"]


def test_columns_are_told_by_letter_heading_and_what_stands_in_them() -> None:
    rows = [(1, ["Action", ""]), (2, ["", "Max"]), (3, ["Ring the\nward", "", "here"])]
    assert rules.columns_of(rows, 1) == {
        "A": "A: Action, such as “Ring the ward”",
        "B": "B: no heading, such as “Max”",
        "C": "C: no heading, such as “here”",
    }
    assert rules.columns_of([(1, ["Action"])], 1) == {"A": "A: Action"}
    assert rules.columns_of([], 1) == {}
    assert sample(Sheet(rows, 2, {})) == (
        ["", "A", "B", "C"],
        [["2", "", "Max", ""], ["3", "Ring the ward", "", "here"]],
    )


def test_a_column_shows_by_itself_which_way_round_its_days_are() -> None:
    told = {
        ("3/4/2025", "5 May 2025", "", "soon"): Order.DAY_FIRST,
        ("3/4/2025", "25/4/2025"): Order.DAY_FIRST,
        ("3/4/2025", "4/25/2025"): Order.MONTH_FIRST,
        ("25/4/2025", "4/25/2025"): Order.BOTH,
        ("13/13/2025",): Order.DAY_FIRST,
    }
    assert {cells: order_of(cells) for cells in told} == told
    assert read_day("4/3/2025") == date(2025, 3, 4)
    assert read_day("4/3/2025", Order.MONTH_FIRST) == date(2025, 4, 3)
    both = {"4/25/2025": date(2025, 4, 25), "25/4/2025": date(2025, 4, 25), "4/4/2025": date(2025, 4, 4)}
    assert {cell: read_day(cell, Order.BOTH) for cell in both} == both
    with pytest.raises(NoDay, match="two days"):
        read_day("4/3/2025", Order.BOTH)


def test_an_american_column_is_read_as_one_and_a_mixed_one_is_refused_where_it_could_be_either() -> None:
    known = People({"max": [Known(uuid4())]})
    columns = {"A": "what", "B": "owner", "C": "due"}
    rows = [(1, ["What", "Who", "Due"]), (2, ["A", "Max", "12/1/2025"]), (3, ["B", "Max", "12/25/2025"])]
    american = sift(Sheet(rows, 1, columns), known, (), TODAY)
    assert [line.due for line in american.good] == [date(2025, 12, 1), date(2025, 12, 25)]
    assert american.orders == {"C": Order.MONTH_FIRST}
    mixed = sift(Sheet([*rows, (4, ["C", "Max", "31/12/2025"])], 1, columns), known, (), TODAY)
    assert [line.row for line in mixed.good] == [3, 4]
    assert [(fault.cell, fault.reason) for fault in mixed.refused] == [("C2", EITHER)]


def test_days_that_are_none_are_said_to_be_none() -> None:
    for cell in ("30/2/2025", "2025-02-30", "31 June 2025", "June 31, 2025", "0/1/2025"):
        with pytest.raises(NoDay, match=NO_SUCH_DAY[:20]):
            read_day(cell)
    for cell in ("soon", "5 Brumaire 2025", "Brumaire 5, 2025", "123", "20251205x"):
        with pytest.raises(NoDay, match="Write a day here"):
            read_day(cell)


def test_states_are_known_by_many_words() -> None:
    said = {
        ActionState.OPEN: ("", "Open", "In progress", "RED", "Overdue!", "50%", "0.5", "0", "25", "On hold – Kim away"),
        ActionState.DONE: ("Closed.", "COMPLETE", "✓", "100%", "100", "1", "Done (see minutes)", "yes"),
        ActionState.CANCELLED: ("Cancelled", "Superseded: see 14", "N/A"),
    }
    wrong = [(cell, state_of(cell)) for state, cells in said.items() for cell in cells if state_of(cell) != state]
    assert wrong == []
    assert [state_of(cell) for cell in ("perhaps", "150%", "1.5.2", "open closed")] == [None] * 4


def test_an_address_tells_two_of_one_name_apart() -> None:
    max_here, dee, kim, other_kim = uuid4(), uuid4(), uuid4(), uuid4()
    people = People(
        {"max": [Known(max_here, "max@x.example")], "dee": [Known(dee)], "kim": [Known(kim), Known(other_kim)]},
        {"max@x.example": max_here, "kim@x.example": kim},
        chosen={"m. smith": max_here, "kim": other_kim},
    )
    found = {
        ("Max", ""): max_here,
        ("Max", "max@x.example"): max_here,
        ("Max", "other@x.example"): None,
        ("Dee", "dee@x.example"): dee,
        ("Kim", "kim@x.example"): kim,
        ("Kim", "mailto:KIM@x.example"): kim,
        ("Kim", ""): other_kim,
        ("Kim", "kim@elsewhere.example"): None,
        ("M.  SMITH", ""): max_here,
        ("M. Smith", "m.smith@x.example"): None,
        ("“Day, Pat” <pat@x.example>", ""): None,
    }
    assert {pair: owner_of(*pair, people).key for pair in found} == found
    assert owner_of("Day, Pat <pat@x.example>", "", people).name == "Day, Pat"
    for name, email in (("Pat and Kim", "pat@x.example"), ("Zoë", "no address"), ("M. Smith", "tbc")):
        with pytest.raises(NoOwner):
            owner_of(name, email, people)
    with pytest.raises(NoOwner, match="More than one person here"):
        owner_of("Kim", "", People(people.by_name))


def test_a_row_says_all_that_is_wrong_with_it_and_a_faulty_cell_says_it_once() -> None:
    columns = {"A": "what", "B": "owner", "C": "due", "D": "email"}
    rows = [(1, ["What"]), (2, ["", "", "", "nobody"]), (3, ["", "", "x"])]
    faults = {"A3": "It fails.", "B3": "It fails.", "Z3": "Nobody reads this."}
    found = sift(Sheet(rows, 1, columns, faults), People(), (), TODAY)
    assert [(fault.cell, fault.reason) for fault in found.refused] == [
        ("A2", "It does not say what is to be done."),
        ("D2", "This is not an e-mail address."),
        ("C2", "It does not say by when."),
        ("A3", "It fails."),
        ("B3", "It fails."),
        ("C3", "Write a day here, such as 18 November 2025."),
    ]
    assert found.rows_refused == 2


def test_names_of_files_hold_no_folder_and_no_familys_number() -> None:
    named = {
        ("C:\\Users\\kim\\Log 2025.xlsx", "Sheet1"): "Log 2025.xlsx, Sheet1",
        ("log.csv", "log.csv"): "log.csv",
        ("", ""): "File",
        ("943 476 5919.csv", "x"): "File",
        ("a\u202eb\n.csv", ""): "ab.csv",
    }
    assert {pair: rules.name_of(*pair) for pair in named} == named
    assert len(rules.name_of("x" * 300, "")) == 80
    assert (rules.counted(1, "row"), rules.counted(1000, "row")) == ("1 row", "1,000 rows")
