"""F23: a wall between partnerships. Every statement's own database is held against the host of its request.

Two partnerships stand behind one server. Requests for both come mixed, eight at a time, over HTTP; each connection
knows which database it really reached, because it asked that when it was made. Then what belongs to one is tried at
the other: sessions, links, cards, codes and form tokens; and hosts nobody has, or that a proxy's headers claim.
"""

import http.client
import random
import re
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from flask import Flask, has_request_context, request
from sqlalchemy import Connection, event, make_url
from werkzeug.serving import WSGIRequestHandler, make_server

from bench.prove import Figure
from bench.prove.stage import KINDS
from coprod.core.db import Partnership, PartnershipSession, Root, at, db
from coprod.people import doors, services
from coprod.people.models import Side
from coprod.people.sealing import real_now
from coprod.people.services import codes
from tests import postgres
from tests.conftest import a_partnership, make_app
from tests.factories import a_person
from tests.voting.ballots import a_table, an_open_vote

REQUESTS, THREADS = 500, 8
HOSTS = {"north.example": "north", "south.example": "south"}
FORGED = ("X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "Forwarded", "X-HTTP-Host-Override")
ANSWER = {"choice": "1"}


@dataclass
class Home:
    """One partnership as its people know it, and what of theirs somebody could carry elsewhere."""

    host: str
    canary: str
    session: str = ""
    link: str = ""
    card: str = ""
    poll: str = ""


@dataclass
class Answer:
    """What came back."""

    status: int
    words: str
    cookies: dict[str, str]
    location: str


@dataclass
class Wall:
    """The server, its two partnerships, and what was noticed on the way."""

    app: Flask
    port: int
    sides: list[Home]
    seen: Counter[str] = field(default_factory=Counter)

    def ask(self, host: str, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        """Send one request to this host, over HTTP."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        body = None
        if form is not None:
            body, given["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        line.request("GET" if form is None else "POST", path, body, given)
        answer = line.getresponse()
        pairs = [value.split(";")[0].partition("=") for value in answer.headers.get_all("Set-Cookie") or []]
        words, location = answer.read().decode(errors="replace"), answer.headers.get("Location", "")
        line.close()
        return Answer(answer.status, words, {name: value for name, _, value in pairs}, location)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def measure(seed: int, requests: int = REQUESTS) -> Figure:
    """Hold the wall on both databases; then let the pool hand out the wrong engine now and then."""
    counts: dict[str, object] = {}
    holds, caught = True, True
    for kind in KINDS:
        with databases(kind) as (folder, addresses), wall(folder, addresses) as standing:
            found = mixed(standing, seed, requests) | carried_over(standing) | forged(standing)
        with databases(kind) as (folder, addresses), wall(folder, addresses) as standing, _wrong_engine(seed):
            control = mixed(standing, seed, requests // 5)
        counts[kind] = found | {"control": control["crossings"]}
        holds = holds and is_whole(found)
        caught = caught and control["crossings"] > 0
    return Figure("F23", holds, caught, counts, seed)


def is_whole(found: dict[str, int]) -> bool:
    """Answer whether nothing crossed, everything was tried, and what is good at home was good at home."""
    nothing = ("crossings", "words of another", "broken", "taken elsewhere", "strangers answered", "forgeries followed")
    return not any(found[name] for name in nothing) and all(found[name] for name in ("statements", "taken at home"))


@contextmanager
def databases(kind: str) -> Iterator[tuple[Path, list[str]]]:
    """Lend a folder, and the addresses of two empty databases."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if kind == "postgresql":
            server = stack.enter_context(postgres.server())
            yield folder, [stack.enter_context(postgres.fresh_database(server)) for _ in HOSTS]
        else:
            yield folder, [f"sqlite:///{folder / name}.db" for name in HOSTS.values()]


@contextmanager
def wall(folder: Path, addresses: list[str]) -> Iterator[Wall]:
    """Serve two partnerships, with people in both, and watch every statement."""
    places = [_place(folder, *each) for each in zip(HOSTS.items(), addresses, strict=True)]
    app = make_app(folder, addresses[0], PARTNERSHIPS=places)
    app.logger.disabled = True
    sides = [_move_in(app, place) for place in places]
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    standing = Wall(app, server.server_port, sides)
    _watch(standing, places)
    try:
        yield standing
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


def _place(folder: Path, named: tuple[str, str], address: str) -> Partnership:
    host, name = named
    (folder / name).mkdir()
    return a_partnership(folder / name, address, name, host)


def _move_in(app: Flask, place: Partnership) -> Home:
    with at(app, place):
        Root.metadata.create_all(db.engines[place.name])
        table = a_table(name=f"canary {place.name}")
        poll = an_open_vote(table)
        robin = a_person(f"Canary {place.name}", Side.LIVED, email=f"robin@{place.name}.example")
        voter = table.lived[0]
        side = Home(
            host=min(place.hosts),
            canary=f"canary {place.name}",
            session=services.cookie_for(services.begin_session(voter)),
            link=services.draw_link(voter, f"vote {poll.id}", real_now() + timedelta(1)),
            card=services.draw_card(robin, by=robin),
            poll=str(poll.id),
        )
        db.session.commit()
        db.engines[place.name].dispose()
    return side


def _watch(standing: Wall, places: list[Partnership]) -> None:
    """Let each new connection ask what it reached, and hold every statement against its request's host."""
    reached = {_database_of(place): place.name for place in places}

    def tag(raw: Any, record: Any) -> None:
        record.info["reached"] = reached[_reached(raw)]

    def compare(connection: Connection, *_: Any) -> None:
        if has_request_context():
            standing.seen["statements"] += 1
            home = HOSTS[request.environ["HTTP_HOST"]]
            standing.seen["crossings"] += connection.info["reached"] != home

    with standing.app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "connect", tag)
            event.listen(engine, "before_cursor_execute", compare)


def _database_of(place: Partnership) -> str:
    return make_url(place.database).database or ""


def _reached(raw: Any) -> str:
    if hasattr(raw, "pgconn"):
        return str(raw.info.dbname)
    return str(raw.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def _wrong_engine(seed: int) -> Iterator[None]:
    """Plant the fault: one time in twenty, whichever engine comes first."""
    dice, right = random.Random(seed), PartnershipSession.get_bind

    def wrong(session: PartnershipSession, *args: Any, **kwargs: Any) -> Any:
        return dice.choice(list(db.engines.values())) if dice.random() < 0.05 else right(session, *args, **kwargs)

    with mock.patch.object(PartnershipSession, "get_bind", wrong):
        yield


# --- Requests for both, mixed.


def mixed(standing: Wall, seed: int, requests: int) -> dict[str, int]:
    """Send requests for the two in turn, eight at a time; no answer may hold a word of the other."""
    dice, lock = random.Random(seed), threading.Lock()
    found = Counter({"requests": requests, "words of another": 0, "broken": 0})
    asked = [(standing.sides[n % 2], dice.randrange(6)) for n in range(requests)]

    def send(side: Home, which: int) -> None:
        answer = _some_request(standing, side, which)
        others = [one.canary for one in standing.sides if one is not side]
        with lock:
            found["broken"] += answer.status >= 500
            found["words of another"] += any(canary in answer.words.casefold() for canary in others)

    with ThreadPoolExecutor(THREADS) as crowd:
        list(crowd.map(lambda each: send(*each), asked))
    return dict(found) | {name: standing.seen[name] for name in ("statements", "crossings")}


def _some_request(standing: Wall, side: Home, which: int) -> Answer:
    mine = {"Cookie": f"{doors.SESSION}={side.session}"}
    paths = ("/", "/my-sessions", f"/votes/{side.poll}", "/sign-in", f"/q/{side.link}")
    if which < len(paths):
        return standing.ask(side.host, paths[which], **mine)
    return standing.ask(side.host, f"/votes/{side.poll}", ANSWER, **mine)


# --- What belongs to one, tried at the other.


def carried_over(standing: Wall) -> dict[str, int]:
    """Try everything at the other partnership first, then at home: refused there, good here."""
    found: Counter[str] = Counter({"taken elsewhere": 0, "taken at home": 0})
    for side, other in (standing.sides, standing.sides[::-1]):
        key, code = _a_code(standing, side)
        for where, name in ((other, "taken elsewhere"), (side, "taken at home")):
            found[name] += sum(_taken(standing, where, side, key, code))
    tried = 2 * 6
    return dict(found) | {"taken at home": int(found["taken at home"] == tried)}


def _taken(standing: Wall, where: Home, side: Home, key: dict[str, str], code: str) -> list[bool]:
    session = {"Cookie": f"{doors.SESSION}={side.session}"}
    step = {"Cookie": "; ".join(f"{name}={value}" for name, value in key.items())}
    signed_in = [
        standing.ask(where.host, "/sign-in/code", {"code": code}, **step),
        standing.ask(where.host, "/card", {"words": side.card}),
    ]
    return [
        standing.ask(where.host, "/my-sessions", **session).status == 200,
        standing.ask(where.host, f"/q/{side.link}").status == 200,
        doors.SESSION in standing.ask(where.host, f"/q/{side.link}", ANSWER).cookies,
        *(doors.SESSION in answer.cookies for answer in signed_in),
        _form_token_is_taken(standing, where, side),
    ]


def _a_code(standing: Wall, side: Home) -> tuple[dict[str, str], str]:
    asked = standing.ask(side.host, "/sign-in", {"contact": f"robin@{HOSTS[side.host]}.example"})
    sent: list[str] = []
    (place,) = [one for one in standing.app.config["PARTNERSHIPS"] if side.host in one.hosts]
    with mock.patch.object(codes.mail, "send", lambda *words, **_: sent.append(str(words))), at(standing.app, place):
        services.send_codes()
    return asked.cookies, re.findall(r"\b\d{6}\b", sent[-1])[0]


def _form_token_is_taken(standing: Wall, where: Home, side: Home) -> bool:
    with mock.patch.dict(standing.app.config, {"WTF_CSRF_ENABLED": True}):
        page = standing.ask(side.host, "/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.words)
        assert token is not None
        form = {"contact": "nobody@example.org", "csrf_token": token[1]}
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
        return standing.ask(where.host, "/sign-in", form, Cookie=cookies).status == 303


# --- Hosts that nobody has, or that somebody claims.


def forged(standing: Wall) -> dict[str, int]:
    """Ask unknown hosts for everything, and claim a host by every header a proxy might send."""
    before, answered, followed = standing.seen["statements"], 0, 0
    side, other = standing.sides
    mine = {"Cookie": f"{doors.SESSION}={side.session}"}
    strange = (
        "elsewhere.example",
        "north.example.evil.example",
        "evil.example:north.example",
        "north.example@evil",
        "",
    )
    for host in strange:
        for path in ("/", "/sign-in", "/static/built/staff.css", f"/q/{side.link}", "/set-up"):
            claims = {name: f"host={side.host}" if name == "Forwarded" else side.host for name in FORGED}
            answered += standing.ask(host, path, **mine, **claims).status != 404
        answered += standing.ask(host, "/sign-in", {"contact": "a@example.org"}).status != 404
    answered += standing.seen["statements"] - before
    for name in FORGED:
        claim = {name: f"host={other.host}" if name == "Forwarded" else other.host}
        page = standing.ask(side.host, "/my-sessions", **mine, **claim)
        followed += page.status != 200 or other.canary in page.words.casefold()
    return {"strangers answered": answered, "forgeries followed": followed}
