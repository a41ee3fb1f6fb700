"""O1-O3, F7: the outbox and its sender."""

import smtplib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from coprod.core import mail, texts
from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.messages import queries, rules, services
from coprod.messages.models import Message, MessageState, PartOfDay, Reach, Way, Wording
from coprod.people import services as people
from coprod.people.models import Ticket
from coprod.people.sealing import real_now
from tests.factories import a_person, a_professional, an_admin
from tests.messages.conftest import HELLO, LINKED, URGENT, send, states
from tests.together import at_once

PHONE = "+447700900123"


def robin(**fields):
    return a_person("Robin", **({"email": "robin@example.org"} | fields))


def with_phone(**fields):
    return a_person("Robin", phone=PHONE, **fields)


def messages():
    db.session.expire_all()
    return db.session.scalars(db.select(Message).order_by(Message.due, Message.id)).all()


# --- Written down with its cause.


def test_the_same_message_twice_is_one_o2(right):
    person, thing = robin(), uuid4()
    services.queue(HELLO, person, thing)
    services.queue(HELLO, person, thing)
    services.queue(HELLO, person, thing, due=now() + timedelta(1))
    services.queue(LINKED, person, thing)
    services.queue(HELLO, person, uuid4())
    assert len(messages()) == 4


def test_a_cause_that_is_undone_leaves_no_message(right):
    services.queue(HELLO, robin(), uuid4())
    db.session.rollback()
    assert messages() == []


def test_no_word_and_no_secret_is_stored(right, post_box):
    """O1."""
    services.queue(LINKED, robin(), uuid4())
    send()
    (_, _, words), kept = post_box.letters()[0], repr([vars(message) for message in messages()])
    assert words.rsplit("/", 1)[1] not in kept
    assert "Robin" not in kept.replace("object at", "")


# --- Sent.


def test_a_letter_says_who_nothing_and_its_subject_nothing(right, post_box):
    """O1, F27."""
    services.queue(HELLO, robin(), uuid4())
    assert send() == 1
    assert post_box.letters() == [("robin@example.org", "You have a message", "Hello Robin.\n\nIt is tomorrow.")]
    assert [(m.state, m.tries, m.unsure, m.held_until) for m in messages()] == [(MessageState.SENT, 1, 0, None)]
    assert send() == 0


def test_a_text_goes_out_in_one_part(right, post_box):
    services.queue(HELLO, with_phone(), uuid4())
    assert send() == 1
    assert post_box.texts() == [(PHONE, "Hi Robin. It is tomorrow. To stop texts, tell us.")]


def test_a_link_opens_the_one_thing_for_the_one_person(right, post_box):
    """A2, A3: drawn only as it is sent."""
    person, thing = with_phone(), uuid4()
    services.queue(LINKED, person, thing)
    assert db.session.scalars(db.select(Ticket)).all() == []
    send()
    (_, words) = post_box.texts()[0]
    address = words.removeprefix("Hi Robin. One thing: ").removesuffix(" You can stop texts there.")
    assert address.startswith("http://localhost/stop/")
    assert people.by_link(address.rsplit("/", 1)[1], "thing") == (person, thing)


def test_a_link_without_a_task_is_a_page(right, post_box):
    services.queue(URGENT, robin(), uuid4())
    send()
    assert post_box.letters()[0][2] == "Please sign in now.\n\nhttp://localhost/sign-in"


def test_the_word_of_a_shared_phone_names_nobody(right, post_box):
    person = with_phone()
    services.set_reach(person, by=person, phone_is_shared=True)
    services.queue(HELLO, person, uuid4())
    send()
    assert post_box.texts()[0][1] == "Hi. It is tomorrow. To stop texts, tell us."


def test_a_message_of_tomorrow_waits(right, post_box, clock):
    services.queue(HELLO, robin(), uuid4(), due=now() + timedelta(hours=1))
    assert send() == 0
    clock(2025, 11, 17, 10, 0)
    assert send() == 1


def test_a_message_waits_while_its_kind_rests(right, post_box):
    resting = {True}
    services.announce(HELLO, lambda *_: True, rests=lambda: bool(resting))
    services.queue(HELLO, robin(), uuid4())
    assert (send(), states()) == (0, [MessageState.WAITING])
    resting.clear()
    assert (send(), states()) == (1, [MessageState.SENT])


# --- Safe hours.


