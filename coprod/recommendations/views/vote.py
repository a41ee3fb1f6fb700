"""Pages for the vote on a recommendation: opening and counting it, the room, and the worries."""

from datetime import time, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.people.models import Side
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import RoomForm, VoteForm, WorryForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.showing import page_of
from coprod.voting import rules as voting
from coprod.voting import services as voting_services
from coprod.workstreams import rules as workstreams


@bp.get("/<uuid:key>/vote")
def vote(key: UUID) -> str:
    """Show what a vote would be like, and ask when it closes."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "put to the vote", recommendation))
    return _vote(recommendation, VoteForm(closes_on=today() + timedelta(7), closes_at=time(17)))


@bp.post("/<uuid:key>/vote")
def open_vote(key: UUID) -> Response | tuple[str, int]:
    """Open the vote."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "put to the vote", recommendation))
    form = VoteForm()
    if not form.validate_on_submit():
        return _vote(recommendation, form), 422
    if not now() < form.moment() <= now() + voting_services.LONGEST:
        form.closes_on.errors = ["Choose a day and time later than now, and within sixty days."]
        return _vote(recommendation, form), 422
    services.open_vote(recommendation, form.moment(), by=me())
    flash("The vote is open. Nobody sees any answer before it closes.")
    return redirect(url_for(".show", key=key), 303)


def _vote(recommendation: Recommendation, form: VoteForm) -> str:
    lived, professionals = _roll_sizes(recommendation)
    return render_template(
        "recommendations/vote.html",
        recommendation=recommendation,
        form=form,
        lived=lived,
        professionals=professionals,
        shown=voting.shown_form(lived, professionals),
        smallest=voting.SMALLEST_ROLL,
    )


def _roll_sizes(recommendation: Recommendation) -> tuple[int, int]:
    roll = workstreams.voters(recommendation.workstream)
    lived = len(workstreams.on_side(roll, Side.LIVED))
    return lived, len(roll) - lived


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
    services.record_room_answer(recommendation, form.answer.data == "yes", by=me())
    flash(f"Recorded. It is now: {recommendation.state}.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/worries/<uuid:worry_key>")
def worry(key: UUID, worry_key: UUID) -> Response | tuple[str, int]:
    """Say what became of a worry."""
    recommendation, form = queries.one_seen_by(me(), key), WorryForm(formdata=MultiDict(request.form))
    require(rules.is_facilitator(me(), recommendation))
    raised = queries.one_worry_of(recommendation, worry_key)
    if form.name.data == "answered" and not form.answer.data:
        form.answer.errors = ["Write down what the group answered."]
        return page_of(recommendation, worry_form=form, worry_asked=worry_key), 422
    if not form.validate_on_submit():
        return page_of(recommendation, worry_form=form, worry_asked=worry_key), 422
    voting_services.move_worry(raised, form.name.data or "", form.answer.data or "", by=me())
    flash("Noted beside the worry.")
    return redirect(url_for(".show", key=key), 303)
