"""Pages about the minutes and the papers."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.notes.rules import compare
from coprod.recommendations import queries as recommendations
from coprod.recommendations import rules as sending
from coprod.recommendations.models import Recommendation
from coprod.steering import queries, rules, services
from coprod.steering.forms import NotesForm, notes_of
from coprod.steering.models import Meeting
from coprod.steering.views.blueprint import bp


@bp.get("/meetings/<uuid:key>/minutes")
def minutes(key: UUID) -> str:
    """Show what the minutes tell by themselves, and what was added."""
    found = queries.meeting_seen_by(me(), key)
    return _minutes_page(found, notes_of(found))


@bp.post("/meetings/<uuid:key>/minutes")
def write_minutes(key: UUID) -> Response | tuple[str, int]:
    """Keep what is added to them."""
    found, form = queries.meeting_seen_by(me(), key), NotesForm()
    require(rules.may_write(me(), found))
    if not form.validate():
        return _minutes_page(found, form), 422
    try:
        services.write_minutes(found, form.notes.data or "", form.read.data or "", by=me())
    except Overtaken:
        return _both(found, form)
    flash("The minutes are kept.")
    return redirect(url_for(".minutes", key=key), 303)


@bp.post("/meetings/<uuid:key>/minutes/came/<uuid:place>/taken-off")
def take_off_who_came(key: UUID, place: UUID) -> Response:
    """Take a name off that was ticked by mistake."""
    found = queries.meeting_seen_by(me(), key)
    require(rules.may_write(me(), found))
    services.take_off_who_came(queries.one_who_came(found, place), found, by=me())
    flash("The name is off the minutes.")
    return redirect(url_for(".minutes", key=key), 303)


@bp.post("/meetings/<uuid:key>/minutes/approved")
def approve_minutes(key: UUID) -> Response:
    """Approve them at the meeting that is open."""
    found = queries.meeting_seen_by(me(), key)
    at = queries.open_meeting(found.workstream)
    require(rules.may_approve_now(me(), found, at))
    services.approve_minutes(found, at or found, by=me())
    flash("The minutes are approved.")
    return redirect(url_for(".minutes", key=key), 303)


def _both(found: Meeting, form: NotesForm) -> tuple[str, int]:
    """Show theirs as they stand and ours in the box, which go in the place of theirs."""
    theirs, ours = found.minutes_notes, form.notes.data or ""
    form.read.data = theirs
    return _minutes_page(found, form, theirs=compare(theirs, ours), yours=compare(ours, theirs)), 409


def _minutes_page(found: Meeting, form: NotesForm, **both: Any) -> str:
    at = queries.open_meeting(found.workstream)
    decisions, came = queries.decisions_at(found), queries.who_came(found)
    deciders = {held.id for decision in decisions for held in decision.takers}
    at_items = {item.decision_id for item in found.items}
    shown: dict[str, Any] = {
        "meeting": found,
        "came": came,
        "by_mistake": [held for held in came if rules.may_take_off_who_came(me(), found, held.id, deciders)],
        "theirs": None,
        "rows": rules.running_order(found),
        "taken_off": rules.taken_off(found),
        "decisions": {decision.id: decision for decision in decisions},
        "others": [decision for decision in decisions if decision.id not in at_items],
        "kinds": rules.IN_SHORT,
        "tags": rules.TAGS,
        "form": form,
        "may_write": rules.may_write(me(), found),
        "may_approve": rules.may_approve_now(me(), found, at),
    }
    return render_template("steering/minutes.html", **(shown | both), verdicts=rules.IN_WORDS)


@bp.get("/meetings/<uuid:key>/pack")
def pack(key: UUID) -> str:
    """Print the papers: the agenda, one page for each recommendation, what is late."""
    found = queries.meeting_seen_by(me(), key)
    keys = [item.recommendation_id for item in found.items if item.kind in rules.TO_ANSWER and item.recommendation_id]
    shown: dict[str, Any] = {
        "meeting": found,
        "rows": rules.running_order(found),
        "kinds": rules.IN_SHORT,
        "tags": rules.TAGS,
        "papers": [_paper(asked) for asked in recommendations.several_seen_by(me(), keys)],
        "contests": queries.contests_at(found),
        "late": queries.late_actions(found.workstream, today()),
    }
    return render_template("steering/pack.html", **shown)


def _paper(asked: Recommendation) -> dict[str, Any]:
    return {
        "asked": asked,
        "words": sending.words_sent(asked),
        "held": sending.round_sent(asked),
        "questions": sending.open_questions(asked),
    }
