"""Pages about telling the group."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.reading import light
from coprod.core.web import leaves_no_event, me
from coprod.steering import queries, rules, services
from coprod.steering.forms import ReplyForm
from coprod.steering.models import Decision
from coprod.steering.views.blueprint import bp


@bp.get("/decisions/<uuid:key>/reply")
def reply(key: UUID) -> str:
    """Ask what to tell the group, with a first draft."""
    found = _to_tell(key)
    return _reply_page(found, ReplyForm(formdata=None, data={"words": rules.draft_reply(found)}))


@bp.post("/decisions/<uuid:key>/reply")
def send_reply(key: UUID) -> Response | tuple[str, int]:
    """Tell the group."""
    found, form = _to_tell(key), ReplyForm()
    if not form.validate():
        return _reply_page(found, form), 422
    services.send_reply(found, form.words.data, by=me())
    flash("The group has its answer.")
    return redirect(url_for(".decision", key=key), 303)


@bp.post("/decisions/<uuid:key>/reply/read-over")
@leaves_no_event
def read_over_reply(key: UUID) -> str:
    """Show how the answer reads; nothing is sent, and what was typed comes along."""
    return _reply_page(_to_tell(key), ReplyForm())


def _to_tell(key: UUID) -> Decision:
    found = queries.decision_seen_by(me(), key)
    require(rules.may_reply(me(), found) & rules.is_last(found, queries.last_on(found.recommendation)))
    return found


def _reply_page(found: Decision, form: ReplyForm) -> str:
    due = queries.reply_due(found)
    status = rules.reply_status(due, today())
    shown: dict[str, Any] = {"decision": found, "form": form, "due": due, "status": status}
    seen = {"light": light(form.words.data or "")}
    return render_template("steering/reply.html", **shown, **seen)
