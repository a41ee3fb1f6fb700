"""Who may change whose phone number or e-mail address, when it takes effect, and how little is shown of it (A6)."""

from datetime import datetime, timedelta

from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.messages.models import PartOfDay, Way
from coprod.people.models import Person

WAITS = timedelta(hours=24)
LAST_WORD_WITHIN = timedelta(days=2)

WAYS = {
    Way.TEXT: "Text me",
    Way.CALL: "Ring me",
    Way.POST: "Write to me by post",
    Way.EMAIL: "E-mail me",
    Way.SUPPORTER: "Only through the person who helps me",
}
HOURS = {
    PartOfDay.MORNING: "Mornings, 9 to 12",
    PartOfDay.AFTERNOON: "Afternoons, 12 to 5",
    PartOfDay.EVENING: "Evenings, 5 to 8",
}


def is_asked_how_to_be_reached(person: Person) -> bool:
    """Answer whether these questions are put to this person: to members alone."""
    return person.is_lived


# --- The life of a change.


def may_change_for(by: Person, person: Person, *, runs_a_table_of: bool) -> Answer:
    """A programme admin may, or who runs a group this person sits in; their own they change elsewhere."""
    staff = by.is_admin or runs_a_table_of
    yourself = no("Change your own on your own page.") if by.id == person.id else YES
    return (YES if staff else no("Only a facilitator or a programme admin can do this.")) & yourself


def is_her_own(person: Person | None, change: ContactChange) -> Answer:
    """Answer whether this change is made by the one it is about."""
    own = person is not None and person.id == change.person_id == change.asked_by_id
    return YES if own else no("Only the person themself can do this at once.")


def is_second(person: Person | None, change: ContactChange) -> Answer:
    """Somebody else than who asked for it, and than whom it is about, has to confirm it."""
    if person is None or person.id in (change.asked_by_id, change.person_id):
        return no("Somebody else has to confirm this, with the person in the room.")
    return YES


def _by_itself(person: Person | None, _: ContactChange) -> Answer:
    return YES if person is None else no("It takes effect by itself, a day after it was confirmed.")


def _anybody_who_sees_it(person: Person | None, _: ContactChange) -> Answer:
    return YES if person is not None else no("Somebody has to say so.")


_S = ChangeState
LIFECYCLE = Lifecycle[ContactChange](
    [
        Move("made at once", frozenset({_S.ASKED}), _S.MADE, is_her_own),
        Move("confirmed", frozenset({_S.ASKED}), _S.CONFIRMED, is_second, "Confirm it"),
        Move("made", frozenset({_S.CONFIRMED}), _S.MADE, _by_itself),
        Move("stopped", frozenset({_S.ASKED, _S.CONFIRMED}), _S.STOPPED, _anybody_who_sees_it, "Stop it"),
    ]
)


def made_at(change: ContactChange) -> datetime | None:
    """Answer when a change made by staff takes effect: a day after it was confirmed."""
    return change.confirmed_at + WAITS if change.confirmed_at else None


def is_due(change: ContactChange, now: datetime) -> bool:
    """Answer whether a confirmed change takes effect now."""
    at = made_at(change)
    return change.state == ChangeState.CONFIRMED and at is not None and at <= now


# --- How little is shown of it.


def masked(channel: Channel, value: str | None) -> str:
    """Say of a number or an address just enough for its owner to know it again."""
    if not value:
        return ""
    return f"ends in {value[-2:]}" if channel == Channel.PHONE else f"starts with {value[0]}"
