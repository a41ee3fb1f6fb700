"""Telling, checking, changing and taking back: what goes wider, what does not, and that nothing is left (L6)."""

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.evidence import queries as library
from coprod.evidence import rules as testimonies
from coprod.evidence import services as evidence
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Testimony
from coprod.pilots.models import Feedback, Touched
from coprod.stories import queries, services
from coprod.stories.models import Story, StoryState, Turn
from coprod.workstreams.models import MembershipState, Words
from coprod.workstreams.services import leave
from tests.factories import a_stream, keep
from tests.outcomes.builders import a_recommendation
from tests.pilots.builders import a_pilot, a_test_cycle
from tests.stories.conftest import Table, Telling


def reads(person, story):  # type: ignore[no-untyped-def]
    """Whether somebody reads it on the story's list, and in the library beside it: one never without the other."""
    listed = story.id in {one.id for one in queries.on(person, [story.recommendation_id])}
    piece = story.testimony.evidence_id
    assert listed == (piece in {one.id for one in library.seen_by(person)})
    return listed


def test_story_stays_in_its_group_until_another_facilitator_has_checked_it(table: Table, telling: Telling) -> None:
    story = telling(how_much="A lot", name="Ash")
    group = [table.robin, table.sam, table.jo, table.mia]
    assert [reads(person, story) for person in group] == [True] * 4
    assert [reads(person, story) for person in (table.alex, table.olga)] == [False, False]
    with pytest.raises(Refused, match="Only a facilitator"):
        services.check(story, by=table.mia)
    services.check(story, by=table.sam)
    assert [reads(person, story) for person in (*group, table.alex, table.olga)] == [True] * 5 + [False]
    assert db.session.scalars(select(Entry.verb).where(Entry.subject == "story")).all() == ["checked"]


def test_nobody_checks_her_own_story(table: Table, telling: Telling) -> None:
    story = telling(by=table.jo)
    with pytest.raises(Refused, match="Somebody else checks"):
        services.check(story, by=table.jo)


def test_everybody_in_the_partnership_reads_what_is_for_them_once_it_is_checked(table: Table, telling: Telling) -> None:
    story = telling(audience=Audience.PARTNERSHIP)
    assert not reads(table.olga, story)
    services.check(story, by=table.sam)
    assert (reads(table.olga, story), reads(table.alex, story)) == (True, True)


def test_small_group_keeps_its_stories_though_they_are_checked_b13(table: Table, telling: Telling) -> None:
    """With five parents it goes out; when one of them goes, it comes back at once, and so does its file's reading."""
    story = telling()
    services.check(story, by=table.sam)
    assert reads(table.alex, story)
    place = next(one for one in table.stream.memberships if one.person.alias == "Parent 1")
    place.state = MembershipState.LEFT
    db.session.flush()
    assert (reads(table.alex, story), reads(table.mia, story)) == (False, True)


def test_what_is_sent_back_stays_inside_until_it_is_changed_and_checked_anew(table: Table, telling: Telling) -> None:
    story = telling()
    with pytest.raises(Refused, match="Say what should change"):
        services.send_back(story, "", by=table.sam)
    services.check(story, by=table.sam)
    services.send_back(story, "Take out the day", by=table.sam)
    assert (story.state, story.to_change) == (StoryState.SENT_BACK, "Take out the day")
    assert not reads(table.alex, story)
    piece = story.testimony.evidence
    evidence.edit(piece, "Calls", "Somebody rings.", by=table.robin, read=testimonies.mark_of(piece))
    assert (story.state, story.to_change, reads(table.alex, story)) == (StoryState.TOLD, "", False)
    services.check(story, by=table.sam)
    assert reads(table.alex, story)


def test_checked_words_that_are_changed_are_checked_anew(table: Table, telling: Telling) -> None:
    """However they are changed: in the library, where the words lie, or beside them."""
    story = telling(audience=Audience.GROUP)
    piece = story.testimony.evidence
    evidence.edit(
        piece, "Calls", "At No 5.", by=table.robin, read=testimonies.mark_of(piece), audience=Audience.STEERING
    )
    assert not reads(table.alex, story)
    services.check(story, by=table.sam)
    services.change(story, Turn.WORSE, "Much", "Ash", by=table.robin)
    assert (story.turn, story.how_much, story.name) == (Turn.WORSE, "Much", "Ash")
    assert not reads(table.alex, story)
    for person, name, words in ((table.sam, "Ash", "may change them"), (table.robin, "Ash Birch", "one name only")):
        with pytest.raises(Refused, match=words):
            services.change(story, Turn.BETTER, "", name, by=person)


def test_another_testimony_changes_and_goes_without_a_story(table: Table) -> None:
    piece = evidence.add(table.stream, EvidenceKind.TESTIMONY, "A night", "Nobody came.", by=table.robin)
    evidence.edit(piece, "A night", "Nobody.", by=table.robin, read=testimonies.mark_of(piece))
    evidence.withdraw(piece, by=table.robin)
    assert queries.story_of(piece) is None


