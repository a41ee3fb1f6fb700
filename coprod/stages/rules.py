"""What is still open in each stage of a cycle, and who may close it: nothing closes over what is open (feature 4)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from coprod.agreements.models import Agreement
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import day
from coprod.cycles.models import Cycle, CycleState, PlanStep, Session, SessionState
from coprod.cycles.rules.moves import OVER, to_settle
from coprod.library.models import Stage
from coprod.notes.models import NotesState
from coprod.people.models import Person
from coprod.pilots.rules import ACCEPTED
from coprod.programmes.models import Holiday
from coprod.recommendations.models import Recommendation, State
from coprod.stages.models import Gate, GateState
from coprod.steering.models import Decision, DecisionState
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream

REVIEW_AT = 5
PHASES = {Stage.UNDERSTAND: 1, Stage.EXPLORE: 2, Stage.DECIDE: 3}
PLAIN = {
    Stage.BEFORE: "We get to know each other. We agree how we work.",
    Stage.UNDERSTAND: "We look at what happens here now.",
    Stage.EXPLORE: "We look at what others do, and what we could try.",
    Stage.DECIDE: "We choose what to ask for.",
    Stage.AFTER: "Others decide on what we asked for. Then we hear back.",
}
"""What a stage is, as a member reads it."""

UNDECIDED = {
    State.DRAFTED: "Drafted, and not put to the vote",
    State.VOTING: "The vote is open",
    State.NEEDS_TALK: "It needs more talk",
    State.NO_RESULT: "The vote had no result",
    State.AGREED: "Agreed, and not sent",
}
UNANSWERED = {
    State.SUBMITTED: "Sent, and no decision yet",
    State.CONTESTED: "Contested, and not sent again",
    State.REFERRED_BACK: "The steering group asked back",
}
NOTES = {
    None: "no notes yet",
    NotesState.DRAFT: "its notes are a draft",
    NotesState.WITH_MEMBERS: "its notes are with the members",
}


def _runs(person: Person, gate: Gate) -> Answer:
    return workstreams.is_facilitator(person, gate.cycle.workstream)


LIFECYCLE = Lifecycle[Gate](
    [Move("closed", frozenset({GateState.OPEN}), GateState.CLOSED, _runs, "Close this stage")],
)


@dataclass(frozen=True)
class Matter:
    """One thing that is still open, and the page on which it is seen to."""

    words: str
    endpoint: str
    key: UUID


@dataclass(frozen=True)
class Facts:
    """Everything the gates of one cycle look at."""

    cycle: Cycle
    gates: Mapping[Stage, Gate] = field(default_factory=dict)
    agreement: Agreement | None = None
    notes: Mapping[UUID, NotesState] = field(default_factory=dict)
    recommendations: Sequence[Recommendation] = ()
    decisions: Sequence[Decision] = ()
    piloted: Collection[UUID] = ()
    holidays: Sequence[Holiday] = ()


@dataclass(frozen=True)
class Step:
    """One stage as its page shows it."""

    stage: Stage
    name: str
    plain: str
    first: date | None
    last: date | None
    is_now: bool
    closed_on: date | None
    is_closed: bool
    matters: list[Matter]
    may_close: Answer


# --- Which stages a cycle has, and when.


def stages_of(cycle: Cycle) -> list[Stage]:
    """List the stages of this cycle; a single day or evening has one phase alone."""
    return [stage for stage in Stage if stage not in PHASES or _in_phase(cycle, stage)]


def _in_phase(cycle: Cycle, stage: Stage) -> list[Session]:
    return [session for session in cycle.sessions if session.phase.position == PHASES.get(stage)]


def span(cycle: Cycle, stage: Stage) -> tuple[date, date] | None:
    """Answer the first and the last day of a phase; what comes before and after has no days of its own."""
    days = [session.on for session in _in_phase(cycle, stage) if session.state != SessionState.CANCELLED]
    return (min(days), max(days)) if days else None


def now(cycle: Cycle, today: date) -> Stage:
    """Answer in which stage the group is today, by its days."""
    spans = [(stage, span(cycle, stage)) for stage in stages_of(cycle)]
    begun = [(stage, days) for stage, days in spans if days and days[0] <= today]
    if not begun:
        return Stage.BEFORE
    is_past = all(days[1] < today for _, days in spans if days)
    return Stage.AFTER if is_past else begun[-1][0]


def name(cycle: Cycle, stage: Stage) -> str:
    """Say which stage it is."""
    weeks = len(cycle.sessions) > 1
    if stage == Stage.BEFORE:
        return "Before week 1" if weeks else "Before the day"
    if stage == Stage.AFTER:
        return f"After week {len(cycle.sessions)}" if weeks else "After the day"
    return _in_phase(cycle, stage)[0].phase.name


# --- What is open.


def matters(facts: Facts, stage: Stage, today: date) -> list[Matter]:
    """List everything in this stage that is still open, thing by thing."""
    if stage == Stage.BEFORE:
        return [*_steps(facts.cycle, stage), *_agreement(facts), *_places(facts, today)]
    if stage == Stage.AFTER:
        return [*_asked(facts, UNANSWERED), *_replies(facts), *_pilots(facts), *_steps(facts.cycle, stage)]
    return [*_sessions(facts, stage), *_of_its_own(facts, stage), *_finish(facts.cycle, stage)]


def _of_its_own(facts: Facts, stage: Stage) -> list[Matter]:
    special = {Stage.EXPLORE: _review, Stage.DECIDE: _undecided}
    return special[stage](facts) if stage in special else []


def _steps(cycle: Cycle, stage: Stage) -> list[Matter]:
    left: list[PlanStep] = [step for step in cycle.steps if step.stage == stage and step.done_on is None]
    return [Matter(f"Not done yet: {step.title}.", "cycles.steps", cycle.id) for step in left]


def _agreement(facts: Facts) -> list[Matter]:
    stream = facts.cycle.workstream
    return [] if facts.agreement else [_at(stream, "How we work together is not agreed yet.", "agreements.show")]


def _places(facts: Facts, today: date) -> list[Matter]:
    stream = facts.cycle.workstream
    coming = [
        m
        for m in stream.memberships
        if m.state in workstreams.COMING and not workstreams.is_ready(m, today, facts.holidays)
    ]
    waiting = {m.id for m in [*coming, *workstreams.to_confirm(stream)]}
    if not waiting:
        return []
    words = "1 place waits" if len(waiting) == 1 else f"{len(waiting)} places wait"
    return [_at(stream, f"{words} for a check.", "workstreams.checks")]


def _at(stream: Workstream, words: str, endpoint: str) -> Matter:
    return Matter(words, endpoint, stream.id)


def _sessions(facts: Facts, stage: Stage) -> Iterator[Matter]:
    for session in _in_phase(facts.cycle, stage):
        if session.state not in OVER:
            words = f"Session {session.number}, {day(session.on)}: neither held nor cancelled."
            yield Matter(words, "cycles.session", session.id)
        elif session.state == SessionState.HELD:
            yield from _of_what_was_held(session, facts.notes.get(session.id))


def _of_what_was_held(session: Session, notes: NotesState | None) -> Iterator[Matter]:
    for item in to_settle(session):
        words = f"Session {session.number}: “{item.title}” is neither done, carried over nor dropped."
        yield Matter(words, "cycles.session", session.id)
    if notes in NOTES:
        yield Matter(f"Session {session.number}: {NOTES[notes]}.", "notes.show", session.id)


def _review(facts: Facts) -> list[Matter]:
    """At week 5 the group looks at its agreement again (domain rule 17)."""
    fifth = next((session for session in facts.cycle.sessions if session.number == REVIEW_AT), None)
    looked = [facts.agreement.agreed_on, facts.agreement.reviewed_on] if facts.agreement else []
    if fifth is None or any(on and on >= fifth.on for on in looked):
        return []
    words = f"How we work together was not looked at again since week {REVIEW_AT}."
    return [_at(facts.cycle.workstream, words, "agreements.show")]


def _undecided(facts: Facts) -> list[Matter]:
    return _asked(facts, UNDECIDED)


def _asked(facts: Facts, wanted: Mapping[State, str]) -> list[Matter]:
    return [_about(one, wanted[one.state]) for one in facts.recommendations if one.state in wanted]


def _about(recommendation: Recommendation, words: str) -> Matter:
    return Matter(f"{words}: {recommendation.title}.", "recommendations.show", recommendation.id)


def _newest(decisions: Iterable[Decision]) -> list[Decision]:
    """List of the decisions that stand the newest on each recommendation: only that one owes a reply, or a pilot."""
    standing = (decision for decision in decisions if decision.state != DecisionState.REVERSED)
    return list({decision.recommendation_id: decision for decision in standing}.values())


def _replies(facts: Facts) -> list[Matter]:
    owed = [decision for decision in _newest(facts.decisions) if decision.reply is None]
    return [_about(decision.recommendation, "Decided, and no reply yet") for decision in owed]


def _pilots(facts: Facts) -> list[Matter]:
    wanted = [one for one in _newest(facts.decisions) if one.verdict in ACCEPTED and one.wants_pilot]
    missing = [one for one in wanted if one.recommendation_id not in facts.piloted]
    return [_about(decision.recommendation, "Accepted, and no pilot yet") for decision in missing]


def _finish(cycle: Cycle, stage: Stage) -> list[Matter]:
    last = [each for each in stages_of(cycle) if each in PHASES][-1]
    going_on = cycle.state in (CycleState.DRAFT, CycleState.SCHEDULED, CycleState.RUNNING)
    if stage != last or not going_on:
        return []
    return [Matter("The weeks are not brought to their end on their own page.", "cycles.show", cycle.id)]


# --- Closing.


def is_closed(facts: Facts, stage: Stage) -> bool:
    """Answer whether this stage is behind the group; with the cycle itself all of them are."""
    gate = facts.gates.get(stage)
    return facts.cycle.state == CycleState.CLOSED or (gate is not None and gate.state == GateState.CLOSED)


def may_close(person: Person, facts: Facts, stage: Stage, today: date) -> Answer:
    """Facilitators may, in their order, once nothing in the stage is open; the answer says what is."""
    cycle = facts.cycle
    return (
        workstreams.is_facilitator(person, cycle.workstream)
        & (YES if stage in stages_of(cycle) else no("This cycle has no such stage."))
        & (no("This stage is closed already.") if is_closed(facts, stage) else YES)
        & _in_order(facts, stage)
        & _nothing_open(matters(facts, stage, today))
    )


def _in_order(facts: Facts, stage: Stage) -> Answer:
    order = stages_of(facts.cycle)
    earlier = order[: order.index(stage)] if stage in order else []
    left = next((each for each in earlier if not is_closed(facts, each)), None)
    return no(f"Close “{name(facts.cycle, left)}” first.") if left else YES


def _nothing_open(found: Sequence[Matter]) -> Answer:
    if not found:
        return YES
    many = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
    return no(f"{many} still open. {' '.join(matter.words for matter in found)}")


def steps(person: Person, facts: Facts, today: date) -> list[Step]:
    """Tell all stages of a cycle in their order."""
    return [_step(person, facts, stage, today) for stage in stages_of(facts.cycle)]


def _step(person: Person, facts: Facts, stage: Stage, today: date) -> Step:
    first, last = span(facts.cycle, stage) or (None, None)
    gate, closed = facts.gates.get(stage), is_closed(facts, stage)
    return Step(
        stage=stage,
        name=name(facts.cycle, stage),
        plain=PLAIN[stage],
        first=first,
        last=last,
        is_now=stage == now(facts.cycle, today),
        closed_on=gate.closed_on if gate else None,
        is_closed=closed,
        matters=[] if closed else matters(facts, stage, today),
        may_close=may_close(person, facts, stage, today),
    )
