"""Who may tell what changed, what is looked for before it goes wider, and when a group is too small for it."""

from collections.abc import Sequence

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence import rules as evidence
from coprod.evidence.models import Audience
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.stories.models import Story, StoryState, Turn
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member, on_side, seated

FEWEST = 5
"""In a group with fewer people with lived experience somebody outside could tell whose story it is (B13)."""
LONGEST_TITLE, LONGEST_HOW_MUCH, LONGEST_NAME, LONGEST_NOTE = 60, 300, 30, 300
ONE_NAME = "Write one name only, and no surname. It can be another name than yours."
SAID = {Turn.BETTER: "It is better now.", Turn.SAME: "It is the same as before.", Turn.WORSE: "It is worse now."}
"""How it is now, said by itself wherever the story stands."""
LOOK_FOR = (
    "names, also of places and workers",
    "dates, ages, how many, and who belongs to whom",
    "what a court, a file or a worker said about somebody",
    "anything that only one family here has lived through",
)
"""What could point to a case."""


# --- Who tells.


def may_tell(person: Person, recommendation: Recommendation) -> Answer:
    """Whoever has lived through it may, of what her group sent off; a facilitator, for somebody who asks her to."""
    stream = recommendation.workstream
    lived = person.side == Side.LIVED or bool(is_facilitator(person, stream))
    told = YES if lived else no("This is for parents and carers. A facilitator can write it down for somebody.")
    sent = YES if recommendation.submitted_on else no("First the group sends it to the steering group.")
    return is_member(person, stream) & told & evidence.may_add(person, stream) & sent


def tells_for_others(person: Person, recommendation: Recommendation) -> bool:
    """Answer whether this person only writes down what somebody else told."""
    return person.side != Side.LIVED and bool(is_facilitator(person, recommendation.workstream))


def is_own_or_for_others(person: Person, recommendation: Recommendation, *, in_person: bool) -> Answer:
    """Own words come from whoever lived through it; what was told in person, a facilitator writes down."""
    if in_person:
        return is_facilitator(person, recommendation.workstream)
    return YES if person.side == Side.LIVED else no("Say whose words these are.")


def may_change(person: Person, story: Story) -> Answer:
    """Nobody but whoever told it may."""
    return YES if is_hers(person, story) else no(evidence.WHOSE_WORDS)


def name_fault(name: str) -> str:
    """Say what is wrong with a name that is to stand beside a story; nothing where all is well."""
    return ONE_NAME if len(name.split()) > 1 or len(name) > LONGEST_NAME else ""


def title_of(words: str) -> str:
    """Answer the beginning of what somebody told, to call it by."""
    line = " ".join(words.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return f"{line[:LONGEST_TITLE].rpartition(' ')[0] or line[:LONGEST_TITLE]}…"


# --- How far it goes.


def is_small(stream: Workstream) -> bool:
    """Answer whether this group is so small that somebody outside could tell whose story it is."""
    return len(on_side(seated(stream), Side.LIVED)) < FEWEST


def is_wider(story: Story) -> bool:
    """Answer whether somebody outside the group is to read it."""
    return story.testimony.audience != Audience.GROUP


def goes_outside(story: Story) -> Answer:
    """Answer whether anybody outside the group may read it yet, and if not, why."""
    if not is_wider(story):
        return no("Only the group reads it.")
    if story.state == StoryState.SENT_BACK:
        return no("Only the group reads it. Something should change first.")
    if story.state == StoryState.TOLD:
        return no("Only the group reads it, until a facilitator has checked it.")
    return no("Only the group reads it, because the group is small.") if is_small(_group_of(story)) else YES


def is_hers(person: Person, story: Story) -> bool:
    """Answer whether this is the person's own story."""
    return evidence.is_hers(person, story.testimony.evidence)


def how_it_changed(stories: Sequence[Story]) -> list[tuple[Turn, Story]]:
    """Put stories one after the other, the worse first: what did harm is read before what did good."""
    order = [Turn.WORSE, Turn.SAME, Turn.BETTER]
    return sorted(((one.turn, one) for one in stories), key=lambda pair: order.index(pair[0]))


def _group_of(story: Story) -> Workstream:
    return story.recommendation.workstream


# --- The check.


def may_check(person: Person, story: Story) -> Answer:
    """Another facilitator of the group may, where somebody outside is to read it."""
    other = no("Somebody else checks your own story.") if is_hers(person, story) else YES
    wider = YES if is_wider(story) else no("It stays in the group, so nobody checks it.")
    return is_facilitator(person, _group_of(story)) & other & wider


def _with_what_to_change(person: Person, story: Story) -> Answer:
    said = YES if story.to_change else no("Say what should change, without repeating it.")
    return may_check(person, story) & said


def _by_itself(person: Person | None, _: Story) -> Answer:
    return YES if person is None else no("This comes by itself.")


_STATE = StoryState
STORY = Lifecycle[Story](
    [
        Move("checked", frozenset({_STATE.TOLD, _STATE.SENT_BACK}), _STATE.CHECKED, may_check, "It can go wider"),
        Move(
            "sent back",
            frozenset({_STATE.TOLD, _STATE.CHECKED}),
            _STATE.SENT_BACK,
            _with_what_to_change,
            "Ask for a change",
        ),
        Move("told again", frozenset({_STATE.CHECKED, _STATE.SENT_BACK}), _STATE.TOLD, _by_itself),
    ]
)
