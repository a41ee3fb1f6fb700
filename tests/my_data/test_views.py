import json

import pytest
from sqlalchemy import func, select

from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.security_log import SecurityEvent
from coprod.my_data.models import AskState, DataAsk
from coprod.payments.models import Expense, Payment, PaymentState, PaymentStep
from coprod.people.models import Person
from tests.factories import a_person, a_professional, a_programme, a_stream, an_admin, keep
from tests.my_data.canaries import Aviary


def test_member_sees_all_that_is_kept_about_her(as_, database):
    aviary = Aviary(1)
    canary = aviary.canaries[0]
    page = as_(canary.person).get("/my-data").text
    for said in ("Tongue", "Food", "Apart", "Helper", "Ask", "Was", "Now"):
        assert said in page
    for title in ("Times that never work", "Your places in groups", "Sessions you were at", "Done by you"):
        assert title in page
    assert "m…rg" in page
    assert canary.person.email not in page


def test_page_shows_the_first_few_and_says_how_many_more_the_file_has(as_, database):
    robin = a_person()
    for _ in range(8):
        db.session.add(DataAsk(person_id=robin.id, words="?", asked_on=func.current_date()))
    assert "And 5 more." in as_(robin).get("/my-data").text


def test_file_holds_every_word_of_hers_and_none_of_anybody_elses_f32(as_, database):
    """L5, F32: five people, each with canaries of their own; what is sealed or a key is nobody's to read."""
    aviary = Aviary(5)
    hidden = {word for canary in aviary.canaries for word in canary.words if word.startswith("Key")}
    for form in ("page", "data"):
        for canary in aviary.canaries:
            answer = as_(canary.person).post("/my-data/download", data={"form": form})
            others = {word for other in aviary.canaries if other is not canary for word in other.words}
            assert [word for word in set(canary.words) - hidden if word not in answer.text] == []
            assert [word for word in others | hidden if word in answer.text] == []


def test_file_is_handed_over_whole_and_kept_nowhere_o5(as_, database):
    robin = a_person(email="robin@example.org")
    for form, kind, name in (("", "text/html", "my-data.html"), ("data", "application/json", "my-data.json")):
        answer = as_(robin).post("/my-data/download", data={"form": form})
        assert (answer.mimetype, answer.headers["Content-Disposition"]) == (kind, f"attachment; filename={name}")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    data = json.loads(answer.text)
    assert data["kept_about_you"][0]["things"][0]["E-mail"] == "robin@example.org"
    taken = select(SecurityEvent).where(SecurityEvent.what == "took their own data away")
    assert [event.person_id for event in db.session.scalars(taken)] == [robin.id, robin.id]


def test_page_needs_as_many_statements_for_three_as_for_one(as_, database, query_count):
    counts = []
    for size in (1, 3):
        person = Aviary(size).canaries[0].person if size == 1 else counts and _more(counts)
        client = as_(person if size == 1 else counts[0][0])
        query_count.clear()
        client.get("/my-data")
        counts.append((person, len(query_count)))
    assert counts[0][1] == counts[1][1]


def _more(counts):
    person = counts[0][0]
    for n in range(3):
        db.session.add(DataAsk(person_id=person.id, words=f"{n}?", asked_on=func.current_date()))
    return person


# --- Erasing.


def test_erasing_asks_once_and_signs_out_to_a_kind_page(as_, database):
    robin = a_person(email="robin@example.org")
    client = as_(robin)
    assert "We can’t bring it back." in client.get("/my-data/erase").text
    answer = client.post("/my-data/erase")
    assert (answer.status_code, robin.alias) == (422, "Robin")
    answer = client.post("/my-data/erase", data={"sure": "y"})
    assert "url=/my-data/clear" in answer.text
    assert (robin.alias, robin.email) == ("Somebody", None)
    cleared = client.get("/my-data/clear")
    assert (cleared.location, "storage" in cleared.headers["Clear-Site-Data"]) == ("/my-data/goodbye", True)
    assert "Thank you for the time you gave." in client.get("/my-data/goodbye").text
    assert client.get("/my-data").location == "/sign-in"


