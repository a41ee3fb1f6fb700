"""A thread as facts for the drawing."""

from coprod.actions.models import ActionState
from coprod.core.words import long_date
from coprod.cycles.models import Cycle, SessionState
from coprod.drawings.thread import Decided, Reply, Stitch, ThreadFacts
from coprod.outcomes.rules import chart_of
from coprod.outcomes.rules.telling import is_a_line
from coprod.pilots.rules import FINISHED
from coprod.threads.rules.shapes import DECIDED, evidence_of, kept_up, round_of, rounds_of
from coprod.threads.rules.station import stations
from coprod.threads.rules.story import STOPPED, Story

STITCHES = {SessionState.HELD: Stitch.HELD, SessionState.CANCELLED: Stitch.SKIPPED}


def facts(story: Story) -> ThreadFacts:
    """Answer what the drawing shows; an empty field is a station not reached yet."""
    asked, decision, pilot = story.recommendation, story.decision, story.pilot
    return ThreadFacts(
        key=asked.id.hex[:8],
        title=asked.title,
        stations=stations(story),
        priority=asked.priorities[0].number if asked.priorities else None,
        evidence=evidence_of(asked),
        sessions=_stitches(story.cycle),
        versions=len(asked.versions),
        rounds=tuple(round_of(held, asked) for held in rounds_of(asked)),
        decision=DECIDED[decision.verdict] if decision else Decided.NOTHING_YET,
        look_again=long_date(decision.until) if decision and decision.until else "",
        actions=tuple(action.state == ActionState.DONE for action in kept_up(story.actions)),
        cycles=tuple(one.state in FINISHED for one in pilot.test_cycles) if pilot else (),
        outcome=_series(story),
        reply=_reply(story),
        agreement_missing=bool(asked.submitted_as),
        ended=bool(pilot and pilot.state in STOPPED),
        ended_because=pilot.learning if pilot and pilot.state in STOPPED else "",
    )


def _stitches(cycle: Cycle | None) -> tuple[Stitch, ...]:
    if cycle is None:
        return ()
    weeks = [(session.on, STITCHES.get(session.state, Stitch.TO_COME)) for session in cycle.sessions]
    weeks += [(week.on, Stitch.SKIPPED) for week in cycle.skipped]
    return tuple(stitch for _, stitch in sorted(weeks, key=lambda week: week[0]))


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
