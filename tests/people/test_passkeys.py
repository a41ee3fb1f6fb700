"""A4, T3: passkeys of professionals, made and used by a device of these tests' own."""

import json
import random
from datetime import timedelta

import pytest
import time_machine

from coprod.core.db import db
from coprod.people import rules, services
from coprod.people.models import Passkey, SignedIn, Ticket
from coprod.people.sealing import real_now
from tests.factories import a_person, a_professional, an_admin
from tests.people.conftest import verbs
from tests.people.devices import PRESENT, Device

pytestmark = pytest.mark.usefixtures("database")
HERE = services.Place("localhost", "http://localhost")


def add(visitor, device, name="My laptop"):
    options = visitor.post("/my-passkeys/challenge").json
    return visitor.post("/my-passkeys", data={"name": name, "answer": device.make(options)})


def use(visitor, device):
    options = visitor.post("/sign-in/passkey/challenge").json
    return visitor.post("/sign-in/passkey", data={"answer": device.use(options)})


@pytest.fixture
def device(as_):
    """Sam's device, with a passkey on it."""
    made = Device()
    assert add(as_(a_professional()), made).status_code == 303
    return made


def test_a_professional_adds_a_passkey_and_goes_on_in_a_new_session(as_):
    sam = a_professional()
    visitor, elsewhere, device = as_(sam), as_(sam), Device()
    before = visitor.get_cookie("sid").value
    answer = add(visitor, device)
    assert answer.location == "/my-sessions"
    page = visitor.get("/my-sessions").text
    assert ("My laptop" in page, "Your passkey is added." in page) == (True, True)
    assert elsewhere.get("/my-sessions").location == "/sign-in"
    visitor.set_cookie("sid", before)
    assert visitor.get("/my-sessions").location == "/sign-in"
    kept = db.session.scalars(db.select(Passkey)).one()
    assert (kept.person_id, kept.credential, verbs()) == (sam.id, device.name, ["passkey added"])


def test_a_passkey_must_be_kept_on_the_device_and_unlocked_by_its_owner(as_):
    options = as_(a_professional()).post("/my-passkeys/challenge").json
    chosen = options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert (options["rp"]["id"], options["user"]["name"]) == ("localhost", "Sam")


def test_a_device_is_asked_not_to_make_a_second_passkey(as_, device):
    sam = db.session.scalars(db.select(Passkey)).one().person
    options = as_(sam).post("/my-passkeys/challenge").json
    assert len(options["excludeCredentials"]) == 1
    answer = as_(sam).post("/my-passkeys", data={"name": "Again", "answer": device.make(options)})
    assert (answer.status_code, "could not be added" in answer.text) == (422, True)


def test_a_passkey_signs_its_owner_in_without_an_address(client, device):
    answer = use(client, device)
    assert answer.location == "/"
    begun = db.session.scalars(db.select(SignedIn).where(SignedIn.by == "passkey")).one()
    assert begun.person.alias == "Sam"
    assert client.get("/my-sessions").status_code == 200


def test_everybody_is_asked_the_same(client, device):
    """A5."""
    options = client.post("/sign-in/passkey/challenge").json
    assert (options["allowCredentials"], options["userVerification"]) == ([], "required")


@pytest.mark.parametrize("counts", [True, False])
def test_an_answer_sent_again_lets_nobody_in(as_, app, counts):
    """A synced passkey counts nothing, so the challenge is good once."""
    device = Device(counts=counts)
    add(as_(a_professional()), device)
    visitor = app.test_client()
    answer = device.use(visitor.post("/sign-in/passkey/challenge").json)
    assert visitor.post("/sign-in/passkey", data={"answer": answer}).status_code == 303
    again = app.test_client().post("/sign-in/passkey", data={"answer": answer})
    assert (again.status_code, "That passkey did not work." in again.text) == (422, True)
    assert use(app.test_client(), device).status_code == 303


def test_a_count_that_goes_back_is_a_copy(app, device):
    assert use(app.test_client(), device).status_code == 303
    device.count = 0
    assert use(app.test_client(), device).status_code == 422


def _elsewhere(device):
    device.origin = "http://localhost.example.org"


def _for_another_host(device):
    device.host = "example.org"


def _not_unlocked(device):
    device.flags = PRESENT


def _with_another_key(device):
    device.key = Device().key


def _unknown(device):
    device.name = bytes(16)


WRONG = [_elsewhere, _for_another_host, _not_unlocked, _with_another_key, _unknown]


@pytest.mark.parametrize("spoil", WRONG)
def test_a_wrong_answer_lets_nobody_in(client, device, spoil):
    spoil(device)
    assert use(client, device).status_code == 422
    assert client.get("/my-sessions").location == "/sign-in"


@pytest.mark.parametrize("spoil", [_elsewhere, _for_another_host, _not_unlocked])
def test_a_wrong_answer_adds_nothing(as_, spoil):
    device = Device()
    spoil(device)
    assert add(as_(a_professional()), device).status_code == 422
    assert db.session.scalars(db.select(Passkey)).all() == []


