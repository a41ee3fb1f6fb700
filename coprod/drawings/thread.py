"""What is known of one recommendation's golden thread, ready to be drawn."""

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """What a piece of evidence is: a square, a triangle or a circle."""

    DATA = "data"
    ELSEWHERE = "practice elsewhere"
    STORIES = "stories"


class Stitch(StrEnum):
    """What became of one week: gold, dotted, or a wider gap."""

    HELD = "held"
    TO_COME = "to come"
    SKIPPED = "skipped"


class Round(StrEnum):
    """How one round of the vote ended, if it did."""

    AGREED = "agreed"
    NOT_AGREED = "not agreed"
    OPEN = "open"


class Decided(StrEnum):
    """What the steering group said."""

    NOTHING_YET = "not decided yet"
    YES = "yes"
    WITH_CHANGES = "yes, with changes"
    NOT_NOW = "not now"
    NO = "no"
    REFERRED_BACK = "back to the group"


class Place(StrEnum):
    """The stations of the thread, in their one order."""

    PRIORITY = "priority"
    EVIDENCE = "evidence"
    SESSIONS = "sessions"
    VERSIONS = "versions"
    VOTE = "vote"
    DECISION = "decision"
    ACTIONS = "actions"
    PILOT = "pilot"
    OUTCOME = "outcome"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer that went back to the group."""

    sent: str
    working_days: int


@dataclass(frozen=True, slots=True)
class Station:
    """One station in words: its place, a short line for the night band, and when it was.

    `href` is where its name leads in the night band; left empty, it leads to the station on the same page.
    """

    place: Place
    title: str
    words: str = ""
    when: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """Everything one thread shows; an empty field is a station not reached yet.

    `actions` and `cycles` say of each whether it is done or closed. `rounds` are in order; only the last may be
    agreed or open. `agreement_missing` keeps the lived-experience strand apart to the end. `ended` closes the
    thread with a hem (a "no" does so by itself), and `ended_because` says why in a few words.
    """

    key: str
    title: str
    stations: tuple[Station, ...]
    priority: int | None = None
    evidence: tuple[Evidence, ...] = ()
    sessions: tuple[Stitch, ...] = ()
    versions: int = 0
    rounds: tuple[Round, ...] = ()
    decision: Decided = Decided.NOTHING_YET
    look_again: str = ""
    actions: tuple[bool, ...] = ()
    cycles: tuple[bool, ...] = ()
    outcome: tuple[float, ...] = ()
    reply: Reply | None = None
    agreement_missing: bool = False
    ended: bool = False
    ended_because: str = ""

    @property
    def agreed(self) -> bool:
        """Whether the last round was agreed."""
        return bool(self.rounds) and self.rounds[-1] is Round.AGREED

    @property
    def hemmed(self) -> bool:
        """Whether the thread has a finished edge: it ended, or the answer was no."""
        return self.ended or self.decision is Decided.NO
