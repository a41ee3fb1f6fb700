"""Ballots of each kind, and what can be said after every answer alike (B8-B10)."""

import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from coprod.core.clock import today
from coprod.core.db import db
from coprod.supporters.models import Support
from coprod.voting import services
from coprod.voting.forms.ballots import LEAVE, RING, SHARE
from coprod.voting.models import Envelope, Kind, Outcome, SealedWorry
from coprod.wellbeing.models import CallBack
from tests.factories import a_person, keep
from tests.house.pages import Page
from tests.voting.ballots import a_table, an_open_vote

THINGS = ["A card", "One midwife", "A walk", "A film"]


def vote(table, kind: Kind, **about):
    poll = services.draft(table.stream, "What comes first?", by=table.facilitator, kind=kind, **about)
    services.open_vote(poll, an_open_vote(table).closes_at, by=table.facilitator)
    db.session.commit()
    return poll


def how_many(kind) -> int:
    return db.session.scalar(select(func.count()).select_from(kind))


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def picked(*numbers: int, do: str = "send") -> dict[str, object]:
    """Fill a ballot with a list box for each thing in, as a browser sends it."""
    return {"picks": [f"{n:02}{int(n in numbers)}" for n in range(1, len(THINGS) + 1)], "do": do if numbers else "skip"}


@pytest.mark.parametrize(
    ("kind", "about", "sent"),
    [
        (Kind.CONSENT, {}, [{"choice": code} for code in "4310"]),
        (
            Kind.PICK,
            {"options": THINGS, "most": 2},
            [picked(), picked(1), picked(4), picked(1, 3), picked(2, do="skip")],
        ),
    ],
)
def test_every_answer_gets_the_same_bytes_and_leads_to_one_page_b9(as_, kind, about, sent):
    table = a_table()
    poll = vote(table, kind, **about)
    answers, requests, pages = set(), set(), set()
    for person, data in zip(table.voters, sent, strict=False):
        visitor = as_(person)
        answer = visitor.post(f"/votes/{poll.id}", data=data)
        answers.add((answer.status_code, answer.location, len(answer.data)))
        requests.add(len(urlencode(data, doseq=True)))
        page = visitor.get(f"/votes/{poll.id}").text
        assert ("Your answer is in." in page, "checked" in page, " selected" in page) == (True, False, False)
        pages.add(len(page))
    assert (len(answers), len(requests), len(pages), how_many(Envelope)) == (1, 1, 1, len(sent))


def test_no_browser_is_to_bring_back_what_was_chosen_or_written_b8(as_):
    table = a_table()
    polls = [
        vote(table, kind, options=things, most=1)
        for kind, things in ((Kind.TEMPERATURE, []), (Kind.CONSENT, []), (Kind.PICK, THINGS), (Kind.STATEMENTS, THINGS))
    ]
    visitor = as_(table.lived[0])
    for page in (
        *(f"/votes/{poll.id}" for poll in polls),
        f"/votes/{polls[3].id}/views",
        f"/votes/{polls[0].id}/say-more",
    ):
        form = re.search(r"<main.*?(<form[^>]*>)", visitor.get(page).text, re.DOTALL)[1]
        assert 'autocomplete="off"' in form, page


@pytest.mark.parametrize(
    ("picks", "told"),
    [
        ([], "Pick up to 2, or press “Skip this one”."),
        (["010", "020", "030", "040"], "Pick up to 2, or press “Skip this one”."),
        (["011", "021", "031", "040"], "That was more than 2. Pick 2 at most, please."),
        (["991"], "Mend this"),
    ],
)
def test_picks_that_do_not_fit_are_asked_again_in_words_and_no_tick_is_shown_b8(as_, picks, told):
    table = a_table()
    poll = vote(table, Kind.PICK, options=THINGS, most=2)
    page = as_(table.lived[0]).post(f"/votes/{poll.id}", data={"picks": picks, "do": "send"})
    assert (page.status_code, told in page.text, " selected" in page.text, how_many(Envelope)) == (422, True, False, 0)


def test_nothing_is_sent_less_or_more_by_what_is_picked_b9(as_):
    """Each list box of the page sends one of two values that are as long, and the two buttons do."""
    table = a_table()
    poll = vote(table, Kind.PICK, options=THINGS, most=2)
    page = Page(as_(table.lived[0]).get(f"/votes/{poll.id}").text)
    boxes = [one for one in page.all("select") if one.get("name") == "picks"]
    values = [[option.get("value") for option in box.iter("option")] for box in boxes]
    assert values == [["010", "011"], ["020", "021"], ["030", "031"], ["040", "041"]]
    pressed = {one.get("value") for one in page.all("button") if one.get("name") == "do"}
    assert pressed == {"send", "skip"}
    assert not [one for one in page.all("input") if one.get("type") in ("checkbox", "radio")]


