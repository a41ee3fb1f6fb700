"""See as: each role's menu and pages with invented people, and never a real person's (journey 24)."""

import re

import pytest
from markupsafe import escape

from coprod.core.db import db
from coprod.home.see_as import BY_KEY, EXAMPLES
from coprod.people.models import Side
from tests.factories import a_person, a_professional, a_programme, a_steering_group, a_stream, an_admin


def _menu(page):
    nav = page.partition('<nav class="nav"')[2].partition("</nav>")[0]
    return tuple(re.findall(r'class="nav__link"[^>]*>([^<]+)</a>', nav))


def _member_menu(page):
    return set(re.findall(r">([^<>]+)</a>", page))


@pytest.fixture
def canaries(database):
    """A full house, in which every name and word is a canary."""
    programme = a_programme("Canary programme", partnership="Canary town")
    robin = a_person("Canary robin", email="canary@example.org", phone="07700900123")
    fay = a_professional("Canary fay")
    a_stream(programme, "Canary table", facilitator=fay, members=[robin, a_professional("Canary sam")])
    a_steering_group(programme, chair=a_professional("Canary chris"))
    db.session.commit()


def test_no_statement_is_sent_but_the_one_that_knows_who_asks(canaries, as_, query_count):
    """P1: nothing of a real member is loaded, so nothing of one can be shown."""
    visitor = as_(an_admin("Lee"))
    for address in ("/see-as/", *(f"/see-as/?role={key}" for key in BY_KEY)):
        query_count.clear()
        page = visitor.get(address)
        assert page.status_code == 200
        asked = [statement for statement in query_count if statement.startswith("SELECT")]
        assert [("signed_in" in statement) for statement in asked] == [True], address
        assert "canary" not in page.text.casefold()


def test_each_roles_page_shows_its_menu_its_first_page_and_where_the_line_is_drawn(as_, database):
    visitor = as_(an_admin("Lee"))
    index = visitor.get("/see-as/").text
    for example in EXAMPLES:
        page = visitor.get(f"/see-as/?role={example.key}").text
        assert f'href="/see-as/?role={example.key}"' in index
        wanted = [*example.menu, example.first_page, *example.sees, *example.never, *(s.what for s in example.shown)]
        assert [words for words in wanted if str(escape(words)) not in page] == []
        assert "Example" in page


def test_the_menus_are_those_of_real_people(as_, database):
    """Each example is laid beside somebody who has that role: what is shown is what there is."""
    programme = a_programme()
    fay, sam, robin = a_professional("Fay"), a_professional("Sam"), a_person("Robin")
    a_stream(programme, facilitator=fay, members=[sam, robin], neutral_name="Tuesday group")
    chris, kim = a_professional("Chris"), a_professional("Kim")
    a_steering_group(programme, chair=chris)
    programme.safeguarding_lead = kim
    db.session.commit()
    real = {"facilitator": fay, "professional": sam, "chair": chris, "lead": kim, "admin": an_admin("Lee")}
    found = {key: _menu(as_(person).get("/").text) for key, person in real.items()}
    assert found == {key: BY_KEY[key].menu for key in real}
    for key, person in (("member", robin), ("supporter", a_person("Jo", Side.SUPPORTER))):
        page = as_(person).get("/", follow_redirects=True).text
        assert set(BY_KEY[key].menu) <= _member_menu(page)


def test_it_is_not_there_for_anybody_else(as_, database):
    visitor = as_(a_professional())
    assert [visitor.get(address).status_code for address in ("/see-as/", "/see-as/?role=member")] == [404, 404]
    assert as_(an_admin()).get("/see-as/?role=nobody").status_code == 404
