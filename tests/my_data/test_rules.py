from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from coprod.my_data.models import AskState, DataAsk
from coprod.my_data.rules import LIFECYCLE, Fate, as_data, in_full, in_short, may_erase, may_read_asks
from coprod.my_data.rules.register import Held
from coprod.my_data.rules.wording import word_for
from coprod.people.models import Person, Side

ALLOWED = {("answered", AskState.ASKED, "admin"), ("answered", AskState.ASKED, "lead")}


def a_person(**fields):
    return Person(id=uuid4(), alias="Robin", side=Side.LIVED, **fields)


def test_every_move_of_a_question_from_every_state_as_everybody():
    """Who may read them at all is asked first, by the query and the service."""
    people = {"own": a_person(), "admin": a_person(is_admin=True), "lead": a_person()}
    found = {
        (name, state, who)
        for name in LIFECYCLE.moves
        for state in AskState
        for who, person in people.items()
        if LIFECYCLE.may(person, name, DataAsk(person_id=people["own"].id, state=state))
    }
    assert found == ALLOWED


def test_questions_are_read_by_admins_and_leads():
    admin, other = a_person(is_admin=True), a_person()
    asked = [
        may_read_asks(admin, is_lead=False),
        may_read_asks(other, is_lead=True),
        may_read_asks(other, is_lead=False),
    ]
    assert [bool(answer) for answer in asked] == [True, True, False]


def test_who_may_erase_is_asked_before_when():
    person, other = a_person(active=True), a_person(active=True)
    answer = may_erase(other, person, is_lead=True, is_last_admin=True)
    assert answer.reason == "Only the person themself can say this."


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        ("On", date(2025, 11, 17), "17 November 2025"),
        ("On", datetime(2025, 6, 17, 23, 30, tzinfo=UTC), "18 June 2025"),
        ("Day", 1, "Tuesday"),
        ("Places", 2, "2"),
        ("Shared", True, "Yes"),
        ("Shared", False, "No"),
        ("As", Side.LIVED, "lived experience"),
        ("Before", {"food": "Halal", "way": "text"}, "food: Halal; way: text"),
        ("Hours", ["morning", "evening"], "morning, evening"),
        ("E-mail", None, ""),
    ],
)
def test_values_are_said_in_words(label, value, words):
    assert word_for(label, value) == words


class Found:
    held = Held("You", ("person.id",), Fate.GOES, {"email": "E-mail"})

    def __init__(self, *rows):
        self.rows = rows


def test_file_says_all_and_the_page_a_few_with_contacts_masked_a6():
    found = [Found(*({"E-mail": f"robin{n}@example.org", "Empty": None} for n in range(7)))]
    assert in_short(found, Fate.STAYS) == []
    page, file = in_short(found, Fate.GOES)[0], in_full(found)[0]
    assert (page.things[0], len(page.things), page.more) == ([("E-mail", "r…rg")], 3, 4)
    assert (file.things[6], len(file.things)) == ([("E-mail", "robin6@example.org")], 7)
    assert as_data([file], date(2025, 11, 17))["kept_about_you"][0]["things"][0] == {"E-mail": "robin0@example.org"}
