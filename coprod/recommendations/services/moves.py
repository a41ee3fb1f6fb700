"""The moves of a recommendation that take nothing but a button."""

from coprod.core.clock import today
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation


def contest(recommendation: Recommendation, *, by: Person) -> None:
    """Say, once, that the group does not accept the decision."""
    move(recommendation, "contested", by=by)
    recommendation.contested_on = today()


def move(recommendation: Recommendation, name: str, *, by: Person | None) -> None:
    """Make one of the lifecycle's moves, and write it down; nobody makes what follows from a count."""
    before, after = rules.LIFECYCLE.make(by, name, recommendation)
    record(by, name, recommendation, before=before, after=after)
