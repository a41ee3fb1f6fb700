"""What touched the doors: sign-ins, refusals, changes of rights, downloads; apart from the journal (L2, L3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from coprod.core.db import Base


class SecurityEvent(Base):
    """One such event, in ids: never a name, an address, a path or a word somebody typed."""

    __tablename__ = "security_event"

    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str]
    person_id: Mapped[UUID | None]
    by_id: Mapped[UUID | None]
    place: Mapped[str] = mapped_column(default="")
    """Where from, shortened: the first half of an address."""


def short_place(address: str) -> str:
    """Shorten a network address so that it names a neighbourhood and no device (L1)."""
    kept = address.split(":")[:3] if ":" in address else address.split(".")[:2]
    return ":".join(kept) if ":" in address else ".".join(kept)
