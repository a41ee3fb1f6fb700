"""The ballot, as each voter sees it, and as everybody else does not."""

import re

import pytest
from sqlalchemy import func, select

from coprod.core import texts
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.once import Once
from coprod.core.security_log import SecurityEvent
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState
from coprod.people import services as people
from coprod.people.models import Ticket
from coprod.voting import services
from coprod.voting.models import Envelope, SealedWorry
from coprod.voting.rules import Choice
from coprod.workstreams import services as workstreams
from coprod.workstreams.rules import membership_of
from tests.factories import an_admin
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers

ONCE = re.compile(r'name="(once|csrf_token)"[^>]*>')
AGREED = [5, 4, 3, 3, 2, 0, 5, 5, 4, 4, 4, 3, 3, 2, 5]


def how_many(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table))


def test_ballot_shows_question_privacy_and_what_will_be_shown_b12(as_):
    table = a_table()
    page = as_(table.lived[0]).get(f"/votes/{an_open_vote(table).id}")
    assert page.status_code == 200
    assert "One named midwife?" in page.text
    assert "If the whole group votes the same way, everyone will know" in page.text
    assert "one word: most for, most against, or no majority" in page.text
    assert "checked" not in page.text


def test_vote_is_one_choice_and_one_press_and_the_answer_is_the_same_page_b9(as_):
    table = a_table()
    poll = an_open_vote(table)
    answers = set()
    for person, choice in zip(table.voters, "543210", strict=False):
        visitor = as_(person)
        response = visitor.post(f"/votes/{poll.id}", data={"choice": choice})
        answers.add((response.status_code, response.location, len(response.data)))
        answers.add((200, "", len(visitor.get(response.location).data)))
    assert len(answers) == 2
    assert how_many(Envelope) == 6


def test_answer_leaves_not_even_its_one_time_key_b7(as_):
    table = a_table()
    poll = an_open_vote(table)
    data = {"choice": "4", "once": "7b0a1f3c-0c2f-4d1b-9a36-0b5a5f6f0a11"}
    as_(table.lived[0]).post(f"/votes/{poll.id}", data=data)
    assert how_many(Once) == 0


def test_reading_the_ballot_ten_times_casts_nothing(as_):
    table = a_table()
    poll = an_open_vote(table)
    visitor = as_(table.lived[0])
    for _ in range(10):
        visitor.get(f"/votes/{poll.id}")
    assert how_many(Envelope) == 0


@pytest.mark.parametrize("choice", ["", "6", "-1", "love", "5\0x"])
def test_wrong_answer_is_asked_again_and_nothing_is_kept(as_, choice):
    table = a_table()
    response = as_(table.lived[0]).post(f"/votes/{an_open_vote(table).id}", data={"choice": choice})
    assert response.status_code == 422
    assert how_many(Envelope) == 0


def test_ballot_says_the_answer_is_in_but_never_which_b8(as_):
    table = a_table()
    poll = an_open_vote(table)
    pages = set()
    for person, choice in zip(table.voters, Choice, strict=False):
        services.cast(poll, choice, by=person)
        page = as_(person).get(f"/votes/{poll.id}").text
        assert "Your answer is in" in page
        pages.add(len(page))
    assert len(pages) == 1


def test_nobody_off_the_roll_finds_it(as_):
    table = a_table()
    poll = an_open_vote(table)
    for person in (table.facilitator, an_admin(), a_table(name="Legal", programme=table.stream.programme).lived[0]):
        for path in (f"/votes/{poll.id}", f"/votes/{poll.id}/answered", f"/votes/{poll.id}/say-more"):
            assert as_(person).get(path).status_code == 404
        assert as_(person).post(f"/votes/{poll.id}", data={"choice": "5"}).status_code == 404


def test_closed_vote_says_so_kindly(as_, clock):
    table = a_table()
    poll = an_open_vote(table)
    clock(2025, 11, 22, 9, 0)
    assert "This question has closed" in as_(table.lived[0]).get(f"/votes/{poll.id}").text
    refused = as_(table.lived[0]).post(f"/votes/{poll.id}", data={"choice": "5"})
    assert (refused.status_code, "has closed" in refused.text) == (403, True)


