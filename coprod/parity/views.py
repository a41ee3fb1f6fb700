"""The parity board: who sits, comes, raises and holds what, by side."""

from uuid import UUID

from flask import Blueprint, render_template

from coprod.core.web import me
from coprod.parity import queries, rules

bp = Blueprint("parity", __name__)


@bp.get("/workstreams/<uuid:key>/parity")
def board(key: UUID) -> str:
    """Show the two sides of a table side by side; to those outside it, without the small numbers."""
    stream = queries.one_seen_by(me(), key)
    facts = queries.facts_of(stream)
    if not rules.sees_all(me(), stream):
        return render_template("parity/outside.html", stream=stream, rows=rules.told_outside(facts))
    return render_template(
        "parity/board.html",
        stream=stream,
        facts=facts,
        parts=rules.parts(facts),
        rows=rules.rows(facts),
        warnings=rules.warnings(facts),
    )
