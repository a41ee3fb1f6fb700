"""What time it is here: the real time, or the fixed moment of a demonstration or a test."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

HERE = ZoneInfo("Europe/London")


def now() -> datetime:
    """Answer the present moment, in UTC; a demonstration or a test may have fixed it with the setting NOW."""
    fixed: datetime | None = current_app.config.get("NOW")
    return fixed.astimezone(UTC) if fixed else datetime.now(UTC)


def today() -> date:
    """Answer today's date as a calendar on the wall here would show it."""
    return now().astimezone(HERE).date()
