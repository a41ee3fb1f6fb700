"""From a link: the ballot itself, naming nobody (A2, A3)."""

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import leaves_no_event, public
from coprod.people import doors
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.rules import FROM_ONE_PLACE
from coprod.voting import queries, rules, services
from coprod.voting.forms import HINTS, BallotForm
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import bp


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
