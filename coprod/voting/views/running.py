"""Running a vote: one word till it closes; then the room, the worries, and what those who were not for it say."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, no, require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.voting import queries, rules, services
from coprod.voting.following import cause_of
from coprod.voting.forms import HandsForm, MinorityForm, RoomForm, WorryForm
from coprod.voting.models import Outcome, Poll, PollState
from coprod.voting.views.blueprint import Page, bp
from coprod.workstreams.rules import is_facilitator

DID_NOT_END = (PollState.DRAFT, PollState.OPEN, PollState.CLOSED)
ANSWERED = "answered"


def run(key: UUID) -> Poll:
    """Find a vote of a table this person runs; who only sits there is told so."""
    poll = queries.one_run_by(me(), key)
    require(is_facilitator(me(), poll.workstream))
    return poll


@bp.get("/votes/<uuid:key>/running")
def show(key: UUID) -> str:
    """Show how it stands: before the close one word, and nothing else of any answer (B6)."""
    return _show(run(key))


def _show(poll: Poll, **forms: Any) -> str:
    private = poll.state == PollState.OPEN and not poll.on_paper
    stands = poll.result.minority_view if poll.result else ""
    fresh = {
        "hands_form": hands_form(poll),
        "room_form": RoomForm(formdata=None),
        "minority_form": MinorityForm(formdata=None, words=stands, read=stands),
        "worry_form": WorryForm(formdata=None),
        "worry_asked": None,
    }
    return render_template(
        "voting/show.html",
        poll=poll,
        turnout=queries.turnout_word(poll) if private else "",
        waits_for_the_room=rules.waits_for_the_room(poll),
        may_void=poll.state in DID_NOT_END,
        settled=rules.worries_are_settled(poll.worries),
        turn=rules.next_worry(poll.worries),
        may_ask_again=rules.may_be_asked_again(poll),
        cause=cause_of(poll),
        **fresh | forms,
    )


def hands_form(poll: Poll, **bound: Any) -> HandsForm:
    """Make the form of a show of hands, with what one in this group can end in."""
    form = HandsForm(**(bound or {"formdata": None}))
    ends = {str(outcome) for outcome in rules.by_hand(poll)}
    form.outcome.choices = [choice for choice in form.outcome.choices if choice.value in ends]
    return form


@bp.post("/votes/<uuid:key>/count")
def count(key: UUID) -> Response:
    """Close a vote and count it, once; one on paper is closed, for its box to be counted."""
    poll = run(key)
    if poll.on_paper:
        services.close(poll, by=me())
        flash("The vote is closed. Now two of you count the box, each by yourselves.")
        return redirect(url_for(".paper", key=key), 303)
    services.close_and_count(poll, by=me())
    flash("The vote is counted. The envelopes and their key are gone for good.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/votes/<uuid:key>/hands")
def record_hands(key: UUID) -> Page:
    """Write down what a show of hands came to, as the whole group's answer."""
    poll = run(key)
    form = hands_form(poll, formdata=request.form)
    if not form.validate_on_submit():
        return _show(poll, hands_form=form), 422
    services.record_hands(poll, Outcome(form.outcome.data), by=me())
    flash("Written down as the group’s answer.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/votes/<uuid:key>/void")
def voiding(key: UUID) -> str:
    """Say what giving a vote up means, and ask once more."""
    poll = run(key)
    return render_template("voting/voiding.html", poll=poll, may_void=_may_void(poll))


@bp.post("/votes/<uuid:key>/void")
def void(key: UUID) -> Response:
    """Give a vote up before it is counted."""
    poll = run(key)
    require(_may_void(poll))
    services.void(poll, by=me())
    flash("The vote is void. Nobody will ever know what was answered.")
    return redirect(url_for(".index", key=poll.workstream_id), 303)


def _may_void(poll: Poll) -> Answer:
    """What a vote was put for must hear of it, so it is given up there."""
    cause = cause_of(poll)
    return no(f"Give it up on the page of “{cause.name}”.") if cause else rules.LIFECYCLE.may(me(), "voided", poll)


@bp.post("/votes/<uuid:key>/room")
def record_room(key: UUID) -> Page:
    """Write down what those with lived experience said together, in the room."""
    poll, form = run(key), RoomForm()
    if not form.validate_on_submit():
        return _show(poll, room_form=form), 422
    services.record_room_answer(poll, form.said, by=me())
    flash("Written down." if form.said is not None else "Written down. You are asked again next time.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/votes/<uuid:key>/minority-view")
def write_minority_view(key: UUID) -> Page:
    """Keep what those who were not for it want to be read wherever the result is read."""
    poll, form = run(key), MinorityForm()
    if not form.validate_on_submit():
        return _show(poll, minority_form=form), 422
    try:
        services.write_minority_view(poll, form.words.data or "", by=me(), read=form.read.data)
    except Overtaken:
        form.read.data = poll.result.minority_view if poll.result else ""
        form.words.errors = [
            f"Somebody else wrote here meanwhile: “{form.read.data}” Join the two, or send yours again."
        ]
        return _show(poll, minority_form=form), 422
    flash("It stands beside the result now, wherever the result is read." if form.words.data else "It is taken back.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/worries/<uuid:key>")
def worry(key: UUID) -> Page:
    """Say what became of a worry."""
    raised = queries.one_worry_seen_by(me(), key)
    poll = run(raised.poll_id)
    form = WorryForm(formdata=MultiDict(request.form))
    fine = form.validate_on_submit()
    if form.name.data == ANSWERED and not form.answer.data:
        form.answer.errors, fine = ["Write down what the group answered."], False
    if not fine:
        return _show(poll, worry_form=form, worry_asked=key), 422
    try:
        services.move_worry(raised, form.name.data or "", form.answer.data or "", by=me())
    except Overtaken:
        form.answer.errors = ["Somebody else settled this worry while you were writing. Their answer stands below."]
        return _show(poll, worry_form=form, worry_asked=key), 422
    flash("Noted beside the worry.")
    return redirect(url_for(".show", key=poll.id), 303)
