"""The monthly look at who has which place and which rights."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.people.models import Person


class AccessReview(Base):
    """One review of everybody's access, begun on a day and finished when nobody is left to look at."""

    __tablename__ = "access_review"

    began_on: Mapped[date] = mapped_column(unique=True)
    finished_on: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    by: Mapped[Person] = relationship()
    lines: Mapped[list["ReviewLine"]] = relationship(back_populates="review", order_by="ReviewLine.person_id")


class ReviewLine(Root):
    """What one review said of one person: keep or remove."""

    __tablename__ = "review_line"

    review_id: Mapped[UUID] = mapped_column(ForeignKey("access_review.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    keep: Mapped[bool]
    looked_on: Mapped[date]
    review: Mapped[AccessReview] = relationship(back_populates="lines")
    person: Mapped[Person] = relationship()
