"""Running a vote: one word before the close, then the room, the worries and the minority view; paper, and a tablet."""

import re
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from coprod.core.clock import HERE, now, today
from coprod.core.db import db
from coprod.core.security_log import SecurityEvent
from coprod.cycles.models import Cycle, CycleState, Session, SessionState
from coprod.people import services as people
from coprod.people.models import SignedIn
from coprod.voting import following, services
from coprod.voting.following import Cause
from coprod.voting.models import Envelope, Kind, PaperCount, PollState, Worry, WorryState
from coprod.voting.rules import Choice
from tests.factories import an_admin, keep
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers

AGREED = [5, 4, 3, 3, 4, 0, 5, 5, 4, 4, 4, 3, 3, 2, 5]


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def running(poll) -> str:
    return f"/votes/{poll.id}/running"


def paper_vote(table, **about):
    poll = services.draft(table.stream, "A walk first?", by=table.facilitator, on_paper=True, **about)
    services.open_vote(poll, an_open_vote(table).closes_at, by=table.facilitator)
    db.session.commit()
    return poll


def test_before_the_close_there_is_one_word_and_the_same_page_for_every_answer_b6(as_):
    table = a_table()
    poll = an_open_vote(table)
    sam = as_(table.facilitator)
    pages = set()
    for person, choice in zip(table.voters[:6], Choice, strict=True):
        page = words(sam.get(running(poll)))
        assert "Not yet enough for a result" in page
        pages.add(page)
        services.cast(poll, choice, by=person)
        db.session.commit()
    assert len(pages) == 1
    everybody_answers(table, poll, AGREED)
    assert "Enough for a result" in words(sam.get(running(poll)))


def test_closing_counts_once_and_leads_back(as_):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, AGREED)
    sam = as_(table.facilitator)
    for _ in range(2):
        assert sam.post(f"/votes/{poll.id}/count").location == running(poll)
    page = words(sam.get(running(poll)))
    assert ("The group said yes to it." in page, "Most for" in page) == (True, False)


def test_running_pages_are_for_who_runs_the_group(as_):
    table = a_table()
    poll = an_open_vote(table)
    told = []
    for person, status in (
        (table.lived[0], 403),
        (an_admin(), 404),
        (a_table(name="Legal", programme=table.stream.programme).facilitator, 404),
    ):
        visitor = as_(person)
        told += [
            (visitor.get(running(poll)).status_code, status),
            (visitor.get(f"/votes/{poll.id}/void").status_code, status),
        ]
        told += [
            (visitor.post(f"/votes/{poll.id}/{what}").status_code, status)
            for what in ("count", "void", "room", "hands", "minority-view")
        ]
    assert [(was, expected) for was, expected in told if was != expected] == []


def test_no_address_tells_one_persons_choice(as_):
    """Journey 16: facilitator, admin and chair get 404 on any per-person choice address."""
    table = a_table()
    poll = an_open_vote(table)
    services.cast(poll, Choice.WORRIED, by=table.lived[0])
    db.session.commit()
    robin, found = table.lived[0].id, []
    shapes = ("{p}/{r}", "{p}/choices/{r}", "{p}/envelopes/{r}", "{p}/people/{r}", "{p}/answers/{r}", "{p}/roll", "{p}")
    for person in (table.facilitator, an_admin()):
        for shape in shapes:
            answer = as_(person).get("/votes/" + shape.format(p=poll.id, r=robin))
            found.append(answer.status_code)
    assert set(found) == {404}


def test_voiding_asks_once_more_and_burns_all_of_it(as_):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, AGREED)
    sam = as_(table.facilitator)
    assert "Nobody will ever know what was answered." in words(sam.get(f"/votes/{poll.id}/void"))
    assert sam.post(f"/votes/{poll.id}/void").status_code == 303
    assert (poll.state, db.session.scalars(select(Envelope)).all()) == (PollState.VOID, [])
    assert "Void" in words(sam.get(running(poll)))
    assert "cannot be voided" in sam.post(f"/votes/{poll.id}/void").text


def test_a_vote_put_for_something_is_given_up_there(as_, monkeypatch):
    table = a_table()
    poll = an_open_vote(table)
    cause = Cause("One midwife", "workstreams.show", table.stream.id)
    monkeypatch.setattr(following, "_TELL", [lambda _: None, lambda _: cause])
    sam = as_(table.facilitator)
    page = sam.get(running(poll)).text
    assert (f'href="/workstreams/{table.stream.id}">One midwife</a>' in page, "Void the vote" in page) == (True, False)
    refused = sam.post(f"/votes/{poll.id}/void")
    assert (refused.status_code, "Give it up on the page of" in refused.text) == (403, True)


