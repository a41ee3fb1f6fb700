"""Pages for the vote on a recommendation: opening it on one screen, a look at it, counting it, and the room."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.reading import light
from coprod.core.web import leaves_no_event, me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import VoteForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.showing import page_of
from coprod.voting.forms import RoomForm, as_a_member_sees_it, opening_form
from coprod.voting.models import Kind
from coprod.workstreams import rules as workstreams


@bp.get("/<uuid:key>/vote")
def vote(key: UUID) -> str:
    """Show what a vote would be like; everything has a good default."""
    recommendation = _to_be_voted_on(key)
    return _vote(recommendation, _form(recommendation))


@bp.post("/<uuid:key>/vote")
def open_vote(key: UUID) -> Response | tuple[str, int]:
    """Open the vote, or let the group talk it round."""
    recommendation = _to_be_voted_on(key)
    form = _form(recommendation)
    if not (form.validate_on_submit() and form.fits_beside(queries.rolls_before(recommendation))):
        return _vote(recommendation, form), 422
    if not form.is_private:
        poll = services.talk_it_round(recommendation, by=me())
        return redirect(url_for("voting.show", key=poll.id), 303)
    how: dict[str, Any] = {"kind": Kind(form.kind.data), "on_paper": form.is_on_paper}
    services.open_vote(recommendation, form.moment(), by=me(), **how, **form.terms())
    flash("The vote is open. Nobody sees any answer before it closes.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/vote/preview")
@leaves_no_event
def preview(key: UUID) -> str | tuple[str, int]:
    """Show the ballot as a member would see it; nothing is stored, and what was typed comes along."""
    recommendation = _to_be_voted_on(key)
    form = _form(recommendation)
    if request.form.get("do") == "change":
        return _vote(recommendation, form)
    if not (form.validate_on_submit() and form.fits_beside(queries.rolls_before(recommendation))):
        return _vote(recommendation, form), 422
    return render_template(
        "voting/preview.html",
        group_name=recommendation.workstream.neutral_name,
        opens=url_for(".open_vote", key=key),
        changes=url_for(".preview", key=key),
        **as_a_member_sees_it(form.as_if_opened(recommendation.said), request.form),
    )


def _to_be_voted_on(key: UUID) -> Recommendation:
    recommendation = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "put to the vote", recommendation))
    return recommendation


def _form(recommendation: Recommendation) -> VoteForm:
    form: VoteForm = opening_form(VoteForm, workstreams.voters(recommendation.workstream))
    return form


def _vote(recommendation: Recommendation, form: VoteForm) -> str:
    seen = {"light": light(recommendation.said), **form.beside()}
    return render_template("recommendations/vote.html", recommendation=recommendation, form=form, **seen)


@bp.post("/<uuid:key>/count")
def count(key: UUID) -> Response:
    """Close the vote and count it, once."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.is_facilitator(me(), recommendation))
    services.count_vote(recommendation, by=me())
    flash("The vote is counted. The envelopes and their key are gone for good.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/give-up-vote")
def give_up_vote(key: UUID) -> Response:
    """Give the running vote up."""
    services.give_up_vote(queries.one_seen_by(me(), key), by=me())
    flash("The vote is given up. Nobody will ever know what was answered.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/room")
def room(key: UUID) -> Response | tuple[str, int]:
    """Record what the room said."""
    recommendation, form = queries.one_seen_by(me(), key), RoomForm()
    require(rules.is_facilitator(me(), recommendation))
    if not form.validate_on_submit():
        return page_of(recommendation, room_form=form), 422
    services.record_room_answer(recommendation, form.said, by=me())
    flash("Recorded. You are asked again next time." if form.said is None else f"It is now: {recommendation.state}.")
    return redirect(url_for(".show", key=key), 303)
