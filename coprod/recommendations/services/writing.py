"""Writing a recommendation: the first idea, and every version after it."""

from collections.abc import Mapping, Sequence
from typing import Any

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, Stage, Version
from coprod.workstreams import queries as workstream_queries
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream


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
    _keep_version(recommendation, by)
    record(by, "noted", recommendation)
    return recommendation


def save(
    recommendation: Recommendation,
    words: dict[str, Any],
    priorities: Sequence[Priority],
    *,
    version: int,
    by: Person,
) -> bool:
    """Write a new version; `version` is the one the writer started from (R4).

    What others changed meanwhile is put together with hers, and the answer is whether there was any. Where both
    changed the same part, nothing is written: she sees both texts, and saves again.
    """
    lock(recommendation)
    require(rules.may_edit(by, recommendation))
    now, base = rules.words_now(recommendation), _words_of(recommendation, version)
    mine = {name: str(words.get(name, base.get(name)) or "") for name in rules.WORDS}
    mine["priorities"] = ", ".join(map(str, sorted(priority.number for priority in priorities)))
    if rules.wording_is_fixed(recommendation):
        mine |= {name: base.get(name, "") for name in rules.VOTED_WORDS}
    mine["priorities"] = rules.numbers_joined(base.get("priorities", ""), mine["priorities"], now["priorities"])
    joined = rules.joined(base | {"priorities": now["priorities"]}, mine, now)
    if not joined:
        raise Overtaken(joined)
    known = {priority.number: priority for priority in (*recommendation.priorities, *priorities)}
    _write(recommendation, joined.words, known, by)
    return version != recommendation.version - 1


def write_part(recommendation: Recommendation, part: rules.Part, words: str, *, by: Person) -> None:
    """Give one part other words; the caller holds the recommendation and has asked whether they may."""
    require(rules.fits(part, words))
    if words != rules.words_now(recommendation)[part.name]:
        setattr(recommendation, part.name, words)
        _next_version(recommendation, by)


def _words_of(recommendation: Recommendation, number: int) -> dict[str, str]:
    version = rules.version_of(recommendation, number)
    return dict(version.words) if version else {}


def _write(recommendation: Recommendation, words: Mapping[str, str], known: Mapping[int, Priority], by: Person) -> None:
    for name in rules.WORDS:
        setattr(recommendation, name, words[name] if name != "stage" else Stage(words[name]) if words[name] else None)
    recommendation.priorities = [known[number] for number in rules.numbers_in(words["priorities"])]
    _next_version(recommendation, by)


def _next_version(recommendation: Recommendation, by: Person) -> None:
    recommendation.version += 1
    _keep_version(recommendation, by)
    record(by, "rewrote", recommendation)


def _keep_version(recommendation: Recommendation, by: Person) -> None:
    recommendation.version = recommendation.version or 1
    words = rules.words_now(recommendation)
    recommendation.versions.append(Version(number=recommendation.version, on=today(), words=words, by=by))
    db.session.flush()
