"""Gathering every recommendation that was sent, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from coprod.actions.models import Action, ActionState
from coprod.core.db import db
from coprod.people.models import Person
from coprod.pilots.models import Pilot, PilotState
from coprod.recommendations.models import Recommendation, Version
from coprod.steering.models import Decision, DecisionState
from coprod.steering.queries import tables_of
from coprod.tracker.rules import Doing, Line, first_answer


def _seen_by(person: Person) -> ColumnElement[bool]:
    """Say what is told: what was sent, to those who sit at the table that asked, and at the one that was asked."""
    tables = tables_of(person)
    ours = or_(Recommendation.steering_id.in_(tables), Recommendation.workstream_id.in_(tables))
    return ours & Recommendation.submitted_on.is_not(None)


def lines_for(person: Person, today: date) -> list[Line]:
    """List every recommendation that was sent and this person may follow, by number."""
    found = select(Recommendation).where(_seen_by(person)).options(joinedload(Recommendation.workstream))
    asked = db.session.scalars(found.order_by(Recommendation.number, Recommendation.id)).all()
    keys = [one.id for one in asked]
    titles, decisions, doing, pilots = _titles(keys), _decisions(keys), _doing(keys), _pilots(keys)
    return [
        _line(one, titles.get(one.id, one.title), today, decisions.get(one.id), doing[one.id], pilots.get(one.id))
        for one in asked
    ]


def _line(
    asked: Recommendation,
    title: str,
    today: date,
    decision: tuple[Decision, date] | None,
    doing: Sequence[Doing],
    pilot: PilotState | None,
) -> Line:
    stands, decided_on = decision or (None, None)
    return Line(asked, title, asked.submitted_on or today, today, stands, decided_on, doing, pilot)


def _titles(keys: Sequence[UUID]) -> dict[UUID, str]:
    """Answer the titles as they were sent."""
    by_its_day = Recommendation.sent_version.is_(None) & (Version.on <= Recommendation.submitted_on)
    title = select(Recommendation.id, Version.words["title"].as_string()).join(Version.recommendation)
    found = title.where(Recommendation.id.in_(keys), or_(Version.number == Recommendation.sent_version, by_its_day))
    return dict(db.session.execute(found.order_by(Version.number)).all())


def _decisions(keys: Sequence[UUID]) -> dict[UUID, tuple[Decision, date]]:
    """Answer the decision that stands on each, the last in whose place there is no later one, and its first day."""
    found = select(Decision).where(Decision.recommendation_id.in_(keys))
    found = found.options(joinedload(Decision.reply)).order_by(Decision.number)
    all_of_them = db.session.scalars(found).all()
    standing = [one for one in all_of_them if one.state != DecisionState.REVERSED]
    return {one.recommendation_id: (one, first_answer(one).on) for one in standing}


def _doing(keys: Sequence[UUID]) -> dict[UUID | None, list[Doing]]:
    """Answer what is to be done because of each, but for what was let go."""
    found = select(Action.recommendation_id, Action.state, Action.due).where(
        Action.recommendation_id.in_(keys), Action.state != ActionState.CANCELLED
    )
    doing: dict[UUID | None, list[Doing]] = defaultdict(list)
    for key, state, due in db.session.execute(found.order_by(Action.due, Action.id)):
        doing[key].append(Doing(state, due))
    return doing


def _pilots(keys: Sequence[UUID]) -> dict[UUID, PilotState]:
    found = select(Pilot.recommendation_id, Pilot.state).where(Pilot.recommendation_id.in_(keys))
    return dict(db.session.execute(found.order_by(Pilot.id)).all())
