"""Telling what changed, and the check before it goes wider; it is taken back as every testimony is."""

from typing import Any

from coprod.core.answers import no, require
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.evidence import services as evidence
from coprod.evidence.models import Audience, Evidence, EvidenceKind
from coprod.people.models import Person
from coprod.pilots import services as pilots
from coprod.pilots.models import TestCycle
from coprod.recommendations.models import Recommendation
from coprod.stories import queries, rules
from coprod.stories.models import Story, StoryState, Turn
from coprod.workstreams.models import Membership, Words
from coprod.workstreams.services import when_left


def tell(
    recommendation: Recommendation,
    says: str,
    turn: Turn,
    *,
    by: Person,
    audience: Audience = Audience.GROUP,
    how_much: str = "",
    name: str = "",
    after: TestCycle | None = None,
    told_by: Person | None = None,
    in_person: bool = False,
) -> Story:
    """Keep what somebody told of a change, as a testimony: for whom she says, under the name she chose or none.

    What a facilitator was told `in_person` is `told_by` somebody of the group, or by somebody a pilot touched who has
    no account; she said yes to it. Nothing is written down of who did so.
    """
    require(rules.may_tell(by, recommendation))
    fault = rules.name_fault(name)
    require(no(fault) if fault else rules.is_own_or_for_others(by, recommendation, in_person=in_person))
    given: dict[str, Any] = {"audience": audience, "told_by": told_by, "in_person": in_person}
    title = rules.title_of(says)
    piece = evidence.add(recommendation.workstream, EvidenceKind.TESTIMONY, title, says, by=by, **given)
    story = Story(testimony=piece.testimony, recommendation=recommendation, turn=turn, how_much=how_much, name=name)
    story.test_cycle = after
    db.session.add(story)
    db.session.flush()
    return story


def _hold(story: Story) -> None:
    """Hold it until the transaction ends, freshly read, with the words it is about."""
    evidence.hold(story.testimony.evidence)
    lock(story)


def change(story: Story, turn: Turn, how_much: str, name: str, *, by: Person) -> None:
    """Say anew how much changed, how it is now, and under which name; it is checked anew before it goes wider."""
    _hold(story)
    require(rules.may_change(by, story))
    fault = rules.name_fault(name)
    if fault:
        require(no(fault))
    story.turn, story.how_much, story.name = turn, how_much, name
    _to_be_checked_again(story)


def check(story: Story, *, by: Person) -> None:
    """Let it go to those it was told for: nothing in it points to a case."""
    _hold(story)
    before, after = rules.STORY.make(by, "checked", story)
    story.to_change = ""
    record(by, "checked", story, before=before, after=after)
    db.session.flush()


def send_back(story: Story, to_change: str, *, by: Person) -> None:
    """Ask whoever told it to change something first; until then it stays in the group."""
    _hold(story)
    story.to_change = to_change
    before, after = rules.STORY.make(by, "sent back", story)
    record(by, "sent back", story, before=before, after=after)
    db.session.flush()


@evidence.when_changed
def _when_changed(piece: Evidence) -> None:
    """Whoever changes her words, or for whom they are, has them checked anew."""
    story = queries.story_of(piece)
    if story is not None:
        _to_be_checked_again(story)


def _to_be_checked_again(story: Story) -> None:
    if story.state != StoryState.TOLD:
        rules.STORY.make(None, "told again", story)
    story.to_change = ""
    db.session.flush()


@evidence.when_gone("story")
def _when_gone(piece: Evidence) -> None:
    """With the words goes all the rest, in the same transaction: beside the numbers nothing is left of it (L6)."""
    story = queries.story_of(piece)
    if story is not None:
        db.session.delete(story)
        db.session.flush()


@when_left
def _when_left(membership: Membership, _: bool) -> None:
    """Whoever leaves and lets her words stay lets them stay without her name (domain rule 9).

    Whoever takes hers out takes out what she said of small tests as well; no name ever stood beside that.
    """
    for story in queries.told_by(membership.person):
        if story.recommendation.workstream_id == membership.workstream_id:
            story.name = ""
    if membership.words == Words.TAKE_OUT and membership.person.is_lived:
        for said in queries.said_by(membership.person):
            if said.test_cycle.pilot.recommendation.workstream_id == membership.workstream_id:
                pilots.take_back(said, by=membership.person)
    db.session.flush()