def test_a_vote_that_is_over_leads_to_what_came_of_it_or_says_that_it_was_given_up(as_):
    table = a_table()
    over, given_up = an_open_vote(table), an_open_vote(table, "A walk first?")
    counted(table, over)
    services.void(given_up, by=table.facilitator)
    db.session.commit()
    robin = as_(table.lived[0])
    assert f'href="/votes/{over.id}/result"' in robin.get(f"/votes/{over.id}").text
    page = robin.get(f"/votes/{given_up.id}").text
    assert ("This question was given up" in page, "what came of it" in page) == (True, False)


def test_who_still_writes_when_the_vote_closes_loses_no_word_and_is_asked_nothing_more(as_, clock):
    table = a_table()
    poll = an_open_vote(table)
    clock(2025, 11, 22, 9, 0)
    robin, more = as_(table.lived[0]), f"/votes/{poll.id}/say-more"
    late = robin.post(more, data={"words": "Who pays?", "do": "share"})
    assert (late.status_code, "Who pays?</textarea>" in late.text) == (422, True)
    assert "This question closed while you wrote." in late.text
    assert robin.post(more, data={"words": "Who pays?", "do": "leave"}).location == f"/votes/{poll.id}/thanks"
    assert robin.get(more).location == f"/votes/{poll.id}"
    page = robin.get(f"/votes/{poll.id}/answered").text
    assert ("Your answer is in." in page, "You can change it" in page, "Say more" in page) == (True, False, False)


@pytest.mark.parametrize(("do", "kept"), [("share", 1), ("leave", 0)])
def test_say_more_follows_every_answer_and_ends_on_one_page_b10(as_, do, kept):
    table = a_table()
    poll = an_open_vote(table)
    visitor = as_(table.lived[0])
    assert visitor.get(f"/votes/{poll.id}/say-more").status_code == 200
    response = visitor.post(f"/votes/{poll.id}/say-more", data={"words": "One more check?", "do": do})
    assert response.location == f"/votes/{poll.id}/thanks"
    assert "Thank you" in visitor.get(response.location).text
    assert how_many(SealedWorry) == kept


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"words": "", "do": "share"}, "Write something"),
        ({"words": "x" * 501, "do": "share"}, "Use 500 letters at most."),
        ({"words": "Fine", "do": ""}, "Say what we should do with it."),
        ({"words": "Her number is 943 476 5919", "do": "share"}, "looks like an NHS number"),
        ({"words": "See BP23C50123", "do": "share"}, "looks like a court number"),
    ],
)
def test_say_more_asks_again_and_keeps_what_was_typed(as_, data, told):
    table = a_table()
    poll = an_open_vote(table)
    response = as_(table.lived[0]).post(f"/votes/{poll.id}/say-more", data=data)
    assert (response.status_code, told in response.text, data["words"] in response.text) == (422, True, True)
    assert how_many(SealedWorry) == 0


def test_result_is_read_by_the_group_and_nobody_else(as_):
    table = a_table()
    poll = an_open_vote(table)
    services.raise_worry(poll, "One more check?", by=table.lived[0])
    assert as_(table.facilitator).get(f"/votes/{poll.id}/result").status_code == 404
    everybody_answers(table, poll, AGREED)
    counted(table, poll)
    page = as_(table.lived[0]).get(f"/votes/{poll.id}/result").text
    assert ("The group said yes to it." in page, "One more check?" in page) == (True, True)
    assert as_(an_admin()).get(f"/votes/{poll.id}/result").status_code == 404


def test_small_group_reads_no_sides(as_):
    table = a_table(lived=2, professionals=8)
    poll = an_open_vote(table)
    assert "no numbers, and nothing about parents or workers apart" in as_(table.lived[0]).get(f"/votes/{poll.id}").text
    everybody_answers(table, poll, [2, 2, *[5] * 8])
    counted(table, poll)
    page = as_(table.lived[0]).get(f"/votes/{poll.id}/result").text
    assert ("Most for" in page, "Most against" in page) == (False, False)


def test_large_sides_are_promised_counts(as_):
    table = a_table(lived=10, professionals=10)
    page = as_(table.lived[0]).get(f"/votes/{an_open_vote(table).id}").text
    assert "how many were for it and how many were not" in " ".join(page.split())


