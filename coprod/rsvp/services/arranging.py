"""Ticking what is arranged for whom."""

from sqlalchemy import delete

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.rsvp.models import Arranged
from coprod.rsvp.rules.arranging import Task, is_needed, may_arrange


def arrange(session: Session, task: Task, words: str, *, by: Person) -> None:
    """Note that it is arranged, with the words she reads about it, in place of what was noted before."""
    lock(session)
    require(may_arrange(by, session) & is_needed(task))
    done = {"session_id": session.id, "person_id": task.person.id, "what": task.what.value}
    db.session.merge(Arranged(**done, on=session.on, words=words))
    db.session.flush()


def undo(session: Session, task: Task, *, by: Person) -> None:
    """Take the tick away again; or note that what nobody needs any more is cancelled."""
    lock(session)
    require(may_arrange(by, session))
    this = Arranged.session_id == session.id, Arranged.person_id == task.person.id, Arranged.what == task.what.value
    db.session.execute(delete(Arranged).where(*this), execution_options={"synchronize_session": "fetch"})