@pytest.mark.parametrize(
    ("answer", "word"),
    [("yes", "They said yes."), ("else", "They did not say yes."), ("nobody", "They are asked next time.")],
)
def test_what_the_room_says_is_written_down_as_one(as_, answer, word):
    table = a_table(lived=2, professionals=5)
    poll = an_open_vote(table)
    everybody_answers(table, poll, [4] * 7)
    counted(table, poll)
    sam = as_(table.facilitator)
    assert sam.post(f"/votes/{poll.id}/room", data={"answer": ""}).status_code == 422
    assert sam.post(f"/votes/{poll.id}/room", data={"answer": answer}).location == running(poll)
    assert word in words(as_(table.lived[0]).get(f"/votes/{poll.id}/result"))
    assert ("Ask in the room" in sam.get(running(poll)).text) == (answer == "nobody")


def test_worries_are_talked_about_one_by_one(as_):
    table = a_table()
    poll = an_open_vote(table)
    for said in ("What if it gets lost?", "Who pays?"):
        services.raise_worry(poll, said, by=table.lived[0])
    everybody_answers(table, poll, AGREED)
    counted(table, poll)
    sam = as_(table.facilitator)
    first, second = db.session.scalars(select(Worry).order_by(Worry.id)).all()
    for worry in (first, second):
        page = sam.get(running(poll)).text
        assert (page.count("We talked about it"), f"/worries/{worry.id}" in page) == (1, True)
        sam.post(f"/worries/{worry.id}", data={"name": "talked about"})
        assert sam.get(running(poll)).text.count("Carry it forward") == 1
        sam.post(f"/worries/{worry.id}", data={"name": "carried forward"})


def test_worries_are_talked_about_and_answered_on_the_votes_page(as_):
    table = a_table()
    poll = an_open_vote(table)
    services.raise_worry(poll, "What if it gets lost?", by=table.lived[0])
    everybody_answers(table, poll, AGREED)
    counted(table, poll)
    sam, worry = as_(table.facilitator), db.session.scalars(select(Worry)).one()
    assert "First talk about every worry" in words(sam.get(running(poll)))
    assert sam.post(f"/worries/{worry.id}", data={"name": "talked about"}).location == running(poll)
    empty = sam.post(f"/worries/{worry.id}", data={"name": "answered", "answer": ""})
    assert (empty.status_code, "Write down what the group answered." in empty.text) == (422, True)
    long = sam.post(f"/worries/{worry.id}", data={"name": "answered", "answer": "x" * 1001})
    assert (long.status_code, "Use 1000 letters at most." in long.text) == (422, True)
    sam.post(f"/worries/{worry.id}", data={"name": "answered", "answer": "We keep a copy."})
    assert worry.state == WorryState.ANSWERED
    late = sam.post(f"/worries/{worry.id}", data={"name": "carried forward", "answer": "We do not know."})
    assert (late.status_code, "You had written: “We do not know.”" in words(late)) == (422, True)
    assert "We keep a copy." in words(late)
    read = words(as_(table.professionals[0]).get(f"/votes/{poll.id}/result"))
    assert ("What if it gets lost?" in read, "We keep a copy." in read) == (True, True)
    assert as_(table.lived[0]).post(f"/worries/{worry.id}", data={"name": "answered"}).status_code == 403
    assert as_(an_admin()).post(f"/worries/{worry.id}", data={"name": "answered"}).status_code == 404


def test_the_minority_view_stands_beside_the_result(as_):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, AGREED)
    counted(table, poll)
    sam = as_(table.facilitator)
    assert sam.post(f"/votes/{poll.id}/minority-view", data={"words": "word " * 101}).status_code == 422
    sam.post(f"/votes/{poll.id}/minority-view", data={"words": "Letters frighten us."})
    assert "Letters frighten us." in as_(table.lived[0]).get(f"/votes/{poll.id}/result").text


