from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Comparison, Holiday, Programme, ProgrammeState, Source, TimelineEntry
from coprod.public_record.services import import_record
from tests import factories
from tests.factories import a_professional, a_programme, an_admin
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


# --- A programme without a public record, and holidays from a file.


def test_programme_is_begun_once_with_its_three_parts(as_, database):
    lee = an_admin()
    visitor = as_(lee)
    assert "Begin a programme" in visitor.get("/office").text
    assert visitor.get("/programmes/new").status_code == 200
    asked = visitor.post("/programmes/new", data={"name": "", "partnership": "Blackpool"})
    assert (asked.status_code, "Give the programme a name." in asked.text) == (422, True)
    answer = visitor.post("/programmes/new", data={"name": "Born into Care", "partnership": "Blackpool"})
    (programme,) = db.session.scalars(select(Programme))
    assert answer.location == f"/programmes/{programme.id}/sign-offs"
    assert [phase.name for phase in programme.phases] == ["Understand", "Explore", "Decide"]
    again = visitor.post("/programmes/new", data={"name": "Another", "partnership": "Blackpool"})
    assert (again.status_code, "There is a programme here already" in again.text) == (403, True)
    assert as_(a_professional()).get("/programmes/new").status_code == 403


def holidays_sent(visitor, programme, content: bytes):
    sent = {"file": (BytesIO(content), "holidays.csv")}
    return visitor.post(f"/programmes/{programme.id}/holidays/file", data=sent, content_type="multipart/form-data")


def test_holidays_come_from_a_file_and_none_comes_twice(as_, database):
    programme, visitor = a_programme(), as_(an_admin())
    content = b"\xef\xbb\xbfHalf term, 27/10/2025, 31 October 2025\n\nChristmas,2025-12-22,2026-01-02\n"
    for new in ("2 of 2 are new", "0 of 2 are new"):
        answer = holidays_sent(visitor, programme, content)
        assert answer.location == f"/programmes/{programme.id}/holidays"
        assert new in visitor.get(answer.location).text
    found = db.session.scalars(select(Holiday).order_by(Holiday.first)).all()
    assert [(each.what, each.first.day, each.last.day) for each in found] == [
        ("Half term", 27, 31),
        ("Christmas", 22, 2),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file with a holiday on each line."),
        (b"\xff\xfe\x00", "This file cannot be read."),
        (b"a" * 100_001, "This file is too large"),
        (b"Half term, then, later", "Line 1: write it like this"),
        (b"Half term, 27/10/2025", "Line 1: write it like this"),
        (b"Fine, 1/1/2026, 2/1/2026\n, 27/10/2025, 31/10/2025", "Line 2: say which holiday"),
        (b"943 476 5919, 27/10/2025, 31/10/2025", "Line 1: say which holiday"),
        (b"Half term, 31/10/2025, 27/10/2025", "Line 1: the last day is before the first"),
        (b"Half term, 27/10/2025, 31/10/2026", "Line 1: the last day is before the first"),
    ],
)
def test_file_of_holidays_that_does_not_fit_is_named_and_none_of_it_kept(as_, database, content, said):
    answer = holidays_sent(as_(an_admin()), a_programme(), content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert db.session.scalars(select(Holiday)).all() == []
