"""The one page on which a pilot is adopted, adapted or stopped."""

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.outcomes import queries as outcome_queries
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import Indicator
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import AdaptForm, AdoptAllTheSameForm, AdoptForm, DecisionForm, StopForm
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
    return _decided(pilot, AdoptForm if rules.has_earned_adoption(pilot) else AdoptAllTheSameForm)


@bp.post("/<uuid:key>/adaptation")
def adapt(key: UUID) -> Response | tuple[str, int]:
    """Send it back to be changed and tried again."""
    return _decided(queries.one_seen_by(me(), key), AdaptForm)


@bp.post("/<uuid:key>/stop")
def stop(key: UUID) -> Response | tuple[str, int]:
    """Stop it, and keep what was learned."""
    return _decided(queries.one_seen_by(me(), key), StopForm)


def _decided(pilot: Pilot, kind: type[DecisionForm]) -> Response | tuple[str, int]:
    require(rules.may_decide(me(), pilot))
    form = kind(today())
    if not form.validate():
        return _decision(pilot, form), 422
    services.move(pilot, form.move, by=me(), **form.words())
    return moved(pilot)


def _decision(pilot: Pilot, form: DecisionForm | None = None) -> str:
    indicators = outcome_queries.indicators_of(pilot.recommendation)
    first = rules.shown_first(indicators)
    earned = rules.has_earned_adoption(pilot)
    kinds = {"adopt": AdoptForm if earned else AdoptAllTheSameForm, "adapt": AdaptForm, "stop": StopForm}
    return render_template(
        "pilots/decide.html",
        pilot=pilot,
        cycles=[(one, rules.outcome_words(one)) for one in pilot.test_cycles],
        heard=rules.parents_say(pilot),
        first=(first, *_said(first)) if first else None,
        harm=[(one, *_said(one)) for one in rules.balancing(indicators)],
        chart=chart_over(pilot, first),
        left=rules.left_words(pilot),
        may_decide=rules.may_decide(me(), pilot),
        enough=rules.enough_cycles(pilot),
        harmless=rules.no_harm_elsewhere(pilot),
        earned=earned,
        finished=len(rules.finished(pilot)),
        asking={name: form if isinstance(form, kind) else kind(today(), formdata=None) for name, kind in kinds.items()},
        form=form,
    )


def _said(indicator: Indicator) -> tuple[str, str, str]:
    return outcomes.latest_words(indicator), rules.variation(indicator), rules.assurance(indicator)
