"""What comes into a library, how it changes and how it goes; and that a withdrawn testimony is gone everywhere."""

from coprod.core.db import db
from coprod.evidence import queries, services
from coprod.evidence.models import EvidenceKind, TestimonyState
from tests.evidence.conftest import Adding, Table


def test_every_kind_stands_in_the_library(table: Table, adding: Adding) -> None:
    for kind in EvidenceKind:
        adding(kind, title=f"Of {kind}")
    assert {one.kind for one in queries.for_group(table.stream)} == set(EvidenceKind)
    assert {one.kind for one in queries.seen_by(table.mia)} == set(EvidenceKind)
    assert queries.seen_by(table.olga) == []


def test_withdrawn_testimony_keeps_no_word(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, title="My first night", says="Nobody came.")
    services.withdraw(told, by=table.robin)
    db.session.expire_all()
    assert (told.title, told.says) == ("A testimony that was withdrawn", "")
    assert (told.testimony.state, told.testimony.person_id) == (TestimonyState.WITHDRAWN, None)
    assert queries.for_group(table.stream) == []
