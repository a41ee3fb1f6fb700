"""A group with its facilitator and two members, the steering group beside it, and somebody in another group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from coprod.evidence import services
from coprod.evidence.models import Evidence, EvidenceKind, Review
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_steering_group, a_stream

Adding = Callable[..., Evidence]
MORE: dict[EvidenceKind, dict[str, str]] = {
    EvidenceKind.LOCAL_DATA: {"source": "The council", "period": "2019 to 2024"},
    EvidenceKind.RESEARCH: {"source": "Ash and Birch", "period": "2022", "address": "https://example.org/paper"},
    EvidenceKind.PRACTICE_HERE: {"source": "The maternity ward"},
    EvidenceKind.PRACTICE_ELSEWHERE: {"source": "Leeds"},
    EvidenceKind.TESTIMONY: {},
}


@dataclass
class Table:
    """Who sits where."""

    stream: Workstream
    sam: Person
    robin: Person
    mia: Person
    steering: Workstream
    alex: Person
    other: Workstream
    olga: Person


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, mia = a_professional("Sam"), a_person("Robin"), a_professional("Mia")
    stream = a_stream(facilitator=sam, members=[robin, mia])
    alex, olga = a_professional("Alex"), a_person("Olga")
    steering = a_steering_group(stream.programme, chair=alex)
    other = a_stream(stream.programme, "Another group", members=[olga])
    return Table(stream, sam, robin, mia, steering, alex, other, olga)


@pytest.fixture
def adding(table: Table) -> Adding:
    def make(kind: EvidenceKind = EvidenceKind.LOCAL_DATA, title: str = "Removals", **more: Any) -> Evidence:
        by = more.pop("by", table.robin)
        says = more.pop("says", "They have doubled.")
        return services.add(more.pop("stream", table.stream), kind, title, says, by=by, **(MORE[kind] | more))

    return make


@pytest.fixture
def review(table: Table) -> Review:
    return services.begin_review(table.stream, "What helps on the day after birth?", by=table.robin)
