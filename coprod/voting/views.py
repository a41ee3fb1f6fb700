"""Pages about votes: the ballot, by sign-in or by a link, and what a member reads after the count."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import by_link, leaves_no_event, me, public
from coprod.people import doors
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.rules import FROM_ONE_PLACE
from coprod.voting import queries, rules, services
from coprod.voting.forms import HINTS, BallotForm, SayMoreForm
from coprod.voting.models import Poll

bp = Blueprint("voting", __name__)


# --- From a link: the ballot itself, naming nobody (A2, A3).


@bp.get("/q/<secret>", endpoint="by_link")
@public
@leaves_no_event
def open_by_link(secret: str) -> str:
    """Show the question to whoever has this link; opening it, however often, changes nothing."""
    _, poll = _behind(secret)
    return _ballot_by_link(secret, poll, BallotForm())


@bp.post("/q/<secret>")
@public
@leaves_no_event
def cast_by_link(secret: str) -> Response | tuple[str, int]:
    """Take an answer with the link's secret, and open the one task of saying more."""
    if not people.within_limits((FROM_ONE_PLACE, request.remote_addr or "")):
        raise NoResultFound
    (person, poll), form = _behind(secret), BallotForm()
    if not form.validate_on_submit():
        return _ballot_by_link(secret, poll, form), 422
    services.cast(poll, rules.Choice(int(form.choice.data)), by=person)
    doors.enter(person, f"vote {poll.id}")
    return redirect(url_for(".answered", key=poll.id), 303)


def _behind(secret: str) -> tuple[Person, Poll]:
    person, key = people.by_link(secret, "vote")
    return person, queries.one_answerable_by(person, key)


def _ballot_by_link(secret: str, poll: Poll, form: BallotForm) -> str:
    form.choice.data = None
    return render_template(
        "voting/ballot.html",
        poll=poll,
        form=form,
        hints=HINTS,
        answer=rules.is_open(poll, now()),
        is_in=False,
        way_back=False,
        action=url_for(".cast_by_link", secret=secret),
        group_name="Hello",
        stop_texts_url=url_for("messages.stop", secret=secret),
    )


# --- Signed in, or come by a link.


def _answerable(key: UUID) -> Poll:
    """Find this vote; a session that was opened for one thing finds no other (A3)."""
    doors.stay_with(f"vote {key}")
    return queries.one_answerable_by(me(), key)


def _has_a_page() -> bool:
    """Answer whether this visitor may go on to a page of her own: who came for one thing may not."""
    return not doors.is_for_one_task()


@bp.get("/votes/<uuid:key>")
@by_link
def ballot(key: UUID) -> str:
    """Show the question; the same page for everybody on the roll, and never what was chosen (B8)."""
    return _ballot(key, BallotForm())


@bp.post("/votes/<uuid:key>")
@by_link
@leaves_no_event
def cast(key: UUID) -> Response | tuple[str, int]:
    """Take an answer."""
    form = BallotForm()
    if not form.validate_on_submit():
        return _ballot(key, form), 422
    services.cast(_answerable(key), rules.Choice(int(form.choice.data)), by=me())
    return redirect(url_for(".answered", key=key), 303)


def _ballot(key: UUID, form: BallotForm) -> str:
    poll = _answerable(key)
    answer = rules.is_open(poll, now())
    form.choice.data = None
    return render_template(
        "voting/ballot.html",
        poll=poll,
        form=form,
        hints=HINTS,
        answer=answer,
        is_in=queries.is_in(poll, me()),
        way_back=_has_a_page(),
        action=url_for(".cast", key=key),
    )


@bp.get("/votes/<uuid:key>/answered")
@by_link
def answered(key: UUID) -> str:
    """Say that the answer is in: one page for all answers (B9)."""
    return render_template("voting/answered.html", poll=_answerable(key))


@bp.get("/votes/<uuid:key>/say-more")
@by_link
def say_more(key: UUID) -> str:
    """Ask whether there is more to say."""
    return render_template("voting/say_more.html", poll=_answerable(key), form=SayMoreForm())


@bp.post("/votes/<uuid:key>/say-more")
@by_link
@leaves_no_event
def add(key: UUID) -> Response | tuple[str, int]:
    """Keep it for the group, or drop it; the answer is the same page."""
    poll, form = _answerable(key), SayMoreForm()
    if not form.validate_on_submit():
        return render_template("voting/say_more.html", poll=poll, form=form), 422
    if form.do.data == "share":
        services.raise_worry(poll, form.words.data, by=me())
    return redirect(url_for(".thanks", key=key), 303)


@bp.get("/votes/<uuid:key>/thanks")
@by_link
def thanks(key: UUID) -> str:
    """Say thank you, whatever was done with the words."""
    return render_template("voting/thanks.html", poll=_answerable(key), way_back=_has_a_page())


@bp.get("/votes/<uuid:key>/result")
def result(key: UUID) -> str:
    """Show the published form of a counted vote (O10)."""
    return render_template("voting/result.html", poll=queries.one_counted_seen_by(me(), key))
