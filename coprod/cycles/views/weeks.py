"""Planning ten weeks, and following them."""

from datetime import time
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.forms import CycleForm, MoveForm
from coprod.cycles.rules import moves, preview, schedule, weeks
from coprod.cycles.rules.hints import Hint
from coprod.cycles.rules.schedule import Schedule
from coprod.cycles.views.blueprint import bp
from coprod.drawings.ten_weeks import draw_ten_weeks
from coprod.needs.queries import clashes
from coprod.needs.rules import part_of
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator

# --- Planning ten weeks.


@bp.get("/workstreams/<uuid:key>/cycles/new")
def new(key: UUID) -> str:
    """Ask when the ten weeks start."""
    stream = one_seen_by(me(), key)
    require(moves.may_plan(me(), stream))
    return _ask(stream, CycleForm(request.args or None, meta={"csrf": False}))


@bp.get("/workstreams/<uuid:key>/cycles/dates")
def dates(key: UUID) -> str | tuple[str, int]:
    """Show the ten dates before they are accepted."""
    stream, form = one_seen_by(me(), key), CycleForm(request.args, meta={"csrf": False})
    require(moves.may_plan(me(), stream))
    placed = _placed(form)
    if placed is None:
        return _ask(stream, form), 422
    known = holidays(*schedule.span(placed.days[0]))
    names = [phase.name for phase in stream.programme.phases]
    return render_template(
        "cycles/dates.html",
        stream=stream,
        form=CycleForm(data=form.data),
        schedule=placed,
        ends_at=schedule.ends_at(form.starts_at.data, form.minutes.data),
        title=preview.title(placed),
        months=preview.months(placed, known),
        rows=preview.rows(placed, names),
        hints=[*_clashes(stream, placed, form.starts_at.data), *preview.hints(placed, form.starts_at.data, known)],
    )


@bp.post("/workstreams/<uuid:key>/cycles/new")
def accept(key: UUID) -> Response | tuple[str, int]:
    """Schedule the ten dates."""
    stream, form = one_seen_by(me(), key), CycleForm()
    require(moves.may_plan(me(), stream))
    if _placed(form) is None:
        return _ask(stream, form), 422
    cycle = services.plan(
        stream,
        form.first_day,
        form.starts_at.data,
        by=me(),
        minutes=form.minutes.data,
        place=form.place.data or "",
        skips_school_holidays=form.skip_school,
    )
    flash("The ten dates stand. Nobody is told until you publish a session.")
    return redirect(url_for(".show", key=cycle.id))


def _clashes(stream: Workstream, placed: Schedule, at: time) -> list[Hint]:
    return preview.clash_hints(clashes(stream, placed.days[0].weekday(), part_of(at)))


def _placed(form: CycleForm) -> Schedule | None:
    """Place the ten sessions, or say beside the field why they cannot be."""
    if not form.validate():
        return None
    placed = queries.place(form.first_day, skip_school=form.skip_school)
    whole = schedule.is_whole(placed)
    if not whole:
        form.starts_on.errors = [whole.reason]
    return placed if whole else None


def _ask(stream: Workstream, form: CycleForm) -> str:
    return render_template("cycles/new.html", stream=stream, form=form)


# --- A cycle.


@bp.get("/workstreams/<uuid:key>/cycles")
def index(key: UUID) -> str:
    """List a group's runs of ten weeks, for everybody who sits there."""
    stream = one_seen_by(me(), key)
    return render_template(
        "cycles/index.html", stream=stream, group_name=stream.neutral_name, cycles=queries.cycles_of(stream)
    )


@bp.get("/cycles/<uuid:key>")
def show(key: UUID) -> str:
    """Show the ten weeks; to a member with lived experience, on a page of her own."""
    cycle = queries.one_seen_by(me(), key)
    runs_it = is_facilitator(me(), cycle.workstream)
    page = "cycles/evenings.html" if me().is_lived and not runs_it else "cycles/show.html"
    return render_template(
        page,
        cycle=cycle,
        group_name=cycle.workstream.neutral_name,
        weeks=draw_ten_weeks(weeks.ten_weeks(cycle, today())),
        coming=weeks.next_of(cycle, today()),
        runs_it=runs_it,
        open_moves=moves.CYCLE.open_to(me(), cycle),
        told=moves.TOLD | moves.OVER,
        ended=schedule.ends_at(cycle.starts_at, cycle.minutes),
    )


@bp.post("/cycles/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Move a cycle on."""
    cycle, form = queries.one_seen_by(me(), key), MoveForm()
    services.move(cycle, form.name.data or "", by=me())
    flash(f"The cycle is {cycle.state}.")
    return redirect(url_for(".show", key=key))