def test_one_task_session_opens_the_ballot_and_nothing_else_a3(as_):
    table = a_table()
    poll = an_open_vote(table)
    visitor = as_(table.lived[0], f"vote {poll.id}")
    assert visitor.get(f"/votes/{poll.id}").status_code == 200
    assert visitor.get("/recommendations/").status_code == 404


# --- From a link in a text or a letter (journey 6).


@pytest.fixture
def links(app, database, monkeypatch):
    """Open a vote, let the sender run, and answer the link of each person on the roll, and the texts themselves."""

    def opened(table):
        sent = {}
        for number, person in enumerate(table.voters):
            person.phone = f"+4477009{number:05}"
        monkeypatch.setattr(texts, "send", lambda number, words: sent.update({number: words}))
        poll = an_open_vote(table)
        messages.send_due()
        found = {person.id: re.search(r"/q/\S+", sent[person.phone])[0] for person in table.voters}
        return poll, [found[person.id] for person in table.voters], [sent[person.phone] for person in table.voters]

    return opened


def outbox():
    return sorted(db.session.execute(db.select(*(c for c in Message.__table__.c if c.name != "id"))).all())


def test_opening_a_vote_writes_to_the_whole_roll_alike_b15(links):
    table = a_table()
    poll, addresses, words = links(table)
    assert len(set(addresses)) == len(table.voters)
    alike = {
        re.sub(r"/q/\S+", "/q/", text.replace(person.alias, ""))
        for text, person in zip(words, table.voters, strict=True)
    }
    assert alike == {"Hi . One question for you this week. It's private. http://localhost/q/ You can stop texts there."}
    states = db.session.execute(db.select(Message.state, Message.sent_on, Message.tries, Message.thing_id)).all()
    assert set(states) == {(MessageState.SENT, today(), 1, poll.id)}


def test_link_shows_the_ballot_and_names_nobody(links, client):
    table = a_table()
    _, addresses, _ = links(table)
    page = client.get(addresses[0]).text
    assert ("One named midwife?" in page, "This is private" in page) == (True, True)
    assert not any(person.alias in page or table.stream.name in page for person in [*table.voters, table.facilitator])


def test_opening_a_link_ten_times_casts_nothing_and_writes_nothing(links, client, query_count):
    table = a_table()
    _, addresses, _ = links(table)
    query_count.clear()
    for _ in range(10):
        client.get(addresses[0])
    assert [s for s in query_count if s.split()[0] not in ("SELECT", "BEGIN", "PRAGMA")] == []
    assert how_many(Envelope) == 0


def test_from_the_link_it_is_two_presses_and_every_choice_gets_the_same_bytes_b9(app, links):
    table = a_table()
    poll, addresses, _ = links(table)
    answers = set()
    for address, choice in zip(addresses, "543210", strict=False):
        visitor = app.test_client()
        response = visitor.post(address, data={"choice": choice})
        cookies = tuple(sorted((len(c), c.split("=")[0]) for c in response.headers.getlist("Set-Cookie")))
        answers.add((response.status_code, response.location, len(response.data), cookies))
        answers.add(len(visitor.get(response.location).data))
        assert visitor.get(f"/votes/{poll.id}/say-more").status_code == 200
        assert "Back to your page" not in visitor.get(f"/votes/{poll.id}/thanks").text
    assert (len(answers), how_many(Envelope)) == (2, 6)


def test_answering_by_link_changes_no_message_and_no_link_b7(links, client):
    _, addresses, _ = links(a_table())
    before = outbox(), how_many(Ticket), how_many(Entry), how_many(SecurityEvent)
    client.post(addresses[0], data={"choice": "4", "once": "7b0a1f3c-0c2f-4d1b-9a36-0b5a5f6f0a11"})
    assert (outbox(), how_many(Ticket), how_many(Entry), how_many(SecurityEvent)) == before
    assert (how_many(Envelope), how_many(Once)) == (1, 0)
    assert db.session.scalars(db.select(Ticket.used)).all().count(None) == how_many(Ticket)


def test_a_link_shows_nothing_of_an_answer_that_is_in_a3(app, links):
    _, addresses, _ = links(a_table())
    before = app.test_client().get(addresses[0]).text
    app.test_client().post(addresses[0], data={"choice": "5"})
    assert ONCE.sub("", app.test_client().get(addresses[0]).text) == ONCE.sub("", before)


