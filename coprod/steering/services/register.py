"""Looking at a decision again."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.steering import rules
from coprod.steering.models import Decision, ItemKind
from coprod.steering.services.agenda import settle_open_items
from coprod.steering.services.holding import hold_decision, is_last


def review(decision: Decision, *, by: Person) -> None:
    """Say that the group has looked at a decision again, and that it stands."""
    hold_decision(decision)
    require(rules.may_review(by, decision, today()) & is_last(decision))
    before, after = rules.DECISIONS.make(by, "reviewed", decision)
    record(by, "reviewed", decision, before=before, after=after)
    table = decision.meeting.workstream
    settle_open_items(table, ItemKind.REVIEW, decision.id, "We looked at it again, and it stands.", by=by)
