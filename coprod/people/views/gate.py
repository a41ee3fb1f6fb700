"""How a request is known to come from somebody, and what turns strangers away."""

from flask import Request, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coprod.core.web import cookie_name, drop_cookie, give_cookie, login_manager
from coprod.people import services
from coprod.people.models import Person

SESSION = "sid"

# Flask-Login's own protection writes into the form cookie on every request; ours is the table.
login_manager.session_protection = None


@login_manager.request_loader
def _who_is_asking(asking: Request) -> Person | None:
    cookie = asking.cookies.get(cookie_name(SESSION))
    visit = services.resume(cookie) if cookie else None
    if visit is None:
        return None
    g.task, g.session_key = visit.task, visit.id
    if visit.cookie:
        give_cookie(SESSION, visit.cookie, whatever=True)
    return visit.person


@login_manager.unauthorized_handler
def _sign_in_first() -> Response:
    return redirect(url_for("people.sign_in"), 303)


def sign_in_here(person: Person, by: str) -> None:
    """Begin a new session in this browser, in place of any it had; its cookie follows the commit."""
    end_session_here()
    token = services.begin_session(person, device_name(), by=by)
    give_cookie(SESSION, services.cookie_for(token))


def end_session_here() -> None:
    """End the session of this browser, if it has one."""
    cookie = request.cookies.get(cookie_name(SESSION))
    if cookie:
        services.end_session(cookie)
    drop_cookie(SESSION)


def device_name() -> str:
    """Say in two words what is being used, so that its owner knows it again; keep no more of it than that."""
    agent = request.user_agent.string
    kinds = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android phone or tablet"), ("Windows", "Windows"))
    kind = next((name for sign, name in kinds if sign in agent), "Computer")
    makers = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    maker = next((name for sign, name in makers if sign in agent), "browser")
    return f"{kind}, {maker}"
