"""The last look at a recommendation before it is sent to the steering group, and what was sent."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import SubmitForm
from coprod.recommendations.models import Recommendation, Round
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.evidence import glance
from coprod.recommendations.views.parts import names


@bp.get("/<uuid:key>/submit")
def check(key: UUID) -> str:
    """Show everything that would be sent, once more."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_check(me(), recommendation))
    return _check(recommendation, _form(recommendation))


@bp.post("/<uuid:key>/submit")
def submit(key: UUID) -> Response | tuple[str, int]:
    """Send it to the steering group."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_check(me(), recommendation))
    form = _form(recommendation)
    if not form.validate_on_submit():
        return _check(recommendation, form), 422
    services.submit(recommendation, form.why_sent.data or "", by=me())
    flash("Sent to the steering group. Everybody at your table can read exactly this.")
    return redirect(url_for(".sent", key=key), 303)


def _form(recommendation: Recommendation) -> SubmitForm:
    return SubmitForm(needs_reason=bool(rules.label_if_sent(recommendation)))


def _check(recommendation: Recommendation, form: SubmitForm) -> str:
    return render_template(
        "recommendations/check.html",
        form=form,
        missing=rules.missing(recommendation, today()),
        label=recommendation.label_of(rules.label_if_sent(recommendation)),
        wants_a_presenter=rules.wants_a_presenter(recommendation),
        **_whole(recommendation, rules.words_now(recommendation), rules.last_round(recommendation)),
    )


@bp.get("/<uuid:key>/sent")
def sent(key: UUID) -> str:
    """Show what was sent, exactly as it was sent; only somebody's own words may be gone from it since."""
    recommendation = queries.one_seen_by(me(), key)
    version = rules.version_sent(recommendation)
    if version is None:
        raise NoResultFound
    shown = _whole(recommendation, rules.words_of(version), rules.round_sent(recommendation))
    shown["questions"] = rules.questions_sent(recommendation, shown["questions"])
    return render_template("recommendations/sent.html", version=version, **shown)


def _whole(recommendation: Recommendation, words: dict[str, str], held: Round | None) -> dict[str, Any]:
    """Answer what goes to the steering group: the words, the evidence, the result, and what stands beside them."""
    return {
        "recommendation": recommendation,
        "words": words,
        "priorities": rules.priorities_in(words, recommendation),
        "held": held,
        "questions": rules.open_questions(recommendation),
        "sits_there": rules.is_member(me(), recommendation),
        "called": names(recommendation),
        **glance(recommendation, words),
    }
