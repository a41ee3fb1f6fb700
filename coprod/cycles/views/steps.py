"""What is done before week 1 and after the last week."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.forms import NewStepForm, PlaceForm, StepForm
from coprod.cycles.models import Cycle, PlanStep
from coprod.cycles.rules import steps as keeping
from coprod.cycles.views.blueprint import bp
from coprod.library.models import Stage

Page = Response | str | tuple[str, int]


@bp.get("/cycles/<uuid:key>/steps")
def steps(key: UUID) -> str:
    """Show both ends of the plan, to be changed."""
    cycle = queries.one_seen_by(me(), key)
    require(keeping.may_keep(me(), cycle))
    return _steps(cycle, NewStepForm())


def _steps(cycle: Cycle, form: Form) -> str:
    may_do = {step.id: keeping.may_do(me(), step, today()) for step in cycle.steps}
    return render_template("cycles/steps.html", cycle=cycle, form=form, ends=keeping.ends(cycle), may_do=may_do)


@bp.post("/cycles/<uuid:key>/steps")
def add_step(key: UUID) -> Page:
    """Add one more."""
    cycle, form = queries.one_seen_by(me(), key), NewStepForm()
    require(keeping.may_keep(me(), cycle))
    if not form.validate() or not _fits(cycle, Stage(form.stage.data), form):
        return _steps(cycle, form), 422
    stage, place = Stage(form.stage.data), form.place.data or ""
    services.add_step(cycle, stage, form.title.data, by=me(), on=form.on.data, place=place)
    flash("Added.")
    return redirect(url_for(".steps", key=key))


def _fits(cycle: Cycle, stage: Stage, form: StepForm) -> bool:
    answer = keeping.fits(cycle, stage, form.on.data)
    if not answer:
        form.on.errors = [answer.reason]
    return bool(answer)


@bp.get("/plan-steps/<uuid:key>")
def step(key: UUID) -> str:
    """Show a step to be changed."""
    found = queries.one_step_run_by(me(), key)
    require(keeping.may_keep(me(), found.cycle))
    return render_template("cycles/step.html", step=found, form=StepForm(obj=found))


@bp.post("/plan-steps/<uuid:key>")
def change_step(key: UUID) -> Page:
    """Keep the change."""
    found, form = queries.one_step_run_by(me(), key), StepForm()
    require(keeping.may_keep(me(), found.cycle))
    if not form.validate() or not _fits(found.cycle, found.stage, form):
        return render_template("cycles/step.html", step=found, form=form), 422
    services.change_step(found, title=form.title.data, on=form.on.data, place=form.place.data or "", by=me())
    flash("Kept.")
    return _back_to(found)


@bp.post("/plan-steps/<uuid:key>/done")
def do_step(key: UUID) -> Response:
    """Tick it."""
    found = queries.one_step_run_by(me(), key)
    services.do_step(found, by=me())
    return _back_to(found)


@bp.post("/plan-steps/<uuid:key>/not-done")
def undo_step(key: UUID) -> Response:
    """Take the tick away."""
    found = queries.one_step_run_by(me(), key)
    services.undo_step(found, by=me())
    return _back_to(found)


@bp.post("/plan-steps/<uuid:key>/place")
def place_step(key: UUID) -> Response:
    """Move it up or down."""
    found, form = queries.one_step_run_by(me(), key), PlaceForm()
    require(keeping.may_keep(me(), found.cycle))
    if form.validate():
        services.place_step(found, form.position.data, by=me())
    else:
        flash("Press up or down.", "look")
    return _back_to(found)


@bp.post("/plan-steps/<uuid:key>/remove")
def remove_step(key: UUID) -> Response:
    """Take it out of the plan."""
    found = queries.one_step_run_by(me(), key)
    cycle = found.cycle_id
    services.remove_step(found, by=me())
    flash("Taken out.")
    return redirect(url_for(".steps", key=cycle))


def _back_to(found: PlanStep) -> Response:
    return redirect(url_for(".steps", key=found.cycle_id, _anchor=f"step-{found.id}"))
