"""Finding what people told of a change: who is asking, for whom it was told and the check decide what is found (P1)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from coprod.agreements.queries import run_by
from coprod.core.clock import today
from coprod.core.db import db
from coprod.evidence import queries as evidence
from coprod.evidence.models import Audience, Evidence, Testimony, TestimonyState
from coprod.outcomes.queries import recommendation_is_seen_by
from coprod.people.models import Person
from coprod.pilots.models import Feedback, Pilot, TestCycle
from coprod.pilots.rules import FINISHED
from coprod.recommendations.models import Recommendation
from coprod.recommendations.queries import InWords, Told, tells_in_words
from coprod.stories import rules
from coprod.stories.models import Story, StoryState
from coprod.workstreams.models import LIVED_SEATS, Membership, MembershipState, Workstream


@evidence.keeps_in
def kept_in() -> Select[UUID]:
    """Keep in its group what nobody has checked, and what comes from a group so small that it says whose it is."""
    lived = (
        select(func.count(Membership.id))
        .where(
            Membership.workstream_id == Recommendation.workstream_id,
            Membership.state == MembershipState.JOINED,
            Membership.seat.in_(LIVED_SEATS),
        )
        .scalar_subquery()
    )
    return (
        select(Testimony.evidence_id)
        .join(Story, Story.testimony_id == Testimony.id)
        .join(Recommendation, Recommendation.id == Story.recommendation_id)
        .where(or_(Story.state != StoryState.CHECKED, lived < rules.FEWEST))
    )


def _whole() -> Select[Story]:
    return select(Story).join(Story.testimony).join(Testimony.evidence)


def _loaded() -> list[ORMOption]:
    table = joinedload(Story.recommendation).joinedload(Recommendation.workstream)
    told = contains_eager(Story.testimony).contains_eager(Testimony.evidence)
    return [
        told.joinedload(Evidence.file),
        told.joinedload(Evidence.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
        table.selectinload(Workstream.memberships).joinedload(Membership.person),
        joinedload(Story.test_cycle),
    ]


_ORDER = (Evidence.title, Story.id)


def _seen_by(person: Person) -> Select[Story]:
    given = Testimony.state == TestimonyState.GIVEN, or_(Testimony.until.is_(None), Testimony.until >= today())
    may = Evidence.id.in_(evidence.keys_for(person, today()))
    return _whole().where(may, *given).options(*_loaded())


def on(person: Person, keys: Sequence[UUID]) -> Sequence[Story]:
    """List what this person may read today of what was told of these recommendations, in no order of telling (P4)."""
    return db.session.scalars(_seen_by(person).where(Story.recommendation_id.in_(keys)).order_by(*_ORDER)).all()


def one_seen_by(person: Person, key: UUID) -> Story:
    """Find one story, if this person may read it today."""
    return db.session.scalars(_seen_by(person).where(Story.id == key)).one()


def told_by(person: Person) -> Sequence[Story]:
    """List this person's own stories, of groups she has left too."""
    hers = Testimony.person_id == person.id, Testimony.state == TestimonyState.GIVEN
    return db.session.scalars(_whole().where(*hers).options(*_loaded()).order_by(*_ORDER)).all()


def _waits_for(person: Person) -> list[ColumnElement[bool]]:
    """Ask for what this person, if she runs the group, is to check: what is told for others, and not by herself."""
    return [
        Story.state == StoryState.TOLD,
        Testimony.state == TestimonyState.GIVEN,
        or_(Testimony.until.is_(None), Testimony.until >= today()),
        Testimony.audience != Audience.GROUP,
        or_(Testimony.person_id.is_(None), Testimony.person_id != person.id),
        Evidence.workstream_id.in_(run_by(person)),
    ]


def to_check(person: Person, recommendation: Recommendation) -> Sequence[Story]:
    """List what was told of one recommendation and waits for this facilitator's check."""
    waits = _whole().where(Story.recommendation_id == recommendation.id, *_waits_for(person))
    return db.session.scalars(waits.options(*_loaded()).order_by(*_ORDER)).all()


def said_by(person: Person) -> Sequence[Feedback]:
    """List what this person typed of how small tests were, in groups she has left too."""
    asked = contains_eager(Feedback.test_cycle).contains_eager(TestCycle.pilot).contains_eager(Pilot.recommendation)
    found = select(Feedback).join(Feedback.test_cycle).join(TestCycle.pilot).join(Pilot.recommendation)
    hers = found.where(Feedback.by_id == person.id).options(asked)
    return db.session.scalars(hers.order_by(TestCycle.change, TestCycle.id, Feedback.words, Feedback.id)).all()


def counted_to_check(person: Person) -> list[tuple[Recommendation, int]]:
    """Count, for each recommendation of the groups this person runs, the stories that wait for her check."""
    counted = (
        select(Story.recommendation_id, func.count(Story.id).label("waiting"))
        .join(Story.testimony)
        .join(Testimony.evidence)
        .where(*_waits_for(person))
        .group_by(Story.recommendation_id)
        .subquery()
    )
    found = select(Recommendation, counted.c.waiting).join(counted, counted.c.recommendation_id == Recommendation.id)
    ordered = found.order_by(Recommendation.number, Recommendation.id)
    rows = db.session.execute(ordered.options(joinedload(Recommendation.workstream)))
    return [(recommendation, waiting) for recommendation, waiting in rows]


def recommendation_seen_by(person: Person, key: UUID) -> Recommendation:
    """Find what was recommended, with who sits in its group, if this person may see it."""
    asked = select(Recommendation).where(Recommendation.id == key, recommendation_is_seen_by(person))
    table = joinedload(Recommendation.workstream).selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(asked.options(table)).one()


def sees(person: Person, recommendation: Recommendation) -> bool:
    """Answer whether this person may see what it was told of."""
    found = select(exists().where(Recommendation.id == recommendation.id, recommendation_is_seen_by(person)))
    return bool(db.session.scalar(found))


def story_of(piece: Evidence) -> Story | None:
    """Find the story that hangs on this testimony, if it is one."""
    chosen = _whole().where(Evidence.id == piece.id).options(*_loaded())
    return db.session.scalars(chosen).one_or_none()


def test_cycle_of(recommendation: Recommendation, key: UUID) -> TestCycle | None:
    """Find a test cycle of this recommendation's pilot."""
    of_it = TestCycle.pilot.has(Pilot.recommendation_id == recommendation.id)
    return db.session.scalars(select(TestCycle).where(TestCycle.id == key, of_it)).one_or_none()


def finished_tests(recommendation: Recommendation) -> Sequence[TestCycle]:
    """List the small tests of this recommendation that went all the way round, by number."""
    over = TestCycle.state.in_(FINISHED), TestCycle.pilot.has(Pilot.recommendation_id == recommendation.id)
    return db.session.scalars(select(TestCycle).where(*over).order_by(TestCycle.number, TestCycle.id)).all()


@tells_in_words
def in_words(person: Person, keys: Sequence[UUID]) -> dict[UUID, InWords]:
    """Tell beside the numbers what people said of the change, the worse first."""
    found: dict[UUID, list[Story]] = {key: [] for key in keys}
    for story in on(person, keys):
        found[story.recommendation_id].append(story)
    return {
        key: InWords([_told(one) for _, one in rules.how_it_changed(stories)], "stories.index", key)
        for key, stories in found.items()
    }


def _told(story: Story) -> Told:
    piece = story.testimony.evidence
    return Told(piece.says, story.how_much, rules.SAID[story.turn], story.name, piece.content_note)
