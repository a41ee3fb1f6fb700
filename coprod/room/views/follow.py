"""Following on a phone: what is on where this person sits, without loading the page again."""

from datetime import timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from coprod.core.clock import now, today
from coprod.core.web import asked_by_itself, by_link, comes_back, me
from coprod.cycles.models import Session
from coprod.cycles.queries import next_session_for
from coprod.people import doors
from coprod.room import queries
from coprod.room.rules.clock import Now
from coprod.room.views.blueprint import bp, part, told

NOTHING = "nothing"
FOLLOWING = "follow"


def _on_now() -> Now | None:
    doors.stay_with(FOLLOWING)
    return queries.on_now_for(me(), now())


@bp.get("/now")
@by_link
@comes_back(lambda person: person)
def follow() -> str:
    """Show what is on now; whoever has to sign in first comes back here."""
    found = _on_now()
    group = {"group_name": found.session.cycle.workstream.neutral_name} if found else {}
    return render_template("room/follow.html", **_told(found), **group)


@bp.post("/now/stay")
def stay_with_it() -> Redirect:
    """Let this page stay open to the end of the evening: it opens nothing else of hers any more (A1, A3)."""
    found = _on_now()
    if found:
        doors.enter(me(), FOLLOWING, lasts=found.screens_last)
    return redirect(url_for(".follow"), 303)


@bp.get("/now/part")
@by_link
@asked_by_itself
def follow_part() -> Response:
    """Answer what is on now, where that has changed."""
    found = _on_now()
    if found:
        return part("room/_on_the_phone.html", found, stays=doors.is_for_one_task())
    if request.args.get("seen") == NOTHING:
        return Response(status=204)
    return Response(render_template("room/_on_the_phone.html", **_told(None)))


def _told(found: Now | None) -> dict[str, Any]:
    stays = {"stays": doors.is_for_one_task()}
    if found:
        return told(found) | stays
    return {"now": None, "coming": _coming(), "nothing": NOTHING} | stays


def _coming() -> Session | None:
    """Answer when we meet next; what has begun today and is on no more does not come again."""
    coming = next_session_for(me(), today())
    is_over = coming is not None and coming.begins <= now()
    return next_session_for(me(), today() + timedelta(1)) if is_over else coming
