from datetime import UTC, datetime, timedelta

import pytest

from coprod.core.clock import now
from coprod.retention import queries, rules, services
from coprod.retention.models import RetentionRun
from tests.factories import a_person, an_admin, keep


@pytest.mark.parametrize("hours", [(47, False), (48, False), (49, True)])
def test_alarm_is_raised_when_none_has_finished_for_48_hours_l4(hours):
    ago, late = hours
    moment = datetime(2025, 11, 17, 9, tzinfo=UTC)
    assert rules.is_late(moment - timedelta(hours=ago), moment) is late
    assert rules.is_late(None, moment)


def test_alarm_is_for_programme_admins(database):
    robin, ada = a_person(), an_admin()
    assert [queries.needs_a_look(person, now()) for person in (robin, ada)] == [False, True]
    services.run()
    assert not queries.needs_a_look(ada, now())


def test_everybody_reads_the_limits_and_only_admins_the_runs(as_, database):
    robin, ada = a_person(), an_admin()
    began = now() - timedelta(days=3)
    keep(
        RetentionRun(began_at=began),
        RetentionRun(began_at=began, finished_at=began, let_go={"messages": 12}),
        RetentionRun(began_at=began, finished_at=began, failed=["leavers"]),
    )
    page = as_(robin).get("/retention").text
    assert "30 days after they left" in page
    assert "The last daily runs" not in page
    page = as_(ada).get("/retention").text
    for words in ("Not finished", "Let go of 12.", "Could not do all of: leavers.", "for two days"):
        assert words in page


def test_first_run_is_waited_for(as_, database):
    assert "No run yet" in as_(an_admin()).get("/retention").text
