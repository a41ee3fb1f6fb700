from datetime import date

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.programmes import services
from coprod.programmes.models import Holiday, ProgrammeState
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def test_move_starts_a_programme_and_writes_it_down() -> None:
    programme = factories.a_programme(state=ProgrammeState.SETTING_UP)
    services.move(programme, "started", by=factories.an_admin())
    entry = db.session.scalars(select(Entry)).one()
    assert (programme.state, entry.verb, entry.before, entry.after) == ("active", "started", "setting up", "active")


def test_school_holiday_is_added_by_an_admin() -> None:
    services.add_school_holiday("Half term", date(2026, 2, 16), date(2026, 2, 20), by=factories.an_admin())
    found = db.session.scalars(select(Holiday)).one()
    assert (found.kind, found.first, found.last) == ("school holiday", date(2026, 2, 16), date(2026, 2, 20))
    assert db.session.scalars(select(Entry.verb)).all() == ["added"]


def test_school_holiday_is_refused_to_others_and_backwards() -> None:
    with pytest.raises(Refused, match="Only a programme admin"):
        services.add_school_holiday("X", date(2026, 2, 16), date(2026, 2, 20), by=factories.a_professional())
    with pytest.raises(Refused, match="on or after the day it begins"):
        services.add_school_holiday("X", date(2026, 2, 20), date(2026, 2, 16), by=factories.an_admin())
