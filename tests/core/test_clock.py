"""What time it is here."""

from datetime import UTC, date, datetime

import time_machine

from coprod.core.clock import HERE, now, today


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