def test_two_who_write_the_other_view_at_once_lose_no_word_and_it_can_be_taken_back_r4(as_):
    table = a_table()
    poll = an_open_vote(table)
    everybody_answers(table, poll, AGREED)
    counted(table, poll)
    sam, write = as_(table.facilitator), f"/votes/{poll.id}/minority-view"
    assert sam.post(write, data={"words": "Letters frighten us.", "read": ""}).status_code == 303
    late = sam.post(write, data={"words": "We want calls.", "read": ""})
    assert late.status_code == 422
    assert "Somebody else wrote here meanwhile: “Letters frighten us.”" in late.text
    assert "We want calls.</textarea>" in late.text
    assert 'name="read" type="hidden" value="Letters frighten us."' in late.text
    assert sam.post(write, data={"words": "", "read": "Letters frighten us."}).status_code == 303
    assert "Letters frighten us." not in sam.get(f"/votes/{poll.id}/result").text
    assert sam.post(write, data={"words": "", "read": ""}).status_code == 422


def test_votes_of_a_group_are_listed_for_who_sits_there(as_, query_count):
    table = a_table()
    first = an_open_vote(table)
    everybody_answers(table, first, AGREED)
    counted(table, first)
    costs = []
    for number in range(1, 4):
        an_open_vote(table, f"Number {number}?")
        visitor = as_(table.lived[0])
        query_count.clear()
        page = visitor.get(f"/workstreams/{table.stream.id}/votes")
        costs.append(len([one for one in query_count if one.startswith("SELECT")]))
    assert (page.status_code, len(set(costs))) == (200, 1)
    assert "The group said yes to it." in words(page)
    assert page.text.count("Answer<") == 3
    assert "Put a question to the group" in as_(table.facilitator).get(f"/workstreams/{table.stream.id}/votes").text
    assert as_(an_admin()).get(f"/workstreams/{table.stream.id}/votes").status_code == 404


def test_a_group_without_votes_is_told_what_will_stand_there(as_):
    table = a_table()
    assert "No votes yet" in as_(table.lived[0]).get(f"/workstreams/{table.stream.id}/votes").text


# --- On paper, counted by two (B16).


def piles(lived: dict[int, int], professionals: dict[int, int], codes=(5, 4, 3, 2, 1, 0)) -> dict[str, str]:
    typed = {f"lived_{code}": str(lived.get(code, 0)) for code in codes}
    return typed | {f"professionals_{code}": str(professionals.get(code, 0)) for code in codes}


def test_a_vote_on_paper_says_so_and_takes_no_answer_b16(as_):
    table = a_table()
    poll = paper_vote(table)
    page = words(as_(table.lived[0]).get(f"/votes/{poll.id}"))
    assert ("This question is on paper" in page, "You get a slip when your group meets." in page) == (True, True)
    refused = as_(table.lived[0]).post(f"/votes/{poll.id}", data={"choice": "5"})
    assert (refused.status_code, "This vote is on paper." in refused.text) == (403, True)


def test_who_is_left_out_of_a_vote_on_paper_gets_no_way_to_it(as_):
    table = a_table()
    poll = services.draft(table.stream, "Two to a room?", by=table.facilitator, on_paper=True)
    left_out = table.lived[0]
    services.open_vote(poll, now() + timedelta(days=2), by=table.facilitator, left_out={left_out.id})
    db.session.commit()
    votes = f"/workstreams/{table.stream.id}/votes"
    ways = [f'href="/votes/{poll.id}"' in as_(person).get(votes).text for person in (left_out, table.lived[1])]
    assert ways == [False, True]


def test_a_member_counts_the_box_on_a_page_of_her_own(as_):
    table = a_table()
    poll = paper_vote(table)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    page = as_(table.lived[0]).get(f"/votes/{poll.id}/paper").text
    assert ("member.css" in page, "staff.css" in page, "The parents’ box" in page) == (True, False, True)
    assert "staff.css" in as_(table.facilitator).get(f"/votes/{poll.id}/paper").text


def test_who_cannot_be_the_second_to_count_is_told_before_she_types(as_):
    table = a_table()
    poll = paper_vote(table)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    box = f"/votes/{poll.id}/paper"
    assert as_(table.lived[0]).post(box, data=piles({5: 6}, {4: 9})).status_code == 303
    pages = [as_(person).get(box).text for person in (table.lived[1], table.facilitator, table.lived[0])]
    assert ["This is what I counted" in page for page in pages] == [False, True, True]
    assert "The other count comes from who runs the group." in pages[0]


