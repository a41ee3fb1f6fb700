"""The ballot, for one who is signed in or has come by a link: the same page for everybody on the roll."""

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import queries, rules, services
from coprod.voting.forms import HINTS, BallotForm
from coprod.voting.views.blueprint import answerable, bp, has_a_page


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
    services.cast(answerable(key), rules.Choice(int(form.choice.data)), by=me())
    return redirect(url_for(".answered", key=key), 303)


def _ballot(key: UUID, form: BallotForm) -> str:
    poll = answerable(key)
    answer = rules.is_open(poll, now())
    form.choice.data = None
    return render_template(
        "voting/ballot.html",
        poll=poll,
        form=form,
        hints=HINTS,
        answer=answer,
        is_in=queries.is_in(poll, me()),
        way_back=has_a_page(),
        action=url_for(".cast", key=key),
    )
