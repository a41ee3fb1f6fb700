"""Who may bring a log in, and how far one has got."""

import re
import unicodedata
from datetime import timedelta

from coprod.action_import.models import Import, ImportState
from coprod.actions.rules import leads
from coprod.core.answers import YES, Answer
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import has_court_number, has_nhs_number
from coprod.people.models import Person

KEPT_UNFINISHED = timedelta(7)
LONGEST_NAME = 80
NAMELESS = "File"


def _leads(person: Person | None, brought: Import) -> Answer:
    """The chair and the facilitators of its table may; what nobody finishes is dropped by itself."""
    return YES if person is None else leads(person, brought.workstream)


_ON_ITS_WAY = frozenset({ImportState.READ, ImportState.MATCHED})
LIFECYCLE = Lifecycle[Import](
    [
        Move("matched", _ON_ITS_WAY, ImportState.MATCHED, _leads, "Look at what would come in"),
        Move("brought in", frozenset({ImportState.MATCHED}), ImportState.BROUGHT_IN, _leads, "Bring these in"),
        Move("dropped", _ON_ITS_WAY, ImportState.DROPPED, _leads, "Leave it"),
    ]
)


def is_open(brought: Import) -> bool:
    """Answer whether it is still on its way in."""
    return brought.state in _ON_ITS_WAY


def name_of(file: str, sheet: str) -> str:
    """Answer what a sheet is called here: no folder, no letters that cannot be seen, no family's number."""
    last = re.split(r"[/\\]", file)[-1]
    return plain_name(last if sheet in ("", file) else f"{last}, {sheet}")


def plain_name(name: str) -> str:
    """Answer a name without letters that cannot be seen, and without a family's number."""
    plain = " ".join("".join(one for one in name if unicodedata.category(one)[0] != "C").split())
    private = has_nhs_number(plain) or has_court_number(plain)
    return NAMELESS if private or not plain else plain[:LONGEST_NAME]


def counted(number: int, thing: str) -> str:
    """Say how many there are: 1 row, 1,000 rows."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