def test_a_vote_on_paper_says_where_to_who_is_signed_in(as_):
    table = a_table()
    poll = paper_vote(table)
    day = today() + timedelta(days=2)
    running = {"workstream": table.stream, "number": 1, "state": CycleState.RUNNING, "starts_on": day}
    meets = {"on": day, "starts_at": time(18), "begins": datetime.combine(day, time(18), HERE), "minutes": 115}
    cycle = Cycle(**running, starts_at=time(18))
    phase = table.stream.programme.phases[0].id
    keep(cycle, Session(cycle=cycle, number=1, state=SessionState.PUBLISHED, phase_id=phase, **meets))
    db.session.commit()
    assert "Your group meets next on" in words(as_(table.lived[0]).get(f"/votes/{poll.id}"))
    by_link = as_(table.lived[0], f"vote {poll.id}").get(f"/votes/{poll.id}")
    assert ("on paper" in by_link.text, "Your group meets next" in by_link.text) == (True, False)


def test_two_people_count_the_box_and_the_same_counts_are_the_result(as_):
    table = a_table()
    poll = paper_vote(table)
    sam, robin = as_(table.facilitator), as_(table.lived[0])
    assert "Close the vote first." in robin.get(f"/votes/{poll.id}/paper").text
    assert robin.post(f"/votes/{poll.id}/paper", data=piles({}, {})).status_code == 403
    assert sam.post(f"/votes/{poll.id}/count").location == f"/votes/{poll.id}/paper"
    typed = piles({4: 5, 0: 1}, {5: 8, 3: 1})
    assert robin.post(f"/votes/{poll.id}/paper", data=typed).location == f"/votes/{poll.id}/paper"
    assert "Your count is in." in robin.get(f"/votes/{poll.id}/paper").text
    assert "Your count is in." not in sam.get(f"/votes/{poll.id}/paper").text
    assert sam.post(f"/votes/{poll.id}/paper", data=typed).location == f"/votes/{poll.id}/result"
    assert "The group said yes to it." in words(robin.get(f"/votes/{poll.id}/result"))
    assert "This box is counted." in sam.get(f"/votes/{poll.id}/paper").text


def test_counts_that_differ_are_both_dropped(as_):
    table = a_table()
    poll = paper_vote(table)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    sam, robin = as_(table.facilitator), as_(table.lived[0])
    robin.post(f"/votes/{poll.id}/paper", data=piles({4: 6}, {5: 9}))
    answer = sam.post(f"/votes/{poll.id}/paper", data=piles({4: 5}, {5: 9}))
    assert answer.location == f"/votes/{poll.id}/paper"
    assert "The two counts differ." in sam.get(answer.location).text
    assert (db.session.scalar(select(func.count()).select_from(PaperCount)), poll.result) == (0, None)


def test_what_cannot_be_the_box_is_asked_again(as_):
    table = a_table()
    poll = paper_vote(table)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    sam = as_(table.facilitator)
    for typed, told in (
        (piles({4: 7}, {}), "There are more slips than people."),
        (piles({}, {}) | {"lived_5": ""}, "Write a number. 0 is fine."),
        (piles({}, {}) | {"lived_5": "-1"}, "Write a number. 0 is fine."),
    ):
        page = sam.post(f"/votes/{poll.id}/paper", data=typed)
        assert (page.status_code, told in page.text) == (422, True)


def test_picks_on_paper_are_counted_by_thing_and_by_slip(as_):
    table = a_table(lived=2, professionals=5)
    poll = paper_vote(table, kind=Kind.PICK, options=["A card", "A walk", "A film"], most=2)
    services.close(poll, by=table.facilitator)
    db.session.commit()
    typed = {"whole_1": "7", "whole_2": "3", "whole_3": "0", "whole_slips": "7"}
    for person in (table.lived[0], table.facilitator):
        as_(person).post(f"/votes/{poll.id}/paper", data=typed)
    assert "The group chose: A card; A walk." in words(as_(table.lived[0]).get(f"/votes/{poll.id}/result"))


def test_a_vote_online_has_no_box(as_):
    table = a_table()
    assert as_(table.facilitator).get(f"/votes/{an_open_vote(table).id}/paper").status_code == 404


# --- One tablet passed round the room.


@pytest.fixture
def cards(app, database):
    """A table at an open vote, and the words of Robin's card and of a stranger's."""
    table = a_table()
    poll, other = an_open_vote(table), a_table(name="Legal", programme=table.stream.programme)
    made = [people.make_card(person, by=an_admin()) for person in (table.lived[0], other.lived[0])]
    db.session.commit()
    return table, poll, *made


