"""Whom a facilitator finds, and what a member finds was done for her."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.assistance import queries, services
from coprod.workstreams.models import MembershipState
from tests.assistance.conftest import Table
from tests.factories import a_professional, a_stream, an_admin


def test_only_members_of_a_group_one_runs_are_found(table: Table) -> None:
    """P1, P2."""
    assert queries.one_helped_by(table.sam, table.stream.id, table.robin.id) is table.here
    assert queries.one_helped_by(table.sam, table.stream.id, table.kit.id) is table.asked
    els = a_professional("Els")
    a_stream(table.stream.programme, "Mapping", facilitator=els)
    for by, whom in (
        (table.sam, table.mia),
        (table.sam, table.sam),
        (table.sam, els),
        (els, table.robin),
        (table.mia, table.robin),
        (table.robin, table.kit),
        (an_admin(), table.robin),
    ):
        with pytest.raises(NoResultFound):
            queries.one_helped_by(by, table.stream.id, whom.id)
    table.here.state = MembershipState.LEFT
    with pytest.raises(NoResultFound):
        queries.one_helped_by(table.sam, table.stream.id, table.robin.id)


def test_what_was_done_is_found_by_her_alone(table: Table) -> None:
    services.stop_texts(table.here, by=table.sam)
    (done,) = queries.done_for(table.robin)
    assert queries.one_done_for(table.robin, done.id) is done
    for who in (table.kit, table.sam):
        assert queries.done_for(who) == []
        with pytest.raises(NoResultFound):
            queries.one_done_for(who, done.id)


def test_list_costs_one_statement_however_long(table: Table, query_count: list[str]) -> None:
    for _ in range(3):
        services.stop_texts(table.here, by=table.sam)
        table.robin.no_text_links = False
    query_count.clear()
    assert len([each.by.alias for each in queries.done_for(table.robin)]) == 3
    assert len([words for words in query_count if words.startswith("SELECT")]) == 1
