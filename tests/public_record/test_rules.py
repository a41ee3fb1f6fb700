"""Reading the file, every fault with its place, and how two readings differ. No database."""

from datetime import date

import pytest

from coprod.public_record.rules import Difference, Fact, How, Report, differences, facts_of, in_lines, is_over, read
from coprod.public_record.rules.values import last_day

SMALL = """
[sources]
page = "A page"

[partnership]
name = "Blackpool"
bodies = ["The council"]

[programme]
name = "A programme"
aims = ["An aim"]
source = "page"

[[phase]]
name = "Understand"
order = 1
content = "Look"
source = "page"
"""
TIMELINE = '\n[[timeline]]\nwhen = "2019"\nwhat = "It began"\nsource = "page"\n'
STREAM = '\n[[workstream]]\nname = "Legal"\nbegan = "2023-09"\nsource = "page"\n'
GROUP = '\n[[group]]\nname = "Mothers"\nfrom = "2021-09"\nsource = "page"\n'
BODY = '\n[[body]]\nname = "Steering"\nfrom = "2022"\nsource = "page"\n'
COMPARISON = '\n[[comparison]]\nname = "Audits"\nbefore = 29\nafter = 35\nunit = "%"\nbetter = "up"\nsource = "page"\n'
HOLIDAY = '\n[[holiday]]\nwhat = "Half term"\nfrom = "2022-10-24"\nto = "2022-10-28"\nsource = "the schools"\n'
FINDINGS = '\n[findings]\nprinciples = 8\npriority_areas = 12\nwording_published = false\nsource = "page"\n'
ALL = SMALL + TIMELINE + STREAM + GROUP + BODY + COMPARISON + HOLIDAY + FINDINGS
DATE = 'a date in quotes, as exact as it is known: "2019", "2022-06" or "2024-03-27"'


def faults(text: str | bytes) -> list[str]:
    record, found = read(text)
    assert bool(record) != bool(found)
    return found


def test_whole_record_of_the_demonstration_has_no_fault(words: str) -> None:
    record, found = read(words)
    assert found == []
    assert (len(record["timeline"]), len(record["workstream"]), len(record["comparison"])) == (15, 8, 10)
    assert record["timeline"][4]["when"] == "2021-09/2022-02"


@pytest.mark.parametrize("text", [ALL, ALL.replace("\n", "\r\n"), b"\xef\xbb\xbf" + ALL.encode()])
def test_small_record_has_no_fault(text: str | bytes) -> None:
    assert faults_of_good(text) == []


