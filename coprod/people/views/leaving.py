"""Ways out: leaving at once for a page about the weather, signing out, and ending sessions elsewhere (A9).

A browser keeps whole pages in memory for its Back button, whatever the headers say. So ending a session answers a
page that goes on by itself to an address which clears, sets a cookie and redirects: that empties the memory.
"""

from uuid import UUID

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.headers import LEAVE_TO
from coprod.core.web import csrf, drop_cookie, give_cookie, leaves_no_event, me, public
from coprod.people import queries, services
from coprod.people.doors import end_session_here
from coprod.people.sealing import real_now
from coprod.people.views.blueprint import bp
from coprod.people.views.sign_in import STEP, Page


@bp.post("/leave")
@csrf.exempt
@public
@leaves_no_event
def leave() -> Page:
    """End the session, if there is one, and go."""
    return _end(url_for("people.left"))


@bp.get("/left")
@public
def left() -> Response:
    """Clear what the browser keeps, and go to the weather."""
    return _cleared(LEAVE_TO)


@bp.post("/sign-out")
@leaves_no_event
def sign_out() -> Page:
    """End the session, and come back to the sign-in page."""
    return _end(url_for("people.signed_out"))


@bp.get("/signed-out")
@public
def signed_out() -> Response:
    """Clear what the browser keeps, and ask who is next."""
    return _cleared(url_for("people.sign_in"))


@bp.get("/my-sessions")
def my_sessions() -> Page:
    """List where I am signed in."""
    sessions = queries.sessions_of(me(), real_now())
    return render_template("people/my_sessions.html", sessions=sessions, this_one=g.session_key, person=me())


@bp.post("/my-sessions/<uuid:key>/end")
@leaves_no_event
def end_one_session(key: UUID) -> Page:
    """End one of them; where it is this one, that is signing out."""
    if key == g.session_key:
        return sign_out()
    services.end_one(me(), key)
    return redirect(url_for("people.my_sessions"), 303)


def _end(then: str) -> str:
    end_session_here()
    drop_cookie(STEP)
    return render_template("people/leave.html", then=then)


def _cleared(then: str) -> Response:
    give_cookie("left", "1", lasts=60)
    answer = redirect(then, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
