"""A2, A5, A8, F25: a code by e-mail."""

import logging
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from coprod.core import mail
from coprod.core.db import db
from coprod.people import queries, rules, services
from coprod.people.models import Hit, SignedIn, Ticket
from coprod.people.views.sign_in import STEP
from tests.factories import a_person, a_professional

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ONCE = re.compile(r'name="once"[^>]*>')


def robin():
    return a_person("Robin", email="robin@example.org")


def tickets():
    return db.session.scalars(db.select(Ticket).where(Ticket.purpose == "code")).all()


def sessions():
    return db.session.scalars(db.select(SignedIn)).all()


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_sign_in_page_asks_and_costs_no_statement(client, query_count):
    query_count.clear()
    answer = client.get("/sign-in")
    assert re.search(r"<title>\s*Sign in\s*</title>", answer.text)
    assert query_count == []


def test_the_code_page_costs_no_statement(client, query_count):
    robin()
    client.post("/sign-in", data={"contact": "robin@example.org"})
    query_count.clear()
    assert "Type your code" in client.get("/sign-in/code").text
    assert query_count == []


def test_somebody_asks_gets_a_code_and_is_in(client, ask):
    robin()
    code = ask(client, "Robin@Example.org ")
    answer = client.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert [session.by for session in sessions()] == ["code"]
    assert client.get("/my-sessions").status_code == 200
    assert client.get_cookie(STEP) is None