def faults_of_good(text: str | bytes) -> list[str]:
    return read(text)[1]


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        # Unknown keys.
        ("when =", "wen =", '[[timeline]] 1 "It began", wen: not known here; did you mean “when”?'),
        ("[[timeline]]", "[[timelin]]", "'timelin': not known here; did you mean “timeline”?"),
        (
            "bodies = [",
            'x9 = 1\nbodies = ["A"]\nqq = [',
            "[partnership], x9: not known here; expected one of name, bodies.",
        ),
        # Dates.
        ('"2019"', '"2019-13"', f'[[timeline]] 1 "It began", when: expected {DATE}, or from one to another: '),
        (
            '"2019"',
            '"2019/2018"',
            "[[timeline]] 1 \"It began\", when: expected the earlier date first; found '2019/2018'.",
        ),
        ('"2019"', '"2019/2020/2021"', f'[[timeline]] 1 "It began", when: expected {DATE}, or from'),
        ('"2019"', "2019-01-01", f'[[timeline]] 1 "It began", when: expected {DATE}, or from'),
        ('"2019"', '"1066"', f'[[timeline]] 1 "It began", when: expected {DATE}, or from'),
        ('"2023-09"', '"2023-9"', f"[[workstream]] 1 \"Legal\", began: expected {DATE}; found '2023-9'."),
        ('"2023-09"', '"2023-02-30"', f"[[workstream]] 1 \"Legal\", began: expected {DATE}; found '2023-02-30'."),
        ('"2023-09"', "2023", f'[[workstream]] 1 "Legal", began: expected {DATE}; found 2023.'),
        ('"2022-10-24"', '"2022-10"', '[[holiday]] 1 "Half term", from: expected a whole day in quotes: "2022-10-24"'),
        (
            '"2022-10-28"',
            '"2022-10-23"',
            '[[holiday]] 1 "Half term", to: expected a day on or after 2022-10-24; found 2022-10-23.',
        ),
        (
            'began = "2023-09"',
            'began = "2023-09"\nuntil = "2023-08"',
            "[[workstream]] 1 \"Legal\", until: expected a date after 2023-09; found '2023-08'.",
        ),
        (
            'from = "2021-09"',
            'from = "2021-09"\nto = "2020"',
            '[[group]] 1 "Mothers", to: expected a date after 2021-09',
        ),
        # What is missing.
        ('name = "Blackpool"\n', "", "[partnership], name: missing."),
        ('name = "Legal"\n', "", "[[workstream]] 1, name: missing."),
        (
            '[[group]]\nname = "Mothers"',
            '[[group]]\nx = 1\nname = "Mothers\' group"',
            '[[group]] 1 "Mothers\' group", x: not',
        ),
        ('name = "Legal"', 'name = " "', "[[workstream]] 1 \" \", name: expected some words in quotes; found ' '."),
        ('[partnership]\nname = "Blackpool"\nbodies = ["The council"]', "", "[partnership]: missing; expected it"),
        ('[sources]\npage = "A page"', "", "[sources]: expected every public document with a short name"),
        # Wrong types.
        (
            "order = 1",
            'order = "1"',
            "[[phase]] 1 \"Understand\", order: expected a whole number from 1 to 20; found '1'.",
        ),
        (
            "order = 1",
            "order = true",
            '[[phase]] 1 "Understand", order: expected a whole number from 1 to 20; found True.',
        ),
        ("order = 1", "order = 21", '[[phase]] 1 "Understand", order: expected a whole number from 1 to 20; found 21.'),
        ("before = 29", 'before = "29"', "[[comparison]] 1 \"Audits\", before: expected a number; found '29'."),
        ("before = 29", "before = nan", '[[comparison]] 1 "Audits", before: expected a number; found nan.'),
        ("before = 29", "before = 1e300", '[[comparison]] 1 "Audits", before: expected a number; found 1e+300.'),
        ('["An aim"]', '"An aim"', "[programme], aims: expected a list of words in quotes"),
        ('["An aim"]', "[]", "[programme], aims: expected a list of words in quotes"),
        ('["An aim"]', "[1]", "[programme], aims: expected some words in quotes; found [1]."),
        ('better = "up"', 'better = "higher"', '[[comparison]] 1 "Audits", better: expected "up" or "down"'),
        ("wording_published = false", "wording_published = 0", "[findings], wording_published: expected true or false"),
        ('"A page"', "1", "[sources], page: expected some words in quotes; found 1."),
        ("[[timeline]]", "[timeline]", "timeline: expected [[timeline]] with its keys below."),
        ("[partnership]", "[[partnership]]", "partnership: expected [partnership] with its keys below."),
        ('"Look"', f'"{"x" * 2001}"', '[[phase]] 1 "Understand", content: expected 2000 letters at most; found'),
        ('"Look"', '"a\\u0000b"', '[[phase]] 1 "Understand", content: expected words without control characters'),
        ('"Look"', '"943 476 5919"', '[[phase]] 1 "Understand", content: expected no NHS number'),
        ('"Look"', '"AB12C34567"', '[[phase]] 1 "Understand", content: expected no court number'),
        # Sources.
        (
            'content = "Look"\nsource = "page"',
            'content = "Look"\nsource = "pages"',
            "[[phase]] 1 \"Understand\", source: expected one of page, as in [sources]; found 'pages'.",
        ),
        # What each value alone does not show.
        (TIMELINE, TIMELINE * 2, '[[timeline]] 2 "It began", what: said twice; expected each once.'),
        (STREAM, STREAM * 2, '[[workstream]] 2 "Legal", name: said twice; expected each once.'),
        (
            STREAM,
            f"{STREAM}run = 2\n",
            '[[workstream]] 1 "Legal", run: expected run 1 of “Legal” too.',
        ),
        (
            'began = "2023-09"',
            'began = "2023-09"\nuntil = "2024"\nopen_ended = true',
            '[[workstream]] 1 "Legal", until: expected none, as it is open_ended.',
        ),
        ('name = "Mothers"', 'name = "Legal"', '[[group]] 1 "Legal", name: expected a name that no other group'),
        (BODY, BODY + BODY.replace("Steering", "Board"), '[[body]] 2 "Board": expected one body, the steering group.'),
        (
            TIMELINE,
            '\n[[phase]]\nname = "Explore"\norder = 1\ncontent = "Look"\nsource = "page"\n',
            '[[phase]] 2 "Explore", order: said twice; expected each once.',
        ),
        ("after = 35\n", "", '[[comparison]] 1 "Audits": expected both before and after, or neither.'),
        (
            "before = 29\nafter = 35\n",
            "",
            '[[comparison]] 1 "Audits": expected before and after, or change, or change_words.',
        ),
        ('unit = "%"\n', "", '[[comparison]] 1 "Audits", unit: missing.'),
        ("wording_published = false", "wording_published = true", "[findings], wording_published: expected false"),
    ],
)
def test_fault_is_named_with_its_place_and_what_was_expected(was: str, now: str, fault: str) -> None:
    assert was in ALL
    found = faults(ALL.replace(was, now, 1))
    assert any(line.startswith(fault) for line in found), found
    assert all("\n" not in line for line in found)


