"""The last look at a recommendation before it is sent to the steering group."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import SubmitForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp


@bp.get("/<uuid:key>/submit")
def check(key: UUID) -> str:
    """Show everything that would be sent, once more."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.is_facilitator(me(), recommendation))
    return _check(recommendation, SubmitForm(needs_reason=recommendation.state in rules.NOT_AGREED_YET))


@bp.post("/<uuid:key>/submit")
def submit(key: UUID) -> Response | tuple[str, int]:
    """Send it to the steering group."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.is_facilitator(me(), recommendation))
    form = SubmitForm(needs_reason=recommendation.state in rules.NOT_AGREED_YET)
    if not form.validate_on_submit():
        return _check(recommendation, form), 422
    services.submit(recommendation, form.why_sent.data or "", by=me())
    flash("Sent to the steering group.")
    return redirect(url_for(".show", key=key), 303)


def _check(recommendation: Recommendation, form: SubmitForm) -> str:
    return render_template(
        "recommendations/check.html", recommendation=recommendation, form=form, missing=rules.missing(recommendation)
    )
