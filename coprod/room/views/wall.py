"""The big screen on the wall: what is on, what comes next, and a way to follow on a phone; no people, no numbers."""

from uuid import UUID

from flask import Response, render_template

from coprod.core.clock import now
from coprod.core.web import asked_by_itself, me
from coprod.messages.services import address_of
from coprod.room import queries
from coprod.room.rules.square import square
from coprod.room.views.blueprint import bp, part, told


@bp.get("/sessions/<uuid:key>/wall")
def wall(key: UUID) -> str:
    """Show it to those who run the session, who put it on the wall."""
    found, address = queries.one_run_by(me(), key, now()), address_of("room.follow")
    return render_template("room/wall.html", **told(found), square=square(address), address=address)


@bp.get("/sessions/<uuid:key>/wall/now")
@asked_by_itself
def wall_part(key: UUID) -> Response:
    """Answer what is on now, where that has changed."""
    return part("room/_on_the_wall.html", queries.one_run_by(me(), key, now()))
