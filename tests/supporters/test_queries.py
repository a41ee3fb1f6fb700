"""What a supporter reads: dates, lifts and what was ticked, member by member."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.clock import today
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.supporters import queries, services
from coprod.supporters.models import Share, Support
from coprod.workstreams.models import MembershipState
from coprod.workstreams.rules import membership_of
from tests.factories import a_membership, a_person
from tests.supporters.conftest import JO, Table


def test_dates_and_lifts_are_all_there_is_until_something_is_ticked(table: Table, help_: Support, jo: Person) -> None:
    """Journey 23: what is not published stays out too."""
    (block,) = queries.blocks(jo, today())
    assert [session.number for session in block.sessions] == [1, 2]
    assert block.lifts == ["A taxi"]
    assert (block.wanted, block.agreements, block.shares) == (Wanted(), [], [])


def test_what_was_ticked_is_added_and_nothing_else(table: Table, help_: Support, jo: Person) -> None:
    services.share(help_, Share.NEEDS, True, by=table.robin)
    (block,) = queries.blocks(jo, today())
    assert [each.value for each in block.wanted.helps] == ["a taxi", "a quiet room"]
    assert block.agreements == []
    services.share(help_, Share.AGREEMENT, True, by=table.robin)
    (block,) = queries.blocks(jo, today())
    assert [agreement.number for agreement in block.agreements] == [1]


def test_sessions_that_do_not_stand_are_left_out(table: Table, help_: Support, jo: Person) -> None:
    cycles.cancel(table.cycle.sessions[0], by=table.sam)
    (block,) = queries.blocks(jo, today())
    assert [session.number for session in block.sessions] == [2]
    (place,) = [m for m in table.stream.memberships if m.person_id == table.robin.id]
    place.state = MembershipState.PAUSED
    (block,) = queries.blocks(jo, today())
    assert block.sessions == []


def test_two_members_are_two_blocks(table: Table, help_: Support, jo: Person) -> None:
    other = services.choose(table.kit, "Jojo", JO, by=table.kit)
    services.share(help_, Share.NEEDS, True, by=table.robin)
    kits, robins = queries.blocks(jo, today())
    assert (kits.support, kits.lifts, kits.shares) == (other, [], [])
    assert (robins.support, robins.shares) == (help_, [Share.NEEDS])
    services.end(help_, by=table.robin)
    assert [block.support for block in queries.blocks(jo, today())] == [other]


def test_help_is_found_by_the_two_and_by_nobody_else(table: Table, help_: Support, jo: Person) -> None:
    assert queries.own(table.robin, help_.id) is help_
    assert queries.own(jo, help_.id) is help_
    for who in (table.kit, table.sam):
        with pytest.raises(NoResultFound):
            queries.own(who, help_.id)
    services.end(help_, by=jo)
    with pytest.raises(NoResultFound):
        queries.own(table.robin, help_.id)


def test_blocks_cost_the_same_for_one_and_for_three(
    table: Table, help_: Support, jo: Person, query_count: list[str]
) -> None:
    services.share(help_, Share.AGREEMENT, True, by=table.robin)
    counts = []
    for alias in ("Ann", "Bea", ""):
        db.session.flush()
        db.session.expire_all()
        _ = jo.id
        query_count.clear()
        queries.blocks(jo, today())
        counts.append(len(query_count))
        if alias:
            person = a_person(alias)
            a_membership(table.stream, person)
            support = services.choose(person, "Jo", JO, by=person)
            services.share(support, Share.AGREEMENT, True, by=person)
    assert counts[0] == counts[2]


def test_joined_member_is_the_only_one_whose_dates_are_told(table: Table, help_: Support, jo: Person) -> None:
    assert membership_of(table.robin, table.stream) is not None
    table.robin.active = False
    assert queries.blocks(jo, today()) == []
