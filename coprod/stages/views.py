"""The page of the stages: where the group is, what is still open, and the gate at the end of each."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.clock import today
from coprod.core.web import me
from coprod.library.models import Stage
from coprod.stages import queries, rules, services
from coprod.workstreams.rules import is_facilitator

bp = Blueprint("stages", __name__)


@bp.get("/cycles/<uuid:key>/stages")
def show(key: UUID) -> str:
    """Show the stages: to facilitators with what is open, to everybody else where the group is now."""
    cycle = queries.one_seen_by(me(), key)
    steps = rules.steps(me(), queries.facts_of(cycle, today()), today())
    runs_it = is_facilitator(me(), cycle.workstream)
    return render_template(
        "stages/show.html" if runs_it else "stages/where.html",
        cycle=cycle,
        stream=cycle.workstream,
        group_name=cycle.workstream.neutral_name,
        steps=steps,
        current=next(step for step in steps if step.is_now),
    )


@bp.post("/cycles/<uuid:key>/stages")
def close(key: UUID) -> Response:
    """Close one stage."""
    cycle, stage = queries.one_seen_by(me(), key), _stage()
    services.close(cycle, stage, by=me())
    flash(f"“{rules.name(cycle, stage)}” is closed.")
    return redirect(url_for(".show", key=key), 303)


def _stage() -> Stage:
    try:
        return Stage(request.form.get("stage", ""))
    except ValueError as error:
        raise NoResultFound from error
