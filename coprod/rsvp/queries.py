"""Finding who said that they come, what was arranged for whom, and who is to be reminded."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.cycles import queries as cycles
from coprod.cycles.models import Cycle, Session
from coprod.cycles.rules.evening import CardPart
from coprod.cycles.rules.moves import TOLD
from coprod.messages.models import Message, MessageState
from coprod.needs.queries import wanted_by
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.rsvp.models import Arranged, Coming, ComingAnswer
from coprod.rsvp.rules import answers, arranging
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.rules import voters

REMINDER = "coming"
A_DAY_AND_MORE = timedelta(days=2)

# --- Answers.


def answers_of(session: Session) -> dict[UUID, Coming]:
    """Answer what everybody said of this session as it stands now; what was said of another day says nothing."""
    said = select(Coming).where(Coming.session_id == session.id, Coming.on == session.on)
    found = db.session.scalars(said.options(joinedload(Coming.person)).order_by(Coming.person_id))
    return {each.person_id: each for each in found}


def answer_of(session: Session, person: Person) -> Coming | None:
    """Answer what this person said of it."""
    mine = Coming.session_id == session.id, Coming.on == session.on, Coming.person_id == person.id
    return db.session.scalars(select(Coming).where(*mine)).one_or_none()


def one_asked(person: Person, key: UUID) -> Session:
    """Find a session this person is asked about; for everybody else there is no such question."""
    session = cycles.one_session_seen_by(person, key)
    if not answers.is_asked(person, session.cycle.workstream):
        raise NoResultFound
    return session


def one_open_to(person: Person, key: UUID) -> Session:
    """Find a session whose link still opens something: once it has begun, there is nothing there any more."""
    session = one_asked(person, key)
    if not answers.is_open(session, now()):
        raise NoResultFound
    return session


# --- What is arranged.


def parts_of(session: Session, said: dict[UUID, Coming]) -> list[arranging.Part]:
    """List all that is to be arranged for this session, for those who run it."""
    places = voters(session.cycle.workstream)
    wants = wanted_by([place.person_id for place in places])
    return arranging.to_do(places, wants, said, _arranged_of(session))


def _arranged_of(session: Session) -> dict[tuple[UUID, str], Arranged]:
    done = select(Arranged).where(Arranged.session_id == session.id, Arranged.on == session.on)
    found = db.session.scalars(done.order_by(Arranged.person_id, Arranged.what))
    return {(each.person_id, each.what): each for each in found}


def arranged_for(session: Session, person: Person) -> dict[str, Arranged]:
    """Answer what was arranged for this person."""
    done = Arranged.session_id == session.id, Arranged.on == session.on, Arranged.person_id == person.id
    found = db.session.scalars(select(Arranged).where(*done).order_by(Arranged.what))
    return {each.what: each for each in found}


def one_task(session: Session, person: UUID, what: str) -> arranging.Task:
    """Find one thing there is to arrange for somebody who comes; what nobody needs is not there."""
    found = arranging.find(parts_of(session, answers_of(session)), person, what)
    if found is None:
        raise NoResultFound
    return found


@cycles.on_the_card
def on_the_card(person: Person, session: Session, moment: datetime) -> CardPart:
    """Say on the card what is arranged for its reader, and lead her to the question."""
    if not answers.is_asked(person, session.cycle.workstream):
        return CardPart()
    said = answer_of(session, person)
    wanted = wanted_by([person.id]).get(person.id, Wanted())
    facts = arranging.own_facts(wanted, said, arranged_for(session, person))
    rings = answers.will_ring(session, said) if said else None
    ways = (answers.way_on(said.answer if said else None),) if answers.is_open(session, moment) else ()
    return CardPart((*facts, *([rings] if rings else [])), ways)


# --- Reminders.


def to_remind_of() -> list[Session]:
    """List the sessions people are to be reminded of now."""
    last = today() + A_DAY_AND_MORE
    soon = select(Session).where(Session.state.in_(TOLD), Session.on >= today() - A_DAY_AND_MORE, Session.on <= last)
    whose = joinedload(Session.cycle).joinedload(Cycle.workstream)
    found = db.session.scalars(soon.options(whose).order_by(Session.begins, Session.id))
    return [session for session in found if answers.is_due(session, now())]


def to_remind(session: Session) -> Sequence[Person]:
    """List who has joined, does not run it, has not said no, and was not reminded yet.

    A reminder that was taken back, as when somebody paused, is due again once it is right again.
    """
    hers = Message.purpose == REMINDER, Message.thing_id == session.id, Message.person_id == Person.id
    this = *hers, Message.due == answers.remind_at(session)
    again = and_(Message.state == MessageState.WITHDRAWN, ~Person.no_text_links)
    wanted = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.active,
            Membership.workstream_id == session.cycle.workstream_id,
            *_IS_ASKED,
            ~_said_no(session),
            ~exists().where(*this, ~again),
        )
    )
    return db.session.scalars(wanted.order_by(Person.id)).all()


_IS_ASKED = (Membership.state == MembershipState.JOINED, Membership.role != Role.FACILITATOR)


def _said_no(session: Session) -> ColumnElement[bool]:
    said = Coming.session_id == session.id, Coming.on == session.on, Coming.person_id == Person.id
    return exists().where(*said, Coming.answer == ComingAnswer.NO)


def session_reminded_of(key: UUID) -> Session | None:
    """Answer the session of a reminder, with who sits there."""
    people = joinedload(Session.cycle).joinedload(Cycle.workstream).selectinload(Workstream.memberships)
    return db.session.scalars(select(Session).where(Session.id == key).options(people)).one_or_none()


def is_still_to_hear(person: Person, key: UUID) -> bool:
    """Answer whether somebody is still to be reminded of a session: it stands, and so does their place (O3)."""
    session = session_reminded_of(key)
    if session is None or not answers.is_due(session, now()):
        return False
    said = answer_of(session, person)
    asked = answers.is_asked(person, session.cycle.workstream)
    return bool(asked) and answers.is_to_hear(said.answer if said else None)


def sessions_of(membership: Membership) -> Select[UUID]:
    """Answer the sessions of the group of this place."""
    return select(Session.id).join(Session.cycle).where(Cycle.workstream_id == membership.workstream_id)


def sessions_before(day: date) -> Sequence[UUID]:
    """List the sessions held, or meant to be held, by this day of which somebody’s answer is still kept."""
    kept = [select(kind.session_id).where(kind.on <= day) for kind in (Coming, Arranged)]
    return db.session.scalars(kept[0].union(kept[1]).order_by("session_id")).all()
