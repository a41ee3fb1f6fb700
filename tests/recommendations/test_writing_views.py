"""Pages for writing together, as those at the table read them; nothing of it is there for anybody else."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from coprod.core.db import db
from coprod.recommendations import rules, services
from coprod.recommendations.models import Comment, Suggestion
from tests.recommendations.written import WORDS, Round

PROBLEM, TITLE, COST = (rules.part_named(name) for name in ("problem", "title", "cost"))
TEXT = WORDS["problem"]
LONG_FORM = {**WORDS, "version": "1", "stage": "pre-birth"}


@pytest.fixture
def scene(database) -> Round:
    return Round()


def read(page) -> str:
    """Read a page as it is spoken: words alone."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def at(made, *more) -> str:
    return "/".join(("/recommendations", str(made.id), *map(str, more)))


# --- Versions.


def test_versions_are_listed_with_who_wrote_them_and_lead_to_what_changed(as_, scene):
    made = scene.drafted()
    services.save(made, {"cost": "£100"}, [scene.priority], version=2, by=scene.table.lived[1])
    db.session.commit()
    page = as_(scene.table.lived[0]).get(at(made, "versions"))
    names = sorted({scene.table.lived[0].alias, scene.facilitator.alias, scene.table.lived[1].alias})
    assert f"Who worked on it: {names[0]}, {names[1]} and {names[2]}." in read(page)
    assert re.findall(r"/versions/(\d+/\d+)", page.text) == ["2/3", "1/2", "1/3"]


def test_every_version_is_there_to_read_whole(as_, scene):
    made = scene.drafted()
    services.save(
        made, {"problem": "Shorter.", "title": "Two midwives"}, [scene.priority], version=2, by=scene.facilitator
    )
    db.session.commit()
    reader = as_(scene.table.lived[0])
    listed = reader.get(at(made, "versions")).text
    assert [at(made, "versions", number) in listed for number in (1, 2, 3)] == [True] * 3
    told = read(reader.get(at(made, "versions", 2)))
    for words in (WORDS["title"], WORDS["problem"], WORDS["cost"], "4. One person who stays", scene.facilitator.alias):
        assert words in told
    assert reader.get(at(made, "versions", 9)).status_code == 404


def test_what_changed_is_said_word_by_word_and_in_words(as_, scene):
    made = scene.drafted()
    more = {"problem": f"{TEXT} Every time.", "cost": "£100"}
    services.save(made, more, [scene.priority], version=2, by=scene.facilitator)
    db.session.commit()
    page = as_(scene.table.lived[0]).get(at(made, "versions", 2, 3))
    told = read(page)
    assert "2 parts changed: Problem and Cost." in told
    assert "added: Every time." in told
    assert "removed: not known" in told
    assert "The rest is the same: 12 parts." in told
    assert "No words changed." in read(as_(scene.facilitator).get(at(made, "versions", 3, 3)))
    assert as_(scene.facilitator).get(at(made, "versions", 1, 9)).status_code == 404


def test_moved_words_are_said_at_both_ends(as_, scene):
    made = scene.drafted()
    lines = "Ring before each visit.\nWrite it all down for everybody there to read."
    services.save(made, {"problem": lines}, [], version=2, by=scene.facilitator)
    moved = "\n".join(reversed(lines.splitlines()))
    services.save(made, {"problem": moved}, [], version=3, by=scene.facilitator)
    db.session.commit()
    told = read(as_(scene.facilitator).get(at(made, "versions", 3, 4)))
    assert (told.count("moved away: Ring"), told.count("moved here: Ring")) == (1, 1)


# --- Two at once.


def test_different_parts_come_together_and_the_page_says_so_r4(as_, scene):
    made = scene.noted()
    services.save(made, {"cost": "£100"}, [], version=1, by=scene.facilitator)
    db.session.commit()
    visitor = as_(scene.table.lived[0])
    mine = LONG_FORM | {"cost": "", "title": made.title}
    assert visitor.post(at(made, "edit"), data=mine).status_code == 303
    assert "together with what somebody else wrote" in read(visitor.get(at(made)))
    assert (made.cost, made.problem) == ("£100", WORDS["problem"])


