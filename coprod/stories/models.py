"""What changed for somebody because of what was recommended, in her own words: given, checked and taken back."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base
from coprod.evidence.models import Testimony
from coprod.pilots.models import TestCycle
from coprod.recommendations.models import Recommendation


class Turn(StrEnum):
    """How it is now for whoever tells."""

    BETTER = "better"
    SAME = "the same"
    WORSE = "worse"


class StoryState(StrEnum):
    """Whether a facilitator has looked for details that could point to a case."""

    TOLD = "told"
    CHECKED = "checked"
    SENT_BACK = "sent back"


class Story(Base):
    """What a testimony says of a change: its words, for whom they are and whose lie there, and go from there.

    The whole row goes when the testimony is withdrawn or ends.
    """

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("testimony_id"),
        CheckConstraint("state <> 'sent back' OR length(to_change) > 0", "sent_back_says_what_to_change"),
    )

    testimony_id: Mapped[UUID] = mapped_column(ForeignKey("testimony.id"))
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"), index=True)
    test_cycle_id: Mapped[UUID | None] = mapped_column(ForeignKey("test_cycle.id"), index=True)
    """The small test it is about, where it is told after one."""
    turn: Mapped[Turn]
    how_much: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    """The name she lets stand beside it, which need not be her own; none where this is empty."""
    state: Mapped[StoryState] = mapped_column(default=StoryState.TOLD)
    to_change: Mapped[str] = mapped_column(default="")
    """What the facilitator asks her to change before it goes wider."""
    testimony: Mapped[Testimony] = relationship()
    recommendation: Mapped[Recommendation] = relationship()
    test_cycle: Mapped[TestCycle | None] = relationship()
