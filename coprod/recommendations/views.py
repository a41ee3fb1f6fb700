"""Pages about recommendations: from an idea to what is sent to the steering group."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, require
from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.people.models import Side
from coprod.principles import queries as principle_queries
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import EditForm, NewForm, RoomForm, SubmitForm, VoteForm, WorryForm
from coprod.recommendations.models import Recommendation, State
from coprod.voting import queries as voting_queries
from coprod.voting import rules as voting
from coprod.voting import services as voting_services
from coprod.workstreams import queries as workstream_queries
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Kind

bp = Blueprint("recommendations", __name__, url_prefix="/recommendations")


@bp.get("/")
def index() -> str:
    """List them."""
    return render_template("recommendations/index.html", recommendations=queries.seen_by(me()))


@bp.get("/new")
def new() -> str:
    """Ask for an idea."""
    return render_template("recommendations/new.html", form=_new_form())


@bp.post("/new")
def draft() -> Response | tuple[str, int]:
    """Note an idea."""
    form = _new_form()
    if not form.validate_on_submit():
        return render_template("recommendations/new.html", form=form), 422
    workstream = workstream_queries.one_seen_by(me(), UUID(form.workstream.data))
    recommendation = services.draft(workstream, form.title.data, by=me())
    flash("The idea is noted. Now write it up, a part at a time.")
    return redirect(url_for(".show", key=recommendation.id), 303)


def _new_form() -> NewForm:
    form = NewForm(workstream=request.args.get("workstream"))
    seats = workstream_queries.memberships_of(me())
    form.workstream.choices = [
        (str(seat.workstream_id), seat.workstream.name) for seat in seats if seat.workstream.kind != Kind.STEERING
    ]
    return form


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show one, what is missing, and the moves open to the reader."""
    return _show(queries.one_seen_by(me(), key))


def _show(recommendation: Recommendation, **forms: Any) -> str:
    running = recommendation.state == State.VOTING and not rules.waits_for_the_room(recommendation)
    return render_template(
        "recommendations/show.html",
        recommendation=recommendation,
        is_facilitator=bool(rules.is_facilitator(me(), recommendation)),
        may_edit=rules.may_edit(me(), recommendation),
        may_vote=rules.LIFECYCLE.may(me(), "put to the vote", recommendation),
        may_submit=rules.LIFECYCLE.may(me(), "submitted", recommendation),
        can_be_voted="put to the vote" in _moves_from(recommendation),
        can_be_sent="submitted" in _moves_from(recommendation),
        missing=rules.missing(recommendation),
        moves=rules.by_hand(me(), recommendation),
        turnout=voting_queries.turnout_word(recommendation.rounds[-1].poll) if running else "",
        waits_for_the_room=rules.waits_for_the_room(recommendation),
        **({"room_form": RoomForm(formdata=None), "worry_form": WorryForm(formdata=None), "worry_asked": None} | forms),
    )


def _moves_from(recommendation: Recommendation) -> set[str]:
    return {move.name for move in rules.LIFECYCLE.moves.values() if recommendation.state in move.sources}


@bp.get("/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask for its words."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), recommendation))
    return _edit(recommendation, _edit_form(recommendation))


@bp.post("/<uuid:key>/edit")
def save(key: UUID) -> Response | tuple[str, int]:
    """Write a new version, or show both texts when somebody else was faster (R4)."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), recommendation))
    form = _edit_form(recommendation)
    if not form.validate_on_submit():
        return _edit(recommendation, form), 422
    chosen = [
        p
        for p in principle_queries.priorities_of(recommendation.workstream.programme)
        if str(p.id) in form.priorities.data
    ]
    try:
        services.save(recommendation, form.words(), chosen, version=_number(form.version.data), by=me())
    except services.Overtaken:
        return _edit(recommendation, form, overtaken=True), 422
    flash("Saved.")
    return redirect(url_for(".show", key=key), 303)


def _edit_form(recommendation: Recommendation) -> EditForm:
    chosen = [str(priority.id) for priority in recommendation.priorities]
    form = EditForm(
        data={name: getattr(recommendation, name) for name in services.WORDS}
        | {"priorities": chosen, "version": str(recommendation.version)}
    )
    found = principle_queries.priorities_of(recommendation.workstream.programme)
    form.priorities.choices = [(str(p.id), f"{p.number}. {p.wording}") for p in found]
    return form


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() else 0


def _edit(recommendation: Recommendation, form: EditForm, *, overtaken: bool = False) -> str:
    fixed = rules.wording_is_fixed(recommendation)
    if overtaken:
        form.version.raw_data = [str(recommendation.version)]
        form.version.data = str(recommendation.version)
    return render_template(
        "recommendations/edit.html", recommendation=recommendation, form=form, overtaken=overtaken, fixed=fixed
    )


@bp.post("/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Make one of the moves that need nothing but a button."""
    recommendation = queries.one_seen_by(me(), key)
    name = request.form.get("name", "")
    if name not in rules.BY_HAND:
        raise Refused("There is no such button here.")
    (services.contest(recommendation, by=me()) if name == "contested" else services.move(recommendation, name, by=me()))
    flash(f"It is now: {recommendation.state}.")
    return redirect(url_for(".show", key=key), 303)


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
        return _show(recommendation, room_form=form), 422
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
        return _show(recommendation, worry_form=form, worry_asked=worry_key), 422
    if not form.validate_on_submit():
        return _show(recommendation, worry_form=form, worry_asked=worry_key), 422
    voting_services.move_worry(raised, form.name.data or "", form.answer.data or "", by=me())
    flash("Noted beside the worry.")
    return redirect(url_for(".show", key=key), 303)


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
