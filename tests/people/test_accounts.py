"""Accounts, their pages, and who may see that they exist."""

import re

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db, here
from coprod.people import queries, services
from coprod.people.models import Person, Side
from coprod.people.services import accounts
from tests.factories import a_person, a_professional, a_programme, a_steering_group, a_stream, an_admin
from tests.people.conftest import verbs

pytestmark = pytest.mark.usefixtures("database")
ROBIN = {"alias": "Robin", "side": "lived experience", "email": "", "phone": ""}


def people():
    return db.session.scalars(db.select(Person).order_by(Person.alias)).all()


# --- Set-up


def test_set_up_makes_the_first_admin_and_goes(client):
    words = services.set_up_secret(here().keys)
    assert "Make the first account" in client.get("/set-up").text
    answer = client.post("/set-up", data={"words": words, "alias": "Ada", "email": "Ada@Example.org"})
    assert answer.location == "/sign-in"
    assert [(p.alias, p.email, p.is_admin, p.side) for p in people()] == [
        ("Ada", "ada@example.org", True, Side.PROFESSIONAL)
    ]
    assert not (here().keys / "set-up").exists()
    assert (client.get("/set-up").status_code, client.post("/set-up").status_code) == (404, 404)
    assert verbs() == ["set up as first admin"]


def test_set_up_words_are_drawn_once_and_readable_by_their_owner_alone():
    words = services.set_up_secret(here().keys)
    assert services.set_up_secret(here().keys) == words
    assert len(words.split()) == 4
    assert (here().keys / "set-up").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"words": "babab"}, "Those are not the set-up words."),
        ({"words": "", "alias": "", "email": "ada"}, "Type the set-up words."),
    ],
)
def test_set_up_refuses_wrong_words(client, typed, said):
    answer = client.post("/set-up", data={"words": "babab", "alias": "Ada", "email": "ada@example.org"} | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert people() == []


def test_of_two_first_admins_at_once_the_database_keeps_one(monkeypatch):
    services.first_admin("Ada", "ada@example.org")
    monkeypatch.setattr(queries, "nobody_is_here", lambda: True)
    with pytest.raises(Refused):
        services.first_admin("Eve", "eve@example.org")
    assert [person.alias for person in people()] == ["Ada"]


def test_there_is_one_first_admin():
    services.first_admin("Ada", "ada@example.org")
    with pytest.raises(Refused, match="There is somebody here already"):
        services.first_admin("Eve", "eve@example.org")


# --- Who may see


@pytest.mark.parametrize("builder", [a_person, a_professional])
def test_for_others_than_admins_there_is_no_directory(as_, builder):
    """P2."""
    visitor, other = as_(builder()), a_person("Jo")
    for path in ("/people", "/people/new", f"/people/{other.id}", f"/people/{other.id}/card"):
        assert visitor.get(path).status_code == 404
    for path in ("/people/new", f"/people/{other.id}/name", f"/people/{other.id}/turn-away"):
        assert visitor.post(path, data=ROBIN).status_code == 404
    with pytest.raises(NoResultFound):
        queries.seen_by(other)


def test_an_account_that_is_not_there_is_not_found(as_):
    assert as_(an_admin()).get("/people/0b0e7e0c-95c2-4b0a-8b3e-8f9f5f8f8b11").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(as_, query_count):
    visitor = as_(an_admin())
    counts = []
    for added in ([], [a_person("Bo"), a_person("Cy")]):
        db.session.commit()
        query_count.clear()
        page = visitor.get("/people").text
        counts.append(len([statement for statement in query_count if "SELECT" in statement]))
        assert all(person.alias in page for person in added)
    assert counts[0] == counts[1]


def test_contacts_are_never_shown(as_):
    """A6: write-only."""
    robin, visitor = a_person(email="robin@example.org", phone="07700900123"), as_(an_admin())
    for path in ("/people", f"/people/{robin.id}"):
        page = visitor.get(path).text
        assert "example.org" not in page
        assert "900123" not in page
    assert f"/people/{robin.id}/contact" in visitor.get(f"/people/{robin.id}").text


def test_anybody_chooses_another_name(as_):
    for person in (a_person("Robin"), a_professional("Sam"), a_person("Jo", Side.SUPPORTER)):
        visitor = as_(person)
        assert person.alias in visitor.get("/my-name").text
        assert visitor.post("/my-name", data={"alias": "Wren"}).location == "/my-name"
        assert (person.alias, verbs()[-1]) == ("Wren", "chose another name")
        asked = visitor.post("/my-name", data={"alias": " "})
        assert (asked.status_code, person.alias) == (422, "Wren")


# --- Adding


def test_an_admin_adds_a_person(as_):
    answer = as_(an_admin()).post(
        "/people/new", data=ROBIN | {"email": "Robin@example.org", "phone": "07700 900 123"}, follow_redirects=True
    )
    assert "Robin has an account." in answer.text
    robin = people()[1]
    assert (robin.side, robin.email, robin.phone, robin.is_admin) == (
        Side.LIVED,
        "robin@example.org",
        "+447700900123",
        False,
    )
    assert verbs() == ["added"]


def test_the_page_to_add_a_person_has_nothing_chosen_beforehand(as_):
    page = as_(an_admin()).get("/people/new").text
    assert "Add this person" in page
    assert "checked" not in page


def test_a_person_needs_neither_mailbox_nor_phone(as_):
    """A4."""
    visitor = as_(an_admin())
    for alias in ("Robin", "Jo"):
        visitor.post("/people/new", data=ROBIN | {"alias": alias})
    assert [(person.email, person.phone) for person in people()] == [(None, None)] * 3


def test_an_admin_adds_an_admin(as_):
    as_(an_admin()).post("/people/new", data=ROBIN | {"alias": "Bea", "side": "professional", "is_admin": "y"})
    assert [person.alias for person in people() if person.is_admin] == ["Ada", "Bea"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"alias": ""}, "Type a name."),
        ({"alias": "x" * 41}, "Use 40 letters at most."),
        ({"alias": "Robin 943 476 5919"}, "This looks like an NHS number."),
        ({"side": ""}, "Choose a side."),
        ({"email": "robin"}, "Write the e-mail address like this"),
        ({"phone": "123"}, "Write the phone number like this"),
        ({"is_admin": "y"}, "Only professionals can be programme admins"),
        ({"email": "JO@example.org"}, "cannot be used here"),
        ({"phone": "07700 900999"}, "cannot be used here"),
    ],
)
def test_wrong_input_is_asked_for_again_and_what_was_typed_is_kept(as_, typed, said):
    a_person("Jo", email="jo@example.org", phone="+447700900999")
    answer = as_(an_admin()).post("/people/new", data=ROBIN | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(people()) == 2


def test_the_services_ask_too():
    robin, ada = a_person(email="robin@example.org"), an_admin()
    with pytest.raises(Refused, match="Only a programme admin"):
        services.add_person("Jo", Side.LIVED, by=robin)
    with pytest.raises(Refused, match="must sign in with an authenticator"):
        services.add_person("Jo", Side.LIVED, by=ada, is_admin=True)
    with pytest.raises(Refused, match="cannot be used here"):
        services.add_person("Jo", Side.LIVED, by=ada, email="Robin@example.org")
    with pytest.raises(Refused, match="Only a programme admin"):
        services.rename(robin, "Jo", by=robin)


def test_whoever_is_quicker_keeps_the_address(monkeypatch):
    a_person(email="robin@example.org")
    ada = an_admin()
    monkeypatch.setattr(accounts.queries, "is_taken", lambda *_: False)
    with pytest.raises(Refused, match="cannot be used here"):
        services.add_person("Jo", Side.LIVED, by=ada, email="robin@example.org")
    assert [person.alias for person in people()] == ["Ada", "Robin"]


# --- Changing


def test_a_name_is_changed_and_the_person_signs_in_anew(as_):
    robin, ada = a_person(), an_admin()
    assert as_(ada).post(f"/people/{robin.id}/name", data={"alias": "Lee"}).location == f"/people/{robin.id}"
    db.session.refresh(robin)
    assert (robin.alias, robin.rights) == ("Lee", 1)
    assert verbs() == ["renamed"]


def test_an_empty_name_is_asked_for_again(as_):
    robin, ada = a_person(), an_admin()
    assert as_(ada).post(f"/people/{robin.id}/name", data={"alias": " "}).status_code == 422


def test_an_account_is_closed_and_opened_again(as_):
    robin, visitor = a_person(), as_(an_admin())
    visitor.post(f"/people/{robin.id}/turn-away")
    db.session.refresh(robin)
    assert (robin.active, robin.rights) == (False, 1)
    assert "Let them in again" in visitor.get(f"/people/{robin.id}").text
    assert "Cannot sign in" in visitor.get("/people").text
    visitor.post(f"/people/{robin.id}/let-in-again")
    db.session.refresh(robin)
    assert (robin.active, robin.rights) == (True, 2)
    assert verbs() == ["let in again", "turned away"]


def test_nobody_closes_their_own_account(as_):
    ada = an_admin()
    answer = as_(ada).post(f"/people/{ada.id}/turn-away")
    assert answer.status_code == 403
    assert "Ask another programme admin to do this for you." in answer.text


def test_an_admin_is_made_and_unmade(as_):
    sam, visitor = a_professional(), as_(an_admin())
    visitor.post(f"/people/{sam.id}/make-admin")
    db.session.refresh(sam)
    assert (sam.is_admin, sam.rights) == (True, 1)
    assert "No longer a programme admin" in visitor.get(f"/people/{sam.id}").text
    visitor.post(f"/people/{sam.id}/end-admin")
    db.session.refresh(sam)
    assert (sam.is_admin, sam.rights) == (False, 2)
    assert verbs() == ["made admin", "no longer admin"]


def test_a_member_is_not_made_admin(as_):
    robin, visitor = a_person(), as_(an_admin())
    assert visitor.post(f"/people/{robin.id}/make-admin").status_code == 403


# --- The demonstration


@pytest.fixture
def demonstration(app):
    app.config["DEMONSTRATION"] = True
    yield
    app.config["DEMONSTRATION"] = False


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_one_signs_in_as_anybody_in_it(client):
    robin, gone = a_person(), a_person("Gone", active=False)
    assert "/sign-in-as" in client.get("/sign-in").text
    page = client.get("/sign-in-as").text
    assert "Robin" in page
    assert "Gone" not in page
    assert client.post("/sign-in-as", data={"person": robin.id}).location == "/"
    assert client.get("/my-sessions").status_code == 200
    assert client.post("/sign-in-as", data={"person": gone.id}).status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_each_is_listed_with_what_they_do(client, query_count):
    programme, robin, sam, alex = a_programme(), a_person(), a_professional(), a_professional("Alex")
    a_stream(programme, facilitator=sam, members=[robin])
    a_steering_group(programme, chair=alex, members=[robin])
    an_admin()
    db.session.commit()
    query_count.clear()
    page = client.get("/sign-in-as").text
    said = re.findall(r'line__source">([^<]*)<', page)
    assert said == [
        "Programme admin",
        "Chairs Steering group",
        "Mother, Practice models; Mother, Steering group",
        "Runs Practice models",
    ]
    assert len([statement for statement in query_count if "SELECT" in statement]) == 2


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("typed", ["", "nobody", "0b0e7e0c-95c2-4b0a-8b3e-8f9f5f8f8b11"])
def test_in_the_demonstration_there_is_no_signing_in_as_nobody(client, typed):
    assert client.post("/sign-in-as", data={"person": typed}).status_code == 404


def test_anywhere_else_there_is_no_signing_in_as_somebody(client):
    robin = a_person()
    assert "/sign-in-as" not in client.get("/sign-in").text
    assert client.get("/sign-in-as").status_code == 404
    assert client.post("/sign-in-as", data={"person": robin.id}).status_code == 404