def test_every_fault_is_named_at_once() -> None:
    broken = ALL.replace('"2019"', '"May"').replace("order = 1", "order = 0").replace("wording_published = false\n", "")
    assert [line.split(":")[0] for line in faults(broken)] == [
        '[[timeline]] 1 "It began", when',
        "[findings], wording_published",
        '[[phase]] 1 "Understand", order',
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[sources\n", "the file: expected TOML. "),
        ("a = " + "9" * 5000, "the file: expected TOML. "),
        ("a = " + "[" * 100_000, "the file: expected lists that are not so deep inside each other."),
        (b"# one\n# caf\xe9\n", "line 2: expected a text file in UTF-8."),
        (ALL.encode("utf-16"), "line 1: expected a text file in UTF-8."),
    ],
)
def test_file_that_cannot_be_read_is_one_fault(content: str | bytes, fault: str) -> None:
    found = faults(content)
    assert (len(found), found[0].startswith(fault)) == (1, True)


def test_empty_file_says_which_tables_it_wants() -> None:
    assert [line.split(":")[0] for line in faults("")] == ["[sources]", "[partnership]", "[programme]", "[[phase]]"]


def test_long_value_is_shortened_in_its_fault() -> None:
    found = faults(ALL.replace('"2019"', f'"{"x" * 500}"'))
    assert len(found[0]) < 260


# --- Facts, and how they differ.


def kept(text: str) -> list[Fact]:
    return facts_of(read(text)[0], {date(2022, 12, 26): "Boxing Day"})


def test_runs_of_one_stream_are_one_table_with_two_runs(words: str) -> None:
    facts = kept(words)
    assert [f.name for f in facts if f.table == "run" and f.of == "Practice models"] == ["1", "2"]
    assert len([f for f in facts if f.table == "workstream" and f.name == "Practice models"]) == 1


def test_same_record_differs_in_nothing() -> None:
    assert differences(kept(ALL), kept(ALL)) == []