def test_a_skip_leaves_out_what_was_picked_before_it(as_):
    table = a_table()
    poll = vote(table, Kind.PICK, options=THINGS, most=2)
    for person in table.voters:
        as_(person).post(f"/votes/{poll.id}", data=picked(1, 2, 3, do="skip"))
    assert how_many(Envelope) == len(table.voters)
    services.close_and_count(poll, by=table.facilitator)
    assert poll.result.outcome == Outcome.NO_RESULT


def test_one_pick_is_asked_for_as_one(as_):
    table = a_table()
    assert "Pick one." in as_(table.lived[0]).get(f"/votes/{vote(table, Kind.PICK, options=THINGS).id}").text


def test_consent_has_three_answers_and_takes_no_other(as_):
    table = a_table()
    poll = vote(table, Kind.CONSENT)
    page = as_(table.lived[0]).get(f"/votes/{poll.id}").text
    assert (page.count('type="radio"'), "I cannot live with it" in page) == (4, True)
    assert as_(table.lived[0]).post(f"/votes/{poll.id}", data={"choice": "5"}).status_code == 422


# --- Say more, after every answer alike (journey 7).


def helped_by(member, called: str):
    """Somebody helps this member, and is called this by her."""
    helper = a_person(called)
    keep(Support(member=member, supporter=helper, called=called, since=today(), shares=[]))
    return helper


def test_what_can_be_done_is_the_same_for_everybody_and_named_where_she_is_signed_in(as_):
    table = a_table()
    poll = an_open_vote(table)
    page = words(as_(table.lived[0]).get(f"/votes/{poll.id}/say-more"))
    assert f"Talk to {table.facilitator.alias}" in page
    assert "Then we keep none of these words." in page
    by_link = words(as_(table.lived[0], f"vote {poll.id}").get(f"/votes/{poll.id}/say-more"))
    assert ("Talk to the one who runs the group" in by_link, table.facilitator.alias in by_link) == (True, False)
    assert "helps you" not in by_link


def test_a_supporter_can_be_asked_by_who_has_one(as_):
    table = a_table()
    poll = an_open_vote(table)
    jo = helped_by(table.lived[0], "Jo")
    assert "Talk to Jo" in as_(table.lived[0]).get(f"/votes/{poll.id}/say-more").text
    assert "Talk to Jo" not in as_(table.lived[1]).get(f"/votes/{poll.id}/say-more").text
    by_link = as_(table.lived[0], f"vote {poll.id}")
    page = by_link.get(f"/votes/{poll.id}/say-more").text
    assert ("Talk to the one who helps you" in page, "Jo" in page) == (True, False)
    by_link.post(f"/votes/{poll.id}/say-more", data={"do": f"{RING}1"})
    assert db.session.scalars(select(CallBack.asked_id)).all() == [jo.id]


def test_every_way_ends_on_one_page_with_the_same_bytes_b9(as_):
    table = a_table()
    poll = an_open_vote(table)
    answers = set()
    for person, do in zip(table.lived, (SHARE, f"{RING}0", LEAVE), strict=False):
        visitor = as_(person)
        answer = visitor.post(f"/votes/{poll.id}/say-more", data={"words": "One more check?", "do": do})
        answers.add((answer.status_code, answer.location, len(answer.data), len(do)))
        answers.add(len(visitor.get(answer.location).data))
    assert (len(answers), how_many(SealedWorry), how_many(CallBack)) == (2, 1, 1)


def test_asking_to_talk_keeps_no_word_of_it(as_):
    """Journey 7: words are kept only where they go to the group; asking needs none."""
    table = a_table()
    poll = an_open_vote(table)
    for task in (None, f"vote {poll.id}"):
        visitor = as_(table.lived[0], task)
        answer = visitor.post(f"/votes/{poll.id}/say-more", data={"words": "", "do": f"{RING}0"})
        assert answer.location == f"/votes/{poll.id}/thanks"
    call = db.session.scalars(select(CallBack)).one()
    assert (call.person, call.asked, how_many(SealedWorry)) == (table.lived[0], table.facilitator, 0)


def test_nobody_is_offered_whom_she_cannot_ask(as_):
    table = a_table()
    poll = an_open_vote(table)
    for do in (f"{RING}1", f"{RING}9", "drop"):
        assert as_(table.lived[0]).post(f"/votes/{poll.id}/say-more", data={"do": do}).status_code == 422
    assert how_many(CallBack) == 0
