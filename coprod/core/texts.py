"""One short text to one phone: by GOV.UK Notify, or into files in a demonstration or a test (O1)."""

import logging
from pathlib import Path
from uuid import uuid4

from flask import current_app

# The client's own log lines can hold a phone number (L1).
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL + 1)
_TOO_MANY = 429
_BROKEN = 500


class NotSent(OSError):  # noqa: N818 - a name that says what happened
    """A text was not handed over; `again` says whether it is worth trying once more."""

    def __init__(self, again: bool) -> None:
        super().__init__("A text could not be sent.")
        self.again = again


def can_text() -> bool:
    """Answer whether this installation can send texts at all."""
    return bool(current_app.config["TEXT_BACKEND"])


def send(number: str, words: str) -> None:
    """Hand this text over to a number like +447700900123; where that fails, it raises and nothing was sent."""
    {"file": _to_file, "notify": _to_notify, "": _nowhere}[current_app.config["TEXT_BACKEND"]](number, words)


def _to_file(number: str, words: str) -> None:
    folder = Path(current_app.config["TEXT_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{uuid4()}.txt").write_text(f"{number}\n{words}", encoding="utf-8")


def _to_notify(number: str, words: str) -> None:
    """Use the one template of this installation, whose whole text is ((words))."""
    from notifications_python_client.errors import APIError
    from notifications_python_client.notifications import NotificationsAPIClient

    key, address = current_app.config["NOTIFY_KEY"], current_app.config["NOTIFY_ADDRESS"]
    client = NotificationsAPIClient(key, base_url=address, timeout=20)
    try:
        client.send_sms_notification(number, current_app.config["NOTIFY_TEMPLATE"], {"words": words})
    except APIError as error:
        # Its own words can hold the number.
        raise NotSent(error.status_code >= _BROKEN or error.status_code == _TOO_MANY) from None
    finally:
        client.request_session.close()


def _nowhere(number: str, words: str) -> None:
    raise NotSent(again=False)