def test_a_card_opens_that_one_vote_on_the_tablet_and_ends_with_her_thanks(app, cards):
    table, poll, card, _ = cards
    tablet = app.test_client()
    page = tablet.get(f"/votes/{poll.id}/tablet")
    assert (page.status_code, poll.question in page.text, table.stream.name in page.text) == (200, False, False)
    entered = tablet.post(f"/votes/{poll.id}/tablet", data={"words": card})
    assert (entered.status_code, entered.location) == (303, f"/votes/{poll.id}")
    assert tablet.get("/").status_code == 404
    answered = tablet.post(f"/votes/{poll.id}", data={"choice": "4"})
    assert "No, I’m done" in tablet.get(answered.location).text
    assert "Leave this" in tablet.get(f"/votes/{poll.id}/say-more").text
    done = tablet.post(f"/votes/{poll.id}/tablet/done")
    assert done.location == f"/votes/{poll.id}/tablet/thanks"
    thanks = tablet.get(done.location)
    assert f'href="/votes/{poll.id}/tablet"' in thanks.text
    assert tablet.get(f"/votes/{poll.id}").status_code in (302, 303)
    assert db.session.scalars(select(SignedIn).where(SignedIn.person_id == table.lived[0].id)).all() == []
    assert len(db.session.scalars(select(Envelope)).all()) == 1
    assert people.read_card(card) == table.lived[0]


def test_nothing_of_who_runs_the_vote_is_open_on_the_tablet_when_it_goes_round(app, as_, cards):
    table, poll, card, _ = cards
    tablet, running = as_(table.facilitator), f"/votes/{poll.id}/running"
    assert f'action="/votes/{poll.id}/tablet/begin"' in tablet.get(running).text
    begun = tablet.post(f"/votes/{poll.id}/tablet/begin")
    assert (begun.status_code, begun.location) == (303, f"/votes/{poll.id}/tablet")
    assert tablet.get(running).status_code in (302, 303)
    assert tablet.post(begun.location, data={"words": card}).location == f"/votes/{poll.id}"
    assert as_(table.facilitator).post(f"/votes/{paper_vote(table).id}/tablet/begin").status_code == 404


def test_saying_more_on_the_tablet_ends_there_too(app, cards):
    _, poll, card, _ = cards
    tablet = app.test_client()
    tablet.post(f"/votes/{poll.id}/tablet", data={"words": card})
    answer = tablet.post(f"/votes/{poll.id}/say-more", data={"words": "One more check?", "do": "share"})
    assert answer.location == f"/votes/{poll.id}/tablet/thanks"
    assert tablet.get(f"/votes/{poll.id}").status_code in (302, 303)


def test_a_wrong_card_an_unknown_one_and_a_strangers_get_the_same_bytes_a5(app, cards):
    _, poll, card, strangers = cards
    random = re.compile(r'name="csrf_token"[^>]*>')
    typed = [card[:-5] + ("babab" if card[-5:] != "babab" else "dodod"), strangers, "dabab dabab dabab dabab"]
    answers = [app.test_client().post(f"/votes/{poll.id}/tablet", data={"words": one}) for one in typed]
    shown = {random.sub("", answer.text).replace(one, "") for answer, one in zip(answers, typed, strict=True)}
    assert ({answer.status_code for answer in answers}, len(shown)) == ({422}, 1)
    assert "Those words did not work." in shown.pop()
    assert app.test_client().post(f"/votes/{poll.id}/tablet", data={"words": ""}).status_code == 422


def test_too_many_cards_from_one_place_are_not_looked_at_a8(app, cards, monkeypatch):
    _, poll, card, _ = cards
    noted = len(db.session.scalars(select(SecurityEvent)).all())
    monkeypatch.setattr(people, "within_limits", lambda *_: False)
    assert app.test_client().post(f"/votes/{poll.id}/tablet", data={"words": card}).status_code == 422
    assert len(db.session.scalars(select(SecurityEvent)).all()) == noted


def test_there_is_no_tablet_for_paper_nor_after_the_close(app, cards):
    table, poll, _, _ = cards
    paper = paper_vote(table)
    assert app.test_client().get(f"/votes/{paper.id}/tablet").status_code == 404
    counted(table, poll)
    assert app.test_client().get(f"/votes/{poll.id}/tablet").status_code == 404
