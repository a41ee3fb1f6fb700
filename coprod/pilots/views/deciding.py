"""The one page on which a pilot is adopted, adapted or stopped."""

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.outcomes import queries as outcome_queries
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import AdoptForm, OverrideForm, StopForm
from coprod.pilots.models import Pilot
from coprod.pilots.views.blueprint import bp
from coprod.pilots.views.pages import chart_over, moved


@bp.get("/<uuid:key>/decision")
def decide(key: UUID) -> str:
    """Show what speaks for and against it, and a button for each answer with the rule beside it."""
    return _decision(queries.one_seen_by(me(), key))


@bp.post("/<uuid:key>/adoption")
def adopt(key: UUID) -> Response | tuple[str, int]:
    """Adopt it, or adopt it all the same with a reason."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_decide(me(), pilot))
    form = AdoptForm() if rules.has_earned_adoption(pilot) else OverrideForm()
    if not form.validate():
        return _decision(pilot, override=form), 422
    services.move(pilot, "adopted", by=me(), override_reason=form.override_reason.data or "")
    return moved(pilot)


@bp.post("/<uuid:key>/stop")
def stop(key: UUID) -> Response | tuple[str, int]:
    """Stop it, and keep what was learned."""
    pilot, form = queries.one_seen_by(me(), key), StopForm()
    require(rules.may_decide(me(), pilot))
    if not form.validate():
        return _decision(pilot, ending=form), 422
    services.move(pilot, "abandoned", by=me(), learning=form.learning.data or "")
    return moved(pilot)


def _decision(pilot: Pilot, override: AdoptForm | None = None, ending: StopForm | None = None) -> str:
    indicators = outcome_queries.indicators_of(pilot.recommendation)
    return render_template(
        "pilots/decide.html",
        pilot=pilot,
        cycles=[(one, rules.outcome_words(one)) for one in pilot.test_cycles],
        heard=rules.parents_say(pilot),
        first=(indicators[0], *_said(indicators[0])) if indicators else None,
        harm=[(one, *_said(one)) for one in rules.balancing(indicators)],
        chart=chart_over(pilot, indicators),
        left=rules.left_words(pilot),
        may_decide=rules.may_decide(me(), pilot),
        enough=rules.enough_cycles(pilot),
        harmless=rules.no_harm_elsewhere(pilot),
        earned=rules.has_earned_adoption(pilot),
        finished=len(rules.finished(pilot)),
        override=override or AdoptForm(formdata=None),
        ending=ending or StopForm(formdata=None),
        form=override or ending,
    )


def _said(indicator: Indicator) -> tuple[str, str, str]:
    return outcomes.latest_words(indicator), rules.variation(indicator), rules.assurance(indicator)
