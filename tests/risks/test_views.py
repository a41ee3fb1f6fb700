"""The pages of what may come in the way: they work, they refuse, they ask again."""

from datetime import date

import pytest

from coprod.core.db import db
from coprod.risks import services
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.risks.services import Rated
from tests.steering.rooms import Room


@pytest.fixture
def room(database: None) -> Room:
    return Room()


@pytest.fixture
def risk(room: Room) -> Risk:
    return services.write_down(room.steering, RiskKind.RISK, "She leaves", room.dee, Rated(4, 5), by=room.alex)


def test_list_tells_colour_with_its_word(room: Room, risk: Risk, as_) -> None:
    services.write_down(room.steering, RiskKind.DEPENDENCY, "The trust signs", room.max, by=room.alex)
    gone = services.write_down(room.steering, RiskKind.ISSUE, "No room", room.max, Rated(5, 2), by=room.alex)
    services.close(gone, "We found one", by=room.alex)
    services.rate_anew(risk, Rated(4, 5), "Heard", by=room.dee, response="We ask two.")
    page = as_(room.dee).get(f"/workstreams/{room.steering.id}/risks").text
    for words in ("Red: high", "Likely, would stop us", "Not rated", "The trust signs", "1 closed", "No room"):
        assert words in page
    assert "We ask two.<" in page.replace("\n", "").replace(" <", "<")
    assert "Write one down" not in page
    assert "Write one down" in as_(room.alex).get(f"/workstreams/{room.steering.id}/risks").text
    assert as_(room.robin).get(f"/workstreams/{room.steering.id}/risks").status_code == 404
    assert "Nothing is in the way" in as_(room.robin).get(f"/workstreams/{room.stream.id}/risks").text


def test_one_is_written_down_or_asked_for_again(room: Room, as_) -> None:
    address, chair = f"/workstreams/{room.steering.id}/risks/new", as_(room.alex)
    assert "Who watches over it?" in chair.get(address).text
    whole = {"kind": "risk", "what": "Rain", "owner": str(room.dee.id), "likelihood": "4", "impact": "3"}
    found = {}
    for change in ({"impact": ""}, {"what": " "}, {"owner": "x"}, {"kind": "x"}, {"look_again_on": "1 May 2020"}):
        answer = chair.post(address, data=whole | change)
        (name,) = change
        found[name] = (answer.status_code, "There is a problem" in answer.text or "Error" in answer.text)
    assert {status for status, _ in found.values()} == {422}
    assert chair.post(address, data=whole).status_code == 303
    assert db.session.query(Risk).one().what == "Rain"
    assert as_(room.dee).get(address).status_code == 403
    assert as_(room.dee).post(address, data=whole).status_code == 403


def test_it_is_rated_closed_opened_and_acted_on(room: Room, risk: Risk, as_) -> None:
    here, watcher, chair = f"/risks/{risk.id}", as_(room.dee), as_(room.alex)
    anew = {"likelihood": "2", "impact": "5", "why": "A second one is there"}
    assert watcher.post(f"{here}/rating", data=anew | {"why": ""}).status_code == 422
    assert watcher.post(f"{here}/rating", data=anew | {"impact": ""}).status_code == 422
    assert watcher.post(f"{here}/rating", data=anew).status_code == 303
    page = watcher.get(here).text
    for words in (
        "Amber: medium",
        "What we thought before",
        "Red: high. Likely, would stop us",
        "A second one is there",
    ):
        assert words in page
    doing = {"what": "Ask the trust", "owner": str(room.max.id), "due": "5 December 2025"}
    assert watcher.post(f"{here}/action", data=doing).status_code == 403
    assert chair.post(f"{here}/action", data=doing | {"what": ""}).status_code == 422
    assert chair.post(f"{here}/action", data=doing).status_code == 303
    assert "Ask the trust" in watcher.get(here).text
    assert watcher.post(f"{here}/closed", data={"how": ""}).status_code == 422
    assert watcher.post(f"{here}/closed", data={"how": "She stays"}).status_code == 303
    assert "She stays" in watcher.get(here).text
    assert watcher.post(f"{here}/opened-again", data={"why": "Not so"}).status_code == 403
    assert chair.post(f"{here}/opened-again", data={"why": ""}).status_code == 422
    assert chair.post(f"{here}/opened-again", data={"why": "Not so"}).status_code == 303
    assert db.session.get_one(Risk, risk.id).state == RiskState.OPEN
    page = chair.get(here).text
    assert "“She stays”" in page
    assert "How it was settled" not in page


def test_day_to_look_again_stands_in_the_form_until_it_is_over(room: Room, as_, clock) -> None:
    rated = Rated(4, 5)
    risk = services.write_down(
        room.steering, RiskKind.RISK, "She leaves", room.dee, rated, by=room.alex, look_again_on=date(2025, 12, 1)
    )
    anew = {"likelihood": "2", "impact": "5", "why": "A second one is there"}
    for day, stands in ((date(2025, 11, 17), True), (date(2025, 12, 1), True), (date(2025, 12, 2), False)):
        clock(day.year, day.month, day.day, 9)
        assert ('value="1 December 2025"' in as_(room.dee).get(f"/risks/{risk.id}").text) == stands
    assert as_(room.dee).post(f"/risks/{risk.id}/rating", data=anew).status_code == 303
    assert db.session.get_one(Risk, risk.id).look_again_on is None


def test_it_is_not_there_for_other_tables(room: Room, risk: Risk, as_) -> None:
    for outsider in (room.robin, room.stranger):
        assert as_(outsider).get(f"/risks/{risk.id}").status_code == 404
        for step in ("rating", "closed", "opened-again", "action"):
            assert as_(outsider).post(f"/risks/{risk.id}/{step}").status_code == 404
    assert as_(room.max).post(f"/risks/{risk.id}/rating").status_code == 403
    assert "Rate it anew" not in as_(room.max).get(f"/risks/{risk.id}").text
