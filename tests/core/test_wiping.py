"""What is done where an account of PostgreSQL may not do all of it."""

from types import SimpleNamespace

from coprod.core import wiping


class Modest:
    """A connection whose account owns its tables, and may not turn the server's log over."""

    def __init__(self):
        self.said = []

    def execute(self, statement, _values=()):
        self.said.append(statement)
        first = {wiping._MAY_TURN_THE_LOG: False, wiping._OLDER: 0}.get(statement, "7")
        return SimpleNamespace(fetchone=lambda: (first,), fetchall=list)


def test_log_is_left_alone_where_it_may_not_be_written_over():
    modest = Modest()
    wiping._rewrite(modest, ("person",))
    assert "VACUUM (FULL, ANALYZE) person" in modest.said
    assert modest.said[-1] == wiping._MAY_TURN_THE_LOG
    assert "CHECKPOINT" not in modest.said