def test_taken_back_it_is_gone_everywhere_and_its_table_is_wiped_l6(table: Table, telling: Telling) -> None:
    story = telling("The quill fell.", how_much="Feathers", name="Ash")
    services.check(story, by=table.sam)
    key, piece = story.id, story.testimony.evidence
    evidence.withdraw(piece, by=table.robin)
    assert db.session.get(Story, key) is None
    assert queries.on(table.robin, [table.recommendation.id]) == []
    assert queries.in_words(table.alex, [table.recommendation.id])[table.recommendation.id].told == []
    held = [getattr(piece, name) for name in testimonies.WORDS]
    assert "quill" not in " ".join(held)
    assert "story" in evidence.testimony._TABLES


def test_whoever_is_erased_leaves_no_story_and_nobody_elses_goes(table: Table, telling: Telling) -> None:
    hers, others = telling("The quill fell.", name="Ash").id, telling(by=table.jo)
    assert evidence.withdraw_all_of(table.robin) == 1
    assert (db.session.get(Story, hers), queries.told_by(table.jo)) == (None, [others])
    assert [one.id for one in queries.on(table.mia, [table.recommendation.id])] == [others.id]


def test_whoever_leaves_takes_it_out_or_lets_it_stay_without_her_name(table: Table, telling: Telling) -> None:
    """Domain rule 9."""
    story, other = telling(name="Robin"), a_stream(table.stream.programme, "Legal", members=[table.robin])
    elsewhere = services.tell(
        a_recommendation(other, table.steering, number=2), "Calm.", Turn.BETTER, by=table.robin, name="Robin"
    )
    leave(next(one for one in table.stream.memberships if one.person is table.robin), Words.KEEP, by=table.robin)
    assert elsewhere.name == "Robin"
    assert (story.name, reads(table.mia, story), queries.told_by(table.robin)) == ("", True, [elsewhere, story])


def test_whoever_leaves_and_takes_her_words_out_leaves_no_story(table: Table, telling: Telling) -> None:
    key = telling(name="Robin").id
    leave(next(one for one in table.stream.memberships if one.person is table.robin), Words.TAKE_OUT, by=table.robin)
    assert db.session.get(Story, key) is None


def test_whoever_leaves_and_takes_her_words_out_takes_what_she_said_of_small_tests_too(table: Table) -> None:
    """Of this group alone; who works here typed what others said, and they did not ask for it to go."""
    others = a_recommendation(table.steering, table.steering, number=2)
    ours, theirs = (a_test_cycle(a_pilot(asked, table.sam)) for asked in (table.recommendation, others))
    said = {"whose": Touched.PARENT, "words": "It was quick.", "on": today()}
    for by, one in ((table.robin, ours), (table.robin, theirs), (table.mia, ours)):
        keep(Feedback(test_cycle=one, by_id=by.id, **said))
    for leaver in (table.robin, table.mia):
        leave(next(one for one in table.stream.memberships if one.person is leaver), Words.TAKE_OUT, by=leaver)
    left = {(one.by_id, one.test_cycle_id) for one in db.session.scalars(select(Feedback))}
    assert left == {(table.robin.id, theirs.id), (table.mia.id, ours.id)}


def test_facilitator_writes_down_what_she_was_told_and_nobody_else_does(table: Table, telling: Telling) -> None:
    """Of a member, who can take it back herself; or of somebody a pilot touched, who asks the facilitator."""
    hers = telling(by=table.sam, in_person=True, told_by=table.robin)
    theirs = telling("They came to us.", by=table.sam, in_person=True)
    assert [one.testimony.person for one in (hers, theirs)] == [table.robin, None]
    evidence.withdraw(hers.testimony.evidence, by=table.robin)
    evidence.withdraw(theirs.testimony.evidence, by=table.sam)
    for by, more, words in (
        (table.sam, {}, "Say whose words"),
        (table.mia, {}, "for parents and carers"),
        (table.robin, {"in_person": True}, "Only a facilitator"),
        (table.olga, {}, "Only people in"),
        (table.robin, {"name": "Ash Birch"}, "one name only"),
    ):
        with pytest.raises(Refused, match=words):
            telling(by=by, **more)
    assert db.session.scalars(select(Evidence).join(Testimony).where(Testimony.state == "given")).all() == []


def test_story_of_a_small_test_says_which(table: Table, telling: Telling) -> None:
    test_cycle = a_test_cycle(a_pilot(table.recommendation, table.sam))
    found = queries.test_cycle_of(table.recommendation, test_cycle.id)
    assert telling(after=found).test_cycle is test_cycle
    test_cycle.pilot.recommendation_id = table.recommendation.id
    assert queries.test_cycle_of(table.recommendation, table.recommendation.id) is None
