"""Ticking what is arranged for whom."""

from coprod.core.answers import require
from coprod.core.db import db
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.rsvp.models import Arranged
from coprod.rsvp.rules.arranging import Task, may_arrange


def arrange(session: Session, task: Task, words: str, *, by: Person) -> None:
    """Note that it is arranged, with the words she reads about it, in place of what was noted before."""
    require(may_arrange(by, session))
    done = {"session_id": session.id, "person_id": task.person.id, "what": task.what.value}
    db.session.merge(Arranged(**done, on=session.on, words=words))
    db.session.flush()


def undo(session: Session, task: Task, *, by: Person) -> None:
    """Take the tick away again."""
    require(may_arrange(by, session))
    if task.done:
        db.session.delete(task.done)
        db.session.flush()