def test_the_slower_one_sees_both_texts_where_both_changed_a_part_r4(as_, scene):
    made = scene.drafted()
    services.save(made, {"problem": f"{TEXT} Theirs.", "cost": "£9"}, [], version=2, by=scene.facilitator)
    db.session.commit()
    visitor = as_(scene.table.lived[0])
    mine = LONG_FORM | {"problem": f"Mine. {TEXT}", "options": "Another", "version": "2"}
    page = visitor.post(at(made, "edit"), data=mine)
    told = read(page)
    assert page.status_code == 422
    assert f"Theirs: What is the problem? {TEXT} Theirs." in told
    assert f"Yours: What is the problem? Mine. {TEXT}" in told
    assert "Theirs: What would it cost?" not in told
    boxes = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', page.text, re.DOTALL))
    assert unescape(boxes["problem"]) == f"Mine. {TEXT} Theirs."
    assert boxes["options"] == "Another"
    assert 'value="£9"' in page.text


# --- Suggested changes.


def test_member_suggests_other_words_and_takes_them_back(as_, scene):
    made = scene.drafted()
    robin = as_(scene.table.lived[1])
    address = at(made, "suggest", PROBLEM.number)
    page = robin.get(address)
    assert TEXT in unescape(page.text)
    again = robin.post(address, data={"words": TEXT, "version": "2"})
    assert (again.status_code, "These are the words as they are" in again.text) == (422, True)
    guarded = robin.post(address, data={"words": "See BP23C50123", "version": "2"})
    assert (guarded.status_code, "See BP23C50123" in guarded.text) == (422, True)
    sent = robin.post(address, data={"words": f"{TEXT} Always.", "why": "It is so", "version": "x"})
    assert sent.location == at(made, "suggestions")
    told = read(robin.get(at(made, "suggestions")))
    assert "added: Always." in told
    assert "Why: It is so" in told
    one = db.session.scalars(select(Suggestion)).one()
    assert as_(scene.table.lived[2]).post(f"/recommendations/suggestions/{one.id}/back").status_code == 403
    assert robin.post(f"/recommendations/suggestions/{one.id}/back").status_code == 303
    assert "Taken back" in read(robin.get(at(made, "suggestions")))


def test_part_that_is_a_line_stays_one_and_no_other_part_is_there(as_, scene):
    made = scene.drafted()
    robin = as_(scene.table.lived[1])
    robin.post(at(made, "suggest", TITLE.number), data={"words": "One\nmidwife", "version": "2"})
    long = robin.post(at(made, "suggest", COST.number), data={"words": "£7", "version": "9" * 5000})
    assert long.status_code == 303
    wanted = select(Suggestion.words, Suggestion.from_version).order_by(Suggestion.number)
    assert [tuple(row) for row in db.session.execute(wanted)] == [("One midwife", 2), ("£7", 2)]
    for number in (0, 13, 99):
        assert robin.get(at(made, "suggest", number)).status_code == 404


def test_facilitator_takes_one_and_not_another_with_a_reason(as_, scene):
    made = scene.drafted()
    one = services.suggest(made, COST, "£1", version=2, by=scene.table.lived[1])
    other = services.suggest(made, PROBLEM, "No", version=2, by=scene.table.lived[1])
    db.session.commit()
    sam, page = as_(scene.facilitator), "/recommendations/suggestions/{}".format
    assert as_(scene.table.lived[1]).get(page(one.id)).status_code == 403
    assert "Take the joint words" not in sam.get(page(one.id)).text
    assert sam.post(page(one.id), data={"name": "taken"}).location == at(made, "suggestions")
    assert made.cost == "£1"
    asked = sam.post(page(other.id), data={"name": "not taken", "reason": ""})
    assert (asked.status_code, "Say why not" in asked.text) == (422, True)
    assert sam.post(page(other.id), data={"name": "not taken", "reason": "Too short"}).status_code == 303
    told = read(as_(scene.table.lived[1]).get(at(made, "suggestions")))
    assert "Too short" in told
    assert "It is settled: taken." in read(sam.get(page(one.id)))
    assert sam.post(page(other.id), data={"name": "nonsense"}).status_code == 403


