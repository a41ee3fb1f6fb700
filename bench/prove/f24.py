"""F24: a copied session cookie is dead at the very next request after whatever should have ended it.

And nobody else can choose beforehand which cookie it will be.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import BadSignature

from bench.prove import Figure
from bench.prove.stage import KINDS, installation
from coprod.core.db import db
from coprod.people import doors, services
from coprod.people.models import Person, SignedIn
from coprod.people.sealing import signer
from tests.conftest import sign_in
from tests.factories import a_person, a_professional, an_admin

ROUNDS = 10
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE = "/my-sessions"


@dataclass
class Scene:
    """One person at one browser, a second device of theirs, and whoever keeps the accounts."""

    app: Flask
    person: Person
    visitor: FlaskClient
    other: FlaskClient
    admin: Person
    clock: Any

    def cookie(self, browser: FlaskClient | None = None) -> str:
        """Copy a browser's session cookie."""
        kept = (browser or self.visitor).get_cookie(doors.SESSION)
        assert kept is not None
        return str(kept.value)

    def opens(self, cookie: str) -> bool:
        """Answer whether this cookie is taken for somebody, in a browser that has nothing else."""
        thief = self.app.test_client()
        thief.set_cookie(doors.SESSION, cookie)
        return thief.get(PAGE).location != "/sign-in"


Ending = Callable[[Scene], None]


def _post(address: str) -> Ending:
    return lambda scene: _sent(scene.visitor.post(address).status_code)


def _sent(status: int) -> None:
    assert status < 400, status


def _other_ends_this(scene: Scene) -> None:
    mine = min(db.session.scalars(db.select(SignedIn).where(SignedIn.person_id == scene.person.id)), key=_began)
    _sent(scene.other.post(f"/my-sessions/{mine.id}/end").status_code)


def _began(session: SignedIn) -> datetime:
    return session.began


def _signs_in_with_a_card(scene: Scene) -> None:
    words = services.draw_card(scene.person, by=scene.admin)
    _sent(scene.visitor.post("/card", data={"words": words}).status_code)


def _idle(scene: Scene) -> None:
    scene.clock.shift(timedelta(minutes=30, seconds=1))


def _authenticator_again(scene: Scene) -> None:
    scene.person.totp = b"set up once"
    services.start_authenticator_again(scene.person, by=scene.admin)


# What ends a session, and who is at the browser.
ENDINGS: dict[str, tuple[Callable[[], Person], Ending]] = {
    "sign-out": (a_person, _post("/sign-out")),
    "leave": (a_person, _post("/leave")),
    "removal": (a_person, lambda scene: services.turn_away(scene.person, by=scene.admin)),
    "made admin": (a_professional, lambda scene: services.set_admin(scene.person, True, by=scene.admin)),
    "another name": (a_person, lambda scene: services.rename(scene.person, "Lee", by=scene.admin)),
    "role or contact changed": (a_person, lambda scene: services.renew_rights(scene.person)),
    "authenticator taken away": (a_professional, _authenticator_again),
    "end all": (a_person, _post("/my-sessions/end-all")),
    "ended from the other device": (a_person, _other_ends_this),
    "others ended from the other device": (
        a_person,
        lambda scene: _sent(scene.other.post("/my-sessions/end-others").status_code),
    ),
    "signed in anew": (a_person, _signs_in_with_a_card),
    "idle": (a_person, _idle),
}
# Those that end the session on the other device too.
ALL_DEVICES = {
    "removal",
    "made admin",
    "another name",
    "role or contact changed",
    "authenticator taken away",
    "end all",
}


def measure(seed: int, rounds: int = ROUNDS) -> Figure:
    """Count survivals on both databases; then plant the plain cookie that most applications use."""
    counts: dict[str, object] = {}
    planted: dict[str, int] = {}
    for kind in KINDS:
        with installation(kind) as app:
            counts[kind] = dict(survivals(app, rounds))
            with _a_cookie_is_enough():
                planted[kind] = sum(n for name, n in survivals(app, 1).items() if name != "tried")
    holds = all(counts[kind] == {"tried": _tried(rounds)} for kind in KINDS)
    return Figure("F24", holds, all(planted.values()), counts | {"planted": planted}, seed)


