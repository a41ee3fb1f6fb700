"""The golden thread of one recommendation, gathered and told: as facts for the drawing, and as beads for members."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from coprod.actions.models import Action, ActionState
from coprod.core.words import long_date
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.drawings.thread import Decided, Evidence, Place, Reply, Round, Station, Stitch, ThreadFacts
from coprod.evidence.models import EvidenceKind
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.outcomes.rules import chart_of
from coprod.outcomes.rules.telling import is_a_line, words_of
from coprod.outputs.models import Output
from coprod.pilots.models import Pilot, PilotState
from coprod.pilots.rules import FINISHED
from coprod.programmes.models import Holiday
from coprod.programmes.rules import working_days_between
from coprod.recommendations.models import Recommendation, State
from coprod.recommendations.models import Round as Held
from coprod.recommendations.rules import still_stands
from coprod.steering.models import Decision, DecisionState, Verdict
from coprod.steering.rules import TO_BE_DECIDED, owner_named, reply_due
from coprod.voting.models import Outcome, PollState

DECIDED = {
    Verdict.ACCEPT: Decided.YES,
    Verdict.ACCEPT_WITH_CHANGES: Decided.WITH_CHANGES,
    Verdict.DEFER: Decided.NOT_NOW,
    Verdict.DECLINE: Decided.NO,
    Verdict.REFER_BACK: Decided.REFERRED_BACK,
}
STITCHES = {SessionState.HELD: Stitch.HELD, SessionState.CANCELLED: Stitch.SKIPPED}
SAID_OF_EVIDENCE = {Evidence.DATA: "numbers", Evidence.ELSEWHERE: "other areas", Evidence.STORIES: "stories"}
DRAWN_AS = {
    EvidenceKind.LOCAL_DATA: Evidence.DATA,
    EvidenceKind.RESEARCH: Evidence.DATA,
    EvidenceKind.PRACTICE_HERE: Evidence.DATA,
    EvidenceKind.PRACTICE_ELSEWHERE: Evidence.ELSEWHERE,
    EvidenceKind.TESTIMONY: Evidence.STORIES,
}
"""The shape each kind of evidence has on the thread."""
STOPPED = {PilotState.ABANDONED, PilotState.NOT_FUNDED}


@dataclass(frozen=True)
class Story:
    """Everything that stands on one recommendation's thread, each thing in its own order."""

    recommendation: Recommendation
    cycle: Cycle | None = None
    decisions: Sequence[Decision] = ()
    actions: Sequence[Action] = ()
    pilot: Pilot | None = None
    indicators: Sequence[Indicator] = ()
    holidays: Sequence[Holiday] = field(default=())

    @property
    def decision(self) -> Decision | None:
        """Answer the decision that stands: the last that was not reversed."""
        standing = [decision for decision in self.decisions if decision.state != DecisionState.REVERSED]
        return standing[-1] if standing else None

    @property
    def outcome(self) -> Indicator | None:
        """Answer the first outcome that was measured since it was decided; where none was, the first there is."""
        outcomes = [one for one in self.indicators if one.kind == MeasureKind.OUTCOME]
        return next((one for one in outcomes if self.is_measured_since(one)), next(iter(outcomes), None))

    def is_measured_since(self, indicator: Indicator) -> bool:
        """Answer whether its latest reading is of a time after the decision: nothing earlier can have come of it."""
        if self.decision is None or not indicator.readings:
            return False
        return indicator.readings[-1].month >= self.decision.on.replace(day=1)

    @property
    def days_to_reply(self) -> int | None:
        """Count the working days from the decision to the reply, once it was sent."""
        decision = self.decision
        if decision is None or decision.reply is None:
            return None
        return working_days_between(decision.on, decision.reply.sent_on, self.holidays)


# --- The thread as it is drawn.


def facts(story: Story) -> ThreadFacts:
    """Answer what the drawing shows; an empty field is a station not reached yet."""
    asked, decision, pilot = story.recommendation, story.decision, story.pilot
    return ThreadFacts(
        key=asked.id.hex[:8],
        title=asked.title,
        stations=stations(story),
        priority=asked.priorities[0].number if asked.priorities else None,
        evidence=_evidence(asked),
        sessions=_stitches(story.cycle),
        versions=len(asked.versions),
        rounds=tuple(_round(held, asked) for held in rounds_of(asked)),
        decision=DECIDED[decision.verdict] if decision else Decided.NOTHING_YET,
        look_again=long_date(decision.until) if decision and decision.until else "",
        actions=tuple(action.state == ActionState.DONE for action in _kept_up(story.actions)),
        cycles=tuple(one.state in FINISHED for one in pilot.test_cycles) if pilot else (),
        outcome=_series(story),
        reply=_reply(story),
        agreement_missing=bool(asked.submitted_as),
        ended=bool(pilot and pilot.state in STOPPED),
        ended_because=pilot.learning if pilot and pilot.state in STOPPED else "",
    )


