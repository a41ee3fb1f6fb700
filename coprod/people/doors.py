"""Going in and out in this browser: what every page may use that lets somebody in or sees them off."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app, g, request, session, url_for
from itsdangerous import BadSignature
from sqlalchemy.exc import NoResultFound

from coprod.core.security_log import note
from coprod.core.web import cookie_name, drop_cookie, give_cookie
from coprod.people import rules, services
from coprod.people.models import Person
from coprod.people.sealing import real_now, signer

SESSION = "sid"
THEN = "then"
HOME = "/"
COMES_BACK_WITHIN = timedelta(minutes=15)


def sign_in_here(person: Person, by: str) -> None:
    """Begin a new session in this browser, in place of any it had; its cookie follows the commit."""
    note(f"signed in by {by}", person)
    _begin(person, by)


def sign_in_anew(person: Person) -> None:
    """Go on in this browser after what ended every session of this person (A1)."""
    _begin(person, "the session before")


def enter(person: Person, task: str, *, lasts: timedelta | None = None) -> None:
    """Begin a session that opens this one task and nothing else, in place of any session this browser had (A3)."""
    session.clear()
    end_session_here()
    ends = real_now() + lasts if lasts else rules.task_ends(real_now())
    token = services.begin_session(person, device_name(), task, by="link", ends=ends)
    give_cookie(SESSION, services.cookie_for(token))


def stay_with(task: str) -> None:
    """Let a session that was begun for one task find no other (A3); one that was not finds what its person may."""
    if g.get("task") not in (None, task):
        raise NoResultFound


def is_for_one_task() -> bool:
    """Answer whether this visitor's session opens one thing and nothing else: no way leads on from it."""
    return bool(g.get("task"))


def _begin(person: Person, by: str) -> None:
    end_session_here()
    token = services.begin_session(person, device_name(), by=by)
    give_cookie(SESSION, services.cookie_for(token))


def end_session_here() -> None:
    """End the session of this browser, if it has one."""
    cookie = request.cookies.get(cookie_name(SESSION))
    if cookie:
        services.end_session(cookie)
    drop_cookie(SESSION)


def come_back_to(endpoint: str, values: dict[str, Any]) -> None:
    """Keep for a while, signed, which of the few pages to come back to was asked for: its name, no address (A7)."""
    if _finder(endpoint):
        told = json.dumps([endpoint, {name: str(value) for name, value in values.items()}])
        give_cookie(THEN, signer(THEN).sign(told).decode(), lasts=int(COMES_BACK_WITHIN.total_seconds()))


def forget_the_way_back() -> None:
    """Let go of what was asked for here: the next person in this browser may be another."""
    drop_cookie(THEN)


def way_back(person: Person) -> str:
    """Answer where this person goes on having signed in: to the page asked for, if it opens to her, or the first."""
    cookie = request.cookies.get(cookie_name(THEN))
    if not cookie:
        return HOME
    drop_cookie(THEN)
    try:
        told = signer(THEN).unsign(cookie, max_age=int(COMES_BACK_WITHIN.total_seconds())).decode()
    except BadSignature:
        return HOME
    endpoint, values = json.loads(told)
    return url_for(endpoint, **values) if _opens_to(person, endpoint, values) else HOME


def _opens_to(person: Person, endpoint: str, values: dict[str, str]) -> bool:
    """Answer whether this is one of the few pages, and this person finds it: another's is not there (P2)."""
    opens = _finder(endpoint)
    try:
        return opens is not None and bool(opens(person, **values))
    except NoResultFound:
        return False


def _finder(endpoint: str) -> Callable[..., object] | None:
    return getattr(current_app.view_functions.get(endpoint), "comes_back", None)


def remember_step(name: str, key: UUID) -> None:
    """Keep, signed, which half-done step this browser is in, for as long as its code lasts."""
    give_cookie(name, signer(name).sign(str(key)).decode(), lasts=int(rules.CODE_LASTS.total_seconds()))


def step_here(name: str) -> UUID | None:
    """Answer which half-done step this browser is in: its code works nowhere else."""
    cookie = request.cookies.get(cookie_name(name), "")
    try:
        return UUID(signer(name).unsign(cookie, max_age=int(rules.CODE_LASTS.total_seconds())).decode())
    except BadSignature:
        return None


def device_name() -> str:
    """Say in two words what is being used, so that its owner knows it again; keep no more of it than that."""
    agent = request.user_agent.string
    kinds = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android phone or tablet"), ("Windows", "Windows"))
    kind = next((name for sign, name in kinds if sign in agent), "Computer")
    makers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    maker = next((name for sign, name in makers if sign in agent), "browser")
    return f"{kind}, {maker}"
