"""Journey 2 (its first two questions), my own number, somebody else's, and a facilitator's list."""

import re

import pytest

from coprod.contacts import queries, services
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState, PartOfDay, Reach, Way
from coprod.people.services import begin_session
from tests.factories import a_person, a_professional, a_programme, a_stream, an_admin
from tests.messages.conftest import HELLO
from tests.messages.conftest import right as right

ONE_TIME = re.compile(r'name="(once|csrf_token)"[^>]*>')
OLD, NEW = "+447700900142", "+447700900177"


def robin(**fields):
    return a_person("Robin", **({"phone": OLD, "email": "robin@example.org"} | fields))


def a_group(*members, name="Tuesday"):
    sam = a_professional("Sam")
    return a_stream(a_programme(f"Programme of {name}"), name, facilitator=sam, members=members), sam


def reach_of(person):
    db.session.expire_all()
    return messages.reach_of(person)


# --- How to reach me.


def test_a_member_says_how_and_goes_on(as_):
    person = robin()
    visitor = as_(person)
    answer = visitor.post("/how-to-reach-me", data={"way": "call"})
    assert (answer.status_code, answer.location) == (303, "/how-to-reach-me/safe")
    answer = visitor.post("/how-to-reach-me/safe", data={"safe": "yes", "shared": "yes", "hours": ["evening"]})
    assert (answer.status_code, answer.location) == (303, "/what-helps-me")
    reach = reach_of(person)
    assert (reach.way, reach.phone_is_safe, reach.phone_is_shared) == (Way.CALL, True, True)
    assert reach.hours == [PartOfDay.EVENING]
    assert visitor.get("/how-to-reach-me").text.count("checked") == 1
    assert visitor.get("/how-to-reach-me/safe").text.count("checked") == 3


def test_every_question_can_be_skipped_and_nothing_is_kept(as_):
    visitor = as_(robin())
    assert 'href="/how-to-reach-me/safe"' in visitor.get("/how-to-reach-me").text
    assert 'href="/what-helps-me"' in visitor.get("/how-to-reach-me/safe").text
    assert visitor.post("/how-to-reach-me/safe", data={}).status_code == 303
    assert reach_of(db.session.scalars(db.select(Reach)).one().person).phone_is_safe is None


def test_what_is_left_open_stays_as_it_was(as_):
    person = robin()
    messages.set_reach(person, by=person, phone_is_safe=False, phone_is_shared=False)
    as_(person).post("/how-to-reach-me/safe", data={"shared": "yes"})
    reach = reach_of(person)
    assert (reach.phone_is_safe, reach.phone_is_shared) == (False, True)


def test_what_is_no_answer_is_asked_again(as_):
    visitor = as_(robin())
    for path, data in (("/how-to-reach-me", {}), ("/how-to-reach-me/safe", {"hours": ["night"]})):
        assert visitor.post(path, data=data).status_code == 422
    assert db.session.scalars(db.select(Reach)).all() == []


def test_no_question_asks_why(as_):
    """Journey 2: no free-text field exists on either page."""
    visitor = as_(robin())
    for path in ("/how-to-reach-me", "/how-to-reach-me/safe"):
        page = visitor.get(path).text
        assert ("<textarea" in page, 'type="text"' in page) == (False, False)


def test_nobody_but_a_member_finds_the_questions(as_):
    for person in (an_admin(), a_professional("Sam")):
        for path in ("/how-to-reach-me", "/how-to-reach-me/safe"):
            assert as_(person).get(path).status_code == 404
            assert as_(person).post(path, data={"way": "call"}).status_code == 404


# --- My own.


def test_my_own_page_shows_just_enough(as_):
    page = as_(robin()).get("/my-contact").text
    assert ("ends in 42" in page, "starts with r" in page) == (True, True)
    assert (OLD in page, "7700900142" in page, "robin@example.org" in page) == (False, False, False)
    assert "We have none." in as_(a_person("Jo")).get("/my-contact").text
    assert "My phone and e-mail – Coprod" in as_(a_professional("Sam")).get("/my-contact").text


