"""What a facilitator may do for a member who asks, and how the member takes it back; never a vote (domain rule 15)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coprod.assistance.models import Act, Assisted
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState
from coprod.workstreams.rules import COMING, COMING_OR_HERE, answers_to, is_facilitator, is_own

_S = MembershipState
PRIVATE = frozenset({Act.CHANGE_NEEDS, Act.CHANGE_NEVER_TIMES, Act.CHANGE_REACH, Act.SAY_COMING, Act.SAY_YES})
"""What these changed is forgotten with the last place, as the thing itself is."""
OF_A_PLACE = frozenset({Act.ANSWER_INVITATION, Act.TAKE_A_BREAK, Act.COME_BACK})

Stood = dict[str, str]
"""What stood somewhere, in words that can be kept and compared."""


@dataclass(frozen=True)
class Doing:
    """How one act's ground is read, put back, and spoken of."""

    stands: Callable[[Person, UUID], Stood]
    put_back: Callable[[Person, UUID, Mapping[str, str]], None]
    words: Callable[[Mapping[str, str]], str]


def may_help(by: Person, membership: Membership) -> Answer:
    """A facilitator may, for a member with lived experience who is in her group or on the way to it; never herself."""
    helper = is_facilitator(by, membership.workstream)
    member = YES if membership.person.is_lived else no("Only members are helped like this.")
    expected = YES if membership.state in COMING_OR_HERE else no("They are not in the group now.")
    other = no("Do this on your own page.") if by.id == membership.person_id else YES
    return helper & member & expected & other


def open_answers(membership: Membership) -> list[Move[Membership]]:
    """List what may be answered for a member about her own place: the invitation, a break, coming back."""
    names = {_S.JOINED: {"paused"}, _S.PAUSED: {"joined"}}.get(membership.state, {"thinking", "joined", "left"})
    return [move for move in answers_to(membership.person, membership) if move.name in names]


def buttons(membership: Membership) -> list[tuple[str, str]]:
    """List these answers with the words on their buttons; yes after a break is coming back."""
    back = {"joined": "Come back from the break"} if membership.state == _S.PAUSED else {}
    return [(move.name, back.get(move.name, move.label)) for move in open_answers(membership)]


def act_of(membership: Membership, name: str) -> Act:
    """Answer which act an answer is, as things stand now; one that is not open is none."""
    if membership.state in COMING:
        return Act.ANSWER_INVITATION
    return Act.TAKE_A_BREAK if name == "paused" else Act.COME_BACK


def may_answer(membership: Membership, name: str) -> Answer:
    """Answer whether this is open now; leaving a group is never said by somebody else."""
    is_open = any(move.name == name for move in open_answers(membership))
    return YES if is_open else no("This is not open now.")


def may_take_back(by: Person, assisted: Assisted) -> Answer:
    """The member herself may, once."""
    hers = YES if by.id == assisted.member_id else no("Only the member herself can take it back.")
    return hers & (no("You took this back already.") if assisted.undone_on else YES)


def is_latest(assisted: Assisted, stands: Mapping[str, str], words: Callable[[Mapping[str, str]], str]) -> Answer:
    """Answer whether what was done still stands; where something newer does, say what."""
    newer = no(f"Something newer stands there, so it stays. It says: {words(stands)}")
    return YES if dict(stands) == dict(assisted.after) else newer


def _own(person: Any, membership: Membership) -> Answer:
    return is_own(person, membership)


PUT_BACK = Lifecycle[Membership](
    [
        Move("put back to invited", frozenset({_S.THINKING, _S.JOINED, _S.LEFT}), _S.INVITED, _own),
        Move("put back to thinking", frozenset({_S.JOINED, _S.LEFT}), _S.THINKING, _own),
    ]
)
"""Taking back an answer that somebody else gave; a break and coming back are taken back by the place's own moves."""


def said(stood: Mapping[str, str]) -> str:
    """Say where somebody stands with a group, to herself."""
    if stood.get("said_yes"):
        return "You said yes."
    return {
        _S.INVITED: "You are invited.",
        _S.THINKING: "You are thinking about it.",
        _S.JOINED: "You are in the group.",
        _S.PAUSED: "You are taking a break.",
        _S.LEFT: "You are not in the group.",
    }[MembershipState(stood["state"])]
