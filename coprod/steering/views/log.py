"""Pages of the action log."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.actions import queries as actions
from coprod.actions import rules as action_rules
from coprod.actions import services as action_services
from coprod.actions.models import Action
from coprod.core.clock import today
from coprod.core.web import me
from coprod.steering import queries
from coprod.steering.forms import LogForm
from coprod.steering.views.blueprint import bp
from coprod.workstreams.queries import memberships_of


@bp.get("/action-log")
def action_log() -> str:
    """List what was promised: mine late, mine due soon, everyone's late, the rest folded."""
    form = LogForm(formdata=request.args)
    log = queries.action_log(me(), today(), show=form.show.data or "all", owner=form.whose)
    form.offer(log.owners)
    shown: dict[str, Any] = {
        "search": form,
        "log": log,
        "sayable": {line.action.id for line in log.lines if _is_mine_to_say(line.action)},
        "tables": [held.workstream for held in memberships_of(me()) if held.role in action_rules.LEADS],
    }
    return render_template("steering/action_log.html", **shown)


def _is_mine_to_say(action: Action) -> bool:
    return action.owner_id == me().id and bool(action_rules.LIFECYCLE.may(me(), "said done", action))


@bp.post("/action-log/<uuid:key>/done")
def say_done(key: UUID) -> Response:
    """Say from the log that something is done, and stay there."""
    action_services.say_done(actions.one_seen_by(me(), key), by=me())
    flash("Thank you. A second person will agree that it is done.")
    return redirect(url_for(".action_log", **LogForm(formdata=request.args).address), 303)
