"""The ballot, for one who is signed in or has come by a link: the same page for everybody on the roll."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import queries
from coprod.voting.forms import ballot_form
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import Ballot, answerable, bp, draw_ballot, has_a_page, take_answer


@bp.get("/votes/<uuid:key>")
@by_link
def ballot(key: UUID) -> str:
    """Show the question; the same page for everybody on the roll, and never what was chosen (B8)."""
    poll = answerable(key)
    return _ballot(poll, ballot_form(poll))


@bp.post("/votes/<uuid:key>")
@by_link
@leaves_no_event
def cast(key: UUID) -> Response | tuple[str, int]:
    """Take an answer."""
    poll = answerable(key)
    form = ballot_form(poll)
    if not form.validate_on_submit():
        return _ballot(poll, form), 422
    then = take_answer(poll, form, by=me())
    return redirect(then, 303)


def _ballot(poll: Poll, form: Ballot) -> str:
    return draw_ballot(
        poll,
        form,
        is_in=queries.is_in(poll, me()),
        way_back=has_a_page(),
        action=url_for(".cast", key=poll.id),
    )
