"""The blueprint all these pages are on, how one who answers finds her vote, and the ballot itself."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.cycles.queries import next_session_for
from coprod.cycles.rules.evening import hours, where
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
    seen = {"answer": rules.is_open(poll, now()), **_where_the_box_is(poll, about["way_back"])}
    return render_template("voting/ballot.html", poll=poll, form=form, hints=hints, **seen, **about)


def _where_the_box_is(poll: Poll, may_be_told: bool) -> dict[str, Any]:
    """Answer when and where the group meets next, for a vote on paper; a link tells it to nobody (A3)."""
    told = poll.on_paper and may_be_told
    meets = next_session_for(me(), today()) if told else None
    if meets is None or meets.cycle.workstream_id != poll.workstream_id:
        return {"meets": None}
    return {"meets": meets, "hours": hours(meets), "place": where(meets)}


def take_answer(poll: Poll, form: Ballot, *, by: Person) -> str:
    """Hand what was answered to the one service that takes answers of this kind; answer which page comes next."""
    if isinstance(form, BeginForm):
        return url_for(".views", key=poll.id)
    if isinstance(form, PickForm):
        services.cast_picks(poll, form.numbers, by=by)
    else:
        services.cast(poll, form.answer, by=by)
    return url_for(".answered", key=poll.id)