@pytest.mark.parametrize(
    ("was", "now", "lines"),
    [
        ('"2019"', '"2020-06"', ["timeline entry “It began”, when: changed from “2019” to “2020-06”"]),
        ("after = 35", "after = 36.5", ["comparison “Audits”, after: changed from 35 to 36.5"]),
        ('["An aim"]', '["An aim", "Two"]', ["programme, aims: changed from “An aim” to “An aim; Two”"]),
        (
            'began = "2023-09"',
            'began = "2023-09"\nopen_ended = true\nseats = ["parents"]\npurpose = "Why"',
            [
                "workstream “Legal”, purpose: changed from nothing to “Why”",
                "workstream “Legal”, open ended: changed from no to yes",
                "workstream “Legal”, seats: changed from nothing to “parents”",
            ],
        ),
        (
            'to = "2022-10-28"',
            'to = "2022-10-27"',
            ["school holiday “Half term” from 2022-10-24, last: changed from “2022-10-28” to “2022-10-27”"],
        ),
        (TIMELINE, "", ["timeline entry “It began”: no longer there"]),
        (
            'what = "It began"',
            'what = "It starts"',
            ["timeline entry “It starts”: added", "timeline entry “It began”: no longer there"],
        ),
        ("principles = 8", "principles = 10", ["principles: 2 added"]),
        ("principles = 8", "principles = 7", ["principle “8”: no longer there"]),
        (
            '\nbegan = "2023-09"',
            '\nbegan = "2023-10"',
            ["run 1 of “Legal”, began: changed from “2023-09” to “2023-10”"],
        ),
        (
            'name = "A programme"',
            'name = "Our programme"',
            ["programme, name: changed from “A programme” to “Our programme”"],
        ),
    ],
)
def test_difference_is_said_in_a_line_each(was: str, now: str, lines: list[str]) -> None:
    assert was in ALL
    assert in_lines(differences(kept(ALL.replace(was, now, 1)), kept(ALL))) == lines


def test_another_order_is_a_difference() -> None:
    second = TIMELINE.replace("It began", "It went on")
    found = differences(kept(ALL + second), kept(ALL.replace(TIMELINE, second + TIMELINE)))
    assert [(d.how, d.lines) for d in found] == [(How.MOVED, ["timeline entry: in another order"])]


def test_what_people_added_themselves_is_never_gone() -> None:
    theirs = [Fact("workstream", "Ours", fields={"sources": []}), Fact("bank holiday", "A jubilee", "2030-06-03")]
    assert differences(kept(ALL), [*kept(ALL), *theirs]) == []


@pytest.mark.parametrize(
    ("fields", "open_ended", "over"),
    [
        ({"until": "2023-12", "weeks": None}, False, True),
        ({"until": "2025-11", "weeks": None}, False, False),
        ({"until": "2025", "weeks": None}, False, False),
        ({"until": "2025-11-16", "weeks": None}, False, True),
        ({"until": "", "weeks": 10}, False, True),
        ({"until": "", "weeks": None}, False, False),
        ({"until": "2023-12", "weeks": None}, True, False),
    ],
)
def test_run_is_over_when_its_last_day_or_its_weeks_are(
    fields: dict[str, object], open_ended: bool, over: bool
) -> None:
    run = Fact("run", "1", "Legal", {"began": "2022-10", **fields})
    assert is_over(run, open_ended=open_ended, today=date(2025, 11, 17)) is over


def test_last_day_of_a_partial_date() -> None:
    assert [last_day(when) for when in ("2024", "2024-02", "2024-02-03")] == [
        date(2024, 12, 31),
        date(2024, 2, 29),
        date(2024, 2, 3),
    ]


def test_report_says_what_came_of_it() -> None:
    assert Report(faults=["a"]).heading == "Nothing was imported: 1 fault in the file."
    assert Report(differences=["a", "b"], applied=True).heading == "2 differences. All of it is in now."
    assert Report(differences=["a"]).heading == "1 difference. Nothing is changed yet."
    assert Report().heading == "Nothing differs: the record is in already, and nothing was changed."
    assert Report(left=["x"]).heading.startswith("Nothing to change")
    assert Report(["a"], ["b"], ["c"]).lines == ["a", "b", "c"]


def test_difference_of_something_new_has_no_changed_fields() -> None:
    assert Difference(How.ADDED, Fact("source", "page", fields={"title": "A page"})).changed == []
