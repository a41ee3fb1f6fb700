"""What touched the doors: sign-ins, refusals, changes of rights, downloads; apart from the journal (L2, L3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app, g, has_request_context, request
from sqlalchemy import delete, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from coprod.core.clock import now
from coprod.core.db import Base, db


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


def note(what: str, person: Any = None, by: Any = None) -> None:
    """Write down what touched the doors, in the same transaction: whose doors, and who did it where another did."""
    db.session.add(_event(what, person, by))


def note_refusal(what: str, person: Any = None) -> None:
    """Write down what was refused, though everything else the request did is rolled back."""
    g.setdefault("refusals", []).append((what, person.id if person else None))


def keep_refusals(response: Response) -> Response:
    """Once the request's own transaction is over, keep its refusals; where that fails, its answer still stands."""
    refusals = g.pop("refusals", [])
    try:
        for what, person_id in refusals:
            db.session.add(SecurityEvent(at=now(), what=what, person_id=person_id, place=_place()))
        if refusals:
            db.session.commit()
    except SQLAlchemyError as error:
        db.session.rollback()
        current_app.logger.error("A refusal could not be written down: %s", type(error).__name__)
    return response


def forget_before(moment: datetime) -> int:
    """Let go of what is older than this; answer how many events that were (L2: twelve months are kept)."""
    old = delete(SecurityEvent).where(SecurityEvent.at < moment).returning(SecurityEvent.id)
    gone = db.session.execute(old, execution_options={"synchronize_session": False})
    return len(gone.all())


def _event(what: str, person: Any, by: Any) -> SecurityEvent:
    keys = {"person_id": person.id if person else None, "by_id": by.id if by else None}
    return SecurityEvent(at=now(), what=what, place=_place(), **keys)


def _place() -> str:
    return short_place(request.remote_addr or "") if has_request_context() else ""


@event.listens_for(SecurityEvent, "before_update")
@event.listens_for(SecurityEvent, "before_delete")
def _never_again(_: Any, __: Any, ___: SecurityEvent) -> None:
    """Stop an event from being rewritten or taken out: only its age takes it away."""
    raise TypeError("The security log is only ever added to.")
