"""Moving sessions to other days, seen before it is accepted."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.forms import ShiftForm
from coprod.cycles.models import Session
from coprod.cycles.rules import preview, schedule, shifting
from coprod.cycles.rules.shifting import Shift
from coprod.cycles.views.blueprint import bp
from coprod.needs.queries import never_among
from coprod.programmes.models import Holiday

Page = Response | str | tuple[str, int]


@bp.get("/sessions/<uuid:key>/shift")
def shift(key: UUID) -> str:
    """Ask which sessions move, and how far."""
    found = _to_move(key)
    return _ask(found, ShiftForm(request.args or None, meta={"csrf": False}).about(found))


@bp.get("/sessions/<uuid:key>/shift/dates")
def shifted(key: UUID) -> Page:
    """Show the weeks as they would be."""
    found = _to_move(key)
    form = ShiftForm(request.args, meta={"csrf": False}).about(found)
    seen = _seen(found, form)
    if seen is None:
        return _ask(found, form), 422
    told, known = seen
    return render_template(
        "cycles/shifted.html",
        session=found,
        cycle=found.cycle,
        form=ShiftForm(),
        typed=form.typed,
        shift=told,
        rows=preview.shifted_rows(told),
        count=sum(change.moves for change in told.changes),
        is_told=sum(change.is_told for change in told.changes),
        hints=preview.told_of_shift(told, found, known, never_among(found.cycle.workstream)),
    )


@bp.post("/sessions/<uuid:key>/shift")
def accept_shift(key: UUID) -> Page:
    """Move them."""
    found = _to_move(key)
    form = ShiftForm().about(found)
    if _seen(found, form) is None:
        return _ask(found, form), 422
    moved = sum(change.moves for change in services.shift(found, form.to, form.which, by=me()).changes)
    flash("One session moved." if moved == 1 else f"{schedule.in_words(moved).capitalize()} sessions moved.")
    return redirect(url_for(".show", key=found.cycle_id))


def _to_move(key: UUID) -> Session:
    found = queries.one_session_run_by(me(), key)
    require(shifting.may_choose(me(), found))
    return found


def _seen(found: Session, form: ShiftForm) -> tuple[Shift, Sequence[Holiday]] | None:
    """Lay the weeks out anew, or say beside the field why they cannot be."""
    if not form.validate() or not form.is_whole:
        return None
    told, known = queries.shifted(found, form.which, form.to)
    may = shifting.may_shift(me(), told, known, today())
    if not may:
        (form.on if form.on.data else form.weeks).errors = [may.reason]
    return (told, known) if may else None


def _ask(found: Session, form: ShiftForm) -> str:
    return render_template("cycles/shift.html", session=found, cycle=found.cycle, form=form)
