"""The ballot of a vote on statements: one a page, nothing kept before the end, the same answer whatever is chosen."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.once import Once
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.sealing import real_now
from coprod.voting import sealing, services
from coprod.voting.forms.statements import Said
from coprod.voting.models import Envelope, Kind, Poll
from coprod.voting.rules import View, views_in
from tests.house.pages import Page
from tests.house.reading import grade, sentences
from tests.voting.ballots import Table, a_table, an_open_vote, counted

WORDS = ["A smile helps.", "I want one midwife.", "Ten is too early."]
CARRIED = re.compile(r'name="carried"[^>]*value="([0-9a-f]+)"')
BUILT = Path(__file__).parent.parent.parent / "static" / "built"
AGREE, DISAGREE, PASS = "1", "2", "0"
Visitor = Callable[..., FlaskClient]


def a_vote_on_statements(table: Table) -> Poll:
    poll = services.draft(table.stream, "Do you agree?", by=table.facilitator, kind=Kind.STATEMENTS, options=WORDS)
    services.open_vote(poll, now() + timedelta(days=4), by=table.facilitator)
    db.session.commit()
    return poll


@pytest.fixture
def table(database: None) -> Table:
    return a_table(3, 3)


@pytest.fixture
def poll(table: Table) -> Poll:
    return a_vote_on_statements(table)


class Voter:
    """Somebody who goes from page to page."""

    def __init__(self, visitor: FlaskClient, poll: Poll) -> None:
        self.visitor, self.address = visitor, f"/votes/{poll.id}/views"
        self.page = visitor.get(self.address)

    @property
    def carried(self) -> str:
        return CARRIED.search(self.page.text)[1]

    def says(self, code: str | None, at: int | str, **more: str):
        sent = {"at": str(at), "carried": self.carried, **more} | ({} if code is None else {"view": code})
        self.page = self.visitor.post(self.address, data=sent)
        return self.page

    def reads(self) -> str:
        return next(words for words in WORDS if words in self.page.text)


def _sealed(poll: Poll, person: Person) -> dict[int, View]:
    found = db.session.scalars(select(Envelope.sealed).where(Envelope.person_id == person.id)).one()
    (code,) = sealing.open_all(services.key_folder(), poll.id, [found])
    return views_in(code, len(WORDS))


def test_statements_are_answered_one_a_page_and_sealed_together_b7(as_: Visitor, table: Table, poll: Poll) -> None:
    robin = table.lived[0]
    visitor = as_(robin)
    first = visitor.get(f"/votes/{poll.id}")
    assert "There are 3 sentences, one on each page." in first.text
    assert visitor.post(f"/votes/{poll.id}").location == f"/votes/{poll.id}/views"
    voter = Voter(visitor, poll)
    for at, code in enumerate((AGREE, DISAGREE), 1):
        assert voter.reads() == WORDS[at - 1]
        assert "checked" not in voter.page.text
        assert voter.says(code, at).status_code == 200
        assert db.session.scalars(select(Envelope)).all() == []
    assert "Send my answers" in voter.page.text
    done = voter.says(PASS, 3)
    assert (done.status_code, done.location) == (303, f"/votes/{poll.id}/answered")
    assert _sealed(poll, robin) == {1: View.AGREE, 2: View.DISAGREE, 3: View.PASS}
    assert db.session.scalars(select(Once)).all() == []
    assert "sent" not in {entry.verb for entry in db.session.scalars(select(Entry))}
    assert robin.id not in set(db.session.scalars(select(Entry.by_id)))


def test_she_may_go_back_and_change_one_and_is_never_shown_what_she_said_b8(
    as_: Visitor, table: Table, poll: Poll
) -> None:
    voter = Voter(as_(table.lived[0]), poll)
    voter.says(AGREE, 1)
    voter.says(DISAGREE, 2, go="back")
    assert voter.reads() == WORDS[0]
    assert "You answered this one." in voter.page.text
    assert "checked" not in voter.page.text
    voter.says(DISAGREE, 1)
    voter.says(None, 2)
    assert voter.reads() == WORDS[2]
    assert voter.says(None, 3).status_code == 422
    assert "Pick one of the three." in voter.page.text
    assert "checked" not in voter.page.text
    voter.says(AGREE, 3)
    assert _sealed(poll, table.lived[0]) == {1: View.DISAGREE, 2: View.DISAGREE, 3: View.AGREE}


def test_she_may_go_back_without_an_answer_and_comes_to_it_in_the_end(as_: Visitor, table: Table, poll: Poll) -> None:
    voter = Voter(as_(table.lived[0]), poll)
    voter.says(None, 1, go="back")
    assert voter.reads() == WORDS[0]
    assert "Back" not in re.sub(r"<svg.*?</svg>", "", voter.page.text.split("<main")[1].split("</main")[0])
    voter.says(AGREE, 3)
    assert voter.reads() == WORDS[0]
    voter.says(AGREE, 1)
    voter.says(AGREE, 2)
    assert voter.says(None, 3).status_code == 303


def test_every_answer_has_one_length_on_every_page_b9(as_: Visitor, table: Table, poll: Poll) -> None:
    seen: dict[int, set[tuple[int, int, str | None]]] = {1: set(), 2: set(), 3: set()}
    for codes in ((AGREE, AGREE, AGREE), (DISAGREE, PASS, AGREE), (PASS, PASS, PASS), (DISAGREE, DISAGREE, DISAGREE)):
        voter = Voter(as_(table.lived[0]), poll)
        for at, code in enumerate(codes, 1):
            page = voter.says(code, at)
            seen[at].add((page.status_code, len(page.data), page.location))
    assert [len(answers) for answers in seen.values()] == [1, 1, 1]


def test_what_is_carried_is_read_by_nobody_and_worth_nothing_elsewhere_b8(table: Table, poll: Poll) -> None:
    robin, kit = table.lived[:2]
    said = Said(poll.id, robin.id, 3)
    said.note(2, AGREE)
    one, two = said.sealed, said.sealed
    assert one != two
    assert len(one) == len(two)
    assert [Said(poll.id, robin.id, 3, one).has(number) for number in (1, 2, 3)] == [False, True, False]
    for stranger in (Said(poll.id, kit.id, 3, one), Said(robin.id, robin.id, 3, one), Said(poll.id, robin.id, 3, "zz")):
        assert stranger.first_without == 1
        assert not stranger.has(2)


def test_what_does_not_belong_in_the_form_is_asked_again(as_: Visitor, table: Table, poll: Poll) -> None:
    voter = Voter(as_(table.lived[0]), poll)
    answer = voter.says("7", 1)
    assert (answer.status_code, "Pick one of the three." in answer.text) == (422, True)
    for at in ("", "x", "-1", "٣"):
        assert voter.says(AGREE, at).status_code == 200
        assert voter.reads() == WORDS[1]
    assert voter.says(AGREE, "999").status_code == 200


def test_pages_are_whole_simple_and_light(as_: Visitor, table: Table, poll: Poll) -> None:
    voter = Voter(as_(table.lived[0]), poll)
    pages = [as_(table.lived[0]).get(f"/votes/{poll.id}"), voter.page, voter.says(None, 1), voter.says(AGREE, 1)]
    sheet = len(gzip.compress((BUILT / "member.css").read_bytes()))
    for page in pages:
        assert [fault for fault in Page(page.text).faults() if "carries no token" not in fault] == []
        assert grade(sentences(Page(page.text))) <= 6
        assert len(gzip.compress(page.data)) + sheet <= 30 * 1024


def test_one_who_has_come_by_a_text_is_asked_the_same(client: FlaskClient, table: Table, poll: Poll) -> None:
    secret = people.draw_link(table.lived[0], f"vote {poll.id}", real_now() + timedelta(days=1))
    page = client.get(f"/q/{secret}")
    assert "Begin" in page.text
    assert client.get(f"/votes/{poll.id}/views").status_code == 303
    assert client.post(f"/q/{secret}").location == f"/votes/{poll.id}/views"
    voter = Voter(client, poll)
    for at in (1, 2, 3):
        done = voter.says(AGREE, at)
    assert done.location == f"/votes/{poll.id}/answered"
    assert _sealed(poll, table.lived[0]) == dict.fromkeys((1, 2, 3), View.AGREE)


def test_statements_are_put_to_those_on_the_roll_while_the_vote_is_open(as_: Visitor, table: Table, poll: Poll) -> None:
    address = f"/votes/{poll.id}/views"
    assert as_(table.facilitator).get(address).status_code == 404
    another = an_open_vote(table)
    assert as_(table.lived[0]).get(f"/votes/{another.id}/views").status_code == 404
    counted(table, poll)
    for answer in (as_(table.lived[0]).get(address), as_(table.lived[0]).post(address)):
        assert (answer.status_code, answer.location) == (303, f"/votes/{poll.id}")