def _evidence(asked: Recommendation) -> tuple[Evidence, ...]:
    linked = {DRAWN_AS[link.evidence.kind] for link in asked.evidence if still_stands(link.evidence)}
    written = (
        (Evidence.DATA, asked.data),
        (Evidence.ELSEWHERE, asked.practice_elsewhere),
        (Evidence.STORIES, asked.stories),
    )
    return tuple(kind for kind, words in written if words or kind in linked)


def _stitches(cycle: Cycle | None) -> tuple[Stitch, ...]:
    if cycle is None:
        return ()
    weeks = [(session.on, STITCHES.get(session.state, Stitch.TO_COME)) for session in cycle.sessions]
    weeks += [(week.on, Stitch.SKIPPED) for week in cycle.skipped]
    return tuple(stitch for _, stitch in sorted(weeks, key=lambda week: week[0]))


def rounds_of(asked: Recommendation) -> list[Held]:
    """List its votes, but for those that were given up before anything was counted."""
    return [held for held in asked.rounds if held.poll.state != PollState.VOID]


def _round(held: Held, asked: Recommendation) -> Round:
    poll = held.poll
    if poll.result is None or (poll.result.outcome == Outcome.ASK_THE_ROOM and poll.state == PollState.COUNTED):
        return Round.OPEN
    if poll.result.outcome == Outcome.ASK_THE_ROOM:
        return Round.AGREED if _the_room_agreed(held, asked) else Round.NOT_AGREED
    return Round.AGREED if poll.result.outcome == Outcome.AGREED else Round.NOT_AGREED


def _the_room_agreed(held: Held, asked: Recommendation) -> bool:
    """Answer from what came after: anything but agreement is talked about again, voted on again or sent as it is."""
    is_last = held is rounds_of(asked)[-1]
    return is_last and asked.state != State.NEEDS_TALK and not asked.submitted_as


def _series(story: Story) -> tuple[float, ...]:
    outcome = story.outcome
    drawn = outcome and is_a_line(outcome) and story.is_measured_since(outcome)
    shown = chart_of(outcome).readings if outcome and drawn else ()
    return tuple(reading.value for reading in shown if reading.value is not None)


def _reply(story: Story) -> Reply | None:
    decision, days = story.decision, story.days_to_reply
    if decision is None or decision.reply is None or days is None:
        return None
    return Reply(long_date(decision.reply.sent_on), days)


def stations(story: Story) -> tuple[Station, ...]:
    """Answer the stations in words: a short line for the night band, and when it was."""
    asked, decision = story.recommendation, story.decision
    return (
        Station(Place.PRIORITY, "Priority", asked.priorities[0].wording if asked.priorities else "Not chosen yet"),
        Station(Place.EVIDENCE, "Evidence", _evidence_words(asked)),
        Station(Place.SESSIONS, "Sessions", _sessions_words(story.cycle), _sessions_when(story.cycle)),
        Station(Place.VERSIONS, "Versions", _many(len(asked.versions), "version"), long_date(asked.versions[-1].on)),
        Station(Place.VOTE, "Vote", _vote_words(asked), _vote_when(asked)),
        Station(Place.DECISION, "Decision", _decided(decision), long_date(decision.on) if decision else ""),
        Station(Place.ACTIONS, "Actions", _actions_words(story.actions)),
        Station(Place.PILOT, "Pilot", _pilot_words(story.pilot), _pilot_when(story.pilot)),
        Station(Place.OUTCOME, "Outcome", story.outcome.name if story.outcome else "To come"),
        Station(Place.NEXT, "Next", next_words(story)),
    )


def _evidence_words(asked: Recommendation) -> str:
    return ", ".join(SAID_OF_EVIDENCE[kind] for kind in _evidence(asked)).capitalize() or "None written yet"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def held_in(cycle: Cycle) -> list[Session]:
    """List the sessions of a cycle that were held."""
    return [session for session in cycle.sessions if session.state == SessionState.HELD]


def _sessions_words(cycle: Cycle | None) -> str:
    return f"{len(held_in(cycle))} of {_many(len(cycle.sessions), 'session')} held" if cycle else "None planned"


def _sessions_when(cycle: Cycle | None) -> str:
    if cycle is None or not cycle.sessions:
        return ""
    return f"{long_date(cycle.sessions[0].on)} to {long_date(cycle.sessions[-1].on)}"


