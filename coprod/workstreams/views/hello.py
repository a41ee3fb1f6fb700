"""The page a link opens for somebody who was asked: what this is, and yes, maybe or no (journey 1)."""

from contextlib import suppress

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import Refused
from coprod.core.web import leaves_no_event, public
from coprod.people import doors
from coprod.people import services as people
from coprod.people.models import Person
from coprod.workstreams import queries, rules, services
from coprod.workstreams.models import Membership
from coprod.workstreams.views.blueprint import bp
from coprod.workstreams.views.places import what_it_is

ANSWERS = ("joined", "thinking", "left")


@bp.get("/hello/<secret>")
@public
@leaves_no_event
def hello(secret: str) -> str:
    """Say what this is and what it is not; it names nobody who is asked, and writes nothing."""
    _, mine = _asked(secret)
    return render_template("workstreams/hello.html", **what_it_is(mine), go_on=url_for(".choose", secret=secret))


@bp.get("/hello/<secret>/answer")
@public
@leaves_no_event
def choose(secret: str) -> str:
    """Ask what she would like."""
    person, mine = _asked(secret)
    moves = [move.name for move in rules.answers_to(person, mine)]
    return render_template("workstreams/choose.html", place=mine, moves=moves, secret=secret, waiting=rules.WAITING)


@bp.post("/hello/<secret>")
@public
@leaves_no_event
def answer(secret: str) -> Response:
    """Take her answer; what comes after it is hers alone, in a session that opens nothing else."""
    name = request.form.get("name", "")
    if name not in ANSWERS:
        raise Refused("Choose yes, maybe or no.")
    return _no(secret) if name == "left" else _yes_or_maybe(secret, name)


def _no(secret: str) -> Response:
    """Say a kind full stop, also to who presses twice: the first no has closed the link."""
    with suppress(NoResultFound):
        person, mine = _asked(secret)
        services.move(mine, "left", by=person)
    doors.end_session_here()
    return redirect(url_for(".goodbye"), 303)


def _yes_or_maybe(secret: str, name: str) -> Response:
    person, key = people.by_link(secret, services.PLACE.link)
    mine = queries.own_place(person, key)
    if not rules.is_answered(mine, name):
        services.move(_still_asked(mine), name, by=person)
    doors.enter(person, f"{services.PLACE.link} {mine.id}")
    return redirect(url_for(".name", key=mine.id), 303)


def _asked(secret: str) -> tuple[Person, Membership]:
    person, key = people.by_link(secret, services.PLACE.link)
    return person, _still_asked(queries.own_place(person, key))


def _still_asked(mine: Membership) -> Membership:
    if mine.state not in rules.COMING:
        raise NoResultFound
    return mine
