from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.programmes import queries
from coprod.programmes.models import Holiday, HolidayKind, ProgrammeState, Source
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def holiday(kind: HolidayKind, first: date, last: date, what: str = "Off") -> Holiday:
    found = Holiday(kind=kind, first=first, last=last, what=what)
    factories.keep(found)
    return found


def test_programme_here_is_the_active_one_before_any_other() -> None:
    assert queries.programme_here() is None
    closed = factories.a_programme("A closed one", state=ProgrammeState.CLOSED)
    assert queries.programme_here() == closed
    coming = factories.a_programme("B coming", state=ProgrammeState.SETTING_UP)
    assert queries.programme_here() == coming
    active = factories.a_programme("C active")
    assert queries.programme_here() == active


def test_programme_is_seen_by_everybody_with_its_timeline(query_count: list[str]) -> None:
    programme, robin = factories.a_programme(), factories.a_person()
    assert queries.one_seen_by(robin, programme.id) == programme
    with pytest.raises(NoResultFound):
        queries.one_seen_by(robin, uuid4())


def test_holidays_are_those_that_touch_the_days_asked_for() -> None:
    half_term = holiday(HolidayKind.SCHOOL, date(2022, 10, 24), date(2022, 10, 28))
    boxing = holiday(HolidayKind.BANK, date(2022, 12, 26), date(2022, 12, 26))
    easter = holiday(HolidayKind.BANK, date(2023, 4, 10), date(2023, 4, 10))

    assert queries.holidays(date(2022, 10, 28), date(2022, 12, 26)) == [half_term, boxing]
    assert queries.holidays(date(2022, 10, 29), date(2022, 12, 25)) == []
    assert queries.bank_holidays(date(2022, 1, 1), date(2023, 12, 31)) == [boxing, easter]
    assert queries.school_holidays() == [half_term]
    assert queries.is_known("Off", date(2022, 10, 24))
    assert not queries.is_known("Off", date(2022, 12, 26))


@pytest.mark.parametrize("of", ["school_holidays", "sources_of"])
def test_lists_cost_the_same_with_one_and_three_rows(query_count: list[str], of: str) -> None:
    programme = factories.a_programme()

    def cost() -> int:
        query_count.clear()
        found = queries.school_holidays() if of == "school_holidays" else queries.sources_of(programme)
        assert found
        return len(query_count)

    def add(n: int) -> None:
        holiday(HolidayKind.SCHOOL, date(2022, n, 1), date(2022, n, 5))
        factories.keep(Source(programme_id=programme.id, key=str(n), title="A report"))

    add(1)
    one = cost()
    add(2)
    add(3)
    assert cost() == one
