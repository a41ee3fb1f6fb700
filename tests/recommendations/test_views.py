"""Pages about recommendations, as everybody in the chain sees them."""

import pytest
from sqlalchemy import func, select

from coprod.core.db import db
from coprod.recommendations import services
from coprod.recommendations.models import Recommendation, State
from tests.factories import a_person, an_admin
from tests.recommendations.written import AGREED, WORDS, Round

EDIT = {**WORDS, "version": "1", "stage": "pre-birth"}


def test_idea_is_noted_on_a_page(as_):
    scene = Round()
    visitor = as_(scene.table.lived[0])
    assert "Practice models" in visitor.get("/recommendations/new").text
    response = visitor.post(
        "/recommendations/new", data={"workstream": scene.table.stream.id, "title": "Shorter letters"}
    )
    made = db.session.scalars(select(Recommendation)).one()
    assert (response.status_code, response.location) == (303, f"/recommendations/{made.id}")


@pytest.mark.parametrize(
    ("data", "told"),
    [({"title": ""}, "Say what the idea is."), ({"title": "x" * 121}, "Use 120 letters at most.")],
)
def test_idea_is_asked_again(as_, data, told):
    scene = Round()
    form = {"workstream": scene.table.stream.id, **data}
    response = as_(scene.facilitator).post("/recommendations/new", data=form)
    assert (response.status_code, told in response.text, data["title"] in response.text) == (422, True, True)
    assert db.session.scalar(select(func.count()).select_from(Recommendation)) == 0


def test_list_and_page_cost_the_same_whatever_the_number(as_, query_count):
    scene = Round()
    visitor, costs = as_(scene.facilitator), []
    for many in (1, 2):
        for _ in range(many):
            made = scene.drafted()
        for path in ("/recommendations/", f"/recommendations/{made.id}"):
            query_count.clear()
            assert visitor.get(path).status_code == 200
            costs.append(len([q for q in query_count if q.startswith("SELECT")]))
    assert costs[:2] == costs[2:]


def test_steering_group_finds_it_only_once_sent(as_):
    scene = Round()
    made = scene.agreed()
    chair = as_(scene.chair)
    assert chair.get(f"/recommendations/{made.id}").status_code == 404
    services.submit(made, by=scene.facilitator)
    assert chair.get(f"/recommendations/{made.id}").status_code == 200
    for person in (an_admin(), a_person("Stranger")):
        assert as_(person).get(f"/recommendations/{made.id}").status_code == 404
        assert made.title not in as_(person).get("/recommendations/").text


def test_words_are_saved_with_their_priority(as_):
    scene = Round()
    made = scene.noted()
    visitor = as_(scene.table.lived[0])
    assert "4. One person who stays" in visitor.get(f"/recommendations/{made.id}/edit").text
    response = visitor.post(f"/recommendations/{made.id}/edit", data=EDIT | {"priorities": [scene.priority.id]})
    assert response.status_code == 303
    assert (made.said, made.version, [p.number for p in made.priorities]) == (WORDS["said"], 2, [4])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"title": ""}, "Give it a title."),
        ({"said": "word " * 61}, "Use 60 words at most. This has 61."),
        ({"problem": "x" * 4001}, "Use 4000 letters at most."),
        ({"stories": "She is 9434765919"}, "looks like an NHS number"),
        ({"stage": "nowhere"}, "Choose one of these."),
        ({"priorities": ["nothing"]}, "Choose from these."),
    ],
)
def test_words_are_asked_again_and_nothing_typed_is_lost(as_, words, told):
    scene = Round()
    made = scene.noted()
    response = as_(scene.facilitator).post(f"/recommendations/{made.id}/edit", data=EDIT | words)
    assert (response.status_code, told in response.text, WORDS["options"] in response.text) == (422, True, True)
    assert (made.version, made.problem) == (1, "")


