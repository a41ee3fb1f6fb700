"""The big screen on the wall: what is on, what comes next, and a way to follow on a phone; no people, no numbers."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from coprod.core.answers import require
from coprod.core.clock import now
from coprod.core.web import asked_by_itself, by_link, me
from coprod.messages.services import address_of
from coprod.people import doors
from coprod.room import queries
from coprod.room.rules.clock import Now
from coprod.room.rules.moves import may_stay_on
from coprod.room.rules.square import square
from coprod.room.views.blueprint import bp, part, told


def _on_the_wall(key: UUID) -> Now:
    doors.stay_with(f"wall {key}")
    return queries.one_run_by(me(), key, now())


@bp.get("/sessions/<uuid:key>/wall")
@by_link
def wall(key: UUID) -> str:
    """Show it to those who run the session, who put it on the wall."""
    found, address = _on_the_wall(key), address_of("room.follow")
    more = {"stays": doors.is_for_one_task(), "may_stay": may_stay_on(found)}
    return render_template("room/wall.html", **told(found), square=square(address), address=address, **more)


@bp.post("/sessions/<uuid:key>/wall/stay")
def stay_on_the_wall(key: UUID) -> Redirect:
    """Let this screen stay on the wall to the end of the evening: it opens nothing else of hers any more (A1, A3)."""
    found = _on_the_wall(key)
    require(may_stay_on(found))
    doors.enter(me(), f"wall {key}", lasts=found.screens_last)
    return redirect(url_for(".wall", key=key), 303)


@bp.get("/sessions/<uuid:key>/wall/now")
@by_link
@asked_by_itself
def wall_part(key: UUID) -> Response:
    """Answer what is on now, where that has changed."""
    return part("room/_on_the_wall.html", _on_the_wall(key))
