"""The pages of the library: each works, each refuses, each asks again."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.library import services
from coprod.library.models import Template, TemplateKind
from coprod.library.rules import house
from tests.house.pages import Page
from tests.library.conftest import House

Visitor = Callable[..., FlaskClient]
ITEM = {"title": "Our map", "part": "work", "purpose": "explore", "minutes": "5", "method": "Small groups."}


@pytest.fixture
def sam(as_: Visitor, people: House) -> FlaskClient:
    return as_(people.sam)


def _text(answer: object) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.text)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", plain.replace("&#39;", "’"))


def test_library_shows_the_house_ones_own_and_what_others_share(
    as_: Visitor, people: House, weeks: Template, evening: Template
) -> None:
    page = _text(as_(people.jo).get("/templates/"))
    assert "The ten weeks" in page
    assert "None yet." in page
    assert "Our ten weeks" not in page
    services.share(weeks, by=people.sam)
    assert "From Sam." in _text(as_(people.jo).get("/templates/"))
    assert "Only you see it." in _text(as_(people.sam).get("/templates/"))


def test_nobody_but_facilitators_and_admins_finds_a_library(as_: Visitor, people: House, weeks: Template) -> None:
    """P2."""
    services.share(weeks, by=people.sam)
    for somebody in (people.ada, people.robin):
        for address in ("", "new", house.TEN_WEEKS, weeks.id, f"{weeks.id}/edit", f"{weeks.id}/delete"):
            assert as_(somebody).get(f"/templates/{address}").status_code == 404
        for address in ("new", f"{house.TEN_WEEKS}/copy", f"{weeks.id}/delete", f"{weeks.id}/share"):
            assert as_(somebody).post(f"/templates/{address}").status_code == 404


def test_house_outlines_are_read_and_copied_but_never_changed(sam: FlaskClient, people: House) -> None:
    for key in house.OFFERED:
        page = sam.get(f"/templates/{key}")
        assert "The house offers it to everybody." in _text(page)
        assert f"/templates/{key}/edit" not in page.text
        assert Page(page.text).faults() == []
        for step in ("share", "stop-sharing", "delete", "edit", "parts/new"):
            refused = sam.post(f"/templates/{key}/{step}")
            assert (refused.status_code, "Make a copy" in refused.text) == (403, True)
    copied = sam.post(f"/templates/{house.TEN_WEEKS}/copy")
    page = _text(sam.get(copied.location))
    assert "The ten weeks (copy)" in page
    assert "Yours. Nobody else sees it." in page
    assert "Plan it for Practice models" in page


def test_template_is_made_named_shared_and_deleted(sam: FlaskClient, people: House) -> None:
    made = sam.post("/templates/new", data={"kind": "session", "name": "Short", "note": "For a warm evening."})
    address = made.location
    assert "115 minutes" in _text(sam.get(address))
    assert 'value="Short"' in sam.get(f"{address}/edit").text
    sam.post(f"{address}/edit", data={"name": "Shorter", "note": ""})
    sam.post(f"{address}/share")
    assert "Yours, and shared" in _text(sam.get(address))
    sam.post(f"{address}/stop-sharing")
    assert "Delete this template?" in _text(sam.get(f"{address}/delete"))
    sam.post(f"{address}/delete")
    assert sam.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "", "name": "x"}, "Choose one of the two."),
        ({"kind": "cycle", "name": " "}, "Give it a name."),
        ({"kind": "cycle", "name": "Ask 943 476 5919"}, "This looks like an NHS number."),
    ],
)
def test_a_new_template_asks_again(sam: FlaskClient, typed: dict[str, str], words: str) -> None:
    answer = sam.post("/templates/new", data=typed)
    assert (answer.status_code, words in _text(answer)) == (422, True)
    assert db.session.query(Template).count() == 0


def test_name_asks_again(sam: FlaskClient, weeks: Template) -> None:
    answer = sam.post(f"/templates/{weeks.id}/edit", data={"name": "", "note": "kept"})
    assert (answer.status_code, 'value="kept"' in answer.text) == (422, True)


def test_weeks_and_steps_are_added_changed_moved_and_taken_away(
    sam: FlaskClient, people: House, weeks: Template, evening: Template
) -> None:
    address = f"/templates/{weeks.id}/parts"
    assert "A short evening" in sam.get(f"{address}/new?of=session").text
    sam.post(f"{address}/new", data={"of": "session", "phase": "3", "evening": str(evening.id)})
    added = weeks.weeks[-1]
    assert (added.number, added.phase, added.outline) == (11, 3, evening)
    assert f'value="{evening.id}"' in sam.get(f"{address}/{added.id}").text
    sam.post(f"{address}/{added.id}", data={"of": "session", "phase": "1", "evening": ""})
    assert (added.phase, added.outline) == (1, None)
    assert sam.get(f"{address}/new?of=step").status_code == 200
    sam.post(f"{address}/new", data={"of": "step", "stage": "after", "title": "Say thank you"})
    step = next(step for step in weeks.steps if step.title == "Say thank you")
    assert 'value="Say thank you"' in sam.get(f"{address}/{step.id}").text
    sam.post(f"{address}/{step.id}", data={"of": "step", "title": "Say thanks"})
    sam.post(f"{address}/{step.id}/place", data={"position": "1"})
    assert (step.title, step.position) == ("Say thanks", 1)
    assert "Press up or down." in _text(
        sam.post(f"{address}/{step.id}/place", data={"position": "up"}, follow_redirects=True)
    )
    key = step.id
    sam.post(f"{address}/{key}/remove")
    assert sam.get(f"{address}/{key}").status_code == 404


def test_items_are_added_and_changed(sam: FlaskClient, evening: Template) -> None:
    address = f"/templates/{evening.id}/parts"
    assert sam.get(f"{address}/new").status_code == 200
    sam.post(f"{address}/new", data=ITEM | {"papers": "Cards", "is_hard": "y", "content_note": "The ward."})
    added = evening.items[-2]
    assert (added.title, added.papers, added.is_hard) == ("Our map", "Cards", True)
    assert 'value="Our map"' in sam.get(f"{address}/{added.id}").text
    sam.post(f"{address}/{added.id}", data=ITEM | {"title": "Our plan"})
    assert (added.title, added.is_hard) == ("Our plan", False)


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("cycle", {"of": "session", "phase": "4"}, "Choose a phase."),
        ("cycle", {"of": "session", "phase": "1", "evening": "nowhere"}, "Choose one of these."),
        ("cycle", {"of": "step", "stage": "before", "title": ""}, "Say what is done in a few words."),
        ("cycle", {"of": "step", "stage": "understand", "title": "x"}, "Choose one of the two."),
        ("session", ITEM | {"minutes": "121"}, "Choose from 1 to 120 minutes."),
        ("session", ITEM | {"title": "AB12C34567"}, "This looks like a court number."),
    ],
)
def test_parts_ask_again(sam: FlaskClient, people: House, kind: str, typed: dict[str, str], words: str) -> None:
    kept = services.start(TemplateKind(kind), "Mine", by=people.sam)
    part = next(iter([*kept.items, *(kept.steps if typed.get("of") == "step" else kept.weeks)]))
    for address in ("new", part.id):
        answer = sam.post(f"/templates/{kept.id}/parts/{address}", data=typed)
        if address != "new" and typed.get("stage") == "understand":
            continue  # a step stays at its end of the cycle, so that is not asked again
        assert (answer.status_code, words in _text(answer)) == (422, True)


def test_a_shared_template_is_read_copied_and_left_alone(as_: Visitor, people: House, weeks: Template) -> None:
    services.share(weeks, by=people.sam)
    jo, part = as_(people.jo), weeks.weeks[0].id
    page = jo.get(f"/templates/{weeks.id}")
    assert "Sam shares it." in _text(page)
    assert f"/parts/{part}" not in page.text
    for step in ("edit", "delete", "share", f"parts/{part}", f"parts/{part}/place", f"parts/{part}/remove"):
        assert jo.post(f"/templates/{weeks.id}/{step}").status_code == 403
    assert jo.post(f"/templates/{weeks.id}/copy").status_code == 302
    services.stop_sharing(weeks, by=people.sam)
    assert jo.get(f"/templates/{weeks.id}").status_code == 404


@pytest.mark.parametrize("page", ["index", "show"])
def test_pages_cost_the_same_with_few_and_with_many(
    sam: FlaskClient, people: House, weeks: Template, query_count: list[str], page: str
) -> None:
    address = "/templates/" if page == "index" else f"/templates/{weeks.id}"

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert sam.get(address).status_code == 200
        return len(query_count)

    evening = services.start(TemplateKind.SESSION, "One", by=people.sam)
    services.add_week(weeks, 3, evening, by=people.sam)
    cost()
    with_one = cost()
    for name in ("Two", "Three"):
        more = services.start(TemplateKind.SESSION, name, by=people.sam)
        services.add_week(weeks, 3, more, by=people.sam)
        services.share(services.start(TemplateKind.CYCLE, name, by=people.jo), by=people.jo)
    assert cost() == with_one


def test_who_lends_an_evening_reads_with_what(
    sam: FlaskClient, people: House, evening: Template, weeks: Template
) -> None:
    services.add_week(weeks, 3, evening, by=people.sam)
    assert "Yours. Nobody else sees it." in _text(sam.get(f"/templates/{evening.id}"))
    services.share(weeks, by=people.sam)
    assert "Others read it with what you share: Our ten weeks." in _text(sam.get(f"/templates/{evening.id}"))
    assert "Only you see it." not in _text(sam.get("/templates/"))


def test_a_new_template_is_asked_for(sam: FlaskClient, people: House) -> None:
    assert "<h1" in sam.get("/templates/new").text