def test_erasing_says_first_what_is_still_owed_each_by_itself(as_, database):
    robin, sam, ada = a_person("Robin"), a_professional("Sam"), an_admin()
    stream = a_stream(facilitator=sam, members=[robin])
    fee = Payment(person=robin, workstream=stream, what="Coming", pence=2500, task_on=today(), accepted_pence=2000)
    fee.state, fee.steps = PaymentState.DUE, [PaymentStep(number=1, state=PaymentState.DUE, on=today(), by=sam)]
    spent = Expense(person=robin, workstream=stream, what="Taxi", pence=460, spent_on=today(), claimed_on=today())
    spent.claimed_by_id = robin.id
    client = as_(robin)
    assert "Money is still on its way" not in client.get("/my-data/erase").text
    keep(fee, spent)
    for page in (client.get("/my-data/erase").text, client.post("/my-data/erase").text):
        assert "We still owe you a thank-you of £20." in page
        assert "You spent £4.60." in page
    robin.active = False
    db.session.commit()
    page = as_(ada).get(f"/people/{robin.id}/erase").text
    assert "We still owe them a thank-you of £20." in page
    assert "They spent £4.60." in page


def test_lead_is_told_what_must_be_done_first(as_, database):
    lee = a_professional("Lee")
    a_programme(safeguarding_lead=lee)
    page = as_(lee).get("/my-data/erase").text
    assert "Somebody else must take that part first." in page
    assert "<form" not in page.split("</h1>")[1].split("</main>")[0]
    assert as_(lee).post("/my-data/erase", data={"sure": "y"}).status_code == 403


def test_admin_erases_for_somebody_who_asked_on_paper(as_, database):
    ada, robin = an_admin(), a_person("Robin", active=False)
    other = a_person("Mo")
    address = f"/people/{robin.id}/erase"
    assert address in as_(ada).get("/data-requests/").text
    assert "Do it only if they asked for it." in as_(ada).get(address).text
    assert "Close the account first." in as_(ada).get(f"/people/{other.id}/erase").text
    assert as_(ada).post(address).status_code == 422
    assert as_(ada).post(address, data={"sure": "y"}).location == "/data-requests/"
    assert robin.alias == "Somebody"
    assert address not in as_(ada).get("/data-requests/").text
    assert [as_(other).open(address, method=method).status_code for method in ("GET", "POST")] == [404, 404]


# --- Words that others wrote.


def test_she_asks_a_person_answers_and_she_reads_it_l5(as_, database):
    robin, lee = a_person(), a_professional("Lee")
    a_programme(deputy_lead=lee)
    assert as_(robin).post("/my-data/ask", data={"words": ""}).status_code == 422
    assert as_(robin).post("/my-data/ask", data={"words": "What is in the notes?"}).location == "/my-data"
    asked = db.session.scalars(select(DataAsk)).one()
    assert "No answer yet." in as_(robin).get("/my-data").text
    assert "Answer what others asked (1)" in as_(lee).get("/my-data").text
    assert "What is in the notes?" in as_(lee).get("/data-requests/").text
    address = f"/data-requests/{asked.id}"
    assert "What is in the notes?" in as_(lee).get(address).text
    assert as_(lee).post(address, data={"answer": ""}).status_code == 422
    assert as_(lee).post(address, data={"answer": "Only your name."}).location == "/data-requests/"
    assert (asked.state, asked.answered_by_id) == (AskState.ANSWERED, lee.id)
    assert "Only your name." in as_(robin).get("/my-data").text
    assert "Only your name." in as_(lee).get(address).text


@pytest.mark.parametrize("path", ["/data-requests/", "/data-requests/{key}"])
def test_only_those_who_answer_see_what_was_asked(as_, database, path):
    robin = a_person()
    stream = a_stream(facilitator=a_professional("Sam"), members=[robin])
    asked = DataAsk(person_id=robin.id, words="?", asked_on=func.current_date())
    db.session.add(asked)
    db.session.commit()
    address = path.format(key=asked.id)
    people = [robin, stream.memberships[0].person, an_admin()]
    assert [as_(person).get(address).status_code for person in people] == [404, 404, 200]


def test_nobody_answers_themself(as_, database):
    ada = an_admin()
    as_(ada).post("/my-data/ask", data={"words": "And mine?"})
    asked = db.session.scalars(select(DataAsk)).one()
    assert "Somebody else answers this for you." in as_(ada).get(f"/data-requests/{asked.id}").text
    answer = as_(ada).post(f"/data-requests/{asked.id}", data={"answer": "Yes"})
    assert (answer.status_code, asked.answer) == (403, "")
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_ask_page_opens_with_an_empty_box(as_, database):
    assert "What would you like to know" in as_(a_person()).get("/my-data/ask").text
