"""Who comes to a session, and what was arranged so that they can."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Root
from coprod.cycles.models import Session
from coprod.people.models import Person


class ComingAnswer(StrEnum):
    """What somebody says to “are you coming?”; why is never asked (domain rule 20)."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"


class Coming(Root):
    """One person’s answer for one session; the latest takes the place of the one before."""

    __tablename__ = "coming"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    on: Mapped[date]
    """The day it was said for: once the session is put on another day, nobody has answered."""
    answer: Mapped[ComingAnswer]
    needs_lift: Mapped[bool] = mapped_column(default=False, server_default=false())
    ring_me: Mapped[bool] = mapped_column(default=False, server_default=false())
    rung: Mapped[bool] = mapped_column(default=False, server_default=false())
    session: Mapped[Session] = relationship()
    person: Mapped[Person] = relationship()


class Arranged(Root):
    """One thing that was arranged for one person and one session, and the words she reads about it."""

    __tablename__ = "arranged"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    """A code of rsvp.rules: the lift, the crèche, the interpreter, large print and the like."""
    on: Mapped[date]
    """The day it was arranged for: a taxi to another day is another taxi."""
    words: Mapped[str] = mapped_column(default="")
    """“Your taxi comes at 5.30pm.”"""
