"""Which decision an action came from, for those who may read the decision."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from coprod.actions.queries import Source, comes_from
from coprod.core.db import db
from coprod.core.words import long_date
from coprod.people.models import Person
from coprod.steering.models import Decision, decision_action
from coprod.steering.queries import visible_to


@comes_from
def decisions_that_led_to(person: Person, actions: Sequence[UUID]) -> dict[UUID, Source]:
    """Answer the decision each of these actions came from; the first one, where there were several."""
    found = (
        select(decision_action.c.action_id, Decision.id, Decision.on)
        .join(Decision, Decision.id == decision_action.c.decision_id)
        .where(decision_action.c.action_id.in_(actions), visible_to(person))
        .order_by(Decision.number.desc())
    )
    rows = db.session.execute(found)
    return {action: Source(f"Decision {long_date(on)}", "steering.decision", key) for action, key, on in rows}
