"""What is kept how long, and how the last daily runs went."""

from flask import Blueprint, render_template

from coprod.core.clock import now
from coprod.core.web import me
from coprod.retention import queries, rules

bp = Blueprint("retention", __name__)


@bp.get("/retention")
def index() -> str:
    """Say how long everything is kept; to programme admins, how the daily runs went too."""
    return render_template(
        "retention/index.html",
        limits=rules.LIMITS,
        kept_on=rules.KEPT_ON,
        runs=queries.last_runs(me()),
        sees_runs=rules.may_see_runs(me()),
        is_late=queries.needs_a_look(me(), now()),
    )