def test_suggestions_that_touch_stand_side_by_side_with_one_box(as_, scene):
    made = scene.drafted()
    texts = [f"{TEXT} One.", f"{TEXT} Two."]
    one, other = (
        services.suggest(made, PROBLEM, text, version=2, by=person)
        for text, person in zip(texts, scene.table.lived[1:3], strict=True)
    )
    db.session.commit()
    sam, address = as_(scene.facilitator), f"/recommendations/suggestions/{one.id}"
    page = sam.get(address)
    assert all(text in unescape(page.text) for text in (TEXT, *texts))
    empty = sam.post(address, data={"name": "together", "words": "x" * 4001, "version": "2"})
    assert (empty.status_code, "Use 4000 letters at most." in empty.text) == (422, True)
    joint = {"name": "together", "words": f"{TEXT} One, two.", "together": str(other.id), "version": "2"}
    assert sam.post(address, data=joint).status_code == 303
    assert (made.problem, one.state, other.state) == (f"{TEXT} One, two.", "taken", "taken")
    told = unescape(sam.get(at(made, "suggestions")).text)
    assert all(text in told for text in texts)


def test_somebody_faster_is_shown_and_the_joint_words_are_kept_r4(as_, scene):
    made = scene.drafted()
    one = services.suggest(made, PROBLEM, f"{TEXT} One.", version=2, by=scene.table.lived[1])
    services.save(made, {"problem": f"{TEXT} Two."}, [], version=2, by=scene.table.lived[2])
    db.session.commit()
    sam, address = as_(scene.facilitator), f"/recommendations/suggestions/{one.id}"
    assert "These words were changed after this was suggested" in read(sam.get(address))
    late = sam.post(address, data={"name": "together", "words": f"{TEXT} Three.", "version": "2"})
    assert (late.status_code, f"{TEXT} Three." in unescape(late.text)) == (422, True)
    assert 'value="3"' in late.text
    blind = sam.post(address, data={"name": "taken", "version": "2"})
    assert (blind.status_code, "Somebody else changed these words" in blind.text) == (422, True)


def test_words_that_were_voted_on_are_no_box_and_what_was_typed_for_them_is_shown_again(as_, scene):
    made = scene.agreed()
    visitor, page = as_(scene.facilitator), at(made, "edit")
    assert [name for name in ("title", "said", "cost") if f'name="{name}"' in visitor.get(page).text] == ["cost"]
    typed = LONG_FORM | {"version": str(made.version), "title": "Two midwives", "cost": "£7"}
    asked = visitor.post(page, data=typed)
    assert (asked.status_code, "You wrote: “Two midwives”." in asked.text, "£7" in asked.text) == (422, True, True)
    rest = {name: words for name, words in typed.items() if name not in rules.VOTED_WORDS}
    assert visitor.post(page, data=rest).status_code == 303
    assert (made.title, made.said, made.cost) == (WORDS["title"], WORDS["said"], "£7")


def test_changes_that_fit_alone_but_not_together_are_put_together_by_hand(as_, scene):
    made, said = scene.drafted(), rules.part_named("said")
    texts = [f"{'Early ' * 28}{made.said}", f"{made.said}{' later' * 28}"]
    first, second = (
        services.suggest(made, said, text, version=made.version, by=person)
        for text, person in zip(texts, scene.table.lived[:2], strict=True)
    )
    services.take(first, by=scene.facilitator)
    db.session.commit()
    visitor, page = as_(scene.facilitator), f"/recommendations/suggestions/{second.id}"
    assert 'value="taken"' not in visitor.get(page).text
    asked = visitor.post(page, data={"name": "taken", "reason": "Both are right"})
    assert (asked.status_code, "Both are right" in asked.text, "later later" in asked.text) == (422, True, True)
    assert (made.said, str(second.state)) == (texts[0], "offered")


