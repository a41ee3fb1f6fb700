"""What is read of a vote once it is counted: the one published form (O10)."""

from uuid import UUID

from flask import render_template

from coprod.core.web import me
from coprod.voting import queries
from coprod.voting.views.blueprint import bp


@bp.get("/votes/<uuid:key>/result")
def result(key: UUID) -> str:
    """Show the published form of a counted vote (O10)."""
    return render_template("voting/result.html", poll=queries.one_counted_seen_by(me(), key))
