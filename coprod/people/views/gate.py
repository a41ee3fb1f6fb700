"""How a request is known to come from somebody, and what turns strangers away."""

from flask import Request, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coprod.core.web import cookie_name, give_cookie, login_manager
from coprod.people import services
from coprod.people.doors import SESSION as SESSION
from coprod.people.doors import come_back_to
from coprod.people.models import Person

# Flask-Login's own protection writes into the form cookie on every request; ours is the table.
login_manager.session_protection = None


@login_manager.request_loader
def _who_is_asking(asking: Request) -> Person | None:
    cookie = asking.cookies.get(cookie_name(SESSION))
    visit = services.resume(cookie) if cookie else None
    if visit is None:
        return None
    g.task, g.session_key = visit.task, visit.id
    if visit.cookie and (visit.task or not _is_asked_by_itself(asking)):
        give_cookie(SESSION, visit.cookie, whatever=True)
    return visit.person


def _is_asked_by_itself(asking: Request) -> bool:
    """Answer whether a page left open asks this, and nobody who uses it."""
    return getattr(current_app.view_functions.get(asking.endpoint or ""), "is_asked_by_itself", False)


@login_manager.unauthorized_handler
def _sign_in_first() -> Response:
    if request.method == "GET":
        come_back_to(request.endpoint or "", request.view_args or {})
    return redirect(url_for("people.sign_in"), 303)