def _tried(rounds: int) -> int:
    return rounds * (len(ENDINGS) + len(ALL_DEVICES) + 2 + 3)


def survivals(app: Flask, rounds: int) -> Counter[str]:
    """Count what was tried and, by what should have ended it, each cookie that still opened a page."""
    found: Counter[str] = Counter()
    for _ in range(rounds):
        for name, (who, end) in ENDINGS.items():
            _try(app, name, who, end, found)
        for who, hours in ((a_person, 12), (a_professional, 8)):
            _keep_busy(app, who, hours, found)
        _fix(app, found)
    return +found


@contextmanager
def _scene(app: Flask, who: Callable[[], Person]) -> Iterator[Scene]:
    with time_machine.travel(BEGAN, tick=False) as clock, app.app_context():
        person, admin = who(), an_admin()
        visitor = sign_in(app.test_client(), person)
        clock.shift(timedelta(seconds=5))
        yield Scene(app, person, visitor, sign_in(app.test_client(), person), admin, clock)
        db.session.rollback()


def _try(app: Flask, name: str, who: Callable[[], Person], end: Ending, found: Counter[str]) -> None:
    with _scene(app, who) as scene:
        copied = [scene.cookie()] + [scene.cookie(scene.other)] * (name in ALL_DEVICES)
        assert all(scene.opens(cookie) for cookie in copied)
        end(scene)
        db.session.commit()
        found["tried"] += len(copied)
        found[name] += sum(scene.opens(cookie) for cookie in copied)


def _keep_busy(app: Flask, who: Callable[[], Person], hours: int, found: Counter[str]) -> None:
    """However busy its owner, a session has its longest day."""
    with _scene(app, who) as scene:
        for _ in range(hours * 3 - 1):
            scene.clock.shift(timedelta(minutes=20))
            assert scene.visitor.get(PAGE).status_code == 200
        scene.clock.shift(timedelta(minutes=20))
        found["tried"] += 1
        found[f"after {hours} hours"] += scene.opens(scene.cookie())


def _fix(app: Flask, found: Counter[str]) -> None:
    """Whatever cookie somebody else put into the browser beforehand, it opens nothing after the sign-in."""
    with _scene(app, a_person) as scene:
        by_link = services.cookie_for(services.begin_session(scene.person, task="vote 1"))
        mallorys = sign_in(app.test_client(), a_person("Mallory"))
        for planted in ("made-up", scene.cookie(mallorys), by_link):
            scene.visitor.set_cookie(doors.SESSION, planted)
            _signs_in_with_a_card(scene)
            found["tried"] += 1
            found["fixation"] += scene.cookie() == planted or scene.opens(planted)


@contextmanager
def _a_cookie_is_enough() -> Iterator[None]:
    """The planted fault: the cookie itself says who it is, as with Flask-Login out of the box; no row is asked."""
    whose: dict[str, tuple[UUID, UUID, str | None]] = {}
    begin = services.begin_session

    def begin_and_tell(person: Person, device: str = "", task: str | None = None, **chosen: object) -> str:
        token = begin(person, device, task, **chosen)
        kept = max(db.session.scalars(db.select(SignedIn).where(SignedIn.person_id == person.id)), key=_began)
        whose[token] = kept.id, person.id, task
        return token

    def believe(cookie: str) -> services.Visit | None:
        try:
            token = signer("session").unsign(cookie).decode()
        except BadSignature:
            return None
        key, person_id, task = whose[token]
        return services.Visit(key, db.session.get_one(Person, person_id), task, None)

    with mock.patch.multiple(services, begin_session=begin_and_tell, resume=believe):
        yield
