"""Settings, read once from the environment: production unless demonstration is asked for."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
DEMONSTRATION_DAY = datetime(2025, 11, 17, 9, 0, tzinfo=HERE)
GUESSABLE = {"", "secret", "change-me", "changeme", "test", "demonstration", "dev"}
LEAST_SECRET = 32


@dataclass(frozen=True)
class Partnership:
    """One partnership's own database and key folder, reached by its host names alone (T1)."""

    name: str
    hosts: frozenset[str]
    database: str
    keys: Path


def settings(**chosen: Any) -> dict[str, Any]:
    """Answer the settings of one installation; what is `chosen` stands before the environment.

    The mode is "production", unless COPROD_MODE or the caller says "demonstration" or "test". A secret that nobody
    set is drawn once, at random, and kept in the key folder. Pages send no referrer, so the form token alone guards
    forms (WTF_CSRF_SSL_STRICT). PROXIES says how many trusted proxies stand in front.
    """
    data = Path(chosen.pop("data", None) or os.environ.get("COPROD_DATA") or "data").absolute()
    keys = Path(os.environ.get("COPROD_KEYS") or f"{data}.keys")
    mode = chosen.pop("mode", None) or os.environ.get("COPROD_MODE") or "production"
    demonstration = chosen.get("DEMONSTRATION", os.environ.get("COPROD_DEMONSTRATION") == "yes")
    production = mode == "production"
    return {
        "DATA": data,
        "DEMONSTRATION": demonstration,
        "HTTPS": production,
        **_mail(data, production),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "NOW": DEMONSTRATION_DAY if demonstration else None,
        "PARTNERSHIPS": [_partnership(data, keys)],
        "PROXIES": int(os.environ.get("COPROD_PROXIES", "0")),
        "SECRET_KEY": os.environ.get("COPROD_SECRET") or _kept_secret(keys),
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "SUPPORT_LINE": os.environ.get("COPROD_SUPPORT_LINE", ""),
        "SESSION_COOKIE_NAME": "__Host-form" if production else "form",
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,
    } | chosen


def refuse_to_start(config: dict[str, Any]) -> None:
    """Stop a production installation that is set up as no production installation may be."""
    if config["DEMONSTRATION"] and config["HTTPS"]:
        raise SystemExit("Coprod does not start: the demonstration's “sign in as” may not be on in production.")
    if config["NOW"] and config["HTTPS"]:
        raise SystemExit("Coprod does not start: the clock may be fixed only in a demonstration or a test.")
    secret = config["SECRET_KEY"] or ""
    if config["HTTPS"] and (secret in GUESSABLE or len(secret) < LEAST_SECRET):
        raise SystemExit(f"Coprod does not start: set COPROD_SECRET to {LEAST_SECRET} or more random characters.")


def _partnership(data: Path, keys: Path) -> Partnership:
    hosts = os.environ.get("COPROD_HOSTS", "127.0.0.1,localhost").lower().split(",")
    database = os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'coprod.db'}"
    return Partnership("first", frozenset(host.strip() for host in hosts), database, keys)


def _mail(data: Path, production: bool) -> dict[str, Any]:
    sender = os.environ.get("COPROD_MAIL_SENDER", "hello@localhost")
    if not production:
        return {"MAIL_BACKEND": "file", "MAIL_FILE_PATH": str(data / "mail"), "MAIL_DEFAULT_SENDER": sender}
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": os.environ.get("COPROD_MAIL_SERVER", "localhost"),
        "MAIL_PORT": int(os.environ.get("COPROD_MAIL_PORT", "25")),
        "MAIL_USERNAME": os.environ.get("COPROD_MAIL_USERNAME"),
        "MAIL_PASSWORD": os.environ.get("COPROD_MAIL_PASSWORD"),
        "MAIL_USE_TLS": os.environ.get("COPROD_MAIL_TLS", "yes") == "yes",
        "MAIL_TIMEOUT": 20,
        "MAIL_DEFAULT_SENDER": sender,
    }


def _kept_secret(keys: Path) -> str:
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = keys / "secret"
    with suppress(FileExistsError), open(kept, "x", opener=_for_us_alone) as file:
        file.write(secrets.token_urlsafe(48))
    return kept.read_text()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
