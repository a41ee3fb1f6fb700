"""Pages about pilots."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.drawings.chart_facts import LineChart, Sparkline
from coprod.drawings.line_chart import draw_line_chart, draw_sparkline
from coprod.drawings.ramp import draw_ramp
from coprod.outcomes import queries as outcome_queries
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.outcomes.rules import telling
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import GrantForm, MoveForm, ProposeForm
from coprod.pilots.models import Pilot, PilotState
from coprod.pilots.views.blueprint import bp
from coprod.recommendations.models import Recommendation
from coprod.recommendations.queries import in_words

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
    decision = queries.decision_on(recommendation)
    known = {"title": recommendation.title, "funding_board": decision.funding_board if decision else ""}
    form = ProposeForm(rules.owners_known_to(me(), recommendation), data=known)
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
    return to(pilot)


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
    return moved(pilot)


@bp.post("/<uuid:key>/grant")
def fund(key: UUID) -> Response | tuple[str, int]:
    """Record that there is money, and how much."""
    pilot, form = queries.one_seen_by(me(), key), GrantForm()
    require(rules.is_chair(me(), pilot))
    if not form.validate():
        return _page(pilot, grant=form), 422
    services.move(pilot, "funded", by=me(), granted=form.granted.data or "")
    return moved(pilot)


def moved(pilot: Pilot) -> Response:
    """Say where the pilot is now, and go back to it."""
    flash(f"The pilot is at: {pilot.state}.")
    return to(pilot)


def to(pilot: Pilot) -> Response:
    """Go to a pilot's page."""
    return redirect(url_for(".show", key=pilot.id), 303)


def _page(pilot: Pilot, grant: GrantForm | None = None, step: MoveForm | None = None) -> str:
    indicators = outcome_queries.indicators_of(pilot.recommendation)
    return render_template(
        "pilots/show.html",
        pilot=pilot,
        stage=rules.stage_words(pilot),
        headline=rules.headline(indicators),
        chart=chart_over(pilot, rules.shown_first(indicators)),
        cards=[(one, _small(one), telling.words_of(one)) for one in indicators],
        ramp_drawn=draw_ramp(rules.ramp_of(pilot)) if pilot.test_cycles else None,
        test_cycles={one.number: (one, rules.outcome_words(one)) for one in pilot.test_cycles},
        running=[(name, *_button(pilot, name)) for name in rules.RUNNING_IT if _is_next(pilot, name)],
        kinds=TAG_KINDS,
        may_fund=rules.LIFECYCLE.may(me(), "not funded", pilot),
        no_yes_yet=rules.has_a_yes(pilot).reason,
        may_plan=rules.may_plan(me(), pilot),
        in_peoples_words=in_words(me(), [pilot.recommendation_id])[pilot.recommendation_id],
        is_open=rules.is_open(pilot),
        asks=[(one, rules.asked_words(one), rules.answer_words(one)) for one in pilot.asks],
        left=rules.left_words(pilot),
        scale=rules.scale_words(pilot),
        budget=rules.sum_words(pilot.budget) if pilot.budget else None,
        steps=[(one, rules.step_words(one, today()), rules.may_finish_step(me(), one)) for one in pilot.steps],
        may_add_step=rules.may_add_step(me(), pilot),
        grant=grant or GrantForm(formdata=None, data={"granted": _granted(pilot)}),
        form=grant or step,
    )


def _granted(pilot: Pilot) -> str:
    granted = rules.granted_of(pilot)
    return rules.sum_words(granted) if granted else ""


def _is_next(pilot: Pilot, name: str) -> bool:
    move_asked = rules.LIFECYCLE.moves[name]
    return bool(rules.is_owner(me(), pilot)) and pilot.state in move_asked.sources


def _button(pilot: Pilot, name: str) -> tuple[str, str]:
    return rules.LIFECYCLE.moves[name].label, rules.LIFECYCLE.may(me(), name, pilot).reason


def chart_over(pilot: Pilot, indicator: Indicator | None) -> LineChart | None:
    """Draw a measure with the test cycles over it; what has no reading, or two points only, is no line."""
    if indicator is None or not indicator.readings or not rules.is_a_line(indicator):
        return None
    return draw_line_chart(outcomes.chart_of(indicator, rules.spans(pilot, indicator)))


def _small(indicator: Indicator) -> Sparkline | None:
    return draw_sparkline(outcomes.chart_of(indicator)) if rules.is_a_line(indicator) else None
