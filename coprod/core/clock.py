"""What time it is here: the real time, or the fixed moment of a demonstration or a test."""

from datetime import UTC, date, datetime, time

from flask import current_app

from config import HERE as HERE


def now() -> datetime:
    """Answer the present moment, in UTC; a demonstration or a test may have fixed it with the setting NOW."""
    fixed: datetime | None = current_app.config.get("NOW")
    return fixed.astimezone(UTC) if fixed else datetime.now(UTC)


def today() -> date:
    """Answer today's date as a calendar on the wall here would show it."""
    return now().astimezone(HERE).date()


def moment_of(day: date, wall: time) -> datetime:
    """Answer the moment a clock on the wall here shows this; refuse the hour that does not exist in March (R6)."""
    moment = datetime.combine(day, wall, HERE).astimezone(UTC)
    if moment.astimezone(HERE).replace(tzinfo=None) != datetime.combine(day, wall):
        raise ValueError("The clocks go forward that night, so this time does not exist.")
    return moment
