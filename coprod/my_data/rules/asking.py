"""Who may have somebody's data erased, and who answers what people ask about others' words."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.my_data.models import AskState, DataAsk
from coprod.people.models import Person

SOMEBODY = "Somebody"


def may_erase(by: Person, person: Person, *, is_lead: bool, is_last_admin: bool) -> Answer:
    """Everybody may, for themselves; a programme admin for somebody whose account is closed, who asked on paper."""
    return _whose(by, person) & _can_go(person, is_lead=is_lead, is_last_admin=is_last_admin)


def _whose(by: Person, person: Person) -> Answer:
    if by.id == person.id:
        return YES
    if not by.is_admin:
        return no("Only the person themself can say this.")
    return no("Close the account first.") if person.active else YES


def _can_go(person: Person, *, is_lead: bool, is_last_admin: bool) -> Answer:
    if person.erased_on:
        return no("This was done already.")
    if is_lead:
        return no("Concerns come to you. Somebody else must take that part first.")
    return no("Make somebody else a programme admin first.") if is_last_admin else YES


def may_read_asks(person: Person, *, is_lead: bool) -> Answer:
    """Programme admins and the safeguarding leads may."""
    return YES if person.is_admin or is_lead else no("Only a programme admin or a safeguarding lead can do this.")


def may_answer(person: Person, ask: DataAsk) -> Answer:
    """Whoever may read them may answer, but nobody their own."""
    return no("Somebody else answers this for you.") if ask.person_id == person.id else YES


LIFECYCLE = Lifecycle[DataAsk](
    [Move("answered", frozenset({AskState.ASKED}), AskState.ANSWERED, may_answer, "Send the answer")]
)