def test_a_challenge_is_good_for_whom_and_for_what_it_was_drawn_and_not_for_long(as_, client, device):
    sam, lee = db.session.scalars(db.select(Passkey)).one().person, a_professional("Lee")
    for_lee = as_(lee).post("/my-passkeys/challenge").json
    other = Device()
    visitor = as_(sam)
    assert visitor.post("/my-passkeys", data={"name": "x", "answer": other.make(for_lee)}).status_code == 422
    for_anybody = client.post("/sign-in/passkey/challenge").json
    assert visitor.post("/my-passkeys", data={"name": "x", "answer": other.make(for_anybody)}).status_code == 422
    assert client.post("/sign-in/passkey", data={"answer": device.use(for_lee)}).status_code == 422
    old = client.post("/sign-in/passkey/challenge").json
    with time_machine.travel(real_now() + rules.CHALLENGE_LASTS + timedelta(seconds=1)):
        assert client.post("/sign-in/passkey", data={"answer": device.use(old)}).status_code == 422


def test_a_challenge_is_kept_as_a_hash_alone(client):
    options = client.post("/sign-in/passkey/challenge").json
    (kept,) = db.session.scalars(db.select(Ticket)).all()
    assert options["challenge"] not in repr(
        {column.name: getattr(kept, column.name) for column in Ticket.__table__.columns}
    )


def _spoilt(dice, answer):
    letters = list(answer)
    for _ in range(dice.randrange(1, 4)):
        letters[dice.randrange(len(letters))] = dice.choice('{}[]":,aA0-_\\')
    return "".join(letters)


ODD = [
    "",
    "{}",
    "[]",
    "null",
    "1",
    '{"response": 1}',
    '{"rawId": 1, "response": {"clientDataJSON": "e30"}}',
    "[" * 9999,
]


def test_nonsense_in_place_of_an_answer_breaks_nothing(app, device):
    """A letter spoilt in the padding of base64 changes nothing; all other spoilt answers let nobody in."""
    dice, let_in = random.Random(20251117), []
    with app.test_request_context():
        for _ in range(150):
            good = device.use(json.loads(services.passkey_to_use(HERE)))
            let_in.append(services.use_passkey(_spoilt(dice, good), HERE))
        assert {person.alias for person in let_in if person} <= {"Sam"}
        assert [services.use_passkey(answer, HERE) for answer in ODD] == [None] * len(ODD)


def test_a_spoilt_answer_of_a_new_passkey_breaks_nothing(app):
    dice, sam = random.Random(20251117), a_professional()
    with app.test_request_context():
        for _ in range(150):
            good = Device().make(json.loads(services.passkey_to_add(sam, HERE)))
            services.add_passkey(sam, "x", _spoilt(dice, good), HERE)
        assert [services.add_passkey(sam, "x", answer, HERE) for answer in ODD] == [False] * len(ODD)


def test_members_have_no_passkeys(as_, app):
    robin = a_person()
    visitor = as_(robin)
    assert "asskey" not in visitor.get("/my-sessions").text
    assert visitor.post("/my-passkeys/challenge").status_code == 403
    assert visitor.post("/my-passkeys", data={"name": "x", "answer": ""}).status_code == 403


def test_a_closed_account_has_no_way_in_by_passkey(client, device):
    sam = db.session.scalars(db.select(Passkey)).one().person
    services.turn_away(sam, by=an_admin())
    assert use(client, device).status_code == 422


def test_a_passkey_is_removed_by_its_owner_alone(as_, client, device):
    kept = db.session.scalars(db.select(Passkey)).one()
    sam, address = kept.person, f"/my-passkeys/{kept.id}/remove"
    assert as_(a_professional("Lee")).post(address).status_code == 404
    visitor, elsewhere = as_(sam), as_(sam)
    assert visitor.post(address).location == "/my-sessions"
    assert "The passkey is removed." in visitor.get("/my-sessions").text
    assert elsewhere.get("/my-sessions").location == "/sign-in"
    assert use(client, device).status_code == 422


def test_with_a_lost_authenticator_the_passkeys_go_too(enrolled, client, device):
    sam = db.session.scalars(db.select(Passkey)).one().person
    enrolled(sam)
    services.start_authenticator_again(sam, by=an_admin())
    assert use(client, device).status_code == 422


def test_an_open_page_that_somebody_finds_adds_and_removes_nothing(as_, device):
    kept = db.session.scalars(db.select(Passkey)).one()
    visitor = as_(kept.person)
    db.session.execute(db.update(SignedIn).values(began=real_now() - timedelta(minutes=16)))
    for address in ("/my-passkeys/challenge", "/my-passkeys", f"/my-passkeys/{kept.id}/remove"):
        assert visitor.post(address, data={"name": "x", "answer": ""}).status_code == 403
    assert "Sign out and sign in again first." in visitor.get("/my-sessions").text


def test_a_passkey_needs_a_name(as_):
    answer = add(as_(a_professional()), Device(), name="")
    assert (answer.status_code, "Type a name." in answer.text) == (422, True)


def test_a_device_is_asked_and_answers_only_so_often_from_one_place(app, client, device, monkeypatch):
    """A8."""
    monkeypatch.setattr(rules, "FROM_ONE_PLACE", rules.Limit("place", 2, timedelta(minutes=15)))
    assert use(client, device).status_code == 303
    assert client.post("/sign-in/passkey/challenge").status_code == 429
    assert client.post("/sign-in/passkey", data={"answer": ""}).status_code == 422


def test_over_https_the_origin_is_the_hosts_own(app, as_, monkeypatch):
    monkeypatch.setitem(app.config, "HTTPS", True)
    device = Device(origin="https://localhost")
    options = app.test_client().post("/sign-in/passkey/challenge", base_url="https://localhost").json
    assert options["rpId"] == device.host
