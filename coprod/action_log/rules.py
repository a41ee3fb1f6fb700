"""What the log can be asked for, in which order it stands, and what a meeting goes through in its review."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from coprod.core.answers import YES, Answer, no

PAGE = 50
MOST_VIEWS = 20
LONGEST_WORDS = 100
UNPLANNED = timedelta(28)
"""What stands for the time between two meetings where only one of them is known."""
CELLS = 30
"""Into so many pieces at most the bar above a review is cut."""


class Section(StrEnum):
    """The parts of the log, in the order in which somebody needs them."""

    MINE_LATE = "Yours, late"
    MINE_SOON = "Yours, due in 7 days"
    OTHERS_LATE = "Everyone’s, late"
    REST = "The rest"


class Show(StrEnum):
    """Which actions to list."""

    EVERY = ""
    ALL = "all"
    """Every one of them, with nothing folded: to print."""
    MINE = "mine"
    OPEN = "open"
    LATE = "late"
    SOON = "soon"
    WAITING = "waiting"
    DONE = "done"


class Comes(StrEnum):
    """Where an action comes from."""

    ANYWHERE = ""
    DECISION = "decision"
    SESSION = "session"
    NEITHER = "neither"


class Sort(StrEnum):
    """In which order to list them."""

    NEED = ""
    DUE = "due"
    LAST_DUE = "last-due"
    NEWEST = "newest"
    OWNER = "owner"
    MOVED = "moved"


class Part(StrEnum):
    """What a meeting goes through in its review, in this order; each action stands in the first that fits."""

    LATE = "Late"
    DUE = "Due before next time"
    NEW = "New"
    CLOSED = "Closed"


@dataclass(frozen=True)
class Wanted:
    """What somebody asked the log for: all of it stands in the address."""

    show: Show = Show.EVERY
    owner: str = ""
    source: str = ""
    """A kind of origin, or the key of one decision."""
    table: str = ""
    q: str = ""
    sort: Sort = Sort.NEED

    @property
    def address(self) -> dict[str, str]:
        """Answer what stands behind the question mark; what is not asked for is left out."""
        return {name: str(said) for name, said in vars(self).items() if said}

    @property
    def is_everything(self) -> bool:
        """Answer whether nothing is left out."""
        return replace(self, sort=Sort.NEED, show=Show.EVERY) == Wanted() and self.show in (Show.EVERY, Show.ALL)


def read(address: Mapping[str, str]) -> Wanted:
    """Answer what an address asks for; what is no word of the log asks for nothing."""
    said = {field.name: (address.get(field.name) or "").strip() for field in fields(Wanted)}
    return Wanted(
        show=Show(said["show"]) if said["show"] in set(Show) else Show.EVERY,
        owner=a_key(said["owner"]),
        source=said["source"] if said["source"] in set(Comes) else a_key(said["source"]),
        table=a_key(said["table"]),
        q=said["q"].replace("\0", "")[:LONGEST_WORDS],
        sort=Sort(said["sort"]) if said["sort"] in set(Sort) else Sort.NEED,
    )


def a_key(typed: str) -> str:
    """Answer this as a key, or nothing where it is none."""
    try:
        return str(UUID(typed))
    except ValueError:
        return ""


def page_of(typed: str) -> int:
    """Answer which page an address asks for: the first where it names none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and 0 < len(typed) < 6 and int(typed) else 1


def pages_for(count: int) -> int:
    """Answer how many pages so many actions take."""
    return max(1, -(-count // PAGE))


@dataclass(frozen=True)
class Between:
    """The time a review is about: since the last meeting, and until the next."""

    since: date
    until: date
    is_since_a_meeting: bool
    is_until_a_meeting: bool


def between(last: date | None, following: date | None, today: date) -> Between:
    """Answer what time a review on this day is about."""
    return Between(
        since=last or today - UNPLANNED,
        until=following or today + UNPLANNED,
        is_since_a_meeting=last is not None,
        is_until_a_meeting=following is not None,
    )


def bar(place: int, total: int) -> list[str]:
    """Answer the bar above a review: what is behind, what is looked at now, what is to come."""
    cells = min(total, CELLS)
    now = (place - 1) * cells // total if total else 0
    return ["past" if cell < now else "now" if cell == now else "to-come" for cell in range(cells)]


def may_keep(kept: int) -> Answer:
    """Somebody may keep as many views as one can read at a glance."""
    return YES if kept < MOST_VIEWS else no(f"You keep {MOST_VIEWS} views already. Let one go first.")
