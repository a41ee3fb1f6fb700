"""The register of what is kept about people stands beside the tables: nothing can be added and forgotten."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import JSON, Enum, LargeBinary, Text

import coprod
from coprod.core.db import Root
from coprod.my_data.rules import NOBODYS, REGISTER, Fate

FEATURES = sorted(path.parent.name for path in Path(coprod.__file__).parent.glob("*/models.py"))
for feature in FEATURES:
    import_module(f"coprod.{feature}.models")
COLUMNS = [column for table in Root.metadata.sorted_tables for column in table.columns]
IDS_ALONE = {"journal_entry", "security_event"}


def named(column):
    return f"{column.table.name}.{column.name}"


def declared():
    return {column for held in REGISTER for column in held.columns}


def test_every_column_that_says_whose_something_is_stands_in_the_register_l5():
    pointing = {named(c) for c in COLUMNS for key in c.foreign_keys if key.column.table.name == "person"}
    assert sorted(pointing - {whose for held in REGISTER for whose in held.whose}) == []


def test_every_column_that_can_hold_words_is_somebodys_or_nobodys_l5():
    wordy = {
        named(c) for c in COLUMNS if isinstance(c.type, Text | JSON | LargeBinary) and not isinstance(c.type, Enum)
    }
    spoken_of = {column for column in wordy if column.partition(".")[0] in {*NOBODYS, *IDS_ALONE}}
    assert sorted(wordy - spoken_of - declared() - {"programme.partnership"} - of_the_programme(wordy)) == []


def of_the_programme(wordy):
    """The programme's own words stand on the public record; only its leads are people."""
    return {column for column in wordy if column.startswith("programme.")}


def test_register_speaks_of_nothing_that_is_not_there():
    there = {named(c) for c in COLUMNS}
    followed = {shown.partition(">")[2] for held in REGISTER for shown in held.shown} - {""}
    assert sorted((declared() | followed) - there) == []
    assert sorted({*NOBODYS} - {*Root.metadata.tables}) == []


def test_what_stays_or_is_not_shown_says_why():
    assert [held.title for held in REGISTER if not held.why and (held.fate == Fate.STAYS or not held.shown)] == []


def test_nothing_about_a_vote_is_shown_l7():
    votes = [held for held in REGISTER if held.table in {"roll_entry", "envelope", "poll", "result"}]
    assert [held.shown for held in votes] == [{}, {}]
