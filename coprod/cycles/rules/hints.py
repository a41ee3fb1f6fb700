"""A hint: what is good, what is worth a look, and what must be mended first, with what to do."""

from dataclasses import dataclass
from typing import Literal

from coprod.cycles.models import AgendaItem


@dataclass(frozen=True)
class Hint:
    """One check's words, what to do about it, and the agenda item it stands under, if one."""

    kind: Literal["good", "look", "mend"]
    words: str
    todo: str = ""
    item: AgendaItem | None = None
