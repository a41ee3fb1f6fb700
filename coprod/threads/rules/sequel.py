"""What comes next on a thread, in words."""

from datetime import date

from coprod.core.words import long_date
from coprod.pilots.models import Pilot, PilotState
from coprod.steering.models import Decision, Verdict
from coprod.threads.rules.story import Story, waits_again

LATE = "It is late."


def next_words(story: Story, today: date | None = None) -> str:
    """Say what comes next, for everybody; with today's date, what should have come by now as late."""
    asked, decision, pilot = story.recommendation, story.decision, story.pilot
    if asked.submitted_on is None:
        return "The group is still working on it."
    if decision is None:
        return "The steering group decides."
    if waits_again(story):
        return "They look at it again when they next meet."
    if decision.reply is None:
        return "The group hears the answer, with its reason."
    if pilot is None:
        return _after_the_reply(decision)
    return _after_the_pilot(pilot, today)


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
