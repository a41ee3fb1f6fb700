"""Everything that changes a recommendation, from the first idea to its sending and what comes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coprod.core.answers import Refused, no, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Round, State, Version
from coprod.voting import services as voting
from coprod.voting.models import Poll
from coprod.workstreams import queries as workstream_queries
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream

WORDS = (
    "title",
    "said",
    "problem",
    "data",
    "practice_elsewhere",
    "stories",
    "options",
    "outcomes",
    "stage",
    "owner_wanted",
    "cost",
    "presenter",
)
VOTED_WORDS = ("title", "said")


class Overtaken(Exception):  # noqa: N818 - a name that says what happened
    """Somebody else saved while this person was writing; both texts are kept and shown (R4)."""


def draft(workstream: Workstream, title: str, *, by: Person) -> Recommendation:
    """Note an idea for a recommendation; any member may."""
    require(workstreams.is_member(by, workstream))
    steering = workstream_queries.steering_group_of(workstream.programme)
    if steering is None:
        raise Refused("There is no steering group to send it to yet. Ask a programme admin.")
    lock(steering)
    number = next_number(Recommendation.number, Recommendation.steering_id == steering.id)
    recommendation = Recommendation(workstream=workstream, steering=steering, number=number, title=title)
    db.session.add(recommendation)
    _keep_version(recommendation)
    record(by, "noted", recommendation)
    return recommendation


def save(
    recommendation: Recommendation,
    words: dict[str, Any],
    priorities: Sequence[Priority],
    *,
    version: int,
    by: Person,
) -> None:
    """Write a new version; `version` is the one the writer started from, and a stale one is refused (R4)."""
    lock(recommendation)
    require(rules.may_edit(by, recommendation))
    if version != recommendation.version:
        raise Overtaken
    kept = VOTED_WORDS if rules.wording_is_fixed(recommendation) else ()
    for name in WORDS:
        if name not in kept:
            setattr(recommendation, name, words[name])
    recommendation.priorities = list(priorities)
    recommendation.version += 1
    _keep_version(recommendation)
    record(by, "rewrote", recommendation)


def _keep_version(recommendation: Recommendation) -> None:
    words = {name: str(getattr(recommendation, name) or "") for name in WORDS}
    words["priorities"] = ", ".join(str(priority.number) for priority in recommendation.priorities)
    recommendation.version = recommendation.version or 1
    recommendation.versions.append(Version(number=recommendation.version, on=today(), words=words))
    db.session.flush()


def open_vote(recommendation: Recommendation, closes_at: datetime, *, by: Person) -> Poll:
    """Put what the group asks for to a secret vote of its table."""
    lock(recommendation)
    before, after = rules.LIFECYCLE.make(by, "put to the vote", recommendation)
    poll = voting.draft(recommendation.workstream, recommendation.said, by=by)
    voting.open_vote(poll, closes_at, by=by)
    recommendation.rounds.append(Round(poll=poll, number=len(recommendation.rounds) + 1))
    record(by, "put to the vote", recommendation, before=before, after=after)
    return poll


def give_up_vote(recommendation: Recommendation, *, by: Person) -> None:
    """Void the running vote before it is counted; the recommendation is a draft again."""
    voting.void(current_poll(recommendation), by=by)
    move(recommendation, "vote given up", by=by)


def count_vote(recommendation: Recommendation, *, by: Person) -> None:
    """Close and count the running vote, once, and let the recommendation follow its result."""
    lock(recommendation)
    result = voting.close_and_count(current_poll(recommendation), by=by)
    name = rules.AFTER_THE_COUNT.get(result.outcome)
    if name and recommendation.state == State.VOTING:
        move(recommendation, name, by=by)


def record_room_answer(recommendation: Recommendation, agreed: bool, *, by: Person) -> None:
    """Record, as one, what the lived-experience members answered when asked together in the room (domain rule 5)."""
    lock(recommendation)
    voting.record_room_answer(current_poll(recommendation), by=by)
    move(recommendation, "agreed" if agreed else "sent back for more talk", by=by)


def current_poll(recommendation: Recommendation) -> Poll:
    """Answer the vote that is running, or was last."""
    if not recommendation.rounds:
        require(no("It has not been put to a vote yet."))
    return recommendation.rounds[-1].poll


def submit(recommendation: Recommendation, why_sent: str = "", *, by: Person) -> None:
    """Send it to the steering group; without an agreed result it goes labelled, with a reason (domain rule 21)."""
    lock(recommendation)
    label = "" if recommendation.state == State.AGREED else str(recommendation.state)
    recommendation.why_sent = why_sent if label else ""
    move(recommendation, "submitted", by=by)
    recommendation.submitted_as, recommendation.submitted_on = label, today()


def contest(recommendation: Recommendation, *, by: Person) -> None:
    """Say, once, that the group does not accept the decision."""
    move(recommendation, "contested", by=by)
    recommendation.contested_on = today()


def move(recommendation: Recommendation, name: str, *, by: Person) -> None:
    """Make one of the lifecycle's moves, and write it down."""
    before, after = rules.LIFECYCLE.make(by, name, recommendation)
    record(by, name, recommendation, before=before, after=after)
