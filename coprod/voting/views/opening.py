"""Opening a vote: one screen, a look at it as a member sees it, and the show of hands where a vote cannot be."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound

from coprod.core import reading
from coprod.core.answers import require
from coprod.core.web import leaves_no_event, me
from coprod.principles.queries import priorities_of
from coprod.voting import queries, rules, services
from coprod.voting.forms import (
    HINTS_OF_KINDS,
    NewVoteForm,
    as_a_member_sees_it,
    as_asked_before,
    offer_priorities,
    opening_form,
)
from coprod.voting.models import Kind, Poll
from coprod.voting.views.blueprint import Page, bp
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, voters


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
    if not (form.validate_on_submit() and _stands_beside_earlier(stream, form)):
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
    if not (form.validate_on_submit() and _stands_beside_earlier(stream, form)):
        return _new(stream, form), 422
    return render_template(
        "voting/preview.html",
        group_name=stream.neutral_name,
        opens=url_for(".open_new", key=key),
        changes=url_for(".preview", key=key),
        **as_a_member_sees_it(_as_if_opened(form), request.form),
    )


def _run(key: UUID) -> Workstream:
    stream = workstreams.one_seen_by(me(), key)
    require(is_facilitator(me(), stream))
    return stream


def _form(stream: Workstream) -> NewVoteForm:
    wanted = _asked_before(stream) or {"kind": request.args.get("kind")}
    if wanted["kind"] not in HINTS_OF_KINDS or len(voters(stream)) < rules.SMALLEST_ROLL:
        del wanted["kind"]
    form: NewVoteForm = opening_form(NewVoteForm, voters(stream), **wanted)
    offer_priorities(form, priorities_of(stream.programme))
    return form


def _asked_before(stream: Workstream) -> dict[str, Any]:
    """Answer what a second round begins with: the words of the vote that is to be asked again."""
    again = request.args.get("again", type=UUID)
    if again is None:
        return {}
    before = queries.one_run_by(me(), again)
    if before.workstream_id != stream.id:
        raise NoResultFound
    require(rules.may_be_asked_again(before))
    earlier = queries.rolls_before(before, stream, [before.id])
    return as_asked_before(before) | {"voters": [str(key) for key in _same_people(stream, earlier)]}


def _same_people(stream: Workstream, earlier: Sequence[rules.Before]) -> list[UUID]:
    """List who is ticked where the same is asked again: whoever was left out stays out, else all who sit here."""
    there = [seat.person_id for seat in voters(stream)]
    chosen = [before.roll for before in earlier if before.left_out]
    return [person for person in there if all(person in roll for roll in chosen)]


def _stands_beside_earlier(stream: Workstream, form: NewVoteForm) -> bool:
    before = queries.rolls_before(_as_if_opened(form), stream)
    return _no_worry_waits(stream, form) and form.fits_beside(before)


def _no_worry_waits(stream: Workstream, form: NewVoteForm) -> bool:
    """Say beside the question, before anything typed is lost, that a second round has to wait for the worries."""
    settled = rules.worries_are_settled(queries.worries_waiting_on(_as_if_opened(form), stream))
    if not settled:
        form.question.errors = [f"This was asked before, and somebody was worried. {settled.reason}"]
    return bool(settled)


def _asked(form: NewVoteForm) -> dict[str, Any]:
    """Answer what a vote is drafted with beside its question, by the names `draft` knows."""
    kind = Kind(form.kind.data)
    picks = {"options": form.things(), "most": form.picks_each()} if kind == Kind.PICK else {}
    return {"kind": kind, "on_paper": form.is_private and form.is_on_paper, **picks}


def _as_if_opened(form: NewVoteForm) -> Poll:
    options = form.lines() if form.kind.data == Kind.PICK else []
    return form.as_if_opened(form.question.data, options, form.picks_each())


def _new(stream: Workstream, form: NewVoteForm) -> str:
    seen = {"light": reading.light(form.question.data or ""), **form.beside()}
    return render_template("voting/new.html", stream=stream, form=form, **seen)
