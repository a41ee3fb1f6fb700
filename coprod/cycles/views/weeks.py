"""Planning the weeks of a cycle, and following them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.forms import CycleForm, MoveForm
from coprod.cycles.rules import moves, preview, schedule, steps, weeks
from coprod.cycles.rules.schedule import Schedule
from coprod.cycles.views.blueprint import bp
from coprod.drawings.ten_weeks import draw_ten_weeks
from coprod.library.models import Template, TemplateKind
from coprod.library.queries import of_kind
from coprod.needs.queries import never_among
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator

# --- Planning the weeks.


@bp.get("/workstreams/<uuid:key>/cycles/new")
def new(key: UUID) -> str:
    """Ask when the weeks start, and from what; a plan of before is copied with `from`."""
    stream = _to_plan(key)
    return _ask(stream, _form(request.args or None, meta={"csrf": False}, data=_as_before()))


def _to_plan(key: UUID) -> Workstream:
    stream = one_seen_by(me(), key)
    require(moves.may_plan(me(), stream) & moves.has_phases(stream))
    return stream


def _form(typed: Any = None, **more: Any) -> CycleForm:
    form = CycleForm(**more) if typed is None and not more else CycleForm(typed, **more)
    return form.offer(of_kind(me(), TemplateKind.CYCLE), queries.plans_run_by(me()))


def _as_before() -> dict[str, Any]:
    """Answer the time and place of the plan that is copied; the days are chosen anew."""
    plan = queries.plan_to_copy(me(), request.args.get("from", ""))
    if plan is None:
        return {}
    told = {"starts_at": plan.starts_at, "minutes": plan.minutes, "place": plan.place}
    return told | {"school": "yes" if plan.skips_school_holidays else "no"}


@bp.get("/workstreams/<uuid:key>/cycles/dates")
def dates(key: UUID) -> str | tuple[str, int]:
    """Show the dates before they are accepted."""
    stream = _to_plan(key)
    form = _form(request.args, meta={"csrf": False})
    found = _placed(form)
    if found is None:
        return _ask(stream, form), 422
    outline, placed = found
    known = holidays(*schedule.span(placed.days[0]))
    phases = preview.names([phase.name for phase in stream.programme.phases], [week.phase for week in outline.weeks])
    return render_template(
        "cycles/dates.html",
        stream=stream,
        form=CycleForm(data=form.data),
        typed=form.typed,
        a_week_later=form.typed | {"starts_on": (form.first_day + timedelta(weeks=1)).isoformat()},
        outline=outline,
        how_many=schedule.in_words(len(placed.days)),
        schedule=placed,
        ends_at=schedule.ends_at(form.starts_at.data, form.minutes.data),
        title=preview.title(placed),
        months=preview.months(placed, known),
        rows=preview.rows(placed, phases),
        hints=preview.told(placed, form.starts_at.data, known, never_among(stream)),
    )


@bp.post("/workstreams/<uuid:key>/cycles/new")
def accept(key: UUID) -> Response | tuple[str, int]:
    """Schedule the dates."""
    stream = _to_plan(key)
    form = _form()
    found = _placed(form)
    if found is None:
        return _ask(stream, form), 422
    cycle = services.plan(
        stream,
        form.first_day,
        form.starts_at.data,
        by=me(),
        minutes=form.minutes.data,
        place=form.place.data or "",
        skips_school_holidays=form.skip_school,
        outline=found[0],
    )
    flash(f"The {schedule.in_words(len(cycle.sessions))} dates stand. Nobody is told until you publish a session.")
    return redirect(url_for(".show", key=cycle.id))


def _placed(form: CycleForm) -> tuple[Template, Schedule] | None:
    """Place the sessions of what is started from, or say beside the field why they cannot be."""
    if not form.validate():
        return None
    outline = queries.outline_from(me(), UUID(form.outline.data))
    count = len(outline.weeks)
    placed = queries.place(form.first_day, skip_school=form.skip_school, count=count)
    whole = schedule.is_whole(placed, count)
    if not whole:
        form.starts_on.errors = [whole.reason]
    return (outline, placed) if whole else None


def _ask(stream: Workstream, form: CycleForm) -> str:
    return render_template("cycles/new.html", stream=stream, form=form)


# --- A cycle.


@bp.get("/workstreams/<uuid:key>/cycles")
def index(key: UUID) -> str:
    """List a group's runs of weeks, for everybody who sits there."""
    stream = one_seen_by(me(), key)
    return render_template(
        "cycles/index.html", stream=stream, group_name=stream.neutral_name, cycles=queries.cycles_of(stream)
    )


@bp.get("/cycles/<uuid:key>")
def show(key: UUID) -> str:
    """Show the weeks; to a member with lived experience, on a page of her own."""
    cycle = queries.one_seen_by(me(), key)
    runs_it = is_facilitator(me(), cycle.workstream)
    page = "cycles/evenings.html" if me().is_lived and not runs_it else "cycles/show.html"
    return render_template(
        page,
        cycle=cycle,
        title=weeks.called(len(cycle.sessions)),
        group_name=cycle.workstream.neutral_name,
        weeks=draw_ten_weeks(weeks.ten_weeks(cycle, today())),
        coming=weeks.next_of(cycle, today()),
        runs_it=runs_it,
        may_plan=moves.may_plan(me(), cycle.workstream),
        may_keep=moves.may_keep_plan(me(), cycle),
        open_moves=weeks.open_moves(me(), cycle),
        told=moves.TOLD | moves.OVER,
        over=moves.OVER,
        ended=schedule.ends_at(cycle.starts_at, cycle.minutes),
        ends={stage.value: found for stage, _, found in steps.ends(cycle)},
        first_steps=steps.told_to_members(cycle),
        may_keep_steps=steps.may_keep(me(), cycle),
        may_do={step.id: steps.may_do(me(), step, today()) for step in cycle.steps},
    )


@bp.post("/cycles/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Move a cycle on."""
    cycle, form = queries.one_seen_by(me(), key), MoveForm()
    name = form.name.data or ""
    require(moves.CYCLE.may(me(), name, cycle) & weeks.by_button(name))
    services.move(cycle, name, by=me())
    flash(f"The cycle is {cycle.state}.")
    return redirect(url_for(".show", key=key))