def test_my_own_change_takes_effect_at_once_and_leaves_me_alone_signed_in(as_, app):
    person = robin()
    visitor, elsewhere = as_(person), as_(person)
    answer = visitor.post("/my-contact/phone", data={"value": "07700 900177"})
    assert (answer.status_code, answer.location) == (303, "/how-to-reach-me/safe")
    assert "That is how we reach you from now on." in visitor.get("/my-contact").text
    assert "ends in 77" in visitor.get("/my-contact").text
    assert elsewhere.get("/my-contact").status_code == 303
    answer = visitor.post("/my-contact/e-mail", data={"value": "New@example.org", "tell": "y"})
    assert (answer.status_code, answer.location) == (303, "/my-contact")
    db.session.refresh(person)
    assert (person.phone, person.email) == (NEW, "new@example.org")
    assert visitor.post("/my-contact/phone/none").location == "/my-contact"
    assert as_(a_professional("Sam")).post("/my-contact/phone", data={"value": OLD}).location == "/my-contact"


def test_what_another_account_has_gets_the_same_pages_a5(app, as_):
    a_person("Jo", phone=NEW, email="jo@example.org")
    seen = []
    for value, address in ((NEW, "jo@example.org"), ("+447700900277", "jim@example.org")):
        person = a_person("Robin", phone=None, email=None)
        visitor = as_(person)
        answers = [
            visitor.post("/my-contact/phone", data={"value": value}),
            visitor.post("/my-contact/e-mail", data={"value": address}),
        ]
        page = visitor.get("/my-contact").text
        seen.append(([(a.status_code, a.location, a.data) for a in answers], ONE_TIME.sub("", page)))
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("path", "value"), [("phone", "12"), ("phone", ""), ("e-mail", "robin"), ("e-mail", "")])
def test_what_is_no_number_and_no_address_is_asked_again(as_, path, value):
    answer = as_(robin()).post(f"/my-contact/{path}", data={"value": value})
    assert (answer.status_code, "like this:" in answer.text) == (422, True)
    assert as_(robin(phone=None, email=None)).get(f"/my-contact/{path}").status_code == 200


def test_i_can_stop_what_others_asked_for(as_):
    person = robin()
    change = services.ask_change(person, Channel.PHONE, NEW, by=an_admin())
    db.session.commit()
    assert "One more of the team has to confirm it." in as_(person).get("/my-contact").text
    services.confirm(change, NEW, by=an_admin("Lee"))
    page = as_(person).get("/my-contact").text
    assert ("It changes on Tuesday 18 November, 9am." in page, NEW in page) == (True, False)
    assert as_(robin(phone=None, email=None)).post(f"/my-contact/changes/{change.id}/stop").status_code == 404
    assert as_(person).post(f"/my-contact/changes/{change.id}/stop").location == "/my-contact"
    db.session.refresh(change)
    assert change.state == ChangeState.STOPPED
    assert as_(person).post(f"/my-contact/changes/{change.id}/stop").status_code == 404


# --- For somebody else.


def test_two_people_change_it_for_her(as_):
    person = robin()
    _, sam = a_group(person)
    ada, here = an_admin(), f"/people/{person.id}/contact"
    assert "We have one. It is not shown." in as_(sam).get(here).text
    assert "Write it down" in as_(sam).get(f"{here}/phone").text
    assert as_(sam).post(f"{here}/phone", data={"value": NEW}).location == here
    change = db.session.scalars(db.select(ContactChange)).one()
    again = f"{here}/changes/{change.id}"
    own = as_(sam).get(here).text
    assert ("A second person has to confirm it." in own, "Confirm it" in own) == (True, False)
    assert "Somebody else has to confirm this" in as_(sam).get(again).text
    assert as_(sam).post(again, data={"value": NEW}).status_code == 403
    assert again in as_(ada).get(here).text
    assert "Ask Robin in person" in as_(ada).get(again).text
    assert as_(ada).post(again, data={"value": "12"}).status_code == 422
    other = as_(ada).post(again, data={"value": OLD})
    assert (other.status_code, "not what was typed first" in other.text) == (422, True)
    assert as_(ada).post(again, data={"value": NEW}).location == here
    page = as_(sam).get(here).text
    assert "It changes on Tuesday 18 November, 9am." in page
    assert not any(secret in page for secret in (NEW, OLD, "ends in", "robin@"))
    assert as_(sam).post(f"{again}/stop").location == here
    assert db.session.scalars(db.select(ContactChange.state)).all() == [ChangeState.STOPPED]
    assert "About to change" not in as_(sam).get(here).text


