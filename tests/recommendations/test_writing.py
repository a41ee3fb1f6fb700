"""Writing together, on both databases: versions, two at once, suggested changes, comments, leaving."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.recommendations import queries, rules, services
from coprod.recommendations.models import Comment, Recommendation, State, Suggestion, SuggestionState
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, Words
from tests.recommendations.written import WORDS, Round

PROBLEM, SAID, COST = (rules.part_named(name) for name in ("problem", "said", "cost"))
TEXT = WORDS["problem"]


@pytest.fixture
def scene(database) -> Round:
    return Round()


def offered(made: Recommendation, words: str, by: Person, part: rules.Part = PROBLEM, **more) -> Suggestion:
    return services.suggest(made, part, words, version=more.pop("version", made.version), by=by, **more)


def verbs(thing) -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb).where(Entry.subject_id == thing.id)))


# --- Versions.


def test_every_version_says_who_wrote_it(scene):
    made = scene.drafted()
    assert [(one.number, one.by) for one in made.versions] == [(1, scene.table.lived[0]), (2, scene.facilitator)]


def test_what_two_wrote_in_different_parts_is_put_together_without_a_question_r4(scene):
    made = scene.drafted()
    first, second = scene.facilitator, scene.table.lived[1]
    assert not services.save(made, WORDS | {"cost": "£100"}, [scene.priority], version=2, by=first)
    assert services.save(made, WORDS | {"outcomes": "Fewer forms"}, [], version=2, by=second)
    assert (made.cost, made.outcomes, made.version, made.priorities) == ("£100", "Fewer forms", 4, [])
    assert made.versions[-1].by == second


def test_what_both_wrote_in_one_part_is_asked_about_and_nothing_is_written_r4(scene):
    made = scene.drafted()
    services.save(made, WORDS | {"problem": f"{TEXT} And again."}, [scene.priority], version=2, by=scene.facilitator)
    mine = WORDS | {"problem": f"Many. {TEXT}", "cost": "£5"}
    with pytest.raises(Overtaken) as overtaken:
        services.save(made, mine, [scene.priority], version=2, by=scene.table.lived[1])
    joined = overtaken.value.now
    assert joined.theirs == {"problem": f"{TEXT} And again."}
    assert (joined.words["problem"], joined.words["cost"]) == (f"Many. {TEXT} And again.", "£5")
    assert joined.mine == {"problem": f"Many. {TEXT}"}
    assert (made.version, made.cost) == (3, "not known")


def test_stage_and_priorities_come_together_too_r4(scene):
    made = scene.noted()
    services.save(made, {"stage": WORDS["stage"]}, [], version=1, by=scene.facilitator)
    services.save(made, {"title": "One midwife"}, [scene.priority], version=1, by=scene.table.lived[1])
    assert (made.title, made.stage, made.priorities) == ("One midwife", WORDS["stage"], [scene.priority])


# --- Suggested changes.


def test_suggested_words_are_taken_together_with_what_was_changed_since(scene):
    made = scene.drafted()
    one = offered(made, f"{TEXT} Every time.", scene.table.lived[1], why="It says more")
    services.save(made, WORDS | {"problem": f"Now: {TEXT}"}, [scene.priority], version=2, by=scene.facilitator)
    services.take(one, by=scene.facilitator)
    assert (made.problem, made.version, one.state) == (f"Now: {TEXT} Every time.", 4, SuggestionState.TAKEN)
    assert (one.before, one.words, one.from_version) == (TEXT, f"{TEXT} Every time.", 2)
    assert verbs(one) == ["offered", "taken"]


def test_suggestion_that_reads_as_it_does_already_is_taken_without_a_new_version(scene):
    made = scene.drafted()
    first, second = (offered(made, f"{TEXT} So.", person) for person in scene.table.lived[1:3])
    services.take(first, by=scene.facilitator)
    services.take(second, "The same", by=scene.facilitator)
    assert (made.problem, made.version, second.reason) == (f"{TEXT} So.", 3, "The same")


def test_suggestion_whose_words_were_changed_since_is_not_taken_blindly(scene):
    made = scene.drafted()
    first, second = (offered(made, f"{TEXT} {word}", p) for word, p in zip("xy", scene.table.lived[1:3], strict=True))
    services.take(first, by=scene.facilitator)
    with pytest.raises(Overtaken) as overtaken:
        services.take(second, by=scene.facilitator)
    assert dict(overtaken.value.now.theirs) == {"problem": f"{TEXT} x"}
    assert (made.problem, second.state) == (f"{TEXT} x", SuggestionState.OFFERED)


def test_joint_words_settle_all_that_were_chosen(scene):
    made = scene.drafted()
    texts = [f"{TEXT} {word}" for word in ("One.", "Two.", "Three.")]
    several = [offered(made, text, person) for text, person in zip(texts, scene.table.lived[1:4], strict=True)]
    services.take_back(several[1], by=scene.table.lived[2])
    services.take_together(several[:2], f"{TEXT} One and two.", "Both", version=2, by=scene.facilitator)
    assert [one.state for one in several] == ["taken", "taken back", "offered"]
    assert (made.problem, [one.words for one in several]) == (f"{TEXT} One and two.", texts)


def test_joint_words_are_asked_about_where_somebody_changed_the_same_words_since_r4(scene):
    made = scene.drafted()
    one = offered(made, f"{TEXT} One.", scene.table.lived[1])
    services.save(made, WORDS | {"problem": f"{TEXT} Two."}, [], version=2, by=scene.table.lived[2])
    with pytest.raises(Overtaken) as overtaken:
        services.take_together([one], f"{TEXT} Three.", version=2, by=scene.facilitator)
    assert dict(overtaken.value.now.words) == {"problem": f"{TEXT} Three."}
    assert (made.problem, one.state) == (f"{TEXT} Two.", SuggestionState.OFFERED)
    services.take_together([one], f"{TEXT} Two, three.", version=3, by=scene.facilitator)
    assert made.problem == f"{TEXT} Two, three."


def test_joint_words_of_no_known_version_are_those_that_stand(scene):
    made = scene.drafted()
    one = offered(made, f"{TEXT} One.", scene.table.lived[1], version=99)
    services.take_together([one], "New.", version=99, by=scene.facilitator)
    assert (made.problem, one.from_version) == ("New.", 2)


def test_suggestion_is_not_taken_with_a_reason_and_stays_to_be_read(scene):
    made = scene.drafted()
    one = offered(made, "Other words", scene.table.lived[1])
    with pytest.raises(Refused, match="Only a facilitator"):
        services.do_not_take(one, "No", by=scene.table.lived[2])
    services.do_not_take(one, "It says less.", by=scene.facilitator)
    assert (one.state, one.reason, one.words, made.problem) == ("not taken", "It says less.", "Other words", TEXT)


def test_the_same_words_and_words_that_do_not_fit_are_not_suggested(scene):
    made = scene.drafted()
    with pytest.raises(Refused, match="as they are"):
        offered(made, TEXT, scene.table.lived[1])
    with pytest.raises(Refused, match="60 words at most"):
        offered(made, "word " * 61, scene.table.lived[1], SAID)


def test_what_was_voted_on_stays_and_the_rest_may_still_be_suggested(scene):
    made = scene.drafted()
    one = offered(made, "Every parent gets a midwife.", scene.table.lived[1], SAID)
    _agreed(made)
    with pytest.raises(Refused, match="has voted on these words"):
        services.take(one, by=scene.facilitator)
    offered(made, "£100", scene.table.lived[1], COST)


def _agreed(made: Recommendation) -> None:
    db.session.execute(update(Recommendation).values(state=State.AGREED))
    db.session.refresh(made)


def test_nobody_outside_reads_or_writes_p1(scene):
    made = scene.submitted()
    with pytest.raises(NoResultFound):
        queries.one_seen_at_its_table(scene.chair, made.id)
    one = services.suggest(scene.drafted(), COST, "£1", version=2, by=scene.table.lived[0])
    said = services.comment(one.recommendation, PROBLEM, TEXT, "Yes", by=scene.table.lived[0])
    for person in (scene.chair, scene.parent_on_steering):
        for find, key in ((queries.one_suggestion_seen_by, one.id), (queries.one_comment_seen_by, said.id)):
            with pytest.raises(NoResultFound):
                find(person, key)
    with pytest.raises(Refused):
        services.comment(made, PROBLEM, TEXT, "No", by=scene.chair)
    assert queries.one_comment_seen_by(scene.table.lived[1], said.id) is said


# --- Comments, and leaving.


def test_comment_is_settled_by_who_said_it_or_the_facilitator(scene):
    made = scene.drafted()
    for by in (scene.table.lived[1], scene.facilitator):
        said = services.comment(made, PROBLEM, TEXT, "Is it so?", by=scene.table.lived[1])
        services.settle_comment(said, by=by)
        assert said.state == "settled"
    assert [one.number for one in made.comments] == [1, 2]


@pytest.mark.parametrize(
    ("words", "stay", "why"),
    [
        (Words.KEEP, {"taken", "offered", "not taken"}, "Hers"),
        (Words.TAKE_OUT, {"taken"}, ""),
    ],
)
def test_words_of_who_leaves_stay_without_a_name_or_go_l6(scene, words, stay, why):
    made, leaver = scene.drafted(), scene.table.lived[1]
    taken = offered(made, f"{TEXT} One.", leaver, why="Hers")
    services.take(taken, by=scene.facilitator)
    services.do_not_take(offered(made, "Two.", leaver, why="Hers"), "No", by=scene.facilitator)
    offered(made, "Three.", leaver, COST, why="Hers")
    theirs = offered(made, "Four.", scene.table.lived[2], COST)
    services.comment(made, PROBLEM, TEXT, "Hm", by=leaver)
    services.ask(made, "Who pays?", by=leaver)
    services.declare(made, "My aunt works there.", by=leaver)
    place = db.session.scalars(select(Membership).where(Membership.person_id == leaver.id)).one()
    workstreams.leave(place, words, by=leaver)
    db.session.expire_all()
    left = [one for one in made.suggestions if one is not theirs]
    assert {str(one.state) for one in left} == stay
    assert {(one.person_id, one.why) for one in left} == {(None, why)}
    assert db.session.scalars(select(Comment.person_id)).all() == ([None] if words == Words.KEEP else [])
    assert (made.questions[0].words, made.questions[0].person_id) == ("Who pays?", None)
    declared = [rules.called(one.person, made) for one in made.declarations]
    assert declared == (["somebody who left"] if words == Words.KEEP else [])
    assert theirs.person_id == scene.table.lived[2].id
    assert (made.problem, rules.called(made.versions[-1].by, made)) == (f"{TEXT} One.", scene.facilitator.alias)
