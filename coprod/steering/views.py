"""Pages about the steering group: meetings, decisions, replies, the action log."""

from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.actions import queries as actions
from coprod.actions import rules as action_rules
from coprod.actions import services as action_services
from coprod.actions.models import Action
from coprod.core.answers import Answer, no, require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.recommendations import queries as recommendations
from coprod.recommendations import rules as sending
from coprod.recommendations.models import Recommendation
from coprod.steering import queries, rules, services
from coprod.steering.forms import (
    DecisionForm,
    LogForm,
    MeetingForm,
    PresenceForm,
    RegisterForm,
    ReplyForm,
    decision_of,
    words_of,
)
from coprod.steering.models import Decision, Meeting
from coprod.steering.services import FirstAction
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import memberships_of
from coprod.workstreams.rules import is_chair

bp = Blueprint("steering", __name__)


# --- Meetings.


@bp.get("/meetings/")
def meetings() -> str:
    """List the meetings, and what waits for the next one."""
    steering = queries.steering_of(me())
    shown: dict[str, Any] = {
        "steering": steering,
        "meetings": queries.meetings_seen_by(me()),
        "view": queries.chair_view(me(), steering, today()),
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
        "moves": rules.MEETINGS.open_to(me(), found),
        "may_tick": rules.may_tick(me(), found),
        "presence": PresenceForm(found, formdata=None),
        "waiting": recommendations.waiting_for(found.workstream),
        "put_off": queries.put_off_until(found.workstream, rules.end_of_month(found.on)),
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


@bp.post("/meetings/<uuid:key>/closed")
def close_meeting(key: UUID) -> Response:
    """End it."""
    services.close_meeting(queries.meeting_seen_by(me(), key), by=me())
    flash("The meeting is closed.")
    return redirect(url_for(".meeting", key=key), 303)


@bp.post("/meetings/<uuid:key>/presence")
def tick(key: UUID) -> Response:
    """Keep who is here now."""
    found = queries.meeting_seen_by(me(), key)
    services.tick(found, PresenceForm(found).chosen, by=me())
    flash(f"{rules.quorum(found).words}.")
    return redirect(url_for(".meeting", key=key), 303)


# --- Deciding.


@bp.get("/meetings/<uuid:key>/recommendations/<uuid:recommendation_key>")
def decide(key: UUID, recommendation_key: UUID) -> str:
    """Show a recommendation on one page, and the five answers."""
    found, asked = _pair(key, recommendation_key)
    form = DecisionForm(_owners(found, asked), formdata=None, data=decision_of(asked))
    return _decide_page(found, asked, form)


@bp.post("/meetings/<uuid:key>/recommendations/<uuid:recommendation_key>")
def record_decision(key: UUID, recommendation_key: UUID) -> Response | tuple[str, int]:
    """Record the answer."""
    found, asked = _pair(key, recommendation_key)
    require(rules.may_decide(me(), found, asked))
    form = DecisionForm(_owners(found, asked))
    if not form.validate() or form.chosen is None:
        return _decide_page(found, asked, form), 422
    decision = services.decide(found, asked, form.chosen, by=me(), first_action=_first(form), **form.said())
    flash(f"Decision {decision.number} is recorded.")
    return redirect(url_for(".decision", key=decision.id), 303)


def _pair(key: UUID, recommendation_key: UUID) -> tuple[Meeting, Recommendation]:
    found, asked = queries.meeting_seen_by(me(), key), recommendations.one_seen_by(me(), recommendation_key)
    if asked.steering_id != found.workstream_id or asked.submitted_on is None:
        raise NoResultFound
    return found, asked


def _owners(found: Meeting, asked: Recommendation) -> Any:
    return action_rules.may_own(found.workstream, asked)


def _first(form: DecisionForm) -> FirstAction | None:
    typed = form.first_action()
    return FirstAction(*typed) if typed else None


def _decide_page(found: Meeting, asked: Recommendation, form: DecisionForm, **more: Any) -> str:
    shown: dict[str, Any] = {
        "meeting": found,
        "asked": asked,
        "form": form,
        "quorum": rules.quorum(found),
        "may": rules.may_decide(me(), found, asked),
        "is_chair": is_chair(me(), found.workstream),
        "words": sending.words_sent(asked),
        "held": sending.round_sent(asked),
        "open_questions": sending.open_questions(asked),
        "hear_by": rules.reply_due(today(), queries.holidays_after([today()])),
        "earlier": queries.decisions_of(asked),
        "correcting": None,
        "verdicts": rules.IN_WORDS,
    }
    return render_template("steering/decide.html", **shown | more)


# --- The register, decisions, corrections.


@bp.get("/decisions/")
def decisions() -> str:
    """List the register, by words or by answer."""
    form = RegisterForm(formdata=request.args)
    found = queries.decisions_seen_by(me(), form.q.data or "", form.wanted)
    return render_template("steering/decisions.html", search=form, decisions=found, verdicts=rules.IN_WORDS)


@bp.get("/decisions/<uuid:key>")
def decision(key: UUID) -> str:
    """Show one decision: the answer, why, who was there, what came of it."""
    found = queries.decision_seen_by(me(), key)
    due = queries.reply_due(found)
    shown: dict[str, Any] = {
        "decision": found,
        "due": due,
        "reply_status": rules.reply_status(due, today()),
        "corrected_by": queries.corrected_by(found),
        "may_reply": rules.may_reply(me(), found),
        "may_review": rules.may_review(me(), found, today()),
        "may_correct": _may_correct(found),
    }
    return render_template("steering/decision.html", **shown, verdicts=rules.IN_WORDS)


@bp.post("/decisions/<uuid:key>/reviewed")
def review(key: UUID) -> Response:
    """Say that it was looked at again, and stands."""
    services.review(queries.decision_seen_by(me(), key), by=me())
    flash("It was looked at again, and it stands.")
    return redirect(url_for(".decision", key=key), 303)


@bp.get("/decisions/<uuid:key>/correction")
def correction(key: UUID) -> str:
    """Ask what should stand in this decision's place."""
    found, now = _to_correct(key)
    form = DecisionForm(_owners(now, found.recommendation), formdata=None, data=words_of(found))
    return _correction_page(found, now, form)


@bp.post("/decisions/<uuid:key>/correction")
def correct(key: UUID) -> Response | tuple[str, int]:
    """Put the new decision beside it."""
    found, now = _to_correct(key)
    form = DecisionForm(_owners(now, found.recommendation))
    if not form.validate() or form.chosen is None:
        return _correction_page(found, now, form), 422
    later = services.correct(found, now, form.chosen, by=me(), first_action=_first(form), **form.said())
    flash(f"Decision {later.number} stands in the place of decision {found.number}.")
    return redirect(url_for(".decision", key=later.id), 303)


def _may_correct(found: Decision) -> Answer:
    now = queries.open_meeting(found.meeting.workstream)
    chair = is_chair(me(), found.meeting.workstream)
    return chair & (rules.may_correct(me(), now, found) if now else no("A correction needs an open meeting."))


def _to_correct(key: UUID) -> tuple[Decision, Meeting]:
    found = queries.decision_seen_by(me(), key)
    require(_may_correct(found))
    return found, cast(Meeting, queries.open_meeting(found.meeting.workstream))


def _correction_page(found: Decision, now: Meeting, form: DecisionForm) -> str:
    asked = recommendations.one_seen_by(me(), found.recommendation_id)
    return _decide_page(now, asked, form, correcting=found, may=rules.may_correct(me(), now, found))


# --- Replies.


@bp.get("/decisions/<uuid:key>/reply")
def reply(key: UUID) -> str:
    """Ask what to tell the group, with a first draft."""
    found = queries.decision_seen_by(me(), key)
    require(rules.may_reply(me(), found))
    return _reply_page(found, ReplyForm(formdata=None, data={"words": rules.draft_reply(found)}))


@bp.post("/decisions/<uuid:key>/reply")
def send_reply(key: UUID) -> Response | tuple[str, int]:
    """Tell the group."""
    found, form = queries.decision_seen_by(me(), key), ReplyForm()
    require(rules.may_reply(me(), found))
    if not form.validate():
        return _reply_page(found, form), 422
    services.send_reply(found, form.words.data, by=me())
    flash("The group has its answer.")
    return redirect(url_for(".decision", key=key), 303)


def _reply_page(found: Decision, form: ReplyForm) -> str:
    due = queries.reply_due(found)
    status = rules.reply_status(due, today())
    shown: dict[str, Any] = {"decision": found, "form": form, "due": due, "status": status}
    return render_template("steering/reply.html", **shown, verdicts=rules.IN_WORDS)


# --- The action log.


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