def test_after_the_vote_a_suggestion_for_what_was_voted_on_can_only_be_answered(as_, scene):
    made = scene.drafted()
    one = services.suggest(made, TITLE, "Other", version=2, by=scene.table.lived[1])
    services.move(made, "drafted", by=scene.facilitator) if made.state == "idea" else None
    made = _agreed(made)
    told = read(as_(scene.facilitator).get(f"/recommendations/suggestions/{one.id}"))
    assert "It cannot be taken now: The group has voted on these words" in told
    assert f'suggest/{TITLE.number}"' not in as_(scene.facilitator).get(at(made, "suggestions")).text


def _agreed(made):
    db.session.connection().exec_driver_sql("UPDATE recommendation SET state = 'agreed'")
    db.session.refresh(made)
    db.session.commit()
    return made


# --- Comments.


def test_comment_stands_beneath_its_paragraph_and_says_what_it_was_about_once_that_changed(as_, scene):
    made = scene.drafted()
    robin, address = as_(scene.table.lived[1]), at(made, "comments", PROBLEM.number, 1)
    assert TEXT in unescape(robin.get(address).text)
    assert robin.post(address, data={"words": "", "version": "2"}).status_code == 422
    sent = robin.post(address, data={"words": "Is it so?", "version": "2"})
    assert sent.location == f"{at(made)}#part-{PROBLEM.number}"
    assert "Is it so?" in read(robin.get(address))
    services.save(made, {"problem": "Other words."}, [], version=2, by=scene.facilitator)
    db.session.commit()
    told = read(robin.get(at(made)))
    assert f"Said about words that have changed since: {TEXT}" in told
    late = robin.post(address, data={"words": "Still?", "version": "2"})
    assert late.status_code == 303
    assert db.session.scalars(select(Comment.paragraph)).all() == [TEXT, TEXT]
    assert robin.get(at(made, "comments", PROBLEM.number, 2)).status_code == 404


def test_comment_is_settled_on_the_page(as_, scene):
    made = scene.drafted()
    said = services.comment(made, PROBLEM, TEXT, "Is it so?", by=scene.table.lived[1])
    db.session.commit()
    peer, sam = as_(scene.table.lived[2]), as_(scene.facilitator)
    assert "It is settled" not in peer.get(at(made)).text
    assert peer.post(f"/recommendations/comments/{said.id}/settled").status_code == 403
    assert "It is settled" in sam.get(at(made)).text
    assert sam.post(f"/recommendations/comments/{said.id}/settled").status_code == 303
    assert "Settled" in read(peer.get(at(made)))


def test_nothing_of_it_is_there_for_the_steering_group_p1(as_, scene):
    made = scene.submitted()
    alex = as_(scene.chair)
    page = alex.get(at(made))
    assert (page.status_code, "Talk about this" in page.text, "Who worked on it" in page.text) == (200, False, False)
    for more in (("versions",), ("versions", 1, 2), ("suggestions",), ("suggest", 1), ("comments", 1, 1)):
        assert alex.get(at(made, *more)).status_code == 404


def test_pages_cost_the_same_however_much_was_said(as_, scene, query_count):
    made, visitor, costs = scene.drafted(), as_(scene.facilitator), []
    for many in (1, 2):
        for n in range(many):
            by = scene.table.lived[n + many]
            one = services.suggest(made, PROBLEM, f"{TEXT} {many} {n}", version=made.version, by=by)
            services.comment(made, PROBLEM, TEXT, "Hm", by=by)
            services.save(made, {"cost": f"£{many}{n}"}, [], version=made.version, by=by)
        db.session.commit()
        paths = (at(made), at(made, "versions"), at(made, "suggestions"), f"/recommendations/suggestions/{one.id}")
        for path in paths:
            query_count.clear()
            assert visitor.get(path).status_code == 200
            costs.append(len([q for q in query_count if q.startswith("SELECT")]))
    assert costs[:4] == costs[4:]
