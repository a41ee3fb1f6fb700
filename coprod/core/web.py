"""What every request passes through: the host, sign-in, the one-time key, the transaction, the error pages."""

import traceback
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

from flask import Flask, Response, current_app, g, render_template, request
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, NoResultFound
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as BaseResponse

from coprod.core import once, security_log
from coprod.core.addresses import Number
from coprod.core.answers import Refused
from coprod.core.db import SAFE_METHODS, UnknownHost, db

if TYPE_CHECKING:
    from coprod.people.models import Person

csrf = CSRFProtect()
login_manager = LoginManager()
View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark one of the few pages that need no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def by_link(view: View) -> View:
    """Mark a page that a one-task session may open; every other page is not there for it."""
    view.is_by_link = True  # type: ignore[attr-defined]
    return view


def leaves_no_event(view: View) -> View:
    """Mark a form that may leave no trace of having been sent, not even its one-time key (B7)."""
    view.leaves_no_event = True  # type: ignore[attr-defined]
    return view


def asked_by_itself(view: View) -> View:
    """Mark what a page asks for again and again while nobody presses anything: it keeps nobody signed in (A1).

    Only a session that opens that one page and nothing else goes on by it, to the end it was given.
    """
    view.is_asked_by_itself = True  # type: ignore[attr-defined]
    return view


def comes_back(opens: Callable[..., object]) -> Callable[[View], View]:
    """Mark a page that who has to sign in first is led back to, if `opens` finds it for her; there are few (A7)."""

    def mark(view: View) -> View:
        view.comes_back = opens  # type: ignore[attr-defined]
        return view

    return mark


def me() -> "Person":
    """Answer the person who is asking; every view but the public ones has one."""
    return cast("Person", current_user._get_current_object())


def cookie_name(name: str) -> str:
    """Answer a cookie's name here: bound to this very host where there is HTTPS (ASVS 3.3.3)."""
    return f"__Host-{name}" if current_app.config["HTTPS"] else name


def give_cookie(name: str, value: str, *, lasts: int | None = None, whatever: bool = False) -> None:
    """Send this cookie with the answer, once what stands behind it is kept; `whatever` sends it with refusals too."""
    _cookies()[name] = {"value": value, "max_age": lasts, "whatever": whatever}


def drop_cookie(name: str) -> None:
    """Take this cookie back with the answer."""
    if cookie_name(name) in request.cookies or name in _cookies():
        _cookies()[name] = {"value": "", "max_age": 0, "whatever": False}


def _cookies() -> dict[str, dict[str, Any]]:
    if "cookies" not in g:
        g.cookies = {}
    waiting: dict[str, dict[str, Any]] = g.cookies
    return waiting


def _cookies_follow_the_commit(response: Response) -> Response:
    for name, cookie in g.pop("cookies", {}).items():
        if response.status_code < 400 or cookie["whatever"]:
            response.set_cookie(
                cookie_name(name),
                cookie["value"],
                max_age=cookie["max_age"],
                secure=current_app.config["HTTPS"],
                httponly=True,
                samesite="Lax",
            )
    return response


def init_app(app: Flask) -> None:
    """Put the gates in place, in the order a request meets them."""
    app.url_map.converters["int"] = Number
    csrf.init_app(app)
    login_manager.init_app(app)
    app.jinja_env.globals["once_key"] = uuid4
    app.before_request(_closed_unless_public)
    app.before_request(once.answer_again)
    app.dispatch_request = partial(_look_again_where_two_met, app.dispatch_request)  # type: ignore[method-assign]
    # Run backwards: the gate commits first, then refusals are noted and the cookies of what it kept go out.
    app.after_request(_cookies_follow_the_commit)
    app.after_request(security_log.keep_refusals)
    app.after_request(_only_a_good_post_is_kept)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NoResultFound, _missing)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(UnknownHost, _unknown_host)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _bad)
    app.register_error_handler(Exception, _broken)


def _closed_unless_public() -> BaseResponse | str | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "is_public", False):
        return None
    if not current_user.is_authenticated:
        return cast(BaseResponse, login_manager.unauthorized())
    if g.get("task") and not getattr(view, "is_by_link", False):
        raise NoResultFound
    return None


def _look_again_where_two_met(dispatch: Callable[..., Any], *args: Any) -> Any:
    """Read a form once more where somebody saved the same thing a moment before: by now it is seen, and said kindly.

    What was begun is undone first. A fault that is still there at the second look is one of ours.
    """
    try:
        return dispatch(*args)
    except IntegrityError:
        if request.files:
            raise
        db.session.rollback()
        for known in ("asked_once", "cookies", "once"):
            g.pop(known, None)
        return once.answer_again() or dispatch(*args)


def _only_a_good_post_is_kept(response: Response) -> Response:
    if "partnership" not in g:
        return response
    if request.method not in SAFE_METHODS and response.status_code < 400:
        once.remember(response)
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _refused(error: Refused) -> tuple[str, int]:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in SAFE_METHODS and not getattr(view, "leaves_no_event", False):
        security_log.note_refusal("refused", me() if current_user.is_authenticated else None)
    return render_template("errors/refused.html", reason=str(error)), 403


def _missing(_: Exception) -> tuple[str, int]:
    return render_template("errors/missing.html"), 404


def _unknown_host(_: UnknownHost) -> tuple[str, int]:
    # Whose session a cookie opens only a partnership knows, and here is none to ask.
    g._login_user = login_manager.anonymous_user()
    return render_template("errors/missing.html"), 404


def _stale_form(_: CSRFError) -> tuple[str, int]:
    reason = "That page had been open too long. Go back, load it again and send it once more."
    return render_template("errors/bad.html", reason=reason), 400


def _bad(error: HTTPException) -> tuple[str, int]:
    reason = "That did not work. Go back and try again."
    return render_template("errors/bad.html", reason=reason), error.code or 500


def _broken(error: Exception) -> tuple[str, int]:
    """Log where it broke, never the error's own words: they can hold what people typed (L1)."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("A page broke: %s\n%s", type(error).__name__, frames)
    db.session.rollback()
    return render_template("errors/broken.html"), 500
