"""The life of a place at a table, and how each step of it is spoken of."""

from collections.abc import Sequence
from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.workstreams.models import Membership, MembershipState, Workstream, WorkstreamState
from coprod.workstreams.rules.checks import COMING, WAITING, is_checked, is_ready, is_together
from coprod.workstreams.rules.tables import HERE, keeps, may_invite

_S = MembershipState


def is_own(person: Person, membership: Membership) -> Answer:
    """Only the person whose place it is may."""
    return YES if membership.person_id == person.id else no("Only the person themself can say this.")


def _own_while_open(person: Person, membership: Membership) -> Answer:
    is_open = no("It is closed.") if membership.workstream.state == WorkstreamState.CLOSED else YES
    return is_own(person, membership) & is_open


def _own_and_checked(person: Person, membership: Membership) -> Answer:
    return _own_while_open(person, membership) & is_checked(membership) & is_together(membership)


def _keeper(person: Person | None, membership: Membership) -> Answer:
    """Whoever made the check may also end what it ended, should they not keep the table any more.

    By itself it is taken back where there is nothing left to come to.
    """
    if person is None:
        return YES
    check = membership.separation
    checker = check is not None and check.checked_by_id == person.id
    return YES if checker else keeps(person, membership.workstream)


def _inviter(person: Person | None, membership: Membership) -> Answer:
    """Whoever may invite; by itself somebody is asked again who came back to a group that becomes one with others."""
    return YES if person is None else may_invite(person, membership.workstream)


MEMBERSHIP = Lifecycle[Membership](
    [
        Move("thinking", frozenset({_S.INVITED}), _S.THINKING, is_own, "Maybe, ring me"),
        Move("joined", frozenset({_S.INVITED, _S.THINKING, _S.PAUSED}), _S.JOINED, _own_and_checked, "Yes"),
        Move("paused", frozenset({_S.JOINED}), _S.PAUSED, is_own, "Take a break"),
        Move("left", frozenset({_S.INVITED, _S.THINKING, _S.JOINED, _S.PAUSED}), _S.LEFT, is_own, "No thanks"),
        Move("invited again", frozenset({_S.LEFT}), _S.INVITED, _inviter, "Invite again"),
        Move("taken back", frozenset({_S.INVITED, _S.THINKING}), _S.LEFT, _keeper, "Take the invitation back"),
    ]
)


def may_join(person: Person, membership: Membership, today: date, holidays: Sequence[Holiday]) -> Answer:
    """Answer whether somebody may take her place now."""
    return MEMBERSHIP.may(person, "joined", membership) & is_ready(membership, today, holidays)


def may_say_yes(person: Person, membership: Membership) -> Answer:
    """Answer whether somebody may say yes: where the checks are not through, her yes is kept."""
    asked = membership.state in {*COMING, _S.PAUSED}
    return _own_while_open(person, membership) & (YES if asked else no("There is nothing to answer here now."))


def answers_to(person: Person, membership: Membership) -> list[Move[Membership]]:
    """List what somebody may answer about her own place: yes while the checks wait, too, and only once."""
    if membership.said_yes:
        names = {"left"}
    elif may_say_yes(person, membership):
        names = {"thinking", "joined", "left"}
    else:
        names = {"paused", "left"}
    own = [move for move in MEMBERSHIP.moves.values() if move.name in names]
    return [move for move in own if move.name == "joined" or MEMBERSHIP.may(person, move.name, membership)]


def is_answered(membership: Membership, name: str) -> bool:
    """Answer whether this is what she has said already, as when a button is pressed twice."""
    if name == "joined":
        return membership.said_yes or membership.state == _S.JOINED
    return membership.state == MEMBERSHIP.moves[name].target


def may_leave(person: Person, membership: Membership) -> Answer:
    """Whoever sits here, or takes a break, may leave; nobody is asked why."""
    return is_own(person, membership) & (YES if membership.state in HERE else no("You are not in this group now."))


def may_send_link(person: Person, membership: Membership) -> Answer:
    """Whoever keeps the table may send the link, while the place is offered."""
    coming = YES if membership.state in COMING else no(f"{membership.person.alias} has answered.")
    return keeps(person, membership.workstream) & coming


# --- How it is spoken of.


def standing(membership: Membership, today: date, holidays: Sequence[Holiday]) -> str:
    """Say where somebody stands, to those who keep the table: the same words for everybody who waits (P3)."""
    if membership.state in COMING and not is_ready(membership, today, holidays):
        return WAITING
    return {
        _S.INVITED: "Invited",
        _S.THINKING: "Thinking about it",
        _S.JOINED: "In the group",
        _S.PAUSED: "Taking a break",
        _S.LEFT: "Not in the group now",
    }[membership.state]


def places(stream: Workstream, today: date, holidays: Sequence[Holiday]) -> list[tuple[str, Membership]]:
    """List everybody who has a place here and is not at the table now, with where they stand."""
    away = sorted(
        (m for m in stream.memberships if m.state != _S.JOINED),
        key=lambda m: (m.state == _S.LEFT, m.person.alias, m.id),
    )
    return [(standing(m, today, holidays), m) for m in away]


def to_ring(stream: Workstream) -> list[Membership]:
    """List who would like a call before they answer."""
    waiting = [m for m in stream.memberships if m.wants_a_call and m.state in COMING]
    return sorted(waiting, key=lambda m: (m.person.alias, m.id))


def question_to(membership: Membership) -> str:
    """Say what a person is asked about her own place."""
    return {
        _S.INVITED: "What would you like?",
        _S.THINKING: "What would you like?",
        _S.JOINED: "Do you want a break, or to leave?",
        _S.PAUSED: "Do you want to come back?",
        _S.LEFT: "You are not in this group now.",
    }[membership.state]


def thanks(membership: Membership) -> str:
    """Say what a person's word about her own place has done."""
    if membership.said_yes:
        return "You said yes. You need not say it again."
    return {
        _S.INVITED: "You are invited.",
        _S.THINKING: "Take the time you need. No is fine too.",
        _S.JOINED: "You are in the group.",
        _S.PAUSED: "You are taking a break. Come back when you like.",
        _S.LEFT: "You are not in the group now. That is fine.",
    }[membership.state]
