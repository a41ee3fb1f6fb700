"""What the group shares and where it parts, in words."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template

from coprod.core.web import me
from coprod.statements import queries, rules
from coprod.statements.views.blueprint import bp
from coprod.voting.models import Poll
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by


@bp.get("/workstreams/<uuid:key>/common-ground")
def common(key: UUID) -> str:
    """Show what the group shares and where it parts, by the latest counted vote."""
    stream = one_seen_by(me(), key)
    polls = queries.counted_in(stream)
    return _common(stream, polls, polls[0] if polls else None)


@bp.get("/votes/<uuid:key>/common-ground")
def earlier(key: UUID) -> str:
    """Show the same of one vote."""
    poll = queries.one_counted_seen_by(me(), key)
    return _common(poll.workstream, queries.counted_in(poll.workstream), poll)


def _common(stream: Workstream, polls: Sequence[Poll], poll: Poll | None) -> str:
    return render_template(
        "statements/common.html",
        stream=stream,
        group_name=stream.neutral_name,
        poll=poll,
        grounds=rules.grounds(queries.asked_in(poll), apart=rules.looks_at_sides(poll)) if poll else [],
        apart=poll is not None and rules.looks_at_sides(poll),
        others=[other for other in polls if other is not poll],
    )
