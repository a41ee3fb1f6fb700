"""Everything that stands on the thread of one recommendation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from coprod.actions.models import Action
from coprod.cycles.models import Cycle
from coprod.outcomes.models import Indicator, MeasureKind
from coprod.pilots.models import Pilot, PilotState
from coprod.programmes.models import Holiday
from coprod.programmes.rules import working_days_between
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision, DecisionState
from coprod.steering.rules import TO_BE_DECIDED

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


def waits_again(story: Story) -> bool:
    """Answer whether it was decided and is to be decided anew: contested, brought back, or sent once more."""
    return story.decision is not None and story.recommendation.state in TO_BE_DECIDED


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
