"""A steering group that brings in the log it kept in a spreadsheet."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from coprod.action_import import services
from coprod.action_import.models import Import
from coprod.core.spreadsheets.reading import read
from tests.factories import a_membership, a_person, a_professional, a_stream
from tests.steering.rooms import Room


class Table(Room):
    """The room with its chair Alex, with Max who has an address, two who are called Eve, and Lou of another table."""

    def __init__(self) -> None:
        super().__init__()
        self.max.email, self.sam.email, self.dee.email = "max@blackpool.example", "sam@x.example", "dee@x.example"
        a_membership(self.steering, a_person("Eve"))
        self.lou = a_professional("Lou", email="lou@blackpool.example")
        a_stream(self.programme, "Other", facilitator=self.lou, members=[self.alex])

    def take(self, content: bytes | str, name: str = "log.csv") -> Import:
        """A log that Alex brings; its columns as they are guessed."""
        raw = content.encode() if isinstance(content, str) else content
        brought = services.take(self.steering, read(raw, name), name, by=self.alex)
        services.match(brought, brought.head, brought.columns, by=self.alex)
        return brought


@pytest.fixture
def room(database: None) -> Table:
    return Table()


@pytest.fixture
def bring(room: Table, as_: Callable[..., Any]) -> Callable[..., Any]:
    """Bring a file through the page."""

    def brought(content: bytes, name: str = "log.csv", who: Any = None) -> Any:
        page = f"/workstreams/{room.steering.id}/action-imports"
        return as_(who or room.alex).post(page, data={"file": (BytesIO(content), name)})

    return brought