def _vote_words(asked: Recommendation) -> str:
    rounds = rounds_of(asked)
    if not rounds:
        return "Not voted on yet"
    ended = {Round.AGREED: str(Outcome.AGREED), Round.OPEN: "open"}
    result = rounds[-1].poll.result
    counted = str(result.outcome if result and result.outcome != Outcome.ASK_THE_ROOM else Outcome.NEEDS_TALK)
    return f"Round {rounds[-1].number}: {ended.get(_round(rounds[-1], asked), counted)}"


def _vote_when(asked: Recommendation) -> str:
    counted = [held.poll.counted_on for held in rounds_of(asked) if held.poll.counted_on]
    return " and ".join(long_date(day) for day in counted)


def _decided(decision: Decision | None) -> str:
    return str(DECIDED[decision.verdict]).capitalize() if decision else "Not decided yet"


def _actions_words(actions: Sequence[Action]) -> str:
    done = [action.state == ActionState.DONE for action in _kept_up(actions)]
    return f"{sum(done)} done, {len(done) - sum(done)} open" if done else "None yet"


def _kept_up(actions: Sequence[Action]) -> list[Action]:
    return [action for action in actions if action.state != ActionState.CANCELLED]


def _pilot_words(pilot: Pilot | None) -> str:
    return f"{pilot.site}. {_many(len(pilot.test_cycles), 'test cycle')}" if pilot else "None yet"


def _pilot_when(pilot: Pilot | None) -> str:
    return f"From {long_date(pilot.begins)}" if pilot else ""


def next_words(story: Story, today: date | None = None) -> str:
    """Say what comes next, for everybody; with today's date, what should have come by now as late."""
    asked, decision, pilot = story.recommendation, story.decision, story.pilot
    if asked.submitted_on is None:
        return "The group is still working on it."
    if decision is None:
        return "The steering group decides."
    if _waits_again(story):
        return "They look at it again when they next meet."
    if decision.reply is None:
        return "The group hears the answer, with its reason."
    if pilot is None:
        return _after_the_reply(decision)
    return _after_the_pilot(pilot, today)


def _waits_again(story: Story) -> bool:
    """Answer whether it was decided and is to be decided anew: contested, brought back, or sent once more."""
    return story.decision is not None and story.recommendation.state in TO_BE_DECIDED


def _after_the_reply(decision: Decision) -> str:
    if decision.verdict == Verdict.DEFER and decision.until:
        return f"They look again on {long_date(decision.until)}."
    words = {
        Verdict.DECLINE: "It ends here, unless what would change the answer comes true.",
        Verdict.REFER_BACK: "The group answers the question.",
    }
    return words.get(decision.verdict, "It is tried out, or done.")


CHOICE = "keep it, change it, or stop it"
AFTER_THE_PILOT = {
    PilotState.PROPOSED: "Next the group hears whether there is money for it.",
    PilotState.REVIEWED: f"The trying is over. Next the steering group decides: {CHOICE}.",
    PilotState.ADOPTED: "It stays.",
    PilotState.ABANDONED: "It was stopped, and what was learned is kept.",
    PilotState.NOT_FUNDED: "There was no money for it.",
}


def _after_the_pilot(pilot: Pilot, today: date | None) -> str:
    words = AFTER_THE_PILOT.get(pilot.state)
    if words:
        return words
    day = long_date(pilot.ends)
    if today and pilot.ends < today:
        return f"The steering group was to decide by {day}: {CHOICE}. {LATE}"
    return f"By {day} the steering group decides: {CHOICE}."


# --- The same story as members read it.


@dataclass(frozen=True)
class Deed:
    """One thing somebody does because of it, and who does it by when; or one that was done, and when."""

    what: str
    who: str


@dataclass(frozen=True)
class Bead:
    """One step of the story in members' words."""

    kind: str
    label: str
    words: str
    when: str = ""
    deeds: tuple[Deed, ...] = ()


def latest_news(story: Story) -> date:
    """Answer when something was last heard of it: it was sent, decided, answered, or tried a step further."""
    decision, pilot = story.decision, story.pilot
    heard = [story.recommendation.submitted_on or date.min]
    heard += [decision.on, *([decision.reply.sent_on] if decision.reply else [])] if decision else []
    return max([*heard, *(one.on for one in pilot.milestones)] if pilot else heard)


def to_tell_first(stories: Sequence[Story]) -> Story | None:
    """Choose the one to begin with: the first that was answered, or else the first that was decided."""
    decided = [story for story in stories if story.decision]
    answered = [story for story in decided if story.days_to_reply is not None]
    return next(iter(answered or decided), None)


