"""Everything that changes an agreement, or answers it."""

from collections.abc import Callable

from sqlalchemy import delete, exists, select

from coprod.agreements import queries, rules
from coprod.agreements.models import Agreement, AgreementState, AgreementYes, BreachNote, ChangeAsked, ChangeState
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.people.models import Person
from coprod.workstreams.models import Workstream

Ringing = Callable[[Person, Person], object]
_RINGING: list[Ringing] = []


def start(stream: Workstream, *, by: Person) -> Agreement:
    """Start the next version, from the last one's words or from those offered."""
    lock(stream)
    versions = queries.versions_of(stream)
    require(rules.may_start(by, stream, versions))
    words = versions[-1].words if versions else rules.offered()
    agreement = Agreement(workstream=stream, number=len(versions) + 1, words=dict(words), changed="")
    db.session.add(agreement)
    db.session.flush()
    record(by, "started", agreement)
    return agreement


def write(agreement: Agreement, words: dict[str, str], changed: str, *, read: str, by: Person) -> None:
    """Change the words that were read, and say what changed, never who asked; or raise Overtaken (R4).

    Whoever was OK with the old words is asked again.
    """
    lock(agreement)
    require(rules.may_write(by, agreement))
    if (words, changed) == (agreement.words, agreement.changed):
        return
    if rules.is_overtaken(agreement, read):
        raise Overtaken
    if words != agreement.words:
        db.session.execute(delete(AgreementYes).where(AgreementYes.agreement_id == agreement.id))
    agreement.words, agreement.changed = words, changed
    record(by, "wrote", agreement)


def talk_through(agreement: Agreement, *, by: Person) -> None:
    """Note that the group has talked it through in the room."""
    _move(agreement, "talked through", by=by)


def agree(agreement: Agreement, *, by: Person) -> None:
    """Note that the group agrees; the version before it is superseded."""
    _move(agreement, "agreed", by=by)
    agreement.agreed_on = today()
    for earlier in queries.versions_of(agreement.workstream):
        if earlier.state == AgreementState.AGREED and earlier is not agreement:
            _move(earlier, "superseded", by=by)


def _move(agreement: Agreement, name: str, *, by: Person) -> None:
    lock(agreement)
    before, after = rules.LIFECYCLE.make(by, name, agreement)
    record(by, name, agreement, before=before, after=after)


def look_again(agreement: Agreement, *, by: Person) -> None:
    """Note that the group looked at what it agreed, and leaves it as it is."""
    lock(agreement)
    require(rules.may_look_again(by, agreement))
    agreement.reviewed_on = today()
    record(by, "looked at again", agreement)


# --- Each member's own answer: no journal speaks of it (P4).


def say_yes(agreement: Agreement, person: Person, *, by: Person) -> None:
    """Keep that this person is OK with this version; said twice is said once."""
    lock(agreement)
    require(rules.may_say_yes(by, person, agreement))
    if not queries.has_said_yes(person, agreement):
        db.session.add(AgreementYes(agreement_id=agreement.id, person_id=person.id))
        db.session.flush()


def take_back_yes(agreement: Agreement, person: Person, *, by: Person) -> None:
    """Keep it no longer."""
    lock(agreement)
    require(rules.may_say_yes(by, person, agreement))
    own = AgreementYes.agreement_id == agreement.id, AgreementYes.person_id == person.id
    db.session.execute(delete(AgreementYes).where(*own))


def ask_for_change(agreement: Agreement, words: str, *, by: Person) -> None:
    """Keep what somebody would like changed: not who, and not when; a wish that still waits is not kept twice."""
    lock(agreement)
    require(rules.may_ask_for_change(by, agreement))
    waits = ChangeAsked.agreement_id == agreement.id, ChangeAsked.state == ChangeState.ASKED
    if not db.session.scalar(select(exists().where(*waits, ChangeAsked.words == words))):
        db.session.add(ChangeAsked(agreement=agreement, words=words))
        db.session.flush()


def rings(act: Ringing) -> Ringing:
    """Let a later feature arrange the call that somebody asks for instead of writing."""
    _RINGING.append(act)
    return act


def ask_to_ring(agreement: Agreement, whom: Person, *, by: Person) -> None:
    """Ask one of those who run the group to ring about it."""
    require(rules.may_ask_for_change(by, agreement))
    for act in _RINGING:
        act(by, whom)


def take(wish: ChangeAsked, heading: str, *, by: Person) -> None:
    """Take a wish into the version that is being written, under one of its headings; it is written down nowhere."""
    into = rules.in_hand(queries.versions_of(wish.agreement.workstream))
    for held in filter(None, (into, wish)):
        lock(held)
    require(rules.may_take(by, wish, into))
    rules.CHANGE.make(by, "taken", wish)
    wish.taken_into_id, wish.heading = into.id if into else None, heading
    db.session.flush()


def talk_about(wish: ChangeAsked, *, by: Person) -> None:
    """Note that the group talked about a wish, and leaves the words as they are."""
    lock(wish)
    rules.CHANGE.make(by, "talked about", wish)


# --- What went against it: for the facilitators alone, and in no journal.


def tell(stream: Workstream, words: str, *, named: bool, by: Person) -> BreachNote:
    """Tell those who run the group, with one's name or without it."""
    require(rules.may_tell(by, stream))
    note = BreachNote(workstream=stream, person=by if named else None, words=words, sent_on=today())
    db.session.add(note)
    db.session.flush()
    return note


def see_to(note: BreachNote, *, by: Person) -> None:
    """Note that it was seen to."""
    lock(note)
    rules.BREACH.make(by, "seen to", note)
    note.seen_to_on = today()
