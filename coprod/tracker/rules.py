"""Where every recommendation stands: asked, answered, done, and what came of it, each with its days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coprod.actions.models import ActionState
from coprod.drawings.standing import StandingFacts, StandingRow
from coprod.pilots.models import PilotState
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, Verdict
from coprod.steering.rules import IN_WORDS


class Place(StrEnum):
    """How far something that was sent has got; worked out, never stored."""

    WAITING = "Waits for an answer"
    BACK = "Back with the group"
    NO = "No"
    LATER = "Not now"
    YES = "Yes, to be done"
    DONE = "Yes, and done"
    TRIED = "Being tried"
    KEPT = "Tried, and kept"
    STOPPED = "Tried, and stopped"


KINDS = {
    Place.WAITING: "waiting",
    Place.BACK: "back",
    Place.NO: "no",
    Place.LATER: "later",
    Place.YES: "yes",
    Place.DONE: "done",
    Place.TRIED: "tried",
    Place.KEPT: "kept",
    Place.STOPPED: "stopped",
}
"""The mark each place has in the picture."""
TAGS = {
    Place.WAITING: "waiting",
    Place.BACK: "soon",
    Place.NO: "no",
    Place.LATER: "soon",
    Place.YES: "track",
    Place.DONE: "done",
    Place.TRIED: "track",
    Place.KEPT: "done",
    Place.STOPPED: "no",
}
WAITS = frozenset({State.SUBMITTED, State.CONTESTED})
ANSWERED = frozenset(
    {State.ACCEPTED, State.ACCEPTED_WITH_CHANGES, State.DEFERRED, State.DECLINED, State.REPLIED, State.CLOSED}
)
TRIED = {
    State.IN_PILOT: Place.TRIED,
    State.ADAPTED: Place.TRIED,
    State.ADOPTED: Place.KEPT,
    State.EMBEDDED: Place.KEPT,
    State.ABANDONED: Place.STOPPED,
}
ENDED = {PilotState.ADOPTED: Place.KEPT, PilotState.ADAPTED: Place.KEPT, PilotState.ABANDONED: Place.STOPPED}
"""Where something closed stands, that was tried before."""
OUTCOMES = {
    PilotState.PROPOSED: "A pilot is proposed",
    PilotState.FUNDED: "A pilot has its money",
    PilotState.NOT_FUNDED: "A pilot had no money",
    PilotState.SET_UP: "A pilot is being set up",
    PilotState.BASELINE: "A pilot has begun",
    PilotState.CYCLING: "It is being tested",
    PilotState.REVIEWED: "It was tested. The steering group looks at it",
    PilotState.ADOPTED: "It is kept",
    PilotState.ADAPTED: "It is changed, and tested again",
    PilotState.ABANDONED: "It was stopped",
}


@dataclass(frozen=True)
class Doing:
    """What is to be done because of one recommendation: how it stands, and by when."""

    state: ActionState
    due: date


@dataclass(frozen=True)
class Line:
    """One recommendation that was sent, from the asking to what came of it."""

    asked: Recommendation
    title: str
    sent_on: date
    today: date
    decision: Decision | None = None
    """The last decision that stands; while it waits once more, the answer given before."""
    decided_on: date | None = None
    """When the group was answered: the day of the first one, where the one that stands corrects it."""
    doing: Sequence[Doing] = field(default=())
    pilot: PilotState | None = None

    @property
    def place(self) -> Place:
        """Answer how far it has got."""
        state = self.asked.state
        if state in WAITS:
            return Place.WAITING
        if state in TRIED:
            return TRIED[state]
        if state not in ANSWERED or self.decision is None:
            return Place.BACK
        if state == State.CLOSED and self.pilot in ENDED:
            return ENDED[self.pilot]
        return self._answered(self.decision.verdict)

    def _answered(self, verdict: Verdict) -> Place:
        places = {Verdict.DECLINE: Place.NO, Verdict.DEFER: Place.LATER, Verdict.REFER_BACK: Place.BACK}
        done = bool(self.doing) and self.done == len(self.doing)
        return places.get(verdict, Place.DONE if done else Place.YES)

    @property
    def kind(self) -> str:
        """Answer the shape of its tag."""
        return TAGS[self.place]

    @property
    def waits(self) -> bool:
        """Answer whether the group waits for an answer."""
        return self.place == Place.WAITING

    @property
    def answered(self) -> Decision | None:
        """Answer the decision that answers this sending; what was sent again or contested has none."""
        return None if self.waits else self.decision

    @property
    def answered_on(self) -> date | None:
        """Answer when this sending was answered."""
        return None if self.waits else self.decided_on

    @property
    def before(self) -> Decision | None:
        """Answer the decision of an earlier round, where it waits once more."""
        return self.decision if self.waits else None

    @property
    def answer(self) -> str:
        """Say what was answered, in the words of the register."""
        return IN_WORDS[self.answered.verdict] if self.answered else "Not decided yet"

    @property
    def answer_before(self) -> str:
        """Say what was answered the last time, where it waits once more."""
        return IN_WORDS[self.before.verdict] if self.before else ""

    @property
    def days_waited(self) -> int:
        """Count the days from the sending to the answer, or to today."""
        return max(0, ((self.answered_on or self.today) - self.sent_on).days)

    @property
    def days_to_reply(self) -> int | None:
        """Count the days from the decision that stands until the group was told; nothing before it is."""
        decided = self.answered
        return (decided.reply.sent_on - decided.on).days if decided and decided.reply else None

    @property
    def done(self) -> int:
        """Count what is done, and agreed by a second person."""
        return sum(one.state == ActionState.DONE for one in self.doing)

    @property
    def by_when(self) -> date | None:
        """Answer by when all of it is to be done; nothing where nothing is left."""
        return max((one.due for one in self.doing if one.state != ActionState.DONE), default=None)

    @property
    def late(self) -> int:
        """Count what is late."""
        return sum(one.state == ActionState.OPEN and one.due < self.today for one in self.doing)

    @property
    def outcome(self) -> str:
        """Say what came of trying it."""
        if self.asked.state == State.EMBEDDED:
            return "It is everyday practice"
        return OUTCOMES[self.pilot] if self.pilot else ""


# --- Choosing and ordering.

WAITING = "waiting"
SORTS = {
    "number": "By number",
    "sent": "Sent last first",
    "waited": "Longest wait first",
    "place": "By where it stands",
}


def chosen(
    lines: Iterable[Line], *, stream: str = "", answer: str = "", year: str = "", sort: str = "number"
) -> list[Line]:
    """List the lines of one group, one answer, one year of sending; empty is all of them."""
    wanted = [
        line
        for line in lines
        if stream in ("", str(line.asked.workstream_id))
        and year in ("", str(line.sent_on.year))
        and answer in ("", _answer_key(line))
    ]
    return sorted(wanted, key=lambda line: (_sort_key(line, sort), line.asked.number, str(line.asked.id)))


def _answer_key(line: Line) -> str:
    return str(line.answered.verdict) if line.answered else WAITING


def _sort_key(line: Line, sort: str) -> int:
    keys = {"sent": -line.sent_on.toordinal(), "waited": -line.days_waited, "place": list(Place).index(line.place)}
    return keys.get(sort, 0)


def standing(lines: Sequence[Line]) -> StandingFacts:
    """Give the lines to be drawn, each at its place."""
    by_number = sorted(lines, key=lambda line: (line.asked.number, str(line.asked.id)))
    rows = [
        StandingRow(KINDS[place], place.value, tuple(line.asked.number for line in by_number if line.place == place))
        for place in Place
    ]
    return StandingFacts("all", "Where every recommendation stands", tuple(rows))


def first_answer(decision: Decision) -> Decision:
    """Follow the corrections back to the decision with which the group was answered first."""
    while decision.corrects is not None:
        decision = decision.corrects
    return decision


# --- As a spreadsheet.

HEAD = [
    "Number",
    "Asked",
    "Group",
    "Sent on",
    "Where it stands",
    "Answer",
    "Decided on",
    "Days waited",
    "Reply sent on",
    "Days to the reply",
    "Actions done",
    "Actions",
    "Late",
    "By when",
    "Outcome",
    "Answer before",
    "Decided before on",
]


def cells(line: Line) -> list[str]:
    """Write one line as the cells of a spreadsheet."""
    reply = line.answered.reply if line.answered else None
    written = [
        line.asked.number,
        line.title,
        line.asked.workstream.name,
        line.sent_on,
        line.place.value,
        line.answer,
        line.answered_on,
        line.days_waited,
        reply and reply.sent_on,
        line.days_to_reply,
        line.done,
        len(line.doing),
        line.late,
        line.by_when,
        line.outcome,
        line.answer_before,
        line.decided_on if line.before else None,
    ]
    return ["" if cell is None else str(cell) for cell in written]