def test_a_page_that_is_closed_leads_to_signing_in(client):
    answer = client.get("/my-sessions")
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_a_form_sent_after_signing_out_leads_to_signing_in(client):
    answer = client.post("/people/new", data={"once": "0b0e7e0c-95c2-4b0a-8b3e-8f9f5f8f8b11", "alias": "Jo"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")


@pytest.mark.parametrize("typed", ["", "robin", "robin@home"])
def test_what_is_no_address_is_asked_for_again(client, typed):
    answer = client.post("/sign-in", data={"contact": typed})
    assert answer.status_code == 422
    assert "Write an e-mail address like name@example.org, or a phone number like 07700 900123." in answer.text
    assert tickets() == []


def test_asking_keeps_what_was_typed_and_looks_nobody_up(client, query_count):
    """A5."""
    robin()
    db.session.commit()
    query_count.clear()
    client.post("/sign-in", data={"contact": "robin@example.org"})
    assert [statement for statement in query_count if "person" in statement.split("VALUES")[0].split("(")[0]] == []
    assert [(ticket.asked, ticket.person_id, ticket.hash) for ticket in tickets()] == [
        ("robin@example.org", None, None)
    ]


def test_known_and_unknown_get_the_same_bytes(app, database):
    """A5, F25: asking, and typing a wrong code."""
    robin()
    answers = []
    for address in ("robin@example.org", "nobody@example.org"):
        visitor = app.test_client()
        asked = visitor.post("/sign-in", data={"contact": address})
        db.session.commit()
        services.send_codes()
        typed = visitor.post("/sign-in/code", data={"code": "000000"})
        headers = [[(name, "" if name == "Set-Cookie" else value) for name, value in a.headers] for a in (asked, typed)]
        answers.append((asked.status_code, asked.data, typed.status_code, ONCE.sub("", typed.text), headers))
    assert answers[0] == answers[1]
    assert (answers[0][0], answers[0][2]) == (303, 422)


def test_known_and_unknown_cost_the_same_statements(app, query_count):
    robin()
    counts = []
    for address in ("robin@example.org", "nobody@example.org"):
        visitor = app.test_client()
        query_count.clear()
        visitor.post("/sign-in", data={"contact": address})
        asked = list(query_count)
        db.session.commit()
        services.send_codes()
        query_count.clear()
        visitor.post("/sign-in/code", data={"code": "000000"})
        counts.append((asked, list(query_count)))
    assert counts[0] == counts[1]


def test_the_message_says_nothing_but_the_code(client, ask, letter_box):
    """O1."""
    robin()
    code = ask(client, "robin@example.org")
    (letter,) = letter_box.letters()
    assert (letter["To"], letter["Subject"]) == ("robin@example.org", "Your code")
    assert letter["Cc"] is None
    assert f"Your code is {code}" in letter.get_payload()
    assert not re.search(r"Robin|care|court|child|baby|social|removed|Coprod", letter.get_payload().replace(code, ""))


def test_sending_wipes_what_was_typed_and_keeps_a_hash(client, ask):
    robin()
    code = ask(client, "robin@example.org")
    (ticket,) = tickets()
    assert (ticket.asked, ticket.person.alias) == (None, "Robin")
    assert code not in ticket.hash


def test_strangers_get_no_message_and_are_forgotten_in_time(client, letter_box):
    with time_machine.travel(START, tick=False) as clock:
        client.post("/sign-in", data={"contact": "stranger@example.org"})
        assert services.send_codes() == 0
        assert [ticket.asked for ticket in tickets()] == ["stranger@example.org"]
        clock.shift(timedelta(minutes=10))
        services.send_codes()
        assert tickets() == []
        assert letter_box.letters() == []


def test_somebody_turned_away_gets_no_message(client, letter_box):
    person = robin()
    person.active = False
    client.post("/sign-in", data={"contact": "robin@example.org"})
    assert services.send_codes() == 0


def test_somebody_turned_away_since_the_message_stays_out(client, ask):
    person = robin()
    code = ask(client, "robin@example.org")
    person.active = False
    assert client.post("/sign-in/code", data={"code": code}).status_code == 422


def test_a_code_is_sent_once(client, letter_box):
    robin()
    client.post("/sign-in", data={"contact": "robin@example.org"})
    assert [services.send_codes(), services.send_codes()] == [1, 0]
    assert len(letter_box.letters()) == 1


def test_two_senders_at_once_send_one_message(client, letter_box, monkeypatch):
    """The second finds the ticket taken."""
    robin()
    client.post("/sign-in", data={"contact": "robin@example.org"})
    (ticket,) = tickets()
    waiting = [(ticket.id, "robin@example.org")] * 2
    monkeypatch.setattr(queries, "codes_to_send", lambda _: waiting)
    assert services.send_codes() == 1
    assert len(letter_box.letters()) == 1


def test_a_message_that_could_not_be_handed_over_is_tried_again(client, letter_box, monkeypatch, caplog):
    """R10."""
    robin()
    client.post("/sign-in", data={"contact": "robin@example.org"})

    def refuse(*_):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(mail, "send", refuse)
        assert services.send_codes() == 0
    assert caplog.messages == ["A code could not be sent: ConnectionRefusedError"]
    assert services.send_codes() == 1
    assert client.post("/sign-in/code", data={"code": letter_box.code()}).status_code == 303


def test_a_code_works_once(app, client, ask):
    robin()
    code = ask(client, "robin@example.org")
    step = client.get_cookie(STEP).value
    assert client.post("/sign-in/code", data={"code": code}).status_code == 303
    other = app.test_client()
    other.set_cookie(STEP, step)
    assert other.post("/sign-in/code", data={"code": code}).status_code == 422


def test_a_code_works_for_ten_minutes(client, ask):
    with time_machine.travel(START, tick=False) as clock:
        robin()
        code = ask(client, "robin@example.org")
        step = client.get_cookie(STEP).value
        clock.shift(timedelta(minutes=10))
        client.set_cookie(STEP, step)
        assert client.post("/sign-in/code", data={"code": code}).status_code == 422
        clock.shift(timedelta(seconds=1))
        assert client.post("/sign-in/code", data={"code": code}).location == "/sign-in"
    assert sessions() == []


def test_a_code_works_only_in_the_browser_that_asked(app, client, ask):
    robin()
    code = ask(client, "robin@example.org")
    stranger = app.test_client()
    assert stranger.post("/sign-in/code", data={"code": code}).location == "/sign-in"
    assert stranger.get("/sign-in/code").location == "/sign-in"
    stranger.post("/sign-in", data={"contact": "robin@example.org"})
    assert stranger.post("/sign-in/code", data={"code": code}).status_code == 422


def test_asking_again_does_not_kill_the_older_code(app, client, ask):
    """Else a stranger could keep her out by asking."""
    robin()
    code = ask(client, "robin@example.org")
    app.test_client().post("/sign-in", data={"contact": "robin@example.org"})
    services.send_codes()
    assert client.post("/sign-in/code", data={"code": code}).status_code == 303


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_is_asked_for_again(client, ask, typed):
    robin()
    ask(client, "robin@example.org")
    answer = client.post("/sign-in/code", data={"code": typed})
    assert answer.status_code == 422
    assert "Type the six numbers we sent you." in answer.text


def test_opening_pages_by_link_signs_nobody_in(client, ask, query_count):
    """Domain rule 12: GET never changes state, whatever a scanner opens."""
    robin()
    code = ask(client, "robin@example.org")
    query_count.clear()
    assert client.get(f"/sign-in/code?code={code}").status_code == 200
    assert query_count == []
    assert sessions() == []


# --- Limits


def test_five_tries_and_the_code_is_dead(client, ask):
    """A8."""
    robin()
    code = ask(client, "robin@example.org")
    for _ in range(5):
        assert client.post("/sign-in/code", data={"code": wrong(code)}).status_code == 422
    assert client.post("/sign-in/code", data={"code": code}).status_code == 422
    fresh = ask(client, "robin@example.org")
    assert client.post("/sign-in/code", data={"code": fresh}).status_code == 303


def test_asking_too_often_is_answered_alike_and_sends_nothing(client, letter_box):
    """A8: silently, and only for a while."""
    with time_machine.travel(START, tick=False) as clock:
        robin()
        answers = [client.post("/sign-in", data={"contact": "robin@example.org"}) for _ in range(6)]
        assert len({(answer.status_code, answer.data) for answer in answers}) == 1
        assert len(tickets()) == 5
        clock.shift(timedelta(minutes=15))
        client.post("/sign-in", data={"contact": "robin@example.org"})
        assert len([ticket for ticket in tickets() if ticket.ends > START + timedelta(minutes=15)]) == 1


def test_the_count_is_shared_and_kept_though_the_request_failed(client, ask, database):
    """A8: on a connection of its own, before the first look."""
    robin()
    code = ask(client, "robin@example.org")
    before = {hit.key: hit.n for hit in db.session.scalars(db.select(Hit))}
    client.post("/sign-in/code", data={"code": wrong(code)})
    after = {hit.key: hit.n for hit in db.session.scalars(db.select(Hit))}
    assert sum(after.values()) == sum(before.values()) + 2


def test_no_address_stands_in_the_counts(client):
    """L3."""
    client.post("/sign-in", data={"contact": "robin@example.org"})
    keys = db.session.scalars(db.select(Hit.key)).all()
    assert len(keys) == 3
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_counts_are_forgotten_when_they_are_over(client):
    with time_machine.travel(START, tick=False) as clock:
        client.post("/sign-in", data={"contact": "robin@example.org"})
        clock.shift(timedelta(days=1))
        services.send_codes()
        assert db.session.scalars(db.select(Hit)).all() == []


# --- Many at once


def _all_at_once(app, step, codes):
    """Post these codes from as many browsers, all let go together; answer the statuses."""
    gate, statuses = threading.Barrier(len(codes)), []

    def post(code):
        browser = app.test_client()
        browser.set_cookie(STEP, step)
        gate.wait()
        statuses.append(browser.post("/sign-in/code", data={"code": code}).status_code)

    threads = [threading.Thread(target=post, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.mark.parametrize("most", [5, 1000])
def test_twenty_posts_at_once_are_one_sign_in(app, client, ask, monkeypatch, most):
    """A2: with the limit as it is, and without it, when the database alone decides."""
    monkeypatch.setattr(rules, "TRIES", rules.Limit("tries", most))
    robin()
    code = ask(client, "robin@example.org")
    statuses = _all_at_once(app, client.get_cookie(STEP).value, [code] * 20)
    assert sorted(statuses) == [303] + [422] * 19
    assert len(sessions()) == 1


def test_sixty_guesses_at_once_and_five_are_looked_at(app, client, ask, monkeypatch):
    """A8: shared by all threads and processes."""
    robin()
    code = ask(client, "robin@example.org")
    looked_at = []
    spend = services.spend_code
    monkeypatch.setattr(services, "spend_code", lambda *given: looked_at.append(given) or spend(*given))
    _all_at_once(app, client.get_cookie(STEP).value, [wrong(code)] * 60)
    assert len(looked_at) == 5


def test_a_professional_is_not_in_after_the_code(client, ask):
    a_professional("Sam", email="sam@example.org")
    code = ask(client, "sam@example.org")
    assert client.post("/sign-in/code", data={"code": code}).location == "/sign-in/authenticator"
    assert sessions() == []
    assert client.get("/my-sessions").location == "/sign-in"


def test_signing_in_leads_home_whatever_the_address_says(client, ask):
    """A7, F26: no address is taken from outside."""
    robin()
    code = ask(client, "robin@example.org")
    step = client.get("/sign-in/code?next=/%09/evil.example")
    assert "evil" not in step.text
    answer = client.post("/sign-in/code?next=//evil.example", data={"code": code, "next": "//evil.example"})
    assert answer.location == "/"


def test_with_https_cookies_are_bound_to_this_very_host(app, client):
    """F37: __Host-, Secure, HttpOnly, SameSite."""
    robin()
    app.config["HTTPS"] = True
    try:
        asked = client.post("/sign-in", data={"contact": "robin@example.org"}, base_url="https://localhost")
    finally:
        app.config["HTTPS"] = False
    cookie = asked.headers["Set-Cookie"]
    assert cookie.startswith("__Host-step=")
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; Path=/", "; SameSite=Lax"))
    assert "Domain" not in cookie


def test_asking_by_phone_answers_known_and_unknown_alike(app, database):
    """A5, F25."""
    a_person("Robin", phone="+447700900123")
    answers = [app.test_client().post("/sign-in", data={"contact": n}) for n in ("07700 900123", "07700 900124")]
    assert len({(a.status_code, a.location, a.data, tuple(name for name, _ in a.headers)) for a in answers}) == 1
