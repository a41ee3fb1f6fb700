"""Pages for the vote on a recommendation: opening it on one screen, a look at it, counting it, and the room."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.reading import light
from coprod.core.web import leaves_no_event, me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import VoteForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.showing import page_of
from coprod.voting import rules as voting
from coprod.voting.forms import KINDS, PAPER, RoomForm, answers_of, ballot_form, opening_form
from coprod.voting.models import Kind, Poll, Quorum, Rule
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Membership

A_WEEK, USUAL_HOUR = timedelta(days=7), time(17)
HINTS = {str(kind): hint for kind, (_, hint) in KINDS.items()}


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
    if not form.validate_on_submit():
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
    if not form.validate_on_submit():
        return _vote(recommendation, form), 422
    poll = _as_if_opened(recommendation, form)
    typed = [(name, value) for name, values in request.form.lists() if name != "csrf_token" for value in values]
    return render_template(
        "recommendations/preview.html",
        recommendation=recommendation,
        poll=poll,
        form=ballot_form(poll),
        hints=answers_of(poll.kind)[1],
        is_in=False,
        meets=None,
        typed=typed,
    )


def _to_be_voted_on(key: UUID) -> Recommendation:
    recommendation = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "put to the vote", recommendation))
    return recommendation


def _form(recommendation: Recommendation) -> VoteForm:
    seats = sorted(workstreams.voters(recommendation.workstream), key=_by_name)
    few = len(seats) < voting.SMALLEST_ROLL
    form: VoteForm = opening_form(VoteForm, seats, closes_on=today() + A_WEEK, closes_at=USUAL_HOUR)
    if not form.is_submitted():
        form.kind.data = str(Kind.HANDS if few else Kind.TEMPERATURE)
    if few:
        form.kind.choices = [choice for choice in form.kind.choices if choice.value == Kind.HANDS]
    return form


def _by_name(seat: Membership) -> tuple[str, str]:
    return seat.person.alias.casefold(), str(seat.person_id)


def _as_if_opened(recommendation: Recommendation, form: VoteForm) -> Poll:
    """Make the vote that would be opened, for the eye alone: it never meets the database."""
    if not form.is_private:
        return Poll(question=recommendation.said, kind=Kind.HANDS, on_paper=False)
    lived, professionals = form.sizes()
    shown = voting.shown_form(lived, professionals)
    return Poll(
        question=recommendation.said,
        kind=Kind(form.kind.data),
        on_paper=form.is_on_paper,
        most=1,
        rule=Rule(form.rule.data),
        quorum=Quorum(form.quorum.data),
        left_out=len(form.left_out()),
        closes_at=form.moment(),
        lived_on_roll=lived,
        professionals_on_roll=professionals,
        shown_of_lived=shown[0],
        shown_of_professionals=shown[1],
    )


def _vote(recommendation: Recommendation, form: VoteForm) -> str:
    lived, professionals = form.sizes()
    shown = voting.shown_form(lived, professionals)
    behind = (form.voters, form.quorum, form.rule, form.where)
    shown_beside: dict[str, Any] = {
        "lived": lived,
        "professionals": professionals,
        "poll": {"kind": form.kind.data, "shown_of_lived": shown[0], "shown_of_professionals": shown[1]},
        "is_more_open": any(field.errors for field in behind) or form.where.data == PAPER,
    }
    return render_template(
        "recommendations/vote.html",
        recommendation=recommendation,
        form=form,
        hints=HINTS,
        light=light(recommendation.said),
        few=len(form.seats) < voting.SMALLEST_ROLL,
        smallest=voting.SMALLEST_ROLL,
        **shown_beside,
    )


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
