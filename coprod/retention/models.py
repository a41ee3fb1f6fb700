"""The daily runs that let go of what has been kept long enough (L4)."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from coprod.core.db import Base


class RetentionRun(Base):
    """One run: when it began and ended, and which kinds it could not finish."""

    __tablename__ = "retention_run"

    began_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    let_go: Mapped[dict[str, int]] = mapped_column(default=dict)
    """How many of each kind were let go of."""
    failed: Mapped[list[str]] = mapped_column(default=list)
