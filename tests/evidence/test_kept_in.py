"""A later feature keeps testimonies inside their group, and looks anew at what their tellers change."""

import pytest
from sqlalchemy import Select, select

from coprod.core.clock import today
from coprod.evidence import queries, rules, services
from coprod.evidence.models import Audience, Evidence, EvidenceKind
from coprod.workstreams.queries import memberships_of
from tests.evidence.conftest import Adding, Table


def test_testimony_that_is_kept_in_is_read_by_its_group_alone_p1(
    table: Table, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the query and by the rule alike, and its group reads it as before."""
    told = adding(EvidenceKind.TESTIMONY, audience=Audience.PARTNERSHIP)
    free = adding(EvidenceKind.TESTIMONY, audience=Audience.PARTNERSHIP, title="Free")

    def kept() -> Select[tuple[object]]:
        return select(Evidence.id).where(Evidence.id == told.id)

    people = [table.robin, table.sam, table.alex, table.olga]
    monkeypatch.setattr(queries, "_KEEPING", [])
    assert queries.kept_in([told.id, free.id]) == set()
    assert [len(queries.seen_by(person)) for person in people] == [2, 2, 2, 2]
    queries.keeps_in(kept)
    assert (queries.kept_in([told.id, free.id]), queries.kept_in([])) == ({told.id}, set())
    found = [[one.id for one in queries.seen_by(person)] for person in people]
    assert [told.id in keys for keys in found] == [True, True, False, False]
    assert [free.id in keys for keys in found] == [True] * 4
    by_rule = [rules.may_read(one, told, today(), memberships_of(one), kept_in=True) for one in people]
    assert [bool(answer) for answer in by_rule] == [True, True, False, False]


def test_later_feature_hears_of_a_changed_testimony_and_of_nothing_else(
    table: Table, adding: Adding, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Evidence] = []
    monkeypatch.setattr(services.library, "_FOLLOWING", [])
    services.when_changed(heard.append)
    told, data = adding(EvidenceKind.TESTIMONY), adding()
    services.edit(told, "A night", "Nobody came.", by=table.robin, read=rules.mark_of(told))
    services.edit(data, "Numbers", "Many.", by=table.sam, read=rules.mark_of(data), source="Us", period="2020")
    assert heard == [told]
