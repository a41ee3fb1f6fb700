"""What is on now, how long is left, and whether the evening runs late: worked out, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from config import HERE
from coprod.core.words import clock, clock_plain
from coprod.cycles.models import AgendaItem, Part, Purpose, Session, SessionState
from coprod.cycles.rules.agenda import LONGEST_DAY, kept
from coprod.cycles.rules.evening import PLAIN
from coprod.cycles.rules.moves import TOLD
from coprod.room.models import Room

EARLIER = timedelta(minutes=30)
LATER = timedelta(minutes=60)
LONGEST = timedelta(minutes=LONGEST_DAY) + LATER
MINUTE = 60
AT_THE_START = frozenset({Part.ARRIVE, Part.CHECK_IN})


class Phase(StrEnum):
    """Where an evening stands."""

    BEFORE = "before"
    ON = "on"
    OVER = "over"
    OFF = "off"


@dataclass(frozen=True)
class Stretch:
    """One part of the bar that draws the evening: how long, and whether it is done, on now, to come, or a break."""

    minutes: int
    kind: str


@dataclass(frozen=True)
class Now:
    """One evening at one moment, as every screen tells it."""

    session: Session
    room: Room | None
    at: datetime

    @property
    def turn(self) -> int:
        """Count how often it was moved on."""
        return self.room.turn if self.room else 0

    @property
    def phase(self) -> Phase:
        """Answer whether it is still to begin, on, or over."""
        if self.session.state == SessionState.HELD or (is_begun(self.room) and not self.item_is_on):
            return Phase.OVER
        if self.session.state not in TOLD:
            return Phase.OFF
        return Phase.ON if self.item_is_on else Phase.BEFORE

    @property
    def item_is_on(self) -> bool:
        """Answer whether an item is on."""
        return self.room is not None and self.room.item_id is not None

    @property
    def mark(self) -> str:
        """Answer what tells this from what was shown before; minutes pass without it."""
        return f"{self.session.id.hex[:8]}-{self.turn}-{self.phase}"

    @property
    def item(self) -> AgendaItem | None:
        """Answer the item that is on."""
        if self.phase != Phase.ON or self.room is None:
            return None
        return next(item for item in self.session.items if item.id == self.room.item_id)

    @property
    def then(self) -> AgendaItem | None:
        """Answer what comes next."""
        return next(iter(self.to_come), None)

    @property
    def to_come(self) -> list[AgendaItem]:
        """List what is still to come, the next first."""
        return [] if self.phase in (Phase.OVER, Phase.OFF) else after(self.session.items, self.item)

    @property
    def left(self) -> int:
        """Answer the seconds this item has left; below zero, it runs over."""
        item = self.item
        if item is None or self.room is None or self.room.since is None:
            return 0
        return int((self.room.since + timedelta(minutes=item.minutes) - self.at).total_seconds())

    @property
    def behind(self) -> int:
        """Answer by how many seconds the evening would end late; below zero, time is in hand."""
        still = timedelta(minutes=sum(item.minutes for item in self.to_come))
        if self.phase == Phase.BEFORE:
            return int((max(self.at, self.session.begins) + still - ends(self.session)).total_seconds())
        if self.phase != Phase.ON:
            return 0
        return int((self.at + timedelta(seconds=max(0, self.left)) + still - ends(self.session)).total_seconds())

    @property
    def until(self) -> str:
        """Say when this item ends, were it to keep its time: 6.55."""
        return _wall(self.at + timedelta(seconds=self.left))

    @property
    def wall_seconds(self) -> int:
        """Answer the seconds since midnight that the clock on the wall shows."""
        here = self.at.astimezone(HERE)
        return (here.hour * 60 + here.minute) * 60 + here.second

    @property
    def is_hard(self) -> bool:
        """Answer whether what is on may be hard."""
        return self.item is not None and self.item.is_hard

    @property
    def at_the_start(self) -> bool:
        """Answer whether people are still arriving."""
        return self.phase == Phase.BEFORE or (self.item is not None and self.item.part in AT_THE_START)

    @property
    def at_the_end(self) -> bool:
        """Answer whether people say goodbye."""
        return self.phase == Phase.OVER or (self.item is not None and self.item.part == Part.CHECK_OUT)

    @property
    def break_at(self) -> str:
        """Say when the break comes, as things stand; nothing once it is over or on."""
        passed = max(0, self.left)
        for item in self.to_come:
            if item.part == Part.BREAK:
                starts = max(self.at, self.session.begins) if self.phase == Phase.BEFORE else self.at
                return _wall(starts + timedelta(seconds=passed))
            passed += item.minutes * MINUTE
        return ""

    @property
    def home_at(self) -> str:
        """Say when it is over, as planned: 7.55."""
        return _wall(ends(self.session))

    @property
    def begins_at(self) -> str:
        """Say when it begins: 6pm."""
        return clock(self.session.starts_at)

    @property
    def screens_last(self) -> timedelta:
        """Answer how long a screen that stays on for this evening goes on: to an hour after its end."""
        return ends(self.session) + LATER - self.at

    @property
    def bar(self) -> list[Stretch]:
        """Draw the evening: what is done, what is on, what is to come."""
        return [Stretch(item.minutes, self._kind(item)) for item in kept(self.session.items)]

    def _kind(self, item: AgendaItem) -> str:
        if item is self.item:
            return "now"
        if item not in self.to_come and self.phase != Phase.OFF:
            return "done"
        return "break" if item.part == Part.BREAK else "coming"


def is_on_its_day(now: Now) -> bool:
    """Answer whether it is the evening's own day here."""
    return now.at.astimezone(HERE).date() == now.session.on