def test_a_link_may_be_used_again_and_the_last_answer_counts(app, links):
    _, addresses, _ = links(a_table())
    for choice in "514":
        assert app.test_client().post(addresses[0], data={"choice": choice}).status_code == 303
    assert how_many(Envelope) == 1


def test_an_answer_that_is_none_is_asked_again_by_link(links, client):
    _, addresses, _ = links(a_table())
    response = client.post(addresses[0], data={"choice": ""})
    assert (response.status_code, "Pick one of the answers" in response.text) == (422, True)
    assert how_many(Envelope) == 0


def test_what_a_link_opened_opens_that_one_vote_and_nothing_else_a3(app, links, as_):
    table = a_table()
    poll, addresses, _ = links(table)
    other = an_open_vote(table, "Another one?")
    visitor = app.test_client()
    visitor.post(addresses[0], data={"choice": "5"})
    assert visitor.get(f"/votes/{poll.id}").status_code == 200
    for path in (f"/votes/{other.id}", f"/votes/{other.id}/say-more", f"/votes/{poll.id}/result", "/", "/my-sessions"):
        assert visitor.get(path).status_code == 404
    assert as_(table.lived[1], f"place {poll.id}").get(f"/votes/{poll.id}").status_code == 404


@pytest.mark.parametrize("ending", ["counted", "void", "left", "turned away"])
def test_a_link_is_gone_with_what_it_opened(app, links, ending):
    """B1, P6: and what is left is the same page as for what never was."""
    table = a_table()
    poll, addresses, _ = links(table)
    visitor = app.test_client()
    visitor.post(addresses[0], data={"choice": "5"})
    {
        "counted": lambda: counted(table, poll),
        "void": lambda: services.void(poll, by=table.facilitator),
        "left": lambda: workstreams.move(membership_of(table.lived[0], table.stream), "left", by=table.lived[0]),
        "turned away": lambda: people.turn_away(table.lived[0], by=an_admin()),
    }[ending]()
    db.session.commit()
    stranger = app.test_client()
    missing = stranger.get("/q/never-was-a-link-at-all")
    gone = stranger.get(addresses[0])
    assert (gone.status_code, gone.data) == (missing.status_code, missing.data) == (404, missing.data)
    assert stranger.post(addresses[0], data={"choice": "5"}).status_code == 404
    assert visitor.get(f"/votes/{poll.id}").status_code in (303, 404)


def test_what_waits_is_withdrawn_when_the_vote_is_over(app, database):
    table = a_table()
    poll = an_open_vote(table)
    services.void(poll, by=table.facilitator)
    assert set(db.session.scalars(db.select(Message.state))) == {MessageState.WITHDRAWN}


def test_who_left_before_the_sender_came_gets_no_link_o3(app, database):
    table = a_table()
    an_open_vote(table)
    workstreams.move(membership_of(table.lived[0], table.stream), "left", by=table.lived[0])
    db.session.commit()
    table.lived[0].email = "robin@example.org"
    db.session.commit()
    assert messages.send_due() == 0
    kept = db.session.scalars(db.select(Message.state).where(Message.person_id == table.lived[0].id))
    assert kept.all() == [MessageState.WITHDRAWN]


def test_a_vote_past_its_time_says_so_by_link(links, client, clock):
    _, addresses, _ = links(a_table())
    clock(2025, 11, 22, 9, 0)
    assert "This question has closed" in client.get(addresses[0]).text
    assert client.post(addresses[0], data={"choice": "5"}).status_code == 403


def test_who_tries_too_often_from_one_place_finds_nothing_a8(links, client, monkeypatch):
    _, addresses, _ = links(a_table())
    monkeypatch.setattr(people, "within_limits", lambda *_: False)
    assert client.post(addresses[0], data={"choice": "5"}).status_code == 404
    assert how_many(Envelope) == 0


def test_texts_can_be_stopped_from_the_link_a3(links, client):
    table = a_table()
    _, addresses, _ = links(table)
    stop = addresses[0].replace("/q/", "/stop/")
    assert stop in client.get(addresses[0]).text
    assert "Press the button" in client.get(stop).text
    assert table.lived[0].no_text_links is False
    assert "We will not text you." in client.post(stop).text
    db.session.refresh(table.lived[0])
    assert table.lived[0].no_text_links is True
    assert client.get("/stop/never-was-a-link-at-all").status_code == 404
