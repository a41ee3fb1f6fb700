"""The table of access, walked: every address, as everybody, and what is unseen answers as what is not there (F22)."""

import pytest

from tests.access.mutants import escaped, mutants
from tests.access.walk import endpoints, read_table

LINES = read_table()
ON_ONE = pytest.mark.parametrize("walk", ["sqlite"], indirect=True)
"""Which checks there are does not hang on the database; the figure F22 takes them away on both."""


@ON_ONE
def test_every_address_stands_in_the_table_and_nothing_else(walk):
    """F22: 100 % of the routes; a new one without a line fails here."""
    assert sorted(set(endpoints(walk.app)) ^ {line.endpoint for line in LINES}) == []


@ON_ONE
def test_the_table_holds(walk):
    """P1, P2, T1: every address, as everybody; a 404 is byte for byte that of what does not exist."""
    assert walk.faults_of_the_table == []


@pytest.mark.parametrize("walk", ["postgresql"], indirect=True)
def test_the_table_holds_wherever_something_is_looked_for(walk):
    """P1, P2, T1: every address with a key in it, as everybody."""
    assert walk.faults(line for line in LINES if line.things) == []


@ON_ONE
def test_the_table_turns_red_whichever_check_is_taken_away(walk):
    planted = mutants()
    assert len(planted) >= 30
    assert escaped(walk, LINES, planted) == []
