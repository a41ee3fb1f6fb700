"""What becomes of a decision: looked at again, corrected by a later one, never edited (domain rule 26)."""

from datetime import date

from coprod.core import words
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.recommendations import rules as recommendations
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision, DecisionState, Meeting, Verdict
from coprod.steering.rules.deciding import IN_WORDS, TO_BE_DECIDED
from coprod.steering.rules.meetings import can_decide, item_to_correct_at
from coprod.workstreams.rules import is_chair


def chair_at(person: Person, decision: Decision) -> Answer:
    """The chair of the table that decided."""
    return is_chair(person, decision.meeting.workstream)


DECISIONS = Lifecycle[Decision](
    [
        Move(
            "reviewed",
            frozenset({DecisionState.RECORDED}),
            DecisionState.REVIEWED,
            chair_at,
            "We have looked at it again",
        ),
        Move("reversed", frozenset({DecisionState.RECORDED, DecisionState.REVIEWED}), DecisionState.REVERSED, chair_at),
    ]
)


def may_correct(person: Person, meeting: Meeting, decision: Decision) -> Answer:
    """A decision that stands may be corrected by a new one beside it, at a meeting that can decide."""
    ours = decision.meeting.workstream_id == meeting.workstream_id
    item = item_to_correct_at(meeting, decision)
    here = YES if ours else no("It was decided at another table.")
    return can_decide(person, meeting, item) & here & stands(decision) & _is_answered(decision.recommendation)


def _is_answered(asked: Recommendation) -> Answer:
    """What waits for a new answer is decided anew; a correction would lose what the group says to the old one."""
    waits = asked.state in TO_BE_DECIDED
    return no("The group waits for a new answer to this. Decide it from the agenda.") if waits else YES


def may_be_corrected_to(person: Person, decision: Decision) -> list[Verdict]:
    """List the answers a correction may give: the same one, and any other until things have begun because of it."""
    anew = recommendations.LIFECYCLE.may(person, "decided again", decision.recommendation)
    return [verdict for verdict in Verdict if anew or verdict == decision.verdict]


def stands(decision: Decision) -> Answer:
    """A decision stands until a later one is in its place."""
    return no("A later decision stands in its place.") if decision.state == DecisionState.REVERSED else YES


def may_review(person: Person, decision: Decision, today: date) -> Answer:
    """The chair says that a decision was looked at again, not before the day set for it."""
    when = decision.review_on
    early = no(f"It is looked at again on {words.long_date(when)}.") if when and today < when else YES
    return DECISIONS.may(person, "reviewed", decision) & early


def may_follow_up(person: Person, decision: Decision) -> Answer:
    """The chair may give out more to do, while the decision stands."""
    return chair_at(person, decision) & stands(decision)


HEAD = (
    *("Decision", "On", "Recommendation", "Asked by", "Answer"),
    *("Because", "What changes", "Question", "Look again on", "What would change it"),
    *("Seen differently", "Also considered", "Board asked for money", "Asked for", "Review on"),
    *("Members", "Present", "With lived experience", "State", "In the place of", "Told the group on"),
)
"""The heads of the columns, in the order of `as_line`."""


def as_line(decision: Decision) -> list[str]:
    """Tell one decision in the cells of a spreadsheet; who was there is told in numbers alone."""
    asked, reply, corrects = decision.recommendation, decision.reply, decision.corrects
    days = {"until": decision.until, "review": decision.review_on, "told": reply.sent_on if reply else None}
    said = {name: str(day or "") for name, day in days.items()}
    return [
        *(str(decision.number), str(decision.on), asked.title, asked.workstream.name, IN_WORDS[decision.verdict]),
        *(decision.reason, decision.changes, decision.question, said["until"], decision.would_change),
        *(decision.dissent, decision.options, decision.funding_board, decision.funding_ask, said["review"]),
        *(str(decision.members), str(decision.members_present), str(decision.lived_present), str(decision.state)),
        *(str(corrects.number) if corrects else "", said["told"]),
    ]
