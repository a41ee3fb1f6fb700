"""Pages about what has to be done before a pilot begins: set-up steps and safety checks."""

from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import DoneForm, StepForm
from coprod.pilots.models import Pilot, StepKind
from coprod.pilots.views.blueprint import bp
from coprod.pilots.views.pages import to


@bp.get("/<uuid:key>/steps/new")
def new_step(key: UUID) -> str:
    """Ask what has to be done."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_add_step(me(), pilot))
    return render_template("pilots/new_step.html", pilot=pilot, form=_form(pilot))


@bp.post("/<uuid:key>/steps/new")
def add_step(key: UUID) -> Response | tuple[str, int]:
    """Write it down."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_add_step(me(), pilot))
    form = _form(pilot)
    if not form.validate():
        return render_template("pilots/new_step.html", pilot=pilot, form=form), 422
    services.add_step(pilot, StepKind(form.kind.data), **form.words(), by=me())
    flash("The step is in.")
    return to(pilot)


def _form(pilot: Pilot) -> StepForm:
    return StepForm(rules.owners_known_to(me(), pilot.recommendation, pilot))


@bp.get("/steps/<uuid:key>/done")
def step(key: UUID) -> str:
    """Ask what a step found."""
    one = queries.step_seen_by(me(), key)
    require(rules.may_finish_step(me(), one))
    return render_template("pilots/step.html", step=one, form=DoneForm(one))


@bp.post("/steps/<uuid:key>/done")
def finish_step(key: UUID) -> Response | tuple[str, int]:
    """Say that it is done."""
    one = queries.step_seen_by(me(), key)
    require(rules.may_finish_step(me(), one))
    form = DoneForm(one)
    if not form.validate():
        return render_template("pilots/step.html", step=one, form=form), 422
    services.finish_step(one, form.found.data or "", by=me())
    flash("It is done.")
    return to(one.pilot)
