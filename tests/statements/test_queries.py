"""Who reads what was said, in what order, and at what cost."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.statements import queries, services
from coprod.statements.models import Statement, Theme
from tests.statements.conftest import Table


def _some(table: Table, number: int) -> list[Statement]:
    services.add(table.stream, [f"Sentence {n}" for n in range(number)], by=table.sam)
    return queries.heard_in(table.stream)


def test_statements_are_read_in_the_order_of_their_random_keys_p5(table: Table) -> None:
    keys = [statement.id for statement in _some(table, 12)]
    assert keys == sorted(keys)


def test_statements_and_themes_are_found_by_those_who_sit_there_alone_p1(table: Table) -> None:
    (statement,) = _some(table, 1)
    theme = services.name_theme(table.stream, "Pay", by=table.robin)
    for who in (table.sam, table.robin):
        assert queries.one_statement_seen_by(who, statement.id) is statement
        assert queries.one_theme_seen_by(who, theme.id) is theme
    for find, key in ((queries.one_statement_seen_by, statement.id), (queries.one_theme_seen_by, theme.id)):
        with pytest.raises(NoResultFound):
            find(table.stranger, key)


def test_chosen_statements_are_the_groups_own_and_heard(table: Table) -> None:
    one, two, three = _some(table, 3)
    services.set_aside(two, "Said twice", by=table.robin)
    assert queries.chosen_in(table.stream, {three.id, two.id, one.id}) == [one, three]


def test_pages_cost_the_same_for_one_and_for_many(table: Table, as_, query_count: list[str]) -> None:
    robin, costs = as_(table.robin), []
    pages = [f"/workstreams/{table.stream.id}/{page}" for page in ("statements", "themes", "common-ground")]
    for name, more in (("Pay", 1), ("Time", 7)):
        theme = Theme(workstream=table.stream, number=more, name=name)
        db.session.add_all(
            [theme, *(Statement(workstream=table.stream, theme=theme, words=f"{name} {n}") for n in range(more))]
        )
        db.session.commit()
        for page in pages:
            robin.get(page)
        query_count.clear()
        costs.append([_count(robin, page, query_count) for page in pages])
    assert costs[0] == costs[1]


def _count(visitor, page: str, query_count: list[str]) -> int:
    before = len(query_count)
    assert visitor.get(page).status_code == 200
    return len(query_count) - before
