"""Settings, read once from the environment and the register: production unless demonstration is asked for."""

from __future__ import annotations

import os
import secrets
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
DEMONSTRATION_DAY = datetime(2025, 11, 17, 9, 0, tzinfo=HERE)
GUESSABLE = {"", "secret", "change-me", "changeme", "test", "demonstration", "dev"}
LEAST_SECRET = 32
REGISTER = "partnerships.toml"


@dataclass(frozen=True)
class Partnership:
    """One partnership's own database, folders and secret, reached by its host names alone (T1)."""

    name: str
    hosts: frozenset[str]
    database: str = field(repr=False)
    keys: Path
    data: Path
    backups: Path
    secret: str = field(repr=False)
    address: str
    """Where its pages are, for links that are made outside any request."""


def settings(**chosen: Any) -> dict[str, Any]:
    """Answer the settings of one installation; what is `chosen` stands before the environment.

    The mode is "production", unless COPROD_MODE or the caller says "demonstration" or "test". A secret that nobody
    set is drawn once, at random, and kept in the key folder. Pages send no referrer, so the form token alone guards
    forms (WTF_CSRF_SSL_STRICT). PROXIES says how many trusted proxies stand in front. With a `partnership` named, the
    settings know that one alone.
    """
    data = data_folder(chosen.pop("data", None))
    wanted = chosen.pop("partnership", None)
    mode = chosen.pop("mode", None) or os.environ.get("COPROD_MODE") or "production"
    demonstration = chosen.get("DEMONSTRATION", os.environ.get("COPROD_DEMONSTRATION") == "yes")
    production = mode == "production"
    secret = chosen.get("SECRET_KEY") or os.environ.get("COPROD_SECRET") or kept_secret(keys_folder(data))
    return {
        "BENEFITS_LINE": os.environ.get("COPROD_BENEFITS_LINE", ""),
        "CLAMD": os.environ.get("COPROD_CLAMD", ""),
        "DATA": data,
        "DEMONSTRATION": demonstration,
        "HTTPS": production,
        **_mail(data, production),
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "NOW": DEMONSTRATION_DAY if demonstration else None,
        "PARTNERSHIPS": chosen.get("PARTNERSHIPS") or _partnerships(data, wanted, secret, production),
        "PROXIES": int(os.environ.get("COPROD_PROXIES", "0")),
        "SECRET_KEY": secret,
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "SUPPORT_LINE": os.environ.get("COPROD_SUPPORT_LINE", ""),
        "SESSION_COOKIE_NAME": "__Host-form" if production else "form",
        **_texts(data, production),
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,
    } | chosen


def refuse_to_start(config: dict[str, Any]) -> None:
    """Stop a production installation that is set up as no production installation may be."""
    if config["DEMONSTRATION"] and config["HTTPS"]:
        raise SystemExit("Coprod does not start: the demonstration's “sign in as” may not be on in production.")
    if config["NOW"] and config["HTTPS"]:
        raise SystemExit("Coprod does not start: the clock may be fixed only in a demonstration or a test.")
    secrets_here = [config["SECRET_KEY"] or "", *(one.secret for one in config["PARTNERSHIPS"])]
    if config["HTTPS"] and any(secret in GUESSABLE or len(secret) < LEAST_SECRET for secret in secrets_here):
        raise SystemExit(f"Coprod does not start: set COPROD_SECRET to {LEAST_SECRET} or more random characters.")
    if config["CLAMD"] and "/" not in config["CLAMD"] and not config["CLAMD"].rpartition(":")[2].isdecimal():
        raise SystemExit("Coprod does not start: COPROD_CLAMD is host:port, or the path of a socket.")
    _refuse_shared(config["PARTNERSHIPS"])


def data_folder(chosen: Path | str | None = None) -> Path:
    """Answer the data folder of this installation."""
    return Path(chosen or os.environ.get("COPROD_DATA") or "data").absolute()


def keys_folder(data: Path) -> Path:
    """Answer where keys and secrets are kept: never in the data folder, which is backed up (B4)."""
    return Path(os.environ.get("COPROD_KEYS") or f"{data}.keys").absolute()


def backups_folder(data: Path) -> Path:
    """Answer where backups are put."""
    return Path(os.environ.get("COPROD_BACKUPS") or f"{data}.backups").absolute()


def registered(data: Path) -> dict[str, dict[str, Any]] | None:
    """Read the register of partnerships; None where there is none, and the environment says all there is."""
    try:
        return tomllib.loads((data / REGISTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise SystemExit(f"Coprod does not start: the register {data / REGISTER} cannot be read.") from error


def from_environment(data: Path, secret: str = "", production: bool = True) -> Partnership:
    """Answer the one partnership of an installation that has no register."""
    hosts = [host.strip() for host in os.environ.get("COPROD_HOSTS", "127.0.0.1,localhost").lower().split(",")]
    return Partnership(
        name="first",
        hosts=frozenset(hosts),
        database=os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'coprod.db'}",
        keys=keys_folder(data),
        data=data,
        backups=backups_folder(data),
        secret=secret,
        address=os.environ.get("COPROD_ADDRESS") or _address(hosts[0], production),
    )


def from_register(name: str, entry: dict[str, Any], production: bool = True) -> Partnership:
    """Answer one partnership of the register, with its secret; without its key folder it does not start (F6)."""
    keys = Path(entry["keys"])
    try:
        secret = (keys / "secret").read_text()
    except OSError as error:
        raise SystemExit(f"Coprod does not start: the secret of “{name}” is not in its key folder {keys}.") from error
    return Partnership(
        name=name,
        hosts=frozenset(entry["hosts"]),
        database=entry["database"],
        keys=keys,
        data=Path(entry["data"]),
        backups=Path(entry["backups"]),
        secret=secret,
        address=entry.get("address") or _address(entry["hosts"][0], production),
    )


def _partnerships(data: Path, wanted: str | None, secret: str, production: bool) -> list[Partnership]:
    register = registered(data)
    if register is None:
        return [from_environment(data, secret, production)]
    return [from_register(name, entry, production) for name, entry in register.items() if wanted in (None, name)]


def _address(host: str, production: bool) -> str:
    return f"https://{host}" if production else f"http://{host}:8000"


def _refuse_shared(partnerships: list[Partnership]) -> None:
    """Two partnerships share nothing: no host, no database, no key folder (T1)."""
    for what in ("hosts", "database", "keys"):
        given = [value for one in partnerships for value in (one.hosts if what == "hosts" else [getattr(one, what)])]
        if len(set(given)) < len(given):
            raise SystemExit(f"Coprod does not start: two partnerships may not share their {what}. See {REGISTER}.")


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


def _texts(data: Path, production: bool) -> dict[str, Any]:
    key, template = os.environ.get("COPROD_NOTIFY_KEY", ""), os.environ.get("COPROD_NOTIFY_TEMPLATE", "")
    by_notify = "notify" if key and template else ""
    return {
        "TEXT_BACKEND": by_notify if production else "file",
        "TEXT_FOLDER": str(data / "texts"),
        "NOTIFY_ADDRESS": os.environ.get("COPROD_NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk"),
        "NOTIFY_KEY": key,
        "NOTIFY_TEMPLATE": template,
    }


def kept_secret(keys: Path) -> str:
    """Answer the secret in this key folder, drawn the first time it is asked for."""
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = keys / "secret"
    with suppress(FileExistsError), open(kept, "x", opener=_for_us_alone) as file:
        file.write(secrets.token_urlsafe(48))
    return kept.read_text()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
