"""What time it is here."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from coprod.core.clock import HERE, moment_of, now, today


def test_the_real_time_is_told_where_none_is_fixed(app, database):
    app.config["NOW"] = None
    with time_machine.travel(datetime(2025, 7, 1, 23, 30, tzinfo=UTC), tick=False):
        assert now() == datetime(2025, 7, 1, 23, 30, tzinfo=UTC)
        assert today() == date(2025, 7, 2)


def test_a_fixed_moment_is_told_in_utc(database, clock):
    clock(2025, 7, 1, 18, 0)
    assert now() == datetime(2025, 7, 1, 17, 0, tzinfo=UTC)
    assert now().tzinfo == UTC
    clock(datetime(2025, 11, 18, 18, 0, tzinfo=HERE))
    assert now().hour == 18


def test_a_wall_clock_moment_is_told_in_utc():
    assert moment_of(date(2025, 7, 1), time(18)) == datetime(2025, 7, 1, 17, 0, tzinfo=UTC)
    assert moment_of(date(2025, 11, 18), time(18)) == datetime(2025, 11, 18, 18, 0, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused():
    """R6."""
    with pytest.raises(ValueError, match="this time does not exist"):
        moment_of(date(2026, 3, 29), time(1, 30))
