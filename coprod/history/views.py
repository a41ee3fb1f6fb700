"""The journal, in words, for those who may see what it speaks of."""

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template, request

from coprod.core.clock import today
from coprod.core.web import me
from coprod.history import queries, rules
from coprod.programmes import queries as programmes
from coprod.workstreams import queries as workstreams

bp = Blueprint("history", __name__)


@bp.get("/programmes/<uuid:key>/history")
def index(key: UUID) -> str:
    """Say what was done, four weeks a page, day by day."""
    programme = programmes.one_seen_by(me(), key)
    asking = queries.reader(me(), _group(request.args.get("group", "")))
    weeks = queries.weeks(asking, _day(request.args.get("to", "")) or queries.latest(asking) or today())
    return render_template(
        "history/index.html",
        programme=programme,
        groups=[seat.workstream for seat in workstreams.memberships_of(me())],
        asking=asking,
        weeks=weeks,
        days=rules.by_day(weeks.entries, weeks.labels, weeks.names, me().id),
    )


def _group(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    """Read the day asked for; one that no calendar has is the latest."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None
