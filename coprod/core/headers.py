"""The headers every answer carries: a strict content policy, no caching of pages, no referrer (O9, A9)."""

from flask import Flask, Response, request
from flask_talisman import Talisman

LEAVE_TO = "https://www.bbc.co.uk/weather"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def init_app(app: Flask) -> None:
    """Put the headers on every answer, errors and static files among them."""
    app.after_request(_no_store)
    app.after_request(_sandbox_downloads)
    Talisman(
        app,
        content_security_policy=POLICY,
        force_https=app.config["HTTPS"],
        strict_transport_security=app.config["HTTPS"],
        session_cookie_secure=app.config["HTTPS"],
        session_cookie_samesite="Lax",
        frame_options="DENY",
        referrer_policy="no-referrer",
        permissions_policy={"camera": "()", "geolocation": "()", "microphone": "()"},
    )


def _no_store(response: Response) -> Response:
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _sandbox_downloads(response: Response) -> Response:
    """Let nothing in a file that is handed over run, should a browser open it all the same (O5)."""
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] += "; sandbox"
    return response
