"""The same story as members read it."""

from dataclasses import dataclass
from datetime import date

from coprod.actions.models import ActionState
from coprod.core.words import long_date
from coprod.outcomes.rules.telling import words_of
from coprod.pilots.models import Pilot, PilotState
from coprod.steering.models import Decision, Verdict
from coprod.steering.rules import owner_named, reply_due
from coprod.threads.rules.sequel import LATE, next_words
from coprod.threads.rules.story import STOPPED, Story, waits_again


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
    if decision.verdict == Verdict.DECLINE and not waits_again(story):
        late = [Bead("next", "What happens next", waits)] if waits.endswith(LATE) else []
        return [Bead("next", "What would change this", decision.would_change), *late]
    next_bead = Bead("next", "What happens next", waits or next_words(story, today), deeds=_who_does_what(story))
    return [*_happened(story), next_bead]


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
