"""Pages about meetings."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.steering import queries, rules, services
from coprod.steering.forms import CloseForm, MeetingForm, PresenceForm
from coprod.steering.models import Meeting, MeetingState
from coprod.steering.views.blueprint import bp
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_chair


@bp.get("/meetings/")
def meetings() -> str:
    """List the meetings, and what waits for the next one."""
    steering = queries.steering_of(me())
    shown: dict[str, Any] = {
        "steering": steering,
        "meetings": queries.meetings_seen_by(me()),
        "view": queries.chair_view(steering, today()),
        "may_plan": is_chair(me(), steering),
    }
    return render_template("steering/meetings.html", **shown, verdicts=rules.IN_WORDS)


@bp.get("/meetings/new")
def new_meeting() -> str:
    """Ask when the group meets."""
    require(is_chair(me(), queries.steering_of(me())))
    return render_template("steering/new_meeting.html", form=MeetingForm(formdata=None))


@bp.post("/meetings/new")
def plan_meeting() -> Response | tuple[str, int]:
    """Set the day."""
    steering, form = queries.steering_of(me()), MeetingForm()
    require(is_chair(me(), steering))
    if not (form.validate() and _is_free(form, steering)):
        return render_template("steering/new_meeting.html", form=form), 422
    meeting = services.plan_meeting(steering, form.on.data, form.starts_at.data, form.place.data or "", by=me())
    flash("The meeting is planned.")
    return redirect(url_for(".meeting", key=meeting.id), 303)


def _is_free(form: MeetingForm, steering: Workstream) -> bool:
    if queries.is_planned(steering, form.on.data):
        form.on.errors = ["There is a meeting on that day already."]
    return not form.on.errors


@bp.get("/meetings/<uuid:key>")
def meeting(key: UUID) -> str:
    """Show one meeting: who is here, what to decide, what was decided."""
    found = queries.meeting_seen_by(me(), key)
    shown: dict[str, Any] = {
        "meeting": found,
        "quorum": rules.quorum(found),
        "may_open": rules.may_open(me(), found, queries.open_meeting(found.workstream)),
        "may_tick": rules.may_tick(me(), found),
        "presence": PresenceForm(found, formdata=None),
        "rows": rules.running_order(found),
        "taken_off": rules.taken_off(found),
        "kinds": rules.IN_SHORT,
        "tags": rules.TAGS,
        "contests": queries.contests_at(found),
        "may_arrange": rules.may_arrange(me(), found),
        "missing": services.not_on_it_yet(found) if found.state != MeetingState.CLOSED else [],
        "is_chair": is_chair(me(), found.workstream),
        "can_end": rules.can_end(me(), found),
        "left_over": rules.left_over(found),
        "decisions": queries.decisions_at(found),
        "owed": queries.owed_replies(found.workstream, today()),
    }
    return render_template("steering/meeting.html", **shown, verdicts=rules.IN_WORDS)


@bp.post("/meetings/<uuid:key>/opened")
def open_meeting(key: UUID) -> Response:
    """Begin it."""
    services.open_meeting(queries.meeting_seen_by(me(), key), by=me())
    flash("The meeting is open. Tick who is here.")
    return redirect(url_for(".meeting", key=key), 303)


@bp.get("/meetings/<uuid:key>/closing")
def closing(key: UUID) -> str:
    """Ask why it ends with something undecided, where too few are left to decide."""
    found = queries.meeting_seen_by(me(), key)
    require(rules.can_end(me(), found))
    return _closing_page(found, CloseForm(formdata=None))


@bp.post("/meetings/<uuid:key>/closed")
def close_meeting(key: UUID) -> Response | tuple[str, int]:
    """End it."""
    found, form = queries.meeting_seen_by(me(), key), CloseForm()
    require(rules.can_end(me(), found))
    if rules.left_over(found) and not form.validate():
        return _closing_page(found, form), 422
    services.close_meeting(found, form.why.data or "", by=me())
    flash("The meeting is closed. Its minutes are ready to read.")
    return redirect(url_for(".meeting", key=key), 303)


def _closing_page(found: Meeting, form: CloseForm) -> str:
    shown: dict[str, Any] = {"meeting": found, "form": form, "quorum": rules.quorum(found)}
    return render_template("steering/closing.html", **shown, left_over=rules.left_over(found))


@bp.post("/meetings/<uuid:key>/presence")
def tick(key: UUID) -> Response:
    """Keep who is here now."""
    found = queries.meeting_seen_by(me(), key)
    services.tick(found, PresenceForm(found).chosen, by=me())
    flash(f"{rules.quorum(found).words}.")
    return redirect(url_for(".meeting", key=key), 303)
