from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Comparison, Holiday, Programme, ProgrammeState, Source, TimelineEntry
from coprod.public_record.services import import_record
from tests import factories
from tests.public_record.conftest import RECORD

As = Callable[..., FlaskClient]


@pytest.fixture
def ada(database: None) -> Person:
    return factories.an_admin()


@pytest.fixture
def programme(database: None) -> Programme:
    import_record(RECORD)
    return db.session.scalars(select(Programme)).one()


def test_show_tells_the_whole_record(as_: As, programme: Programme) -> None:
    page = as_(factories.a_professional()).get(f"/programmes/{programme.id}").text

    for words in (
        "The programme so far",
        "Remove fewer babies from their families",
        "Better Start Executive Board",
        "Understand",
        "55% → 76%",
        "December 2022, then December 2023",
        "slightly reduced",
        "Film made by both groups together",
        "6 parents and carers",
        "September to February 2022",
    ):
        assert words in page
    assert "Start the programme" not in page


def test_show_to_a_member_keeps_the_neutral_title(as_: As, programme: Programme) -> None:
    page = as_(factories.a_person()).get(f"/programmes/{programme.id}").text
    title = page[page.index("<title>") : page.index("</title>")]
    assert title.removeprefix("<title>").strip() == "Your page"


def test_sources_name_each_document_and_what_stands_in_it(as_: As, programme: Programme) -> None:
    page = as_(factories.a_professional()).get(f"/programmes/{programme.id}/sources").text
    for words in ("Born into Care, co-production page", "the page gives September 2021", "progress"):
        assert words in page


def test_programme_is_started_and_closed_by_an_admin(as_: As, ada: Person, programme: Programme) -> None:
    for column, held in factories.signed_off().items():
        setattr(programme, column, held)
    visitor, address = as_(ada), f"/programmes/{programme.id}"

    assert "Start the programme" in visitor.get(address).text
    answer = visitor.post(f"{address}/moves", data={"name": "started"})
    assert (answer.location, programme.state) == (address, "active")
    refused = as_(factories.a_professional()).post(f"{address}/moves", data={"name": "closed"})
    assert (refused.status_code, programme.state) == (403, "active")
    visitor.post(f"{address}/moves", data={"name": "closed"})
    assert programme.state == ProgrammeState.CLOSED


def test_school_holiday_is_added_once(as_: As, ada: Person, programme: Programme) -> None:
    visitor, address = as_(ada), f"/programmes/{programme.id}/holidays"
    typed = {"what": "Half term", "first": "16 February 2026", "last": "20 February 2026"}

    assert "Autumn half term 2022" in visitor.get(address).text
    answer = visitor.post(address, data=typed)
    again = visitor.post(address, data=typed)

    assert (answer.location, again.status_code) == (address, 422)
    assert "in the calendar already" in again.text
    assert "16 February 2026 to 20 February 2026" in visitor.get(address).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": ""}, "Say which holiday."),
        ({"first": ""}, "Give the day."),
        ({"last": "soon"}, "Write the day like this"),
        ({"last": "1 February 2026"}, "The last day comes before the first."),
        ({"last": "20 July 2026"}, "This is longer than ten weeks."),
    ],
)
def test_school_holiday_asks_again_and_keeps_what_was_typed(
    as_: As, ada: Person, typed: dict[str, str], said: str
) -> None:
    programme = factories.a_programme()
    given = {"what": "Half term", "first": "16 February 2026", "last": "20 February 2026"} | typed

    answer = as_(ada).post(f"/programmes/{programme.id}/holidays", data=given)

    assert (answer.status_code, said in answer.text) == (422, True)
    assert all(value in answer.text for value in given.values())
    assert db.session.scalars(select(Holiday)).all() == []


def test_school_holidays_are_an_admins(as_: As, database: None) -> None:
    programme = factories.a_programme()
    visitor = as_(factories.a_professional())
    assert visitor.get(f"/programmes/{programme.id}/holidays").status_code == 403
    assert visitor.post(f"/programmes/{programme.id}/holidays").status_code == 403


@pytest.mark.parametrize("address", ["", "/sources"])
def test_pages_cost_the_same_with_one_and_three_rows(as_: As, query_count: list[str], address: str) -> None:
    programme, visitor = factories.a_programme(), as_(factories.a_professional())

    def add(n: int) -> None:
        factories.keep(
            TimelineEntry(programme_id=programme.id, position=n, when=f"202{n}", what=f"Study {n}"),
            Comparison(programme_id=programme.id, position=n, name=str(n), change_words="less", better="down"),
            Source(programme_id=programme.id, key=str(n), title="A report"),
        )

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert visitor.get(f"/programmes/{programme.id}{address}").status_code == 200
        return len(query_count)

    add(1)
    one = cost()
    add(2)
    add(3)
    assert cost() == one


# --- Before it goes live.


def test_sign_offs_are_kept_and_then_the_programme_can_start(as_: As, ada: Person) -> None:
    lena, dale = factories.a_professional("Lena"), factories.a_professional("Dale")
    programme = factories.a_programme(state=ProgrammeState.SETTING_UP)
    visitor, address = as_(ada), f"/programmes/{programme.id}/sign-offs"
    page = visitor.get(address).text
    assert "Still needed: a safeguarding lead." in page
    assert "Start the programme" not in page
    assert f'value="{ada.id}"' not in page

    given = {"data_protection": "1 November 2025", "accessibility": "17 November 2025"}
    answer = visitor.post(address, data=given | {"lead": lena.id, "deputy": dale.id})

    assert answer.location == address
    assert (programme.safeguarding_lead_id, programme.deputy_lead_id) == (lena.id, dale.id)
    kept = visitor.get(address).text
    assert all(words in kept for words in ("All four stand.", "1 November 2025", "Start the programme"))


def test_sign_offs_ask_again_and_keep_what_was_typed(as_: As, ada: Person) -> None:
    programme = factories.a_programme(**factories.signed_off())
    lena = factories.a_professional("Lena")
    visitor, address = as_(ada), f"/programmes/{programme.id}/sign-offs"
    whole = {
        "lead": programme.safeguarding_lead_id,
        "deputy": programme.deputy_lead_id,
        "data_protection": "1 November 2025",
        "accessibility": "2 November 2025",
    }
    for typed, said in (
        ({"lead": lena.id, "deputy": lena.id}, "Name two different people"),
        ({"deputy": ""}, "none of the four may be missing"),
        ({"data_protection": "18 November 2025"}, "That day is still to come."),
        ({"deputy": ada.id}, "Choose one of these."),
    ):
        answer = visitor.post(address, data=whole | typed)
        assert (answer.status_code, "2 November 2025" in answer.text) == (422, True)
        assert said in answer.text
    assert programme.deputy_lead_id == whole["deputy"]


def test_sign_offs_are_an_admins(as_: As, database: None) -> None:
    programme = factories.a_programme()
    visitor = as_(factories.a_professional())
    assert visitor.get(f"/programmes/{programme.id}/sign-offs").status_code == 403
    assert visitor.post(f"/programmes/{programme.id}/sign-offs").status_code == 403
