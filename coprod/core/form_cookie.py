"""The cookie that holds a form's token and a page's next words: signed by each partnership with its own secret (T3)."""

import hashlib

from flask import Flask
from flask.sessions import SecureCookieSessionInterface, session_json_serializer
from itsdangerous import URLSafeTimedSerializer

from coprod.core.db import UnknownHost, here


class FormCookie(SecureCookieSessionInterface):
    """Flask's own session cookie, worth nothing at any partnership but the one that gave it."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Answer what signs and reads it here; for a host nobody answers to there is none."""
        try:
            partnership = here()
        except UnknownHost:
            return None
        return URLSafeTimedSerializer(
            partnership.secret,
            salt=f"form cookie {partnership.name}",
            serializer=session_json_serializer,
            signer_kwargs={"key_derivation": self.key_derivation, "digest_method": hashlib.sha256},
        )


def init_app(app: Flask) -> None:
    """Let this installation's form cookies be signed so."""
    app.session_interface = FormCookie()
