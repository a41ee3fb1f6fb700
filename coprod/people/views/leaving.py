"""Ways out: leaving at once for a page about the weather, and signing out (A9).

A browser keeps whole pages in memory for its Back button, whatever the headers say. So ending a session answers a
page that goes on by itself to an address which clears, sets a cookie and redirects: that empties the memory.
"""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.headers import LEAVE_TO
from coprod.core.web import csrf, drop_cookie, give_cookie, leaves_no_event, public
from coprod.people.doors import end_session_here, forget_the_way_back
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


def _end(then: str) -> str:
    end_session_here()
    forget_the_way_back()
    drop_cookie(STEP)
    return render_template("people/leave.html", then=then)


def _cleared(then: str) -> Response:
    give_cookie("left", "1", lasts=60)
    answer = redirect(then, 303)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
