"""Templates a team keeps, edits and shares: the outline of a whole cycle, and of one session."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.people.models import Person


class TemplateKind(StrEnum):
    """What a template outlines."""

    CYCLE = "cycle"
    SESSION = "session"


class Stage(StrEnum):
    """The five stages of a cycle: what comes before week 1, the three phases, and what comes after the last week."""

    BEFORE = "before"
    UNDERSTAND = "understand"
    EXPLORE = "explore"
    DECIDE = "decide"
    AFTER = "after"


class Purpose(StrEnum):
    """What an agenda item is for."""

    SHARE = "share"
    EXPLORE = "explore"
    DECIDE = "decide"


class Part(StrEnum):
    """Which part of the evening an agenda item is; the timing rules speak of these."""

    ARRIVE = "arrive"
    CHECK_IN = "check-in"
    RECAP = "recap"
    WORK = "work"
    BREAK = "break"
    ACTIONS = "actions"
    CHECK_OUT = "check-out"


class Template(Base):
    """An outline somebody keeps; shared, everybody who runs a group may use it and copy it."""

    __tablename__ = "template"
    __table_args__ = (CheckConstraint("length(name) > 0", "name_is_given"),)

    kind: Mapped[TemplateKind]
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    changed_on: Mapped[date]
    owner: Mapped[Person] = relationship()
    weeks: Mapped[list["TemplateWeek"]] = relationship(
        order_by="TemplateWeek.number",
        back_populates="template",
        cascade="all, delete-orphan",
        foreign_keys="TemplateWeek.template_id",
    )
    steps: Mapped[list["TemplateStep"]] = relationship(
        order_by="(TemplateStep.stage, TemplateStep.position)", back_populates="template", cascade="all, delete-orphan"
    )
    items: Mapped[list["TemplateItem"]] = relationship(
        order_by="TemplateItem.position", back_populates="template", cascade="all, delete-orphan"
    )


class TemplateWeek(Base):
    """One session of a cycle template: which phase it belongs to, and which session template it starts from."""

    __tablename__ = "template_week"
    __table_args__ = (
        UniqueConstraint("template_id", "number"),
        CheckConstraint("number > 0", "number_count"),
        CheckConstraint("phase BETWEEN 1 AND 3", "phase_is_one"),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("template.id", ondelete="CASCADE"))
    number: Mapped[int]
    phase: Mapped[int]
    outline_id: Mapped[UUID | None] = mapped_column(ForeignKey("template.id", ondelete="SET NULL"), index=True)
    """The session template of this week; without one it starts from the house's own evening."""
    template: Mapped[Template] = relationship(back_populates="weeks", foreign_keys=[template_id])
    outline: Mapped[Template | None] = relationship(foreign_keys=[outline_id])


class TemplateStep(Base):
    """Something a cycle template does before week 1 or after the last week."""

    __tablename__ = "template_step"
    __table_args__ = (UniqueConstraint("template_id", "stage", "position"),)

    template_id: Mapped[UUID] = mapped_column(ForeignKey("template.id", ondelete="CASCADE"))
    stage: Mapped[Stage]
    position: Mapped[int]
    title: Mapped[str]
    template: Mapped[Template] = relationship(back_populates="steps")


class TemplateItem(Base):
    """One timed part of a session template; part and purpose are codes of the agenda's own lists."""

    __tablename__ = "template_item"
    __table_args__ = (
        UniqueConstraint("template_id", "position"),
        CheckConstraint("minutes > 0", "minutes_count"),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("template.id", ondelete="CASCADE"))
    position: Mapped[int]
    part: Mapped[str]
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    outcome_wanted: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    papers: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int]
    is_hard: Mapped[bool] = mapped_column(default=False)
    content_note: Mapped[str] = mapped_column(default="")
    template: Mapped[Template] = relationship(back_populates="items")
