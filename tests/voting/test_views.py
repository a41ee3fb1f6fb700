"""The ballot, as each voter sees it, and as everybody else does not."""

import pytest
from sqlalchemy import func, select

from coprod.core.db import db
from coprod.core.once import Once
from coprod.voting import services
from coprod.voting.models import Envelope, SealedWorry
from coprod.voting.rules import Choice
from tests.factories import an_admin
from tests.voting.ballots import a_table, an_open_vote, counted, everybody_answers

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


@pytest.mark.parametrize(("do", "kept"), [("share", 1), ("drop", 0)])
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
    assert ("Most for" in page, "One more check?" in page) == (True, True)
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
