from datetime import date

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people import services as people
from coprod.programmes import queries, services
from coprod.programmes.models import Holiday, ProgrammeState
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def test_move_starts_a_programme_and_writes_it_down() -> None:
    programme = factories.a_programme(state=ProgrammeState.SETTING_UP, **factories.signed_off())
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


# --- Before it goes live.


def test_programme_is_not_started_before_all_four_stand() -> None:
    programme = factories.a_programme(state=ProgrammeState.SETTING_UP)
    with pytest.raises(Refused, match="still needs a safeguarding lead, a deputy for the lead, the day data"):
        services.move(programme, "started", by=factories.an_admin())
    assert programme.state == ProgrammeState.SETTING_UP


def test_leads_are_named_and_begin_anew() -> None:
    """A1."""
    ada, lena, dale, max_ = factories.an_admin(), *map(factories.a_professional, ("Lena", "Dale", "Max"))
    programme = factories.a_programme(state=ProgrammeState.SETTING_UP)
    services.set_lead(programme, lena, dale, by=ada)
    services.set_lead(programme, lena, max_, by=ada)
    services.sign_off(programme, date(2025, 11, 17), date(2025, 11, 1), by=ada)
    assert (programme.safeguarding_lead, programme.deputy_lead) == (lena, max_)
    assert [person.rights for person in (lena, dale, max_)] == [1, 2, 1]
    assert queries.led_by(lena) == [programme]
    assert queries.led_by(dale) == []
    verbs = db.session.scalars(select(Entry.verb).order_by(Entry.verb)).all()
    assert verbs == ["named the leads", "named the leads", "signed off"]


def test_leads_and_sign_offs_are_refused_to_others_and_out_of_order() -> None:
    ada, lena, dale = factories.an_admin(), *map(factories.a_professional, ("Lena", "Dale"))
    programme = factories.a_programme(**factories.signed_off())
    for lead, deputy, by, reason in (
        (lena, dale, lena, "Only a programme admin"),
        (lena, lena, ada, "two different people"),
        (ada, dale, ada, "Ada is a programme admin"),
        (lena, factories.a_person(), ada, "Robin cannot receive concerns"),
        (lena, None, ada, "none of the four may be missing"),
    ):
        with pytest.raises(Refused, match=reason):
            services.set_lead(programme, lead, deputy, by=by)
    with pytest.raises(Refused, match="still to come"):
        services.sign_off(programme, date(2025, 11, 18), date(2025, 11, 1), by=ada)
    with pytest.raises(Refused, match="none of the four may be missing"):
        services.sign_off(programme, None, date(2025, 11, 1), by=ada)


def test_lead_is_neither_turned_away_nor_made_an_admin_before_somebody_else_is_named() -> None:
    ada, lena = factories.an_admin(), factories.a_professional("Lena")
    programme = factories.a_programme(**factories.signed_off() | {"deputy_lead": lena})
    for change in (lambda: people.turn_away(lena, by=ada), lambda: people.set_admin(lena, True, by=ada)):
        with pytest.raises(Refused, match=r"Lena receives concerns for Born into Care\. Name somebody else first"):
            change()
    services.set_lead(programme, programme.safeguarding_lead, factories.a_professional("Max"), by=ada)
    people.turn_away(lena, by=ada)
    assert not lena.active
