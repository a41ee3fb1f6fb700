"""Pages about votes: the ballot, and what a member reads after the count."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import queries, rules, services
from coprod.voting.forms import HINTS, BallotForm, SayMoreForm

bp = Blueprint("voting", __name__, url_prefix="/votes")


@bp.get("/<uuid:key>")
@by_link
def ballot(key: UUID) -> str:
    """Show the question; the same page for everybody on the roll, and never what was chosen (B8)."""
    return _ballot(key, BallotForm())


@bp.post("/<uuid:key>")
@by_link
@leaves_no_event
def cast(key: UUID) -> Response | tuple[str, int]:
    """Take an answer."""
    form = BallotForm()
    if not form.validate_on_submit():
        return _ballot(key, form), 422
    services.cast(queries.one_answerable_by(me(), key), rules.Choice(int(form.choice.data)), by=me())
    return redirect(url_for(".answered", key=key), 303)


def _ballot(key: UUID, form: BallotForm) -> str:
    poll = queries.one_answerable_by(me(), key)
    answer = rules.is_open(poll, now())
    form.choice.data = None
    is_in = queries.is_in(poll, me())
    return render_template("voting/ballot.html", poll=poll, form=form, hints=HINTS, answer=answer, is_in=is_in)


@bp.get("/<uuid:key>/answered")
@by_link
def answered(key: UUID) -> str:
    """Say that the answer is in: one page for all answers (B9)."""
    return render_template("voting/answered.html", poll=queries.one_answerable_by(me(), key))


@bp.get("/<uuid:key>/say-more")
@by_link
def say_more(key: UUID) -> str:
    """Ask whether there is more to say."""
    return render_template("voting/say_more.html", poll=queries.one_answerable_by(me(), key), form=SayMoreForm())


@bp.post("/<uuid:key>/say-more")
@by_link
@leaves_no_event
def add(key: UUID) -> Response | tuple[str, int]:
    """Keep it for the group, or drop it; the answer is the same page."""
    poll, form = queries.one_answerable_by(me(), key), SayMoreForm()
    if not form.validate_on_submit():
        return render_template("voting/say_more.html", poll=poll, form=form), 422
    if form.do.data == "share":
        services.raise_worry(poll, form.words.data, by=me())
    return redirect(url_for(".thanks", key=key), 303)


@bp.get("/<uuid:key>/thanks")
@by_link
def thanks(key: UUID) -> str:
    """Say thank you, whatever was done with the words."""
    return render_template("voting/thanks.html", poll=queries.one_answerable_by(me(), key))


@bp.get("/<uuid:key>/result")
def result(key: UUID) -> str:
    """Show the published form of a counted vote (O10)."""
    return render_template("voting/result.html", poll=queries.one_counted_seen_by(me(), key))