KINDS = {Verdict.DECLINE: "no", Verdict.DEFER: "later", Verdict.REFER_BACK: "later"}


def beads(story: Story, today: date | None = None) -> list[Bead]:
    """Tell it as We said, They decided, Because, What happened; with today's date, what is late as late."""
    decision = story.decision
    told = [Bead("said", "We said", story.recommendation.said or story.recommendation.title)]
    if decision is None:
        return [*told, Bead("next", "What happens next", next_words(story, today))]
    told += [
        Bead(KINDS.get(decision.verdict, "yes"), "They decided", _verdict(decision), long_date(decision.on)),
        Bead("because", "Because", decision.reason),
    ]
    return [*told, *_what_happened(story, decision, today)]


def _verdict(decision: Decision) -> str:
    said = {
        Verdict.ACCEPT: "Yes.",
        Verdict.ACCEPT_WITH_CHANGES: f"Yes, with changes. {decision.changes}",
        Verdict.DECLINE: "No.",
        Verdict.REFER_BACK: f"They ask us: {decision.question}",
    }
    return said.get(decision.verdict) or f"Not now. They look again on {_day(decision.until)}."


def _day(day: date | None) -> str:
    return long_date(day) if day else "a day to be named"


def _what_happened(story: Story, decision: Decision, today: date | None) -> list[Bead]:
    waits = "" if decision.reply else f"They still owe us their answer in writing.{_late(story, decision, today)}"
    if decision.verdict == Verdict.DECLINE and not _waits_again(story):
        late = [Bead("next", "What happens next", waits)] if waits.endswith(LATE) else []
        return [Bead("next", "What would change this", decision.would_change), *late]
    next_bead = Bead("next", "What happens next", waits or next_words(story, today), deeds=_who_does_what(story))
    return [*_happened(story), next_bead]


LATE = "It is late."


def _late(story: Story, decision: Decision, today: date | None) -> str:
    due = reply_due(decision.on, story.holidays)
    return f" It was due by {long_date(due)}. {LATE}" if today and due < today else ""


def _who_does_what(story: Story) -> tuple[Deed, ...]:
    """Say who does what by when; a person with lived experience is named to nobody who does not know them."""
    still = [action for action in story.actions if action.state in (ActionState.OPEN, ActionState.SAID_DONE)]
    return tuple(
        Deed(f"{action.what.rstrip('.')}.", f"{owner_named(action)} does this by {long_date(action.due)}.")
        for action in still[:MOST_ACTIONS]
    )


MOST_ACTIONS = 3


def out_in_the_world(stories: Sequence[Story], made: Sequence[Output]) -> list[str]:
    """List what changed: what was tried and stays, and what the groups made and where it is used."""
    kept = [story.pilot for story in stories if story.pilot and story.pilot.state == PilotState.ADOPTED]
    stays = [f"{pilot.title}. {pilot.site} does it for good now." for pilot in kept]
    used = [(one.name, use) for one in made for use in one.uses if use.until is None]
    return [*stays, *(f"{name}: used {use.place}, since {long_date(use.since)}." for name, use in used)]


def _happened(story: Story) -> list[Bead]:
    """Tell what has happened, and the last things the group was told of its pilot, the newest first."""
    told = [(one.words, long_date(one.on)) for one in reversed(story.pilot.milestones)] if story.pilot else []
    words, when = _in_short(story), ""
    if not words and told:
        (words, when), *told = told
    if not words:
        return []
    return [Bead("now", "What happened", words, when, tuple(Deed(*one) for one in told[:MOST_MILESTONES]))]


MOST_MILESTONES = 3


def _in_short(story: Story) -> str:
    pilot, outcome = story.pilot, story.outcome
    tried = _tried(pilot) if pilot and pilot.state not in STOPPED else ""
    measured = f"{outcome.name}. {words_of(outcome)}" if outcome and story.is_measured_since(outcome) else ""
    return " ".join(part for part in (tried, measured) if part)


def _tried(pilot: Pilot) -> str:
    """Say it is being tried only where it is: not while money is asked for, or things are got ready."""
    return f"{TRIED.get(pilot.state, 'They get ready to try it.')} Where: {pilot.site.rstrip('.')}."


TRIED = {
    PilotState.PROPOSED: "It is to be tried.",
    PilotState.CYCLING: "It is being tried.",
    PilotState.REVIEWED: "It was tried.",
    PilotState.ADAPTED: "It is being changed, to be tried again.",
    PilotState.ADOPTED: "It was tried.",
}
