"""Sending a recommendation to its steering group."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import lock
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation
from coprod.recommendations.services.moves import move


def submit(recommendation: Recommendation, why_sent: str = "", *, by: Person) -> None:
    """Send it to the steering group; without an agreed result it goes labelled, with a reason (domain rule 21)."""
    lock(recommendation)
    label = rules.label_if_sent(recommendation)
    recommendation.why_sent = why_sent if label else ""
    require(rules.LIFECYCLE.may(by, "submitted", recommendation) & rules.is_complete(recommendation, today()))
    move(recommendation, "submitted", by=by)
    recommendation.submitted_as, recommendation.submitted_on = label, today()
    recommendation.sent_version = recommendation.version
