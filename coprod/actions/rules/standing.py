"""When an action is late, who may say it is done, and that it takes a second person to agree."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from coprod.actions.models import Action, ActionState, Repeat
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Membership, Role, Workstream
from coprod.workstreams.rules import is_member, membership_of, seated

SOON = timedelta(7)
LEADS = {Role.CHAIR, Role.FACILITATOR}


class Status(StrEnum):
    """How an action stands today; worked out, never stored."""

    LATE = "late"
    DUE_SOON = "due soon"
    ON_TRACK = "on track"
    WAITING = "waiting for a second person"
    DONE = "done"
    CANCELLED = "cancelled"


_SETTLED = {
    ActionState.SAID_DONE: Status.WAITING,
    ActionState.DONE: Status.DONE,
    ActionState.CANCELLED: Status.CANCELLED,
}


def status(action: Action, today: date) -> Status:
    """Answer how an action stands on this day: late from the day after it was due, due soon in the week before."""
    if action.state in _SETTLED:
        return _SETTLED[action.state]
    if action.due < today:
        return Status.LATE
    return Status.DUE_SOON if action.due - today <= SOON else Status.ON_TRACK


def first_due(action: Action) -> date:
    """Answer the day it was first promised for."""
    return action.due_changes[0].was if action.due_changes else action.due


def times_moved(action: Action) -> int:
    """Answer how often its date was moved."""
    return len(action.due_changes)


def leads(person: Person, table: Workstream) -> Answer:
    """The chair and the facilitators of a table may."""
    held = membership_of(person, table)
    return YES if held and held.role in LEADS else no("Only the chair or a facilitator can do this.")


def may_carry(person: Person, action: Action) -> Answer:
    """The one who owns an action may, and so may the chair and the facilitators of its table."""
    if action.owner_id == person.id or leads(person, action.workstream):
        return YES
    return no("Only the person it belongs to, the chair or a facilitator can do this.")


def may_own(table: Workstream, recommendation: Recommendation | None = None) -> list[Membership]:
    """List whose name an action may carry: everybody at the table, and the facilitators of the group that asked."""
    asked = seated(recommendation.workstream) if recommendation else []
    here = seated(table)
    known = {held.person_id for held in here}
    guests = [held for held in asked if held.role == Role.FACILITATOR and held.person_id not in known]
    return sorted([*here, *guests], key=lambda held: (held.person.alias.lower(), str(held.person_id)))


def can_own(person: Person, choices: Sequence[Membership], *, from_outside: bool = False) -> Answer:
    """Somebody who can see it may be given an action, and so may somebody who was named for it without an account."""
    if from_outside or any(held.person_id == person.id for held in choices):
        return YES
    return no(f"{person.alias} is not at this table, so this cannot be theirs to do.")


def may_name(person: Person, places: Iterable[Membership]) -> Answer:
    """Whoever chairs or runs a table may give an action to somebody without an account."""
    runs = any(held.role in LEADS and held.person_id == person.id for held in places)
    return YES if runs else no("Only the chair or a facilitator can do this.")


def may_note(person: Person, action: Action) -> Answer:
    """Everybody at its table may write beside an action, and so may the one who owns it."""
    return YES if action.owner_id == person.id else is_member(person, action.workstream)


def may_hand_over(person: Person, action: Action) -> Answer:
    """The chair and the facilitators of its table may give an open action to somebody else."""
    is_open = action.state == ActionState.OPEN
    return leads(person, action.workstream) & (
        YES if is_open else no(f"It is {action.state}, so it stays where it is.")
    )


def goes_to(action: Action, owner: Person) -> Answer:
    """Somebody else is somebody else."""
    return no(f"It is {owner.alias}’s already.") if action.owner_id == owner.id else YES


def may_stop_repeating(person: Person, action: Action) -> Answer:
    """The chair and the facilitators of its table may say that it does not come again after this."""
    comes_again = action.repeats != Repeat.ONCE and action.state in (ActionState.OPEN, ActionState.SAID_DONE)
    return leads(person, action.workstream) & (YES if comes_again else no("It does not come again."))


def may_move_date(person: Person, action: Action) -> Answer:
    """Whoever carries an action may move its date while it is open."""
    is_open = action.state == ActionState.OPEN
    return may_carry(person, action) & (YES if is_open else no(f"It is {action.state}, so its date stays."))


def moves_to(action: Action, due: date) -> Answer:
    """A new date is another date than the one it has."""
    return YES if due != action.due else no("That is the date it has now.")


def _second_person(person: Person, action: Action) -> Answer:
    belongs = action.owner_id == person.id or bool(is_member(person, action.workstream))
    if not belongs:
        return no(f"Only people in {action.workstream.name} can do this.")
    if action.said_done_by_id == person.id:
        return no("A second person has to agree that it is done.")
    return YES


def is_evident(said: str, more: str) -> Answer:
    """Done needs evidence: whoever says it is done tells how anyone can see that, or else who agrees (feature 69)."""
    return YES if said or more.strip() else no("Say how anyone can tell that it is done.")


def _leads_its_table(person: Person, action: Action) -> Answer:
    return leads(person, action.workstream)


LIFECYCLE = Lifecycle[Action](
    [
        Move("said done", frozenset({ActionState.OPEN}), ActionState.SAID_DONE, may_carry, "Done"),
        Move("agreed done", frozenset({ActionState.SAID_DONE}), ActionState.DONE, _second_person, "Yes, it is done"),
        Move(
            "found not done yet", frozenset({ActionState.SAID_DONE}), ActionState.OPEN, _second_person, "Not done yet"
        ),
        Move(
            "cancelled",
            frozenset({ActionState.OPEN, ActionState.SAID_DONE}),
            ActionState.CANCELLED,
            _leads_its_table,
            "Cancel this action",
        ),
        Move(
            "opened again",
            frozenset({ActionState.DONE, ActionState.CANCELLED}),
            ActionState.OPEN,
            _leads_its_table,
            "Open it again",
        ),
    ]
)