def test_an_address_is_changed_the_same_way(as_):
    person, ada = robin(), an_admin()
    here = f"/people/{person.id}/contact"
    assert "New e-mail address of Robin" in as_(ada).get(f"{here}/e-mail").text
    assert as_(ada).post(f"{here}/e-mail", data={"value": "robin"}).status_code == 422
    assert as_(ada).post(f"{here}/e-mail", data={"value": "new@example.org"}).location == here


def test_nobody_else_finds_it_nor_anybody_their_own(as_):
    """P2."""
    person, ada = robin(), an_admin()
    a_group(person)
    change = services.ask_change(person, Channel.PHONE, NEW, by=ada)
    _, other = a_group(a_person("Jo"), name="Another")
    here = f"/people/{person.id}/contact"
    for visitor in (person, other, a_person("Max")):
        for path in (here, f"{here}/phone", f"{here}/e-mail", f"{here}/changes/{change.id}"):
            assert as_(visitor).get(path).status_code == 404
        for path in (
            f"{here}/phone",
            f"{here}/e-mail",
            f"{here}/changes/{change.id}",
            f"{here}/changes/{change.id}/stop",
        ):
            assert as_(visitor).post(path, data={"value": NEW}).status_code == 404
    assert as_(ada).get(f"/people/{ada.id}/contact").status_code == 404


# --- Reaching people.


def test_a_facilitator_reads_how_to_reach_her_people_and_what_waits_for_her(as_, right):
    person, thing = robin(), robin(phone=None, email=None).id
    _, sam = a_group(person, a_person("Casey"))
    messages.set_reach(person, by=person, way=Way.CALL, phone_is_safe=False, phone_is_shared=True, hours=["evening"])
    messages.queue(HELLO, person, thing)
    page = as_(sam).get("/to-reach").text
    assert "not a safe phone · a shared phone · Evenings, 5 to 8" in page
    assert ("Ring me" in page, "Has not said" in page, "Hello" in page) == (True, True, True)
    assert (OLD in page, "robin@" in page) == (False, False)
    message = db.session.scalars(db.select(Message)).one()
    stranger = a_professional("Nia")
    a_group(a_person("Jo"), name="Another")
    assert as_(stranger).get("/to-reach").status_code == 404
    assert as_(stranger).post(f"/to-reach/{message.id}/done").status_code == 404
    assert as_(sam).post(f"/to-reach/{message.id}/done").location == "/to-reach"
    db.session.refresh(message)
    assert message.state == MessageState.SENT
    assert "Nobody waits for you" in as_(sam).get("/to-reach").text


def test_a_member_who_runs_a_group_may_have_nobody_of_her_side(as_):
    """A list without members says so, and asks nothing about professionals."""
    sam = a_professional("Sam")
    a_stream(facilitator=sam, members=[a_professional("Max")])
    assert "How they want to be reached" not in as_(sam).get("/to-reach").text


def test_the_list_costs_the_same_for_one_and_for_three(as_, right, query_count):
    costs = []
    for count in (1, 3):
        people = [a_person(f"Parent {count}{n}") for n in range(count)]
        _, sam = a_group(*people, name=f"Group {count}")
        for person in people:
            messages.queue(HELLO, person, person.id)
        assert queries.has_to_tell_somebody(sam, now(), True)
        visitor = as_(sam)
        query_count.clear()
        visitor.get("/to-reach")
        costs.append(len(query_count))
    assert costs[0] == costs[1]


def test_a_session_begun_before_is_over_after_staff_changed_it(as_, clock):
    """A1."""
    person = robin()
    begin_session(person)
    visitor = as_(person)
    change = services.ask_change(person, Channel.PHONE, NEW, by=an_admin())
    services.confirm(change, NEW, by=an_admin("Lee"))
    db.session.commit()
    clock(2025, 11, 18, 9, 0)
    services.make_due_changes()
    assert visitor.get("/my-contact").status_code == 303