@pytest.mark.parametrize("version", ["1", "", "x", "²"])
def test_overtaken_writer_sees_both_texts_and_saves_again_r4(as_, version):
    scene = Round()
    made = scene.noted()
    services.save(made, WORDS | {"problem": "Theirs"}, [], version=1, by=scene.facilitator)
    visitor = as_(scene.table.lived[0])
    mine = EDIT | {"problem": "Mine", "version": version}
    response = visitor.post(f"/recommendations/{made.id}/edit", data=mine)
    assert (response.status_code, "Theirs" in response.text, "Mine" in response.text) == (422, True, True)
    assert 'value="2"' in response.text
    assert visitor.post(f"/recommendations/{made.id}/edit", data=mine | {"version": "2"}).status_code == 303
    assert made.problem == "Mine"


def test_moves_by_hand_have_buttons_and_others_have_none(as_):
    scene = Round()
    made = scene.noted()
    visitor = as_(scene.facilitator)
    assert "Mark it as drafted" in visitor.get(f"/recommendations/{made.id}").text
    assert visitor.post(f"/recommendations/{made.id}/moves", data={"name": "drafted"}).status_code == 303
    assert made.state == State.DRAFTED
    for name in ("accepted", "agreed", "nonsense", ""):
        assert visitor.post(f"/recommendations/{made.id}/moves", data={"name": name}).status_code == 403


def test_contesting_takes_more_than_a_button_on_this_page(as_):
    scene = Round()
    made = scene.submitted()
    for name in ("declined", "replied"):
        services.move(made, name, by=scene.chair)
    assert (
        as_(scene.table.lived[0]).post(f"/recommendations/{made.id}/moves", data={"name": "contested"}).status_code
        == 403
    )
    assert made.contested_on is None


def test_nobody_sees_a_count_before_the_close_b6(as_):
    scene = Round()
    made = scene.answered(AGREED)
    page = as_(scene.facilitator).get(f"/recommendations/{made.id}").text
    assert ("Enough for a result" in page, "The group said yes to it" in page) == (True, False)
    assert "for a result" not in as_(scene.table.lived[0]).get(f"/recommendations/{made.id}").text


def test_facilitator_counts_and_everybody_reads_the_result(as_):
    scene = Round()
    made = scene.answered(AGREED)
    assert as_(scene.table.lived[0]).post(f"/recommendations/{made.id}/count").status_code == 403
    for _ in range(2):
        assert as_(scene.facilitator).post(f"/recommendations/{made.id}/count").status_code == 303
    assert "The group said yes to it" in as_(scene.table.lived[0]).get(f"/recommendations/{made.id}").text


def test_vote_is_given_up(as_):
    scene = Round()
    made = scene.answered(AGREED)
    assert as_(scene.facilitator).post(f"/recommendations/{made.id}/give-up-vote").status_code == 303
    assert made.state == State.DRAFTED


def test_room_is_asked_and_its_answer_recorded(as_):
    scene = Round(lived=2, professionals=8)
    made = scene.counted([5] * 10)
    visitor = as_(scene.facilitator)
    before = visitor.get(f"/recommendations/{made.id}").text
    assert "Record what they said" in before
    assert "Now the parents and carers are asked in the room" in before
    assert "are asked together" in as_(scene.table.lived[0]).get(f"/recommendations/{made.id}").text
    assert visitor.post(f"/recommendations/{made.id}/room", data={}).status_code == 422
    assert visitor.post(f"/recommendations/{made.id}/room", data={"answer": "yes"}).status_code == 303
    assert made.state == State.AGREED
    after = visitor.get(f"/recommendations/{made.id}").text
    assert "Then the parents and carers were asked in the room" in after
    assert "Now the parents and carers" not in after


def test_members_read_and_write_it_on_members_pages(as_):
    scene = Round()
    made = scene.drafted()
    services.save(made, {"cost": "Nine pounds"}, [scene.priority], version=2, by=scene.facilitator)
    db.session.commit()
    paths = ["", "new", *(f"{made.id}/{more}" for more in ("edit", "suggestions", "versions", "versions/2/3"))]
    for path in paths:
        pages = [
            as_(person).get(f"/recommendations/{path}").text for person in (scene.table.lived[0], scene.facilitator)
        ]
        assert ["member.css" in page for page in pages] == [True, False], path
    assert "<h1>What we ask for" in as_(scene.table.lived[0]).get("/recommendations/").text
