"""Walking the table of access: who gets in where, line by line, and every answer that is not what the table says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, g
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from coprod.core.db import db
from coprod.core.web import cookie_name
from coprod.people import services as accounts
from coprod.people.models import Person
from coprod.people.views.gate import SESSION
from tests.access.forms import FORMS
from tests.access.world import World
from tests.house.crawl import visit

TABLE = Path(__file__).with_name("table.txt")
KNOWS = Path(__file__).with_name("knows.txt")
ROLES = (
    "stranger",
    "turned-away",
    "member",
    "peer",
    "left-member",
    "other-member",
    "professional",
    "facilitator",
    "second-facilitator",
    "other-facilitator",
    "steering-parent",
    "chair",
    "admin",
    "lead",
    "officer",
    "supporter",
    "other-supporter",
    "vote-link",
    "place-link",
    "coming-link",
)
"""Strangers, and those whose account was ended; both groups' people; and who came by a text's link for one thing."""
SETS = {
    "group": "member peer professional facilitators",
    "facilitators": "facilitator second-facilitator",
    "steering": "steering-parent chair",
    "lived": "member peer left-member other-member steering-parent",
    "staff": "professional facilitators other-facilitator chair admin lead officer",
    "supporters": "supporter other-supporter",
    "links": "vote-link place-link coming-link",
    "insiders": "lived staff",
    "no-admin": "lived professional facilitators other-facilitator chair lead officer",
    "everybody": "insiders supporters",
    "anybody": "stranger turned-away everybody links",
}
OUTSIDE = {"stranger", "turned-away"}
# What differs between any two answers: the form's token, its one-time key, and the cookie the token hangs on.
RANDOM = re.compile(rb'(<(?:input|meta)[^>]*\bname="(?:csrf_token|csrf-token|once)"[^>]*\b(?:value|content)=")[^"]*"')


# Where the demonstration lists its invented people; it is not there in production.
EXAMPLES_ONLY = "/sign-in-as"
CANARY = re.compile(rb"quill\d{3}feather", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """One line of the table: with this thing, who is let in at this endpoint, and who is told why not."""

    endpoint: str
    things: tuple[str, ...]
    let_in: frozenset[str]
    refused: frozenset[str]

    def __str__(self) -> str:
        return f"{self.endpoint} [{' + '.join(self.things)}]"

    def expected(self, who: str, *, public: bool) -> str:
        """Say what the table expects of this visitor: let in, refused, sent to sign in, or nothing there."""
        if who in self.let_in:
            return "let in"
        if who in self.refused:
            return "refused"
        return "signs in first" if who in OUTSIDE and not public else "nothing there"


@dataclass(frozen=True)
class Answer:
    """What came back, without what is random in it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def kind(self, *, asks_to_sign_in: bool) -> str:
        """Say in the table's words what it is."""
        if asks_to_sign_in and self.status == 303 and ("Location", "/sign-in") in self.headers:
            return "signs in first"
        named = {403: "refused", 404: "nothing there", 409: "let in", 422: "let in"}
        return named.get(self.status, "let in" if self.status < 400 else str(self.status))


def roles_in(words: str) -> frozenset[str]:
    """Read who is meant by these words: roles, and sets of roles."""
    found: set[str] = set()
    for word in words.split():
        found |= roles_in(SETS[word]) if word in SETS else {word}
    if found - set(ROLES):
        raise ValueError(f"Nobody is called {found - set(ROLES)}.")
    return frozenset(found)


def read_table() -> list[Line]:
    """Read the table written by hand."""
    return [_line(*cells) for cells in _rows(TABLE, 4)]


def read_knows() -> dict[str, frozenset[str]]:
    """Read who may come to know what."""
    return {what: roles_in(who) for what, who in _rows(KNOWS, 2)}


