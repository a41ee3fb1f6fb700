"""Who may tell, check and change, in every state; when a story goes outside its group. No database."""

import itertools
from datetime import date
from uuid import uuid4

import pytest

from coprod.evidence.models import Audience, Evidence, EvidenceKind, Testimony, TestimonyState
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.stories import rules
from coprod.stories.models import Story, StoryState, Turn
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

TODAY = date(2025, 11, 17)
SIDES = {
    "teller": (Side.LIVED, Role.MEMBER),
    "member": (Side.LIVED, Role.MEMBER),
    "professional": (Side.PROFESSIONAL, Role.MEMBER),
    "facilitator": (Side.PROFESSIONAL, Role.FACILITATOR),
    "peer facilitator": (Side.LIVED, Role.FACILITATOR),
    "stranger": (Side.LIVED, None),
    "nobody": (None, None),
}
FACILITATORS = ("facilitator", "peer facilitator")
ALLOWED = {
    *((who, "checked", state) for who in FACILITATORS for state in (StoryState.TOLD, StoryState.SENT_BACK)),
    *((who, "sent back", state) for who in FACILITATORS for state in (StoryState.TOLD, StoryState.CHECKED)),
    *(("nobody", "told again", state) for state in (StoryState.CHECKED, StoryState.SENT_BACK)),
}
"""Every move that may be made, of a story for somebody outside the group, with what is to change said."""


class Scene:
    """A group of so many parents, a facilitator who is one of them, and another who is not; without a database."""

    def __init__(self, parents: int = 5) -> None:
        self.stream = Workstream(id=uuid4(), name="A group", kind=Kind.STREAM, state=WorkstreamState.ACTIVE)
        self.people = {name: Person(id=uuid4(), alias=name, side=side) for name, (side, _) in SIDES.items() if side}
        for name, (side, role) in SIDES.items():
            if side and role:
                self._sits(self.people[name], side, role)
        for number in range(parents - 3):
            self._sits(Person(id=uuid4(), alias=f"Parent {number}", side=Side.LIVED), Side.LIVED, Role.MEMBER)
        self.recommendation = Recommendation(id=uuid4(), title="A card", submitted_on=TODAY)
        self.recommendation.workstream = self.stream

    def _sits(self, person: Person, side: Side, role: Role) -> None:
        seat = Seat.MOTHER if side == Side.LIVED else Seat.MANAGER
        place = Membership(person_id=person.id, person=person, role=role, seat=seat, state=MembershipState.JOINED)
        place.workstream = self.stream

    def story(self, state: StoryState = StoryState.TOLD, audience: Audience = Audience.STEERING) -> Story:
        piece = Evidence(id=uuid4(), kind=EvidenceKind.TESTIMONY, title="A", says="A", workstream=self.stream)
        testimony = Testimony(person_id=self.people["teller"].id, audience=audience, state=TestimonyState.GIVEN)
        piece.testimony = testimony
        made = Story(testimony=testimony, recommendation=self.recommendation, turn=Turn.SAME, state=state)
        made.to_change = "Take out the day"
        return made


def test_every_move_from_every_state_by_everybody() -> None:
    scene, found = Scene(), set()
    for who, name, state in itertools.product(SIDES, rules.STORY.moves, StoryState):
        by_itself = (who == "nobody") == (name == "told again")
        if by_itself and rules.STORY.may(scene.people.get(who), name, scene.story(state)):
            found.add((who, name, state))
    by_hand = [rules.STORY.may(one, "told again", scene.story(StoryState.CHECKED)) for one in scene.people.values()]
    assert not any(by_hand)
    assert found == ALLOWED


def test_check_is_for_what_goes_wider_and_by_somebody_else() -> None:
    scene = Scene()
    inside, hers, unsaid = scene.story(audience=Audience.GROUP), scene.story(), scene.story()
    hers.testimony.person_id, unsaid.to_change = scene.people["peer facilitator"].id, ""
    assert rules.may_check(scene.people["facilitator"], inside).reason.startswith("It stays in the group")
    assert rules.may_check(scene.people["peer facilitator"], hers).reason.startswith("Somebody else checks")
    assert not rules.STORY.may(scene.people["facilitator"], "sent back", unsaid)
    assert rules.may_change(scene.people["teller"], unsaid)
    assert not rules.may_change(scene.people["facilitator"], unsaid)


def test_whoever_lived_through_it_tells_and_a_facilitator_for_others() -> None:
    scene = Scene()
    asked = scene.recommendation
    may = {name for name, person in scene.people.items() if rules.may_tell(person, asked)}
    assert may == {"teller", "member", *FACILITATORS}
    assert {name for name, one in scene.people.items() if rules.tells_for_others(one, asked)} == {"facilitator"}
    own = {name for name, one in scene.people.items() if rules.is_own_or_for_others(one, asked, in_person=False)}
    others = {name for name, one in scene.people.items() if rules.is_own_or_for_others(one, asked, in_person=True)}
    assert (own & may, others) == ({"teller", "member", "peer facilitator"}, set(FACILITATORS))
    asked.submitted_on = None
    assert rules.may_tell(scene.people["teller"], asked).reason == "First the group sends it to the steering group."


@pytest.mark.parametrize(("parents", "goes"), [(4, False), (5, True)])
def test_story_of_a_small_group_goes_nowhere_b13(parents: int, goes: bool) -> None:
    scene = Scene(parents)
    story = scene.story(StoryState.CHECKED)
    assert (rules.is_small(scene.stream), bool(rules.goes_outside(story))) == (not goes, goes)


def test_why_it_does_not_go_outside_is_said() -> None:
    scene = Scene()
    stories = [scene.story(audience=Audience.GROUP), scene.story(), scene.story(StoryState.SENT_BACK)]
    said = [rules.goes_outside(story).reason for story in stories]
    assert said == [
        "Only the group reads it.",
        "Only the group reads it, until a facilitator has checked it.",
        "Only the group reads it. Something should change first.",
    ]
    small = rules.goes_outside(Scene(4).story(StoryState.CHECKED))
    assert small.reason == "Only the group reads it, because the group is small."


def test_name_is_one_name_and_title_is_the_beginning() -> None:
    assert [bool(rules.name_fault(name)) for name in ("", "Ash", "Ash Birch", "A" * 31)] == [False, False, True, True]
    long = "She rings me every week and that is why I sleep through the night now"
    titles = [rules.title_of(words) for words in ("It is\ncalm.", long, "A" * 80)]
    assert titles == ["It is calm.", "She rings me every week and that is why I sleep through the…", f"{'A' * 60}…"]


def test_the_worse_is_read_first() -> None:
    scene = Scene()
    stories = [scene.story() for _ in Turn]
    for story, turn in zip(stories, Turn, strict=True):
        story.turn = turn
    assert [turn for turn, _ in rules.how_it_changed(stories)] == [Turn.WORSE, Turn.SAME, Turn.BETTER]
