"""Who pays people: named by a programme admin, and nobody who runs accounts or receives concerns."""

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.programmes import rules, services
from tests.factories import a_person, a_professional, a_programme, an_admin


@pytest.fixture
def programme(database):
    lead, deputy = a_professional("Lead"), a_professional("Deputy")
    return a_programme(safeguarding_lead=lead, deputy_lead=deputy)


def test_officer_is_a_professional_with_an_open_account_and_no_other_part(programme):
    lead = programme.safeguarding_lead
    refused = {
        "Robin cannot pay people. Name a professional whose account is open.": a_person("Robin"),
        "Gone cannot pay people. Name a professional whose account is open.": a_professional("Gone", active=False),
        "Ada is a programme admin, and they never see how people are paid.": an_admin("Ada"),
        "Lead receives concerns. Name somebody else to pay people.": lead,
    }
    assert {why: rules.may_pay_out(who, lead, None).reason for why, who in refused.items()} == {
        why: why for why in refused
    }
    assert rules.may_pay_out(None, lead)
    assert rules.may_pay_out(a_professional("Pat"), lead, None)


def test_officer_is_named_by_an_admin_and_their_sessions_begin_anew_a1(programme):
    ada, pat, max_ = an_admin("Ada"), a_professional("Pat"), a_professional("Max")
    with pytest.raises(Refused, match="Only a programme admin"):
        services.set_payments_officer(programme, pat, by=pat)
    services.set_payments_officer(programme, pat, by=ada)
    assert rules.payments_officer(programme) is pat
    assert (rules.is_payments_officer(pat, programme).reason, pat.rights) == ("", 1)
    services.set_payments_officer(programme, pat, by=ada)
    assert pat.rights == 1
    services.set_payments_officer(programme, max_, by=ada)
    assert (pat.rights, max_.rights) == (2, 1)
    assert not rules.is_payments_officer(pat, programme)
    services.set_payments_officer(programme, None, by=ada)
    assert rules.payments_officer(programme) is None
    verbs = list(db.session.scalars(db.select(Entry.verb).where(Entry.subject_id == programme.id)))
    assert verbs == ["named the payments officer"] * 3


def test_officer_who_becomes_an_admin_or_is_turned_away_pays_no_more(programme):
    pat = programme.payments_officer = a_professional("Pat")
    pat.is_admin = True
    assert rules.payments_officer(programme) is None
    pat.is_admin, pat.active = False, False
    assert rules.payments_officer(programme) is None


def test_officer_is_named_on_the_page_and_said_beside_the_field_where_it_does_not_fit(programme, as_):
    ada, pat = as_(an_admin("Ada")), a_professional("Pat")
    address = f"/programmes/{programme.id}/sign-offs"
    held = {
        "lead": str(programme.safeguarding_lead_id),
        "deputy": str(programme.deputy_lead_id),
        "data_protection": "1 November 2025",
        "accessibility": "1 November 2025",
    }
    refused = ada.post(address, data=held | {"officer": held["lead"]})
    assert refused.status_code == 422
    assert "Lead receives concerns. Name somebody else to pay people." in refused.text
    assert ada.post(address, data=held | {"officer": str(pat.id)}).status_code == 303
    assert programme.payments_officer is pat
    assert f'<option selected value="{pat.id}">Pat</option>' in ada.get(address).text