def _rows(path: Path, columns: int) -> list[list[str]]:
    rows = [row for row in path.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    return [[cell.strip() for cell in f"{row}{' | ' * columns}".split("|")[:columns]] for row in rows]


def _line(endpoint: str, things: str, let_in: str, refused: str) -> Line:
    named = tuple(name.strip() for name in things.split("+") if name.strip())
    return Line(endpoint, named, roles_in(let_in), roles_in(refused))


def endpoints(app: Flask) -> dict[str, Rule]:
    """Answer every address there is, by endpoint; each has one method."""
    return {rule.endpoint: rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}


def method_of(rule: Rule) -> str:
    """Answer the one method of this address."""
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return method


class _Reader:
    """A browser for the crawl, whose every page is listened to."""

    def __init__(self, walk: "Walk", who: str) -> None:
        self.walk, self.who = walk, who

    def get(self, address: str) -> Any:
        """Fetch a page."""
        return self.walk.fetch(address, "GET", self.who)


class Walk:
    """A walk through one world, with a session for each role."""

    def __init__(self, world: World, elsewhere: dict[str, Any]) -> None:
        self.world, self.app, self.elsewhere = world, world.app, elsewhere
        self.rules = endpoints(world.app)
        self.adapter = world.app.url_map.bind("localhost")
        self.client = world.app.test_client(use_cookies=False)
        self.asked = 0
        self.told: dict[tuple[str, str], str] = {}
        """Who was shown which word, and where first."""
        self.logged: list[str] = []
        self.places = count(2**24 * 10)
        """Each request comes from a place of its own, so that none is slowed for what another tried (A8)."""
        with world.app.app_context():
            g.partnership = world.app.config["PARTNERSHIPS"][0]
            self.cookies = {who: self._cookie(who) for who in ROLES}

    def _cookie(self, who: str) -> dict[str, str]:
        key = self.world.people[who]
        if key is None:
            return {}
        person = db.session.get_one(Person, key)
        token = accounts.begin_session(person, "test", self.world.tasks.get(who))
        db.session.commit()
        return {"Cookie": f"{cookie_name(SESSION)}={accounts.cookie_for(token)}"}

    def faults(self, lines: Iterable[Line], *, whole: bool = False) -> list[str]:
        """List every answer that is not the table's, and every unseen thing that differs from one that is not there.

        On the whole walk everybody asks for what is not there at each address, and by another partnership's keys;
        else only those do who get in where something is.
        """
        return [fault for line in lines for fault in self._faults(line, whole)]

    def _faults(self, line: Line, whole: bool) -> Iterator[str]:
        public = getattr(self.app.view_functions[line.endpoint], "is_public", False)
        for who in ROLES:
            expected = line.expected(who, public=public)
            answer = self.ask(line, who, self.world.things)
            found = answer.kind(asks_to_sign_in=who in OUTSIDE and not public)
            if found != expected:
                yield f"{line} {who}: {found}, not {expected}"
            elif expected == "nothing there" and answer != self.nothing_for(who):
                yield f"{line} {who}: differs from what is not there"
            elif line.things and expected != "signs in first" and (whole or expected != "nothing there"):
                yield from self._finds_nothing(line, who, {answer} if expected == "refused" else set())

    def _finds_nothing(self, line: Line, who: str, also: set[Answer]) -> Iterator[str]:
        """Whoever gets in where something is finds nothing where nothing is, nor by another partnership's keys (T1)."""
        for what, things in (("what is not there", {}), ("another partnership’s", self.elsewhere)):
            if self.ask(line, who, things) not in {self.nothing_for(who)} | also:
                yield f"{line} {who}: finds {what}"

    @cached_property
    def faults_of_the_table(self) -> list[str]:
        """Walk the table's every line, once."""
        return self.faults(line for line in read_table() if line.endpoint in self.rules)

    def follow_every_link(self) -> None:
        """Go wherever everybody can go by links alone."""
        for who in ROLES:
            visit(_Reader(self, who), *self.starts(who))

    def starts(self, who: str) -> list[str]:
        """Answer where this visitor starts from: the first page, or what a link was for."""
        kind, _, key = self.world.tasks.get(who, "").partition(" ")
        starts = {"vote": f"/votes/{key}", "place": f"/places/{key}/name", "coming": f"/evenings/{key}/coming"}
        return [starts[kind]] if kind else []

    def leaks(self) -> list[str]:
        """List what somebody was told who may not know it, and where."""
        knows = read_knows()
        told = sorted(self.told.items())
        return [f"{who} reads of the {what}: {where}" for (who, what), where in told if who not in knows[what]]

    @cache  # noqa: B019 - a walk lives as long as its test
    def nothing_for(self, who: str) -> Answer:
        """Answer what this visitor is told of something that is not there."""
        return self._send("/no-such-page", "GET", who)

    def ask(self, line: Line, who: str, things: dict[str, Any]) -> Answer:
        """Send one request as this visitor."""
        rule = self.rules[line.endpoint]
        form = {name: self._filled(value, things) for name, value in FORMS.get(line.endpoint, {}).items()}
        return self._send(self.address(rule, line, things), method_of(rule), who, form)

    def _send(self, address: str, method: str, who: str, form: dict[str, str] | None = None) -> Answer:
        answer = self.fetch(address, method, who, form)
        headers = [pair for pair in answer.headers if pair[0] not in ("Set-Cookie", "Content-Length")]
        return Answer(answer.status_code, tuple(sorted(headers)), RANDOM.sub(rb'\1"', answer.data))

    def fetch(self, address: str, method: str, who: str, form: dict[str, str] | None = None) -> Any:
        """Send one request, and listen to what it says."""
        self.asked += 1
        sent: dict[str, Any] = {"data": MultiDict(form)} if method == "POST" else {}
        sent["environ_overrides"] = {"REMOTE_ADDR": str(IPv4Address(next(self.places)))}
        answer = self.client.open(address, method=method, headers=self.cookies[who], **sent)
        self._listen(who, f"{method} {address}", answer)
        return answer

    def _listen(self, who: str, where: str, answer: Any) -> None:
        if where.endswith(EXAMPLES_ONLY):
            return
        for word in CANARY.findall(answer.data + str(answer.headers).encode()):
            self.told.setdefault((who, self.world.canaries[word.decode().lower()]), where)

    def _filled(self, value: Any, things: dict[str, Any]) -> Any:
        return str(things.get(value[1:], uuid4())) if isinstance(value, str) and value.startswith("@") else value

    def address(self, rule: Rule, line: Line, things: dict[str, Any]) -> str:
        """Answer the address of this line, with these things."""
        asked = [name for is_variable, name in rule._trace if is_variable]
        fixed = {name: min(rule._converters[name].items) for name in asked if _is_one_of(rule, name)}
        named = [name for name in asked if name not in fixed]
        values = {
            name: things.get(thing) or _nobodys(rule, name) for name, thing in zip(named, line.things, strict=True)
        }
        return self.adapter.build(rule.endpoint, values | fixed)


def _is_one_of(rule: Rule, name: str) -> bool:
    return type(rule._converters[name]).__name__ == "AnyConverter"


def _nobodys(rule: Rule, name: str) -> UUID | str:
    kind = type(rule._converters[name]).__name__
    return uuid4() if "UUID" in kind else "0" * 43
