"""F20: before the close nobody anywhere can tell how many have answered: every page of everybody, with none in and all.

The only differences there may be: the mark that her own answer is in, on a voter's own ballot, and the one word about
turnout for those who run the vote.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine
from flask import g
from sqlalchemy import func, select

from bench.prove import Figure
from bench.prove.f22 import walk_on
from bench.prove.stage import KINDS, planted
from bench.prove.votes import SECRET, an_answer_to, opened, put_in
from coprod.core.clock import now
from coprod.core.db import db
from coprod.people.models import Person
from coprod.voting.models import Envelope, Poll, PollState, RollEntry
from coprod.workstreams.models import Workstream
from tests.access.walk import RANDOM, ROLES, Line, Walk, method_of, read_table
from tests.house.crawl import visit

MARK = re.compile(rb"<p[^>]*>\s*Your answer is in\b[^<]*</p>")
WORDS = re.compile(rb"\b(?:Enough for a result|Not yet enough for a result)\b")
CARRIED = re.compile(rb'<input[^>]*\bname="carried"[^>]*>')
"""What she said so far of several statements, sealed anew on each page."""
RUNS_IT = {"facilitator", "second-facilitator", "other-facilitator"}
VOTES = {"member", "peer", "professional", "other-member", "vote-link"}
SPACE = re.compile(rb"\s+")
Seen = tuple[int, tuple[tuple[str, str], ...], bytes]
Place = tuple[str, str]


class Listener:
    """A browser whose every answer is kept, as it is to the byte but for what is random."""

    def __init__(self, walk: Walk, who: str, kept: dict[Place, Seen]) -> None:
        self.walk, self.who, self.kept = walk, who, kept

    def get(self, address: str) -> Any:
        """Fetch a page or a file, and keep it."""
        answer = self.walk.fetch(address, "GET", self.who)
        headers = sorted(pair for pair in answer.headers if pair[0] not in ("Set-Cookie", "Content-Length"))
        self.kept[self.who, address] = (answer.status_code, tuple(headers), RANDOM.sub(rb'\1"', answer.data))
        return answer


def measure(seed: int) -> Figure:
    """Look everywhere on both databases, before anybody has answered and after all have; then plant a count."""
    counts: dict[str, object] = {"roles": len(ROLES), "kinds of vote": len(SECRET)}
    holds, control = True, True
    for kind in KINDS:
        with walk_on(kind) as walk:
            counted = compare(walk, everywhere)
        with walk_on(kind) as walk, a_count_shown():
            told = compare(walk, by_address)
        counts[kind] = counted | {"seen when planted": told["differences"]}
        holds = holds and is_silent(counted)
        control = control and bool(told["differences"])
    return Figure("F20", holds, control, counts, seed)


def is_silent(counted: dict[str, Any]) -> bool:
    """Answer whether nothing differed, and voters did see their own mark, so that something was looked at."""
    return not counted["differences"] and counted["marks"] > 0 and counted["votes"] > 0


Look = Callable[[Walk, dict[str, UUID]], dict[Place, Seen]]


def compare(walk: Walk, look: Look) -> dict[str, Any]:
    """Look with no vote in, and with every vote in; answer where something differs that may not.

    The clock stands still meanwhile: a code that runs out while everybody looks around is no sign of a vote.
    """
    with time_machine.travel(datetime.now(UTC), tick=False):
        with _inside(walk):
            polls = _one_of_each(walk)
        empty = look(walk, polls)
        with _inside(walk):
            votes = _everybody_answers(walk)
        full = look(walk, polls)
    differing = _differing(full, empty)
    marks = Counter(who for who, address in full if MARK.search(full[who, address][2]) and who in VOTES)
    return {
        "places": len(full),
        "votes": votes,
        "marks": sum(marks.values()),
        "differences": differing[:20],
    }


@contextmanager
def _inside(walk: Walk) -> Iterator[None]:
    with walk.app.app_context():
        g.partnership = walk.app.config["PARTNERSHIPS"][0]
        yield
        db.session.commit()


def _one_of_each(walk: Walk) -> dict[str, UUID]:
    """Open a vote of each kind at the walk's first table, beside those that are there; nobody has answered any."""
    facilitator = db.session.get_one(Person, walk.world.people["facilitator"])
    stream = db.session.get_one(Workstream, walk.world.things["stream"])
    db.session.execute(db.delete(Envelope))
    made = {kind: opened(stream, kind, by=facilitator, closes_at=now() + timedelta(days=3)) for kind in SECRET}
    return {str(kind): poll.id for kind, poll in made.items()}


