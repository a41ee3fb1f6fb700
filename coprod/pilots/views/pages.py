"""Pages about pilots."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.drawings.chart_facts import LineChart
from coprod.drawings.line_chart import draw_line_chart, draw_sparkline
from coprod.drawings.ramp import draw_ramp
from coprod.outcomes import queries as outcome_queries
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import AdoptForm, GrantForm, MoveForm, OverrideForm, ProposeForm, StopForm
from coprod.pilots.models import Pilot, PilotState
from coprod.pilots.views.blueprint import bp
from coprod.recommendations.models import Recommendation

TAG_KINDS = {PilotState.CYCLING: "track", PilotState.ABANDONED: "no"}
"""The look of a state whose own word does not tell it."""


@bp.get("/")
def index() -> str:
    """List the pilots this person may see, and what could become one."""
    return render_template(
        "pilots/index.html",
        pilots=queries.pilots_seen_by(me()),
        ready=queries.ready_for_a_pilot(me()),
        kinds=TAG_KINDS,
    )


@bp.get("/from/<uuid:recommendation_key>")
def new(recommendation_key: UUID) -> str:
    """Ask what the pilot is."""
    recommendation = _proposable(recommendation_key)
    form = ProposeForm(rules.owners_known_to(me(), recommendation), data={"title": recommendation.title})
    return render_template("pilots/new.html", recommendation=recommendation, form=form)


@bp.post("/from/<uuid:recommendation_key>")
def propose(recommendation_key: UUID) -> Response | tuple[str, int]:
    """Propose it."""
    recommendation = _proposable(recommendation_key)
    form = ProposeForm(rules.owners_known_to(me(), recommendation))
    if not form.validate():
        return render_template("pilots/new.html", recommendation=recommendation, form=form), 422
    pilot = services.propose(recommendation, by=me(), **form.words())
    flash("The pilot is proposed. Next: is there money for it?")
    return _to(pilot)


def _proposable(key: UUID) -> Recommendation:
    recommendation = outcome_queries.recommendation_seen_by(me(), key)
    require(rules.may_propose(me(), recommendation, queries.verdict_on(recommendation)))
    return recommendation


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show a pilot: the answer in words, its chart, its test cycles, and what may become of it."""
    return _page(queries.one_seen_by(me(), key))


@bp.post("/<uuid:key>/moves")
def move(key: UUID) -> Response | tuple[str, int]:
    """Make a move that needs no words."""
    pilot, form = queries.one_seen_by(me(), key), MoveForm()
    if not form.validate():
        return _page(pilot, step=form), 422
    services.move(pilot, form.name.data or "", by=me())
    return _moved(pilot)


@bp.post("/<uuid:key>/grant")
def fund(key: UUID) -> Response | tuple[str, int]:
    """Record that there is money, and how much."""
    pilot, form = queries.one_seen_by(me(), key), GrantForm()
    require(rules.is_chair(me(), pilot))
    if not form.validate():
        return _page(pilot, grant=form), 422
    services.move(pilot, "funded", by=me(), granted=form.granted.data or "")
    return _moved(pilot)


@bp.post("/<uuid:key>/adoption")
def adopt(key: UUID) -> Response | tuple[str, int]:
    """Adopt it, or adopt it all the same with a reason."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_decide(me(), pilot))
    form = AdoptForm() if rules.has_earned_adoption(pilot) else OverrideForm()
    if not form.validate():
        return _page(pilot, override=form), 422
    services.move(pilot, "adopted", by=me(), override_reason=form.override_reason.data or "")
    return _moved(pilot)


@bp.post("/<uuid:key>/stop")
def stop(key: UUID) -> Response | tuple[str, int]:
    """Stop it, and keep what was learned."""
    pilot, form = queries.one_seen_by(me(), key), StopForm()
    require(rules.may_decide(me(), pilot))
    if not form.validate():
        return _page(pilot, ending=form), 422
    services.move(pilot, "abandoned", by=me(), learning=form.learning.data or "")
    return _moved(pilot)


def _moved(pilot: Pilot) -> Response:
    flash(f"The pilot is at: {pilot.state}.")
    return _to(pilot)


def _to(pilot: Pilot) -> Response:
    return redirect(url_for(".show", key=pilot.id), 303)


def _page(
    pilot: Pilot,
    grant: GrantForm | None = None,
    override: AdoptForm | None = None,
    ending: StopForm | None = None,
    step: MoveForm | None = None,
) -> str:
    indicators = outcome_queries.indicators_of(pilot.recommendation)
    return render_template(
        "pilots/show.html",
        pilot=pilot,
        stage=rules.stage_words(pilot),
        headline=rules.headline(indicators),
        chart=_chart(pilot, indicators),
        cards=[(one, draw_sparkline(outcomes.chart_of(one)), outcomes.verdict_words(one)) for one in indicators],
        ramp_drawn=draw_ramp(rules.ramp_of(pilot)) if pilot.test_cycles else None,
        test_cycles={one.number: (one, rules.outcome_words(one)) for one in pilot.test_cycles},
        running=[(name, *_button(pilot, name)) for name in rules.RUNNING_IT if _is_next(pilot, name)],
        kinds=TAG_KINDS,
        may_fund=rules.LIFECYCLE.may(me(), "not funded", pilot),
        may_decide=rules.may_decide(me(), pilot),
        enough=rules.enough_cycles(pilot),
        earned=rules.has_earned_adoption(pilot),
        finished=len(rules.finished(pilot)),
        may_plan=rules.may_plan(me(), pilot),
        is_open=rules.is_open(pilot),
        grant=grant or GrantForm(formdata=None),
        override=override or AdoptForm(formdata=None),
        ending=ending or StopForm(formdata=None),
        form=grant or override or ending or step,
    )


def _is_next(pilot: Pilot, name: str) -> bool:
    move_asked = rules.LIFECYCLE.moves[name]
    return bool(rules.is_owner(me(), pilot)) and pilot.state in move_asked.sources


def _button(pilot: Pilot, name: str) -> tuple[str, str]:
    return rules.LIFECYCLE.moves[name].label, rules.LIFECYCLE.may(me(), name, pilot).reason


def _chart(pilot: Pilot, indicators: Sequence[Indicator]) -> LineChart | None:
    if not indicators or not indicators[0].readings:
        return None
    months = [reading.month for reading in indicators[0].readings]
    return draw_line_chart(outcomes.chart_of(indicators[0], rules.spans(pilot, months)))