def test_no_text_goes_out_at_half_past_nine_in_the_evening(right, post_box, clock):
    """Journey 2: 0 sent at 21:30, and sent when the hours begin."""
    clock(2025, 11, 17, 21, 30)
    services.queue(HELLO, with_phone(), uuid4())
    services.queue(HELLO, robin(), uuid4())
    assert (send(), len(post_box.texts()), len(post_box.letters())) == (1, 0, 1)
    clock(2025, 11, 18, 8, 59)
    assert send() == 0
    clock(2025, 11, 18, 9, 0)
    assert (send(), len(post_box.texts())) == (1, 1)
    assert messages()[0].tries == 1


def test_somebodys_own_hours_hold_a_text(right, post_box, clock):
    person = with_phone()
    services.set_reach(person, by=person, hours=[PartOfDay.EVENING])
    services.queue(HELLO, person, uuid4())
    assert send() == 0
    clock(2025, 11, 17, 17, 0)
    assert send() == 1


def test_what_cannot_wait_goes_at_any_hour(right, post_box, clock):
    clock(2025, 11, 17, 3, 0)
    services.queue(URGENT, with_phone(), uuid4())
    assert send() == 1


def test_hours_that_ended_since_the_list_was_made_hold_it_after_all(right, post_box, clock, monkeypatch):
    services.queue(HELLO, with_phone(), uuid4())
    monkeypatch.setattr(queries, "to_send", lambda *_: [messages()[0].id])
    clock(2025, 11, 17, 23, 0)
    assert send() == 0
    assert [(m.state, m.tries, m.held_until) for m in messages()] == [(MessageState.WAITING, 0, None)]


# --- Asked again at sending (O3).


def test_what_is_right_no_more_is_withdrawn(right, post_box):
    thing = uuid4()
    services.queue(HELLO, robin(), thing)
    right.add(thing)
    assert (send(), states(), post_box.letters()) == (0, [MessageState.WITHDRAWN], [])


def test_who_is_gone_gets_nothing_p6(right, post_box):
    person = robin()
    services.queue(HELLO, person, uuid4())
    people.turn_away(person, by=an_admin())
    assert (send(), states(), post_box.letters()) == (0, [MessageState.WITHDRAWN], [])


def test_who_stopped_texts_gets_none_but_letters_come(right, post_box):
    """A3."""
    stopped, written = with_phone(no_text_links=True), robin(no_text_links=True)
    services.queue(HELLO, stopped, uuid4())
    services.queue(HELLO, written, uuid4())
    assert (send(), len(post_box.letters()), post_box.texts()) == (1, 1, [])
    assert sorted(states()) == [MessageState.SENT, MessageState.WITHDRAWN]


def test_a_purpose_nobody_announces_any_more_is_withdrawn(right, post_box):
    services.queue(HELLO, robin(), uuid4())
    del queries.KINDS["hello"]
    assert (send(), states()) == (0, [MessageState.WITHDRAWN])


def test_what_was_taken_back_is_not_sent_until_it_is_queued_again(right, post_box):
    person, thing = robin(), uuid4()
    services.queue(HELLO, person, thing)
    services.queue(HELLO, person, uuid4())
    services.withdraw(person, thing)
    assert (send(), sorted(states())) == (1, [MessageState.SENT, MessageState.WITHDRAWN])
    services.queue(HELLO, person, thing)
    assert (send(), len(messages())) == (1, 2)
    services.withdraw(person)
    assert states() == [MessageState.SENT, MessageState.SENT]


def test_everything_about_one_thing_is_taken_back_at_once(right):
    thing = uuid4()
    for person in (robin(), with_phone()):
        services.queue(HELLO, person, thing)
        services.queue(LINKED, person, thing)
    services.withdraw_all(HELLO, thing)
    assert states() == [MessageState.WITHDRAWN] * 2 + [MessageState.WAITING] * 2


# --- Which way, and by hand.


@pytest.mark.parametrize("way", [Way.CALL, Way.POST, Way.SUPPORTER, Way.TEXT])
def test_who_wants_another_way_stands_in_the_list_by_hand(right, post_box, way):
    person, other, thing = robin(), robin(email="jo@example.org"), uuid4()
    services.set_reach(person, by=person, way=way)
    services.queue(HELLO, person, thing)
    services.queue(HELLO, other, uuid4())
    services.queue(URGENT, person, uuid4())
    assert (send(), sorted(states())) == (1, [MessageState.SENT, MessageState.WAITING, MessageState.WITHDRAWN])
    (one,) = queries.by_hand([person, other], now())
    assert (one.person, one.way, one.about) == (person, way, "Hello")
    services.done_by_hand(one.message)
    assert queries.by_hand([person], now()) == []


