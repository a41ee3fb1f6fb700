"""The votes of a group, and what is read of one once it is counted: the one published form (O10)."""

from uuid import UUID

from flask import render_template

from coprod.core.web import me
from coprod.voting import queries
from coprod.voting.models import PollState
from coprod.voting.views.blueprint import bp
from coprod.workstreams import queries as workstreams
from coprod.workstreams.rules import is_facilitator

OVER = (PollState.COUNTED, PollState.ASKED)


@bp.get("/workstreams/<uuid:key>/votes")
def index(key: UUID) -> str:
    """List a group's votes: what runs, what waits, what was counted."""
    stream = workstreams.one_seen_by(me(), key)
    runs_it = bool(is_facilitator(me(), stream))
    polls = queries.votes_of(stream, with_drafts=runs_it)
    running = [poll for poll in polls if poll.state == PollState.OPEN]
    return render_template(
        "voting/index.html",
        stream=stream,
        runs_it=runs_it,
        running=running,
        waiting=[poll for poll in polls if poll.state in (PollState.DRAFT, PollState.CLOSED)],
        counted=[poll for poll in polls if poll.state in OVER],
        mine=queries.asked_among(me(), running),
    )


@bp.get("/votes/<uuid:key>/result")
def result(key: UUID) -> str:
    """Show the published form of a counted vote (O10)."""
    return render_template("voting/result.html", poll=queries.one_with_result_seen_by(me(), key))
