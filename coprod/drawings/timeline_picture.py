"""The timeline of a programme, drawn no more exactly than it is known."""

from dataclasses import dataclass

from coprod.drawings.shapes import Picture


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened: when ("2019", "2019/2022", "2020-06", "2024-03-27", "2023-09/"), and what.

    `short` is the label in the picture (the first words of `what` without it). `lane` names its lane.
    `on_thread` joins it by the gold thread to the one before it that is on the thread.
    """

    when: str
    what: str
    short: str = ""
    lane: str = ""
    href: str = ""
    on_thread: bool = False


@dataclass(frozen=True, slots=True)
class TimelineFacts:
    """Everything the timeline shows, lanes in the order in which they come."""

    key: str
    title: str
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry in words, for the list below the picture."""

    when: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class ListedYear:
    """One year of the list."""

    year: int
    entries: tuple[ListedEntry, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture for desks, and the years of its list; no entries, no picture."""

    picture: Picture | None
    years: tuple[ListedYear, ...]
    threaded: bool
