"""Keeping a plan or an evening in the library, to start from another time."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.models import Cycle, Session
from coprod.cycles.rules import moves
from coprod.cycles.views.blueprint import bp
from coprod.library.forms import TemplateForm
from coprod.library.rules.templates import named

Page = Response | str | tuple[str, int]


@bp.get("/cycles/<uuid:key>/keep")
def keep(key: UUID) -> str:
    """Ask what the template of this plan is called."""
    cycle = _run(key)
    name = named(cycle.workstream.name, f", cycle {cycle.number}")
    return _ask_for_plan(cycle, TemplateForm(data={"name": name}))


@bp.post("/cycles/<uuid:key>/keep")
def keep_plan(key: UUID) -> Page:
    """Keep it."""
    form = TemplateForm()
    cycle = _run(key)
    if not form.validate():
        return _ask_for_plan(cycle, form), 422
    whole = queries.one_plan_run_by(me(), key)
    kept = services.keep_plan(whole, form.name.data, note=form.note.data or "", by=me())
    flash("Kept. Nobody else sees it until you share it.")
    return redirect(url_for("library.show", key=kept.id))


def _run(key: UUID) -> Cycle:
    cycle = queries.one_seen_by(me(), key)
    require(moves.may_keep_plan(me(), cycle))
    return cycle


def _ask_for_plan(cycle: Cycle, form: TemplateForm) -> str:
    back = (cycle.workstream.name, url_for(".show", key=cycle.id))
    return render_template("cycles/keep.html", form=form, back=back, what="Its sessions, evenings and steps are kept.")


@bp.get("/sessions/<uuid:key>/keep")
def keep_session(key: UUID) -> str:
    """Ask what the template of this evening is called."""
    found = _run_session(key)
    return _ask_for_evening(found, TemplateForm(data={"name": f"Session {found.number}"}))


@bp.post("/sessions/<uuid:key>/keep")
def keep_evening(key: UUID) -> Page:
    """Keep it."""
    found, form = _run_session(key), TemplateForm()
    if not form.validate():
        return _ask_for_evening(found, form), 422
    kept = services.keep_evening(found, form.name.data, note=form.note.data or "", by=me())
    flash("Kept. Nobody else sees it until you share it.")
    return redirect(url_for("library.show", key=kept.id))


def _run_session(key: UUID) -> Session:
    found = queries.one_session_seen_by(me(), key)
    require(moves.runs(me(), found))
    return found


def _ask_for_evening(found: Session, form: TemplateForm) -> str:
    back = (f"Session {found.number}", url_for(".session", key=found.id))
    return render_template("cycles/keep.html", form=form, back=back, what="Its agenda is kept, without who leads what.")
