"""Pages about decisions: the register, one decision, correcting it."""

from typing import Any, cast
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, no, require
from coprod.core.clock import today
from coprod.core.spreadsheets import as_file
from coprod.core.web import leaves_no_event, me
from coprod.recommendations import queries as recommendations
from coprod.steering import queries, rules, services
from coprod.steering.forms import DecisionForm, RegisterForm, words_of
from coprod.steering.models import Decision, Meeting
from coprod.steering.views.blueprint import bp
from coprod.steering.views.deciding import decide_page, first_of, new_form
from coprod.workstreams.rules import is_chair, is_member


@bp.get("/decisions/")
def decisions() -> str:
    """List the register: by words, answer, year or group."""
    form = RegisterForm(formdata=request.args)
    found = queries.register_seen_by(me(), form.wanted(request.args.get("page", "")))
    form.offer(found.years, found.streams)
    return render_template("steering/decisions.html", search=form, found=found, verdicts=rules.IN_WORDS)


@bp.get("/decisions/register.csv")
def export_decisions() -> FlaskResponse:
    """Hand out the register as lines for a spreadsheet, as it is narrowed down (O7)."""
    wanted = RegisterForm(formdata=request.args).wanted()
    lines = [rules.as_line(decision) for decision in queries.decisions_seen_by(me(), wanted)]
    answer = FlaskResponse(as_file(rules.HEAD, lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=decisions.csv"
    return answer


@bp.get("/decisions/<uuid:key>")
def decision(key: UUID) -> str:
    """Show one decision: the answer, why, who was there, what came of it."""
    found = queries.answered_seen_by(me(), key)
    last = queries.last_on(found.recommendation)
    is_last = rules.is_last(found, last)
    due, sits_there = queries.reply_due(found), is_member(me(), found.meeting.workstream)
    shown: dict[str, Any] = {
        "decision": found,
        "owners": {action.id: rules.owner_named(action, bool(sits_there)) for action in found.actions},
        "names_writer": sits_there or found.recorded_by.is_professional,
        "accepted": queries.acceptance_of(found),
        "is_last": is_last,
        "newer": None if is_last else last,
        "contest": rules.contest_sent(found),
        "may_say": rules.may_answer(me(), found) & is_last,
        "may_answer_questions": rules.chair_at(me(), found),
        "due": due,
        "reply_status": rules.reply_status(due, today()),
        "corrected_by": queries.corrected_by(found),
        "may_reply": rules.may_reply(me(), found) & is_last,
        "may_review": rules.may_review(me(), found, today()) & is_last,
        "may_correct": _may_correct(found),
    }
    return render_template("steering/decision.html", **shown, verdicts=rules.IN_WORDS)


@bp.get("/decisions/<uuid:key>/extract")
def extract(key: UUID) -> str:
    """Print one decision on one page."""
    found = queries.decision_seen_by(me(), key)
    sits_there = is_member(me(), found.meeting.workstream)
    shown: dict[str, Any] = {
        "decision": found,
        "corrected_by": queries.corrected_by(found),
        "sits_there": sits_there,
        "owners": {action.id: rules.owner_named(action, bool(sits_there)) for action in found.actions},
    }
    return render_template("steering/extract.html", **shown, verdicts=rules.IN_WORDS)


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
    form = _form_for(found, now, formdata=None, data=words_of(found))
    return _correction_page(found, now, form)


@bp.post("/decisions/<uuid:key>/correction")
def correct(key: UUID) -> Response | tuple[str, int]:
    """Put the new decision beside it."""
    found, now = _to_correct(key)
    form = _form_for(found, now)
    first = first_of(form) if form.validate() else None
    if form.errors or form.chosen is None:
        return _correction_page(found, now, form), 422
    later = services.correct(found, now, form.chosen, by=me(), first_action=first, **form.said())
    flash(f"Decision {later.number} stands in the place of decision {found.number}.")
    return redirect(url_for(".decision", key=later.id), 303)


@bp.post("/decisions/<uuid:key>/correction/read-over")
@leaves_no_event
def read_over_correction(key: UUID) -> str:
    """Show how the new reason reads; nothing is kept, and what was typed comes along."""
    found, now = _to_correct(key)
    return _correction_page(found, now, _form_for(found, now))


def _may_correct(found: Decision) -> Answer:
    now = queries.open_meeting(found.meeting.workstream)
    chair = is_chair(me(), found.meeting.workstream)
    last = rules.is_last(found, queries.last_on(found.recommendation))
    return chair & (rules.may_correct(me(), now, found) if now else no("A correction needs an open meeting.")) & last


def _to_correct(key: UUID) -> tuple[Decision, Meeting]:
    found = queries.decision_seen_by(me(), key)
    require(_may_correct(found))
    return found, cast(Meeting, queries.open_meeting(found.meeting.workstream))


def _form_for(found: Decision, now: Meeting, **given: Any) -> DecisionForm:
    return new_form(now, found.recommendation, verdicts=rules.may_be_corrected_to(me(), found), **given)


def _correction_page(found: Decision, now: Meeting, form: DecisionForm) -> str:
    asked = recommendations.one_seen_by(me(), found.recommendation_id)
    ways = {"look": url_for(".read_over_correction", key=found.id), "records": url_for(".correct", key=found.id)}
    item = rules.item_to_correct_at(now, found)
    return decide_page(now, asked, form, correcting=found, item=item, may=rules.may_correct(me(), now, found), **ways)