def _everybody_answers(walk: Walk) -> int:
    """Send an answer of everybody on the roll of every vote that is open; answer how many."""
    online = select(Poll).where(Poll.state == PollState.OPEN, Poll.on_paper.is_(False))
    polls = db.session.scalars(online.order_by(Poll.id)).all()
    for poll in polls:
        roll = select(Person).join(RollEntry, RollEntry.person_id == Person.id).where(RollEntry.poll_id == poll.id)
        for person in db.session.scalars(roll.order_by(Person.id)):
            put_in(poll, an_answer_to(poll), by=person)
    return db.session.scalar(select(func.count()).select_from(Envelope)) or 0


# --- Where is looked.


def everywhere(walk: Walk, polls: dict[str, UUID]) -> dict[Place, Seen]:
    """Look at every address there is, and wherever links lead, as everybody."""
    kept = by_address(walk, polls)
    for who in ROLES:
        visit(Listener(walk, who, kept), *walk.starts(who))  # type: ignore[arg-type]  # it only ever gets
    return kept


def by_address(walk: Walk, polls: dict[str, UUID]) -> dict[Place, Seen]:
    """Look at every address of the table as everybody; at those of a vote, at each kind."""
    return _asked(walk, polls, read_table())


def close_by(walk: Walk, polls: dict[str, UUID]) -> dict[Place, Seen]:
    """Look only at the pages of votes and at first pages, as those who are nearest to them."""
    near = [line for line in read_table() if line.endpoint.startswith(("voting.", "home."))]
    return _asked(walk, polls, near, ("member", "professional", "facilitator", "admin", "vote-link"))


def _asked(walk: Walk, polls: dict[str, UUID], lines: list[Line], roles: Sequence[str] = ROLES) -> dict[Place, Seen]:
    kept: dict[Place, Seen] = {}
    for line in lines:
        rule = walk.rules.get(line.endpoint)
        if rule is None or method_of(rule) != "GET":
            continue
        keys = polls.values() if "open poll" in line.things else [walk.world.things.get("open poll")]
        for key in keys:
            address = walk.address(rule, line, walk.world.things | {"open poll": key})
            for who in roles:
                Listener(walk, who, kept).get(address)
    return kept


# --- What may differ.


def _differing(full: dict[Place, Seen], empty: dict[Place, Seen]) -> list[str]:
    """List where it differs; what was looked at only once is compared with nothing, and said so."""
    same = {place for place in full.keys() & empty.keys() if _plain(place, full[place]) == _plain(place, empty[place])}
    return [" ".join(place) for place in sorted(full.keys() - same)]


def _plain(place: Place, seen: Seen) -> Seen:
    """Take away the two marks that may be there, from those who may see them."""
    who, (status, headers, body) = place[0], seen
    body = CARRIED.sub(b"", body)
    if who in VOTES:
        body = MARK.sub(b"", body)
    if who in RUNS_IT:
        body = WORDS.sub(b"", body)
    return status, headers, SPACE.sub(b" ", body)


# --- The planted fault.


@contextmanager
def a_count_shown() -> Iterator[None]:
    """Say how many have answered where the one word about turnout stands."""

    def number(*_: object, **__: object) -> str:
        return f"{db.session.scalar(select(func.count()).select_from(Envelope))} have answered"

    with planted("coprod.voting.rules", "turnout_word", number):
        yield
