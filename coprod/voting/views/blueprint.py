"""The blueprint all these pages are on, how one who answers finds her vote, and the ballot itself."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import me
from coprod.people import doors
from coprod.people.models import Person
from coprod.voting import queries, rules, services
from coprod.voting.forms import BallotForm, PickForm, answers_of
from coprod.voting.forms.statements import BeginForm
from coprod.voting.models import Poll

bp = Blueprint("voting", __name__)
Page = Response | str | tuple[str, int]
Ballot = BallotForm | PickForm | BeginForm


def answerable(key: UUID) -> Poll:
    """Find this vote; a session that was opened for one thing finds no other (A3)."""
    doors.stay_with(f"vote {key}")
    return queries.one_answerable_by(me(), key)


def has_a_page() -> bool:
    """Answer whether this visitor may go on to a page of her own: who came for one thing may not."""
    return not doors.is_for_one_task()


def draw_ballot(poll: Poll, form: Ballot, **about: Any) -> str:
    """Draw the ballot of this vote, with nothing chosen on it, whatever was sent (B8)."""
    form.show_nothing()
    _, hints = answers_of(poll.kind)
    return render_template(
        "voting/ballot.html", poll=poll, form=form, hints=hints, answer=rules.is_open(poll, now()), **about
    )


def take_answer(poll: Poll, form: Ballot, *, by: Person) -> str:
    """Hand what was answered to the one service that takes answers of this kind; answer which page comes next."""
    if isinstance(form, BeginForm):
        return url_for(".views", key=poll.id)
    if isinstance(form, PickForm):
        services.cast_picks(poll, form.numbers, by=by)
    else:
        services.cast(poll, form.answer, by=by)
    return url_for(".answered", key=poll.id)
