"""The things of the model, by the short names a walk calls them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

STREAM, STEERING = "stream", "steering"
LIVED, PROFESSIONAL = "lived", "professional"
MEMBER, FACILITATOR, CHAIR = "member", "facilitator", "chair"


@dataclass
class Place:
    """One place at a table."""

    side: str
    role: str = MEMBER
    state: str = "joined"
    said_yes: bool = False
    looked_at: bool = True
    """Whether the separation check was made, and said that they can be together."""


@dataclass
class Asked:
    """One recommendation."""

    state: str
    complete: bool = True
    worded: bool = True
    votes: list[str] = field(default_factory=list)
    contested: bool = False


@dataclass
class Vote:
    """One vote, with everybody's last answer; only the model knows those."""

    asked: str
    roll: dict[str, str]
    state: str = "open"
    outcome: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    sealed: int = 0
    worries: dict[str, str] = field(default_factory=dict)


@dataclass
class Item:
    """One item of an agenda."""

    kind: str
    thing: str
    asked: str = ""
    state: str = "waiting"
    leaving: set[str] = field(default_factory=set)
    decided: int = 0
    """The decision that was taken at it."""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.thing


@dataclass
class Meeting:
    """One meeting of the steering group."""

    on: date
    state: str = "planned"
    minutes: str = "draft"
    items: list[Item] = field(default_factory=list)
    here: set[str] = field(default_factory=set)


@dataclass
class Decision:
    """One decision, and what the group said to it."""

    asked: str
    verdict: str
    on: date
    meeting: str
    members: int
    present: int
    lived: int
    until: date | None = None
    review_on: date | None = None
    corrects: int = 0
    state: str = "recorded"
    replied: bool = False
    accepted: bool = False
    contests: list[list[str]] = field(default_factory=list)
    """State and by whom, of each."""
    questions: list[bool] = field(default_factory=list)
    """Whether each was answered."""


@dataclass
class Action:
    """Something to do."""

    table: str
    owner: str
    dues: list[date]
    asked: str = ""
    weekly: bool = False
    follows: str = ""
    begins: date | None = None
    state: str = "open"
    said_by: str = ""
    agreed_by: str = ""
    evident: bool = False
    """Whether somebody has said how anyone can tell that it is done."""


@dataclass
class Cycle:
    """One test cycle of a pilot."""

    state: str = "planned"
    studied: bool = False


@dataclass
class Pilot:
    """One pilot."""

    owner: str
    ends: date
    state: str = "proposed"
    cycles: list[Cycle] = field(default_factory=list)


@dataclass
class World:
    """Everything there is."""

    today: date
    admin: str = ""
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    checked: set[tuple[str, str]] = field(default_factory=set)
    """Professional and parent: confirmed that the one works on no case of the other."""
    asked: dict[str, Asked] = field(default_factory=dict)
    votes: dict[str, Vote] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    decisions: dict[int, Decision] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    pilots: dict[str, Pilot] = field(default_factory=dict)


# --- Who is who.


def seated(world: World, table: str) -> dict[str, Place]:
    """Who sits at a table now."""
    return {who: place for (at, who), place in world.places.items() if at == table and place.state == "joined"}


def sits(world: World, who: str, table: str) -> bool:
    place = world.places.get((table, who))
    return place is not None and place.state == "joined"


def role(world: World, who: str, table: str) -> str:
    return world.places[table, who].role if sits(world, who, table) else ""


def runs(world: World, who: str) -> bool:
    """Whether somebody facilitates the stream."""
    return role(world, who, STREAM) == FACILITATOR


def chairs(world: World, who: str) -> bool:
    return role(world, who, STEERING) == CHAIR


def leads(world: World, who: str, table: str) -> bool:
    return role(world, who, table) in (CHAIR, FACILITATOR)


# --- Days: nothing but weekends is off in a walk.


def works(day: date) -> bool:
    return day.weekday() < 5


def working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(1)
        count -= works(day)
    return day


def last_of_month(day: date) -> date:
    following = (day.replace(day=28) + timedelta(4)).replace(day=1)
    return following - timedelta(1)
