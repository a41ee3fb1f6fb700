"""Pages about risks, assumptions, issues and dependencies."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.actions.forms import ActionForm
from coprod.actions.rules import may_own
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.risks import queries, rules, services
from coprod.risks.forms import AnewForm, CloseForm, NewRiskForm, OpenAgainForm
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import seated

bp = Blueprint("risks", __name__)
Page = Response | tuple[str, int]


@bp.get("/workstreams/<uuid:key>/risks")
def index(key: UUID) -> str:
    """List what may come in the way of this table, the worst first; what is closed is folded."""
    table = workstreams.one_seen_by(me(), key)
    found = queries.of_table(me(), table)
    shown: dict[str, Any] = {
        "table": table,
        "open": [risk for risk in found if risk.state == RiskState.OPEN],
        "closed": [risk for risk in found if risk.state == RiskState.CLOSED],
        "may_write": rules.may_write(me(), table),
    }
    return render_template("risks/index.html", **shown | _words())


@bp.get("/workstreams/<uuid:key>/risks/new")
def new(key: UUID) -> str:
    """Ask for a new one."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.may_write(me(), table))
    return _asked(table, NewRiskForm(seated(table), formdata=None))


@bp.post("/workstreams/<uuid:key>/risks/new")
def create(key: UUID) -> Page:
    """Write it down."""
    table = workstreams.one_seen_by(me(), key)
    require(rules.may_write(me(), table))
    form = NewRiskForm(seated(table))
    if not form.validate():
        return _asked(table, form), 422
    owner, more = form.people[form.owner.data], _more(form)
    risk = services.write_down(table, RiskKind(form.kind.data), form.what.data, owner, form.rated, by=me(), **more)
    flash("It is written down.")
    return _to(risk)


@bp.get("/risks/<uuid:key>")
def show(key: UUID) -> str:
    """Show one: how likely, how bad, what is done, and every rating it had."""
    return _page(queries.one_seen_by(me(), key))


@bp.post("/risks/<uuid:key>/rating")
def rate(key: UUID) -> Page:
    """Rate it anew."""
    risk = queries.one_seen_by(me(), key)
    require(rules.may_rate(me(), risk))
    form = AnewForm(risk.kind)
    if not form.validate():
        return _page(risk, anew=form), 422
    services.rate_anew(risk, form.rated, form.why.data or "", by=me(), **_more(form))
    flash("It is rated anew. What we thought before is kept.")
    return _to(risk)


@bp.post("/risks/<uuid:key>/closed")
def close(key: UUID) -> Page:
    """Close it."""
    risk, form = queries.one_seen_by(me(), key), CloseForm()
    require(rules.LIFECYCLE.may(me(), "closed", risk))
    if not form.validate():
        return _page(risk, ending=form), 422
    services.close(risk, form.how.data or "", by=me())
    flash("It is closed. It stays in the list.")
    return _to(risk)


@bp.post("/risks/<uuid:key>/opened-again")
def reopen(key: UUID) -> Page:
    """Watch over it again."""
    risk, form = queries.one_seen_by(me(), key), OpenAgainForm()
    require(rules.LIFECYCLE.may(me(), "opened again", risk))
    if not form.validate():
        return _page(risk, again=form), 422
    services.reopen(risk, form.why.data or "", by=me())
    flash("It is open again.")
    return _to(risk)


@bp.post("/risks/<uuid:key>/action")
def act(key: UUID) -> Page:
    """Give somebody something to do about it."""
    risk = queries.one_seen_by(me(), key)
    require(rules.may_act(me(), risk))
    form = ActionForm(may_own(risk.workstream))
    if not form.validate():
        return _page(risk, action_form=form), 422
    action = services.act_on(risk, form.what.data or "", form.people[form.owner.data], form.due.data, by=me())
    flash(f"It is in the log. {action.owner.alias} does it.")
    return _to(risk)


def _more(form: NewRiskForm | AnewForm) -> dict[str, Any]:
    return {"response": form.response.data or "", "look_again_on": form.look_again_on.data}


def _words() -> dict[str, Any]:
    return {"level": rules.level, "in_words": rules.in_words, "kinds": rules.KINDS}


def _asked(table: Workstream, form: NewRiskForm) -> str:
    return render_template("risks/new.html", table=table, form=form)


def _page(risk: Risk, **typed: Form) -> str:
    still = risk.look_again_on if risk.look_again_on and risk.look_again_on >= today() else None
    now = {
        "likelihood": str(risk.likelihood or ""),
        "impact": str(risk.impact or ""),
        "response": risk.response,
        "look_again_on": still,
    }
    forms: dict[str, Form] = {
        "anew": AnewForm(risk.kind, formdata=None, data=now),
        "ending": CloseForm(formdata=None),
        "again": OpenAgainForm(formdata=None),
        "action_form": ActionForm(may_own(risk.workstream), formdata=None),
    }
    shown: dict[str, Any] = {
        "risk": risk,
        "moves": {move.name for move in rules.LIFECYCLE.open_to(me(), risk)},
        "may_rate": rules.may_rate(me(), risk),
        "may_act": rules.may_act(me(), risk),
        "form": next(iter(typed.values()), None),
    }
    return render_template("risks/show.html", **shown | forms | typed | _words())


def _to(risk: Risk) -> Response:
    return redirect(url_for("risks.show", key=risk.id), 303)