def test_what_is_right_no_more_is_soon_asked_of_nobody(right):
    """O3: by the clock, since a list may not ask for every line of it."""
    thing, person, gone = uuid4(), a_person("Robin"), a_person("Jo")
    for somebody, about in ((person, thing), (person, uuid4()), (gone, uuid4())):
        services.queue(HELLO, somebody, about)
    assert [one.way for one in queries.by_hand([person], now())] == [None, None]
    assert services.withdraw_what_is_wrong() == 0
    right.add(thing)
    gone.active = False
    assert queries.by_hand([gone], now()) == []
    assert services.withdraw_what_is_wrong() == 2
    assert len(queries.by_hand([person], now())) == 1
    del queries.KINDS["hello"]
    assert queries.by_hand([person], now()) == []
    assert services.withdraw_what_is_wrong() == 1


def test_urgent_messages_with_nowhere_to_go_are_withdrawn_and_never_by_hand_p7(right, post_box):
    person = a_person("Robin")
    services.queue(URGENT, person, uuid4())
    assert (send(), queries.by_hand([person], now()), states()) == (0, [], [MessageState.WITHDRAWN])


def test_an_installation_without_texts_writes_letters(right, post_box, app, monkeypatch):
    monkeypatch.setitem(app.config, "TEXT_BACKEND", "")
    person = with_phone(email="robin@example.org")
    services.queue(HELLO, person, uuid4())
    assert (send(), len(post_box.letters())) == (1, 1)


def test_a_purpose_may_have_an_address_of_its_own(right, post_box):
    gone = uuid4()
    services.announce(
        HELLO, lambda *_: True, lambda _, thing: None if thing == gone else (Way.EMAIL, "old@example.org")
    )
    person = robin()
    services.queue(HELLO, person, uuid4())
    services.queue(HELLO, person, gone)
    assert (send(), [to for to, _, _ in post_box.letters()]) == (1, ["old@example.org"])
    assert queries.by_hand([person], now()) == []


# --- How somebody wants to be reached.


def test_who_has_said_nothing_has_nothing_kept(right):
    reach = services.reach_of(robin())
    assert (reach.way, reach.phone_is_safe, reach.phone_is_shared, reach.hours) == (None, None, None, [])
    assert db.session.scalars(db.select(Reach)).all() == []


def test_what_is_said_later_leaves_what_was_said_before(database):
    person = robin()
    services.set_reach(person, by=person, way=Way.TEXT)
    services.set_reach(person, by=person, phone_is_safe=True, hours=[PartOfDay.MORNING])
    reach = services.reach_of(person)
    assert (reach.way, reach.phone_is_safe, reach.hours) == (Way.TEXT, True, [PartOfDay.MORNING])
    assert db.session.scalars(db.select(Entry)).all() == []


def test_nobody_else_says_how_somebody_is_reached(database):
    with pytest.raises(Refused, match="Only the person themself"):
        services.set_reach(robin(), by=an_admin(), way=Way.CALL)


# --- When handing over fails (F7).


def refuse(error):
    def refused(*_, **__):
        raise error

    return refused


def test_a_message_that_cannot_be_handed_over_is_tried_again_after_a_growing_pause(right, post_box, monkeypatch):
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as machine:
        services.queue(HELLO, robin(), uuid4())
        with monkeypatch.context() as patched:
            patched.setattr(mail, "send", refuse(ConnectionRefusedError()))
            waits = []
            for _ in range(3):
                assert send() == 0
                (message,) = messages()
                assert (message.state, message.unsure) == (MessageState.WAITING, 0)
                waits.append(message.held_until - real_now())
                assert send() == 0
                assert messages()[0].tries == len(waits)
                machine.shift(waits[-1])
        assert waits == [timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=45)]
        assert (send(), states()) == (1, [MessageState.SENT])


def test_a_message_is_given_up_after_twelve_tries_and_counted(right, post_box, monkeypatch):
    monkeypatch.setattr(mail, "send", refuse(smtplib.SMTPServerDisconnected()))
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False) as machine:
        services.queue(HELLO, robin(), uuid4())
        for _ in range(rules.MOST_TRIES + 2):
            send()
            machine.shift(rules.LONGEST_PAUSE)
    assert [(m.state, m.tries) for m in messages()] == [(MessageState.GIVEN_UP, rules.MOST_TRIES)]
    assert queries.given_up() == {"hello": 1}