def is_begun(room: Room | None) -> bool:
    """Answer whether an evening was begun; what was let go beforehand counts a turn and begins nothing."""
    return room is not None and room.since is not None


def after(items: Sequence[AgendaItem], item: AgendaItem | None) -> list[AgendaItem]:
    """List what comes after this item, or everything where nothing was on yet."""
    return [other for other in kept(items) if item is None or other.position > item.position]


def before(items: Sequence[AgendaItem], item: AgendaItem | None) -> AgendaItem | None:
    """Answer what was on before this item; before nothing, the last one of the evening."""
    earlier = [other for other in kept(items) if item is None or other.position < item.position]
    return earlier[-1] if earlier else None


def ends(session: Session) -> datetime:
    """Answer the moment at which it is planned to be over."""
    return session.begins + timedelta(minutes=session.minutes)


def is_about_now(now: Now) -> bool:
    """Answer whether people sit together: half an hour before, to the end, and while something is on after it."""
    if now.phase not in (Phase.BEFORE, Phase.ON):
        return False
    latest = ends(now.session) + (LATER if now.phase == Phase.ON else timedelta(0))
    return now.session.begins - EARLIER <= now.at <= latest


def name_of(item: AgendaItem) -> str:
    """Say plainly what an item is, as members read it."""
    return PLAIN.get(item.part, (item.title, ""))[0]


def note_of(item: AgendaItem) -> str:
    """Say in a few words what people do in it."""
    if item.part == Part.BREAK:
        return f"{item.minutes} minutes."
    deciding = "We decide this together." if item.purpose == Purpose.DECIDE else item.method
    return PLAIN.get(item.part, ("", deciding))[1]


def left_in_words(seconds: int, over: str = "") -> str:
    """Say how long is left: 12 minutes left, 1 minute left, Time is up, 3 minutes over."""
    if seconds > 0:
        return f"{_minutes(ceil(seconds / MINUTE))} left"
    late = -seconds // MINUTE
    return over or (f"{_minutes(late)} over" if late else "Time is up")


def behind_in_words(seconds: int) -> str:
    """Say how the evening runs: Running 5 minutes late, On time, 5 minutes in hand."""
    minutes = abs(seconds) // MINUTE
    if not minutes:
        return "On time"
    return f"Running {_minutes(minutes)} late" if seconds > 0 else f"{_minutes(minutes)} in hand"


def _minutes(count: int) -> str:
    return f"{count} minute" if count == 1 else f"{count} minutes"


def _wall(moment: datetime) -> str:
    return clock_plain(moment.astimezone(HERE).time())
