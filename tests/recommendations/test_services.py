"""From an idea to its sending, on both databases."""

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.recommendations import services
from coprod.recommendations.models import State
from coprod.workstreams.models import Kind
from tests.factories import a_person, a_professional, a_stream
from tests.recommendations.written import WORDS, WORRIED, Round


def verbs(thing) -> list[str]:
    return list(db.session.scalars(select(Entry.verb).where(Entry.subject_id == thing.id).order_by(Entry.at, Entry.id)))


def test_any_member_notes_an_idea_and_it_gets_the_next_number(database):
    scene = Round()
    first, second = scene.noted(), scene.noted()
    assert (first.number, second.number, first.state, first.version) == (1, 2, State.IDEA, 1)
    assert verbs(first) == ["noted"]


def test_stranger_notes_nothing(database):
    with pytest.raises(Refused):
        services.draft(Round().table.stream, "Mine", by=a_person("Stranger"))


def test_without_a_steering_group_there_is_nobody_to_send_it_to(database):
    member = a_person("Kit")
    stream = a_stream(members=[member])
    with pytest.raises(Refused, match="no steering group"):
        services.draft(stream, "Mine", by=member)
    assert stream.kind == Kind.STREAM


def test_saving_writes_a_version_beside_the_old_one(database):
    scene = Round()
    made = scene.noted()
    services.save(made, WORDS, [scene.priority], version=1, by=scene.table.lived[1])
    assert [(v.number, v.words["problem"]) for v in made.versions] == [(1, ""), (2, WORDS["problem"])]
    assert made.versions[1].words["priorities"] == "4"


def test_stale_save_is_refused_and_loses_nothing_r4(database):
    scene = Round()
    made = scene.noted()
    services.save(made, WORDS, [], version=1, by=scene.facilitator)
    with pytest.raises(Overtaken):
        services.save(made, WORDS | {"problem": "Other"}, [], version=1, by=scene.table.lived[0])
    assert (made.problem, made.version) == (WORDS["problem"], 2)


def test_after_the_vote_the_words_voted_on_stay(database):
    scene = Round()
    made = scene.agreed()
    services.save(
        made, WORDS | {"said": "Something else", "cost": "£100"}, [scene.priority], version=2, by=scene.facilitator
    )
    assert (made.said, made.cost) == (WORDS["said"], "£100")


def test_count_moves_it_to_agreed(database):
    scene = Round()
    made = scene.agreed()
    assert (made.state, made.rounds[0].poll.result.outcome) == (State.AGREED, "agreed")
    services.count_vote(made, by=scene.facilitator)
    assert made.state == State.AGREED


def test_one_worry_sends_it_back_and_a_second_round_follows(database):
    scene = Round()
    made = scene.counted(WORRIED)
    assert made.state == State.NEEDS_TALK
    scene_poll = services.open_vote(made, made.rounds[0].poll.closes_at, by=scene.facilitator)
    assert [held.number for held in made.rounds] == [1, 2]
    assert scene_poll.question == WORDS["said"]


@pytest.mark.parametrize(("yes", "state"), [(True, State.AGREED), (False, State.NEEDS_TALK)])
def test_room_answers_for_a_group_with_few_lived_experience_members(database, yes, state):
    scene = Round(lived=2, professionals=8)
    made = scene.counted([5] * 10)
    assert made.state == State.VOTING
    services.record_room_answer(made, yes, by=scene.facilitator)
    assert made.state == state


def test_given_up_vote_leaves_a_draft(database):
    scene = Round()
    made = scene.answered(WORRIED)
    services.give_up_vote(made, by=scene.facilitator)
    assert (made.state, made.rounds[0].poll.result) == (State.DRAFTED, None)


def test_nothing_to_count_before_a_vote(database):
    scene = Round()
    with pytest.raises(Refused, match="not been put to a vote"):
        services.count_vote(scene.drafted(), by=scene.facilitator)


def test_agreed_goes_without_a_label(database):
    made = Round().submitted()
    assert (made.state, made.submitted_as, made.why_sent) == (State.SUBMITTED, "", "")
    assert made.submitted_on is not None


def test_without_agreement_it_goes_labelled_with_its_reason(database):
    scene = Round()
    made = scene.counted(WORRIED)
    with pytest.raises(Refused, match="Say why"):
        services.submit(made, by=scene.facilitator)
    db.session.rollback()
    services.submit(made, "It cannot wait.", by=scene.facilitator)
    assert (made.state, made.submitted_as, made.why_sent) == (State.SUBMITTED, "needs more talk", "It cannot wait.")


def test_contesting_is_remembered(database):
    scene = Round()
    made = scene.submitted()
    services.move(made, "declined", by=scene.chair)
    services.move(made, "replied", by=scene.chair)
    services.contest(made, by=scene.table.lived[0])
    services.move(made, "sent again", by=scene.facilitator)
    assert made.contested_on is not None
    assert {"declined", "replied", "contested", "sent again"} <= set(verbs(made))


def test_professional_outside_cannot_submit(database):
    with pytest.raises(Refused):
        services.submit(Round().agreed(), by=a_professional("Outside"))
