"""How long things are kept, and when somebody must look. No database."""

from datetime import datetime, timedelta

from coprod.core.clock import HERE
from coprod.people.models import Person, Side
from coprod.retention import rules

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=HERE)


def test_contacts_of_leavers_go_after_thirty_days_and_the_security_log_after_twelve_months() -> None:
    """Domain rule 9, L2."""
    assert rules.limit("leavers").lasts == timedelta(days=30)
    assert rules.limit("security log").lasts == timedelta(days=365)


def test_each_kind_is_named_once_and_says_how_long() -> None:
    kinds = [limit.kind for limit in rules.LIMITS]
    assert len(kinds) == len(set(kinds))
    assert [limit.kind for limit in rules.LIMITS if not (limit.what and limit.kept)] == []


def test_runs_are_late_once_none_has_finished_for_two_days() -> None:
    """L4."""
    assert rules.is_late(None, NOW)
    assert not rules.is_late(NOW - timedelta(hours=48), NOW)
    assert rules.is_late(NOW - timedelta(hours=48, seconds=1), NOW)


def test_only_admins_see_how_the_runs_went() -> None:
    people = [Person(alias="Ada", side=Side.PROFESSIONAL, is_admin=admin) for admin in (True, False)]
    assert [bool(rules.may_see_runs(person)) for person in people] == [True, False]
