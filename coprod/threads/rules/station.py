"""The stations of a thread in words."""

from collections.abc import Sequence

from coprod.actions.models import Action, ActionState
from coprod.core.words import long_date
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.drawings.thread import Evidence, Place, Round, Station
from coprod.pilots.models import Pilot
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision
from coprod.threads.rules.sequel import next_words
from coprod.threads.rules.shapes import DECIDED, evidence_of, kept_up, round_of, rounds_of
from coprod.threads.rules.story import Story
from coprod.voting.models import Outcome

SAID_OF_EVIDENCE = {Evidence.DATA: "numbers", Evidence.ELSEWHERE: "other areas", Evidence.STORIES: "stories"}


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
    return ", ".join(SAID_OF_EVIDENCE[kind] for kind in evidence_of(asked)).capitalize() or "None written yet"


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
    return f"Round {rounds[-1].number}: {ended.get(round_of(rounds[-1], asked), counted)}"


def _vote_when(asked: Recommendation) -> str:
    counted = [held.poll.counted_on for held in rounds_of(asked) if held.poll.counted_on]
    return " and ".join(long_date(day) for day in counted)


def _decided(decision: Decision | None) -> str:
    return str(DECIDED[decision.verdict]).capitalize() if decision else "Not decided yet"


def _actions_words(actions: Sequence[Action]) -> str:
    done = [action.state == ActionState.DONE for action in kept_up(actions)]
    return f"{sum(done)} done, {len(done) - sum(done)} open" if done else "None yet"


def _pilot_words(pilot: Pilot | None) -> str:
    return f"{pilot.site}. {_many(len(pilot.test_cycles), 'test cycle')}" if pilot else "None yet"


def _pilot_when(pilot: Pilot | None) -> str:
    return f"From {long_date(pilot.begins)}" if pilot else ""
