"""Saying what helps to come, changing it, and forgetting it for good."""

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.messages.models import PartOfDay
from coprod.needs import queries, rules, services
from coprod.needs.models import Help, Needs, NeverTime
from coprod.needs.rules import Wanted
from coprod.workstreams.models import MembershipState, Words
from coprod.workstreams.services import leave
from tests.factories import a_membership, a_stream, keep
from tests.needs.conftest import MONDAYS, MUCH, Table


def _kept() -> tuple[int, int]:
    counts = (db.session.scalar(select(func.count()).select_from(kind)) for kind in (Needs, NeverTime))
    return tuple(counts)


def test_what_is_said_later_takes_the_place_of_what_was_said(table: Table) -> None:
    assert rules.wanted(queries.needs_of(table.robin)) == MUCH
    assert queries.never_of(table.robin) == MONDAYS

    services.say(table.robin, Wanted((Help.BUS,)), by=table.robin)
    services.say_never(table.robin, {(2, PartOfDay.EVENING)}, by=table.robin)

    assert rules.wanted(queries.needs_of(table.robin)) == Wanted((Help.BUS,))
    assert queries.never_of(table.robin) == {(2, PartOfDay.EVENING)}
    assert _kept() == (1, 1)


def test_journal_does_not_speak_of_needs(table: Table) -> None:
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_nobody_says_it_for_somebody_else(table: Table) -> None:
    for who in (table.sam, *table.others.values()):
        with pytest.raises(Refused):
            services.say(table.robin, Wanted(), by=who)
        with pytest.raises(Refused):
            services.say_never(table.robin, set(), by=who)


def test_needs_go_when_she_has_left_every_group_and_do_not_come_back(table: Table) -> None:
    """Journey 10: coming again restores nothing."""
    second = a_membership(a_stream(table.stream.programme, "Recurrent care"), table.robin)
    place = table.place(table.robin)

    leave(place, Words.KEEP, by=table.robin)
    assert _kept() == (1, 3)

    leave(second, Words.KEEP, by=table.robin)
    assert _kept() == (0, 0)

    place.state = MembershipState.JOINED
    keep(place)
    assert rules.wanted(queries.needs_of(table.robin)) == Wanted()
    assert queries.never_of(table.robin) == frozenset()


def test_nothing_is_kept_of_who_is_in_no_group(table: Table) -> None:
    out = table.others["outsider"]
    with pytest.raises(Refused, match="You are not in a group now"):
        services.say(out, MUCH, by=out)