def test_a_line_that_breaks_after_the_words_is_tried_once_more_at_most(right, monkeypatch):
    """F7: it may have arrived, so twice is the most, and the row says so."""
    monkeypatch.setattr(mail, "send", refuse(mail.MaybeSent()))
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False) as machine:
        services.queue(HELLO, robin(), uuid4())
        for _ in range(4):
            send()
            machine.shift(timedelta(hours=1))
    assert [(m.state, m.tries, m.unsure) for m in messages()] == [(MessageState.GIVEN_UP, 2, 2)]


def test_a_text_that_will_never_go_is_given_up_at_once(right, monkeypatch):
    monkeypatch.setattr(texts, "send", refuse(texts.NotSent(again=False)))
    services.queue(HELLO, with_phone(), uuid4())
    assert (send(), states()) == (0, [MessageState.GIVEN_UP])


def test_one_failure_ends_the_run_and_the_next_goes_on_with_the_others(right, post_box, monkeypatch):
    for number in range(3):
        services.queue(HELLO, robin(email=f"p{number}@example.org"), uuid4())
    with monkeypatch.context() as patched:
        patched.setattr(mail, "send", refuse(ConnectionRefusedError()))
        send()
    assert sorted(m.tries for m in messages()) == [0, 0, 1]
    assert send() == 2


def test_a_sender_that_died_is_followed_by_another_once_its_lease_is_over(right, post_box, monkeypatch):
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as machine:
        services.queue(HELLO, robin(), uuid4())
        monkeypatch.setattr(mail, "send", refuse(KeyboardInterrupt()))
        for died in (1, 2):
            with pytest.raises(KeyboardInterrupt):
                send()
            assert send() == 0
            assert messages()[0].unsure == died
            machine.shift(rules.LEASE)
        assert (send(), states()) == (0, [MessageState.GIVEN_UP])


def test_the_failure_is_logged_as_its_kind_and_never_its_words_l1(right, monkeypatch, caplog):
    monkeypatch.setattr(mail, "send", refuse(OSError("robin@example.org said no")))
    services.queue(HELLO, robin(), uuid4())
    send()
    assert "OSError" in caplog.text
    assert "robin" not in caplog.text


def test_three_senders_at_once_send_thirty_messages_once_each_f7(app, right, post_box):
    for number in range(30):
        services.queue(HELLO, robin(email=f"p{number}@example.org"), uuid4())
    db.session.commit()
    sent = []

    def run():
        with app.app_context():
            sent.append(services.send_due())
            db.session.remove()

    at_once(run, run, run)
    assert sum(sent) == 30
    assert sorted(to for to, _, _ in post_box.letters()) == sorted(f"p{n}@example.org" for n in range(30))
    assert {m.state for m in messages()} == {MessageState.SENT}


# --- The words an installation has made its own.


def test_own_words_are_sent_until_they_are_set_back(right, post_box):
    admin, person = an_admin(), with_phone()
    services.set_wording(HELLO, "Dear {alias}, tomorrow it is.", by=admin)
    services.set_wording(HELLO, "{alias}, tomorrow.", by=admin)
    services.queue(HELLO, person, uuid4())
    send()
    services.reset_wording(HELLO, by=admin)
    services.reset_wording(HELLO, by=admin)
    services.queue(HELLO, person, uuid4())
    send()
    assert [words.split(" To")[0] for _, words in post_box.texts()] == ["Robin, tomorrow.", "Hi Robin. It is tomorrow."]
    assert db.session.scalars(db.select(Wording)).all() == []


@pytest.mark.parametrize(
    ("who", "words", "told"),
    [
        (a_professional, "Hi {alias}.", "Only a programme admin"),
        (an_admin, "Your child, {alias}.", "Leave out the word child"),
        (an_admin, "x" * 161, "1 signs too long"),
    ],
)
def test_words_that_will_not_do_are_refused(right, who, words, told):
    with pytest.raises(Refused, match=told):
        services.set_wording(HELLO, words, by=who())
    assert db.session.scalars(db.select(Wording)).all() == []


def test_every_link_has_room_in_its_text(right):
    assert (services.longest_link(HELLO), services.longest_link(LINKED)) == (0, len("http://localhost/stop/") + 22)
    assert services.longest_link(URGENT) == len("http://localhost/sign-in")
