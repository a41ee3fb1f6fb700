"""Saying whether one comes; why is never asked (domain rule 20)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete

from coprod.core.answers import require
from coprod.core.clock import now
from coprod.core.db import db, lock
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.rsvp import queries
from coprod.rsvp.models import Arranged, Coming, ComingAnswer
from coprod.rsvp.rules import answers
from coprod.rsvp.rules.arranging import may_arrange
from coprod.workstreams.models import Membership
from coprod.workstreams.services import when_left


def answer(
    session: Session,
    person: Person,
    said: ComingAnswer,
    *,
    by: Person,
    needs_lift: bool = False,
    ring_me: bool = False,
) -> None:
    """Keep what somebody says, in place of what they said before; whoever asks to be rung waits for a call again."""
    lock(session)
    require(answers.may_answer(by, person, session, now()))
    db.session.merge(
        Coming(
            session_id=session.id,
            person_id=person.id,
            on=session.on,
            answer=said,
            needs_lift=needs_lift and said != ComingAnswer.NO,
            ring_me=ring_me,
            rung=False,
        )
    )
    db.session.flush()


def take_back(session: Session, person: Person, *, by: Person) -> None:
    """Have said nothing, as before."""
    lock(session)
    require(answers.may_answer(by, person, session, now()))
    said = queries.answer_of(session, person)
    if said:
        db.session.delete(said)
        db.session.flush()


def tick_rung(session: Session, person: Person, rung: bool, *, by: Person) -> None:
    """Tick that somebody who asked for it was rung, or take the tick away again."""
    lock(session)
    require(may_arrange(by, session))
    said = queries.answer_of(session, person)
    if said and said.ring_me:
        said.rung = rung
        db.session.flush()


@when_left
def _when_left(membership: Membership, _: bool) -> None:
    """Whoever leaves a group comes to none of its sessions, and what was arranged for that goes too."""
    for kind in (Coming, Arranged):
        theirs = kind.person_id == membership.person_id, kind.session_id.in_(queries.sessions_of(membership))
        db.session.execute(delete(kind).where(*theirs), execution_options={"synchronize_session": False})


# --- Kept no longer than needed (L4).


def due_to_go(day: date) -> Sequence[tuple[UUID, date]]:
    """List of which sessions the answers and arrangements are old enough to go, each with the last day that goes."""
    return [(key, day) for key in queries.sessions_before(day)]


def forget(due: tuple[UUID, date]) -> None:
    """Forget who said that they come to this session, and what was arranged."""
    key, day = due
    for kind in (Coming, Arranged):
        old = kind.session_id == key, kind.on <= day
        db.session.execute(delete(kind).where(*old), execution_options={"synchronize_session": False})
