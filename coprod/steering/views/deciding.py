"""Pages about deciding."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.actions import queries as actions
from coprod.actions import rules as action_rules
from coprod.actions.services import outside_owner
from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.reading import light
from coprod.core.web import leaves_no_event, me
from coprod.recommendations import queries as recommendations
from coprod.recommendations import rules as sending
from coprod.recommendations.models import Recommendation
from coprod.steering import queries, rules, services
from coprod.steering.forms import DecisionForm, decision_of
from coprod.steering.models import Meeting
from coprod.steering.services import FirstAction
from coprod.steering.views.blueprint import bp
from coprod.workstreams.rules import is_chair


@bp.get("/meetings/<uuid:key>/recommendations/<uuid:recommendation_key>")
def decide(key: UUID, recommendation_key: UUID) -> str:
    """Show a recommendation on one page, and the five answers."""
    found, asked = _pair(key, recommendation_key)
    return decide_page(found, asked, new_form(found, asked, formdata=None, data=decision_of(asked)))


@bp.post("/meetings/<uuid:key>/recommendations/<uuid:recommendation_key>")
def record_decision(key: UUID, recommendation_key: UUID) -> Response | tuple[str, int]:
    """Record the answer."""
    found, asked = _pair(key, recommendation_key)
    require(rules.may_decide(me(), found, asked))
    form = new_form(found, asked)
    first = first_of(form) if form.validate() else None
    if form.errors or form.chosen is None:
        return decide_page(found, asked, form), 422
    decision = services.decide(found, asked, form.chosen, by=me(), first_action=first, **form.said())
    flash(f"Decision {decision.number} is recorded.")
    return redirect(url_for(".decision", key=decision.id), 303)


@bp.post("/meetings/<uuid:key>/recommendations/<uuid:recommendation_key>/read-over")
@leaves_no_event
def read_over_decision(key: UUID, recommendation_key: UUID) -> str:
    """Show how the reason reads; nothing is kept, and what was typed comes along."""
    found, asked = _pair(key, recommendation_key)
    require(is_chair(me(), found.workstream))
    return decide_page(found, asked, new_form(found, asked))


def _pair(key: UUID, recommendation_key: UUID) -> tuple[Meeting, Recommendation]:
    found, asked = queries.meeting_seen_by(me(), key), recommendations.one_seen_by(me(), recommendation_key)
    if asked.steering_id != found.workstream_id or asked.submitted_on is None:
        raise NoResultFound
    return found, asked


def new_form(found: Meeting, asked: Recommendation, **given: Any) -> DecisionForm:
    """Make a form for an answer, with the people who can be given something to do because of it."""
    table = found.workstream
    return DecisionForm(action_rules.may_own(table, asked), actions.owners_from_outside(table), **given)


def first_of(form: DecisionForm) -> FirstAction | None:
    """Answer what somebody does first, if that was filled in; where an address is refused, that stands beside it."""
    if form.begins is None:
        return None
    what, due = form.begins
    try:
        owner = form.owner or outside_owner(form.action_name.data or "", form.action_email.data or "", by=me())
    except Refused as refused:
        form.action_email.errors = [str(refused)]
        return None
    return FirstAction(what, owner, due)


def decide_page(found: Meeting, asked: Recommendation, form: DecisionForm, **more: Any) -> str:
    """Show the recommendation and the form for an answer to it."""
    item = more.pop("item", None) or rules.item_on(found, asked)
    shown: dict[str, Any] = {
        "meeting": found,
        "asked": asked,
        "form": form,
        "quorum": rules.quorum(found, item),
        "item": item,
        "may": rules.may_decide(me(), found, asked),
        "is_chair": is_chair(me(), found.workstream),
        "words": sending.words_sent(asked),
        "held": sending.round_sent(asked),
        "open_questions": sending.open_questions(asked),
        "hear_by": rules.reply_due(today(), queries.holidays_after([today()])),
        "light": light(form.reason.data or ""),
        "records": url_for(".record_decision", key=found.id, recommendation_key=asked.id),
        "look": url_for(".read_over_decision", key=found.id, recommendation_key=asked.id),
        "earlier": queries.decisions_of(asked),
        "correcting": None,
        "verdicts": rules.IN_WORDS,
    }
    return render_template("steering/decide.html", **shown | more)
