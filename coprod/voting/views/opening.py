"""Opening a vote: one screen, a look at it as a member sees it, and the show of hands where a vote cannot be."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from coprod.core import reading
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import leaves_no_event, me
from coprod.principles.queries import priorities_of
from coprod.voting import rules, services
from coprod.voting.forms import (
    KINDS,
    NewVoteForm,
    OpeningForm,
    answers_of,
    ballot_form,
    offer_priorities,
    opening_form,
)
from coprod.voting.models import Kind, Poll, PollOption, Quorum, Rule
from coprod.voting.views.blueprint import Page, bp
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.rules import is_facilitator, voters

A_WEEK, USUAL_HOUR, USUAL_PICKS = timedelta(days=7), time(17), 3
HINTS = {str(kind): hint for kind, (_, hint) in KINDS.items()}


@bp.get("/workstreams/<uuid:key>/votes/new")
def new(key: UUID) -> str:
    """Ask for a question; everything else has a good default."""
    stream = _run(key)
    return _new(stream, _form(stream))


@bp.post("/workstreams/<uuid:key>/votes/new")
def open_new(key: UUID) -> Page:
    """Open the vote, or write the question of a show of hands down."""
    stream = _run(key)
    form = _form(stream)
    if not form.validate_on_submit():
        return _new(stream, form), 422
    poll = services.draft(stream, form.question.data, by=me(), **_asked(form))
    if form.is_private:
        services.open_vote(poll, form.moment(), by=me(), **form.terms())
        flash("The vote is open. Nobody sees any answer before it closes.")
    return redirect(url_for(".show", key=poll.id), 303)


@bp.post("/workstreams/<uuid:key>/votes/preview")
@leaves_no_event
def preview(key: UUID) -> Page:
    """Show the ballot as a member would see it; nothing is stored, and what was typed comes along."""
    stream = _run(key)
    form = _form(stream)
    if request.form.get("do") == "change":
        return _new(stream, form)
    if not form.validate_on_submit():
        return _new(stream, form), 422
    poll = _as_if_opened(form)
    typed = [(name, value) for name, values in request.form.lists() if name != "csrf_token" for value in values]
    return render_template(
        "voting/preview.html",
        stream=stream,
        poll=poll,
        form=ballot_form(poll),
        hints=answers_of(poll.kind)[1],
        is_in=False,
        meets=None,
        typed=typed,
    )


def _run(key: UUID) -> Workstream:
    stream = workstreams.one_seen_by(me(), key)
    require(is_facilitator(me(), stream))
    return stream


def _form(stream: Workstream) -> NewVoteForm:
    seats = sorted(voters(stream), key=_by_name)
    few = len(seats) < rules.SMALLEST_ROLL
    asked = request.args.get("kind", "")
    kind = Kind.HANDS if few else asked if asked in HINTS else Kind.TEMPERATURE
    defaults = {"closes_on": today() + A_WEEK, "closes_at": USUAL_HOUR, "most": USUAL_PICKS, "kind": str(kind)}
    form: NewVoteForm = opening_form(NewVoteForm, seats, **defaults)
    offer_priorities(form, priorities_of(stream.programme))
    if few:
        form.kind.choices = [choice for choice in form.kind.choices if choice.value == Kind.HANDS]
    return form


def _by_name(seat: Membership) -> tuple[str, str]:
    return seat.person.alias.casefold(), str(seat.person_id)


def _asked(form: NewVoteForm) -> dict[str, Any]:
    """Answer what a vote is drafted with beside its question, by the names `draft` knows."""
    kind = Kind(form.kind.data)
    picks = {"options": form.things(), "most": form.most.data or 1} if kind == Kind.PICK else {}
    return {"kind": kind, "on_paper": form.is_private and form.is_on_paper, **picks}


def _as_if_opened(form: NewVoteForm) -> Poll:
    """Make the vote that would be opened, for the eye alone: it never meets the database."""
    if not form.is_private:
        return Poll(question=form.question.data, kind=Kind.HANDS, options=[])
    lived, professionals = form.sizes()
    shown = rules.shown_form(lived, professionals)
    options = form.lines() if form.kind.data == Kind.PICK else []
    return Poll(
        question=form.question.data,
        kind=Kind(form.kind.data),
        on_paper=form.is_on_paper,
        most=form.most.data or 1,
        rule=Rule(form.rule.data),
        quorum=Quorum(form.quorum.data),
        left_out=len(form.left_out()),
        closes_at=form.moment(),
        lived_on_roll=lived,
        professionals_on_roll=professionals,
        shown_of_lived=shown[0],
        shown_of_professionals=shown[1],
        options=[PollOption(number=number, words=words) for number, words in enumerate(options, 1)],
    )


def _new(stream: Workstream, form: NewVoteForm) -> str:
    return render_template(
        "voting/new.html",
        stream=stream,
        form=form,
        hints=HINTS,
        light=reading.light(form.question.data or ""),
        **about_opening(form),
    )


def about_opening(form: OpeningForm) -> dict[str, Any]:
    """Answer what the part of the page that opens a vote says beside the form."""
    lived, professionals = form.sizes()
    few = len(form.seats) < rules.SMALLEST_ROLL
    shown_of_lived, shown_of_professionals = rules.shown_form(lived, professionals)
    kind = form.kind.data if isinstance(form, NewVoteForm) else Kind.TEMPERATURE
    poll = {
        "kind": kind if kind in HINTS else Kind.TEMPERATURE,
        "shown_of_lived": shown_of_lived,
        "shown_of_professionals": shown_of_professionals,
    }
    return {
        "few": few,
        "smallest": rules.SMALLEST_ROLL,
        "lived": lived,
        "professionals": professionals,
        "poll": poll,
        "is_more_open": form.is_changed,
    }
