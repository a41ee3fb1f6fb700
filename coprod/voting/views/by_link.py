"""From a link: the ballot itself, naming nobody (A2, A3)."""

from flask import redirect, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import leaves_no_event, public
from coprod.people import doors
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.rules import FROM_ONE_PLACE
from coprod.voting import queries
from coprod.voting.forms import ballot_form
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import Ballot, bp, draw_ballot, take_answer


@bp.get("/q/<secret>", endpoint="by_link")
@public
@leaves_no_event
def open_by_link(secret: str) -> str:
    """Show the question to whoever has this link; opening it, however often, changes nothing."""
    _, poll = _behind(secret)
    return _ballot_by_link(secret, poll, ballot_form(poll))


@bp.post("/q/<secret>")
@public
@leaves_no_event
def cast_by_link(secret: str) -> Response | tuple[str, int]:
    """Take an answer with the link's secret, and open the one task of saying more."""
    if not people.within_limits((FROM_ONE_PLACE, request.remote_addr or "")):
        raise NoResultFound
    person, poll = _behind(secret)
    form = ballot_form(poll)
    if not form.validate_on_submit():
        return _ballot_by_link(secret, poll, form), 422
    then = take_answer(poll, form, by=person)
    doors.enter(person, f"vote {poll.id}")
    return redirect(then, 303)


def _behind(secret: str) -> tuple[Person, Poll]:
    person, key = people.by_link(secret, "vote")
    return person, queries.one_answerable_by(person, key)


def _ballot_by_link(secret: str, poll: Poll, form: Ballot) -> str:
    return draw_ballot(
        poll,
        form,
        is_in=False,
        way_back=False,
        action=url_for(".cast_by_link", secret=secret),
        group_name="Hello",
        stop_texts_url=url_for("messages.stop", secret=secret),
    )
