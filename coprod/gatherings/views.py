"""Pages on which groups come together."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles.rules import days
from coprod.gatherings import queries, rules, services
from coprod.gatherings.forms import USUAL, DayForm, GatherForm
from coprod.gatherings.models import Gathering, GatheringKind
from coprod.programmes.queries import holidays
from coprod.workstreams import queries as tables
from coprod.workstreams import rules as workstreams

bp = Blueprint("gatherings", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/gatherings/")
def index() -> Page:
    """List what is brought together, for those who look after it."""
    if not me().is_professional:
        return redirect(url_for("workstreams.mine"))
    return render_template(
        "gatherings/index.html",
        gatherings=queries.seen_by(me()),
        proposed=queries.proposed_to(me()),
        may_ask=rules.may_ask(me(), queries.groups_for(me())),
    )


@bp.get("/gatherings/new")
def new() -> str:
    """Ask which groups, and what for."""
    groups = queries.groups_for(me())
    require(rules.may_ask(me(), groups))
    return render_template("gatherings/new.html", form=GatherForm(groups, formdata=None))


@bp.post("/gatherings/new")
def create() -> Page:
    """Ask the groups to come together."""
    groups = queries.groups_for(me())
    require(rules.may_ask(me(), groups))
    form = GatherForm(groups)
    if not form.validate() or not _may_be(form):
        return render_template("gatherings/new.html", form=form), 422
    kind = GatheringKind(form.kind.data)
    gathering = services.bring_together(form.chosen, kind, form.name.data, form.neutral_name.data, by=me())
    flash("Everybody has a place that waits for a check.")
    return _to(gathering)


def _may_be(form: GatherForm) -> bool:
    chosen, kind = form.chosen, GatheringKind(form.kind.data)
    answer = rules.may_bring_together(me(), chosen, kind, queries.to_be_joined())
    return form.fits(answer, taken=tables.is_taken(chosen[0].programme, form.name.data))


@bp.get("/gatherings/<uuid:key>")
def show(key: UUID) -> str:
    """Show where it has got to; to somebody who is asked, in plain words, before she answers."""
    gathering = queries.one_seen_by(me(), key)
    table = gathering.workstream
    if rules.asks(me(), gathering):
        return _ask(gathering)
    planned = queries.day_of(gathering)
    return render_template(
        "gatherings/show.html",
        gathering=gathering,
        table=table,
        names=rules.names(gathering),
        by=rules.first_day(gathering, tables.days_off(today())),
        keeps=workstreams.keeps(me(), table),
        mix=workstreams.mix(table),
        waits=workstreams.gathers(table),
        checks_wait=workstreams.to_confirm(table) or workstreams.to_separate(table),
        runs_it=workstreams.is_facilitator(me(), table),
        session=planned,
        may_plan_day=rules.may_plan_day(me(), gathering, planned=planned is not None),
        may_end=rules.may_end(me(), gathering, over=services.is_over(gathering)),
        moves=rules.LIFECYCLE.open_to(me(), gathering),
        is_one=gathering.kind == GatheringKind.MERGED,
    )


def _ask(gathering: Gathering) -> str:
    table = gathering.workstream
    place = next(place for place in table.memberships if place.person_id == me().id)
    return render_template(
        "gatherings/asked.html",
        group_name=table.neutral_name,
        what=rules.WHAT[gathering.kind],
        names=rules.names(gathering),
        place=place,
        answered=place.said_yes or place.state in workstreams.HERE,
        is_one=gathering.kind == GatheringKind.MERGED,
        waiting=workstreams.WAITING,
        waits=workstreams.gathers(table),
    )


@bp.get("/workstreams/<uuid:key>/gathering")
def at(key: UUID) -> Response:
    """Lead from a table to what brings its groups together."""
    return _to(queries.one_at(me(), key))


@bp.post("/gatherings/<uuid:key>/call-off")
def call_off(key: UUID) -> Response:
    """Let it be."""
    gathering = queries.one_seen_by(me(), key)
    services.call_off(gathering, by=me())
    flash("It is called off. The groups go on as they are.")
    return _to(gathering)


@bp.post("/gatherings/<uuid:key>/end")
def end(key: UUID) -> Response:
    """Close the table of a day that is over."""
    gathering = queries.one_seen_by(me(), key)
    services.end(gathering, by=me())
    flash("It is closed. What was written stays to be read.")
    return _to(gathering)


# --- The one evening, or the day.


@bp.get("/gatherings/<uuid:key>/day")
def day(key: UUID) -> str:
    """Ask when it is."""
    gathering = _to_plan(key)
    starts_at, minutes = USUAL[gathering.kind]
    form = DayForm(is_day=_is_day(gathering), formdata=None, starts_at=starts_at, minutes=minutes)
    return render_template("gatherings/day.html", gathering=gathering, form=form)


@bp.post("/gatherings/<uuid:key>/day")
def plan_day(key: UUID) -> Page:
    """Put it on a date, with an agenda of its own."""
    gathering = _to_plan(key)
    form = DayForm(is_day=_is_day(gathering))
    if not form.validate() or not _stands(form):
        return render_template("gatherings/day.html", gathering=gathering, form=form), 422
    cycle = services.plan_day(
        gathering,
        form.day,
        form.starts_at.data,
        by=me(),
        minutes=form.minutes.data,
        place=form.place.data or "",
    )
    flash("It has a day. Nobody is told until you publish its agenda.")
    return redirect(url_for("cycles.session", key=cycle.sessions[0].id), 303)


def _to_plan(key: UUID) -> Gathering:
    gathering = queries.one_seen_by(me(), key)
    require(rules.may_plan_day(me(), gathering, planned=queries.day_of(gathering) is not None))
    return gathering


def _is_day(gathering: Gathering) -> bool:
    return gathering.kind == GatheringKind.DEVELOPMENT_DAY


def _stands(form: DayForm) -> bool:
    known = holidays(form.day, form.day)
    return form.stands(days.may_stand_on(form.day, form.starts_at.data, known, today()))


def _to(gathering: Gathering) -> Response:
    return redirect(url_for(".show", key=gathering.id), 303)
