"""Writing a recommendation: the first idea, and every version after it."""

from collections.abc import Sequence
from typing import Any

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Version
from coprod.workstreams import queries as workstream_queries
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream

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
    for name in rules.WORDS:
        if name not in kept:
            setattr(recommendation, name, words.get(name, getattr(recommendation, name)))
    recommendation.priorities = list(priorities)
    recommendation.version += 1
    _keep_version(recommendation)
    record(by, "rewrote", recommendation)


def _keep_version(recommendation: Recommendation) -> None:
    recommendation.version = recommendation.version or 1
    words = rules.words_now(recommendation)
    recommendation.versions.append(Version(number=recommendation.version, on=today(), words=words))
    db.session.flush()
