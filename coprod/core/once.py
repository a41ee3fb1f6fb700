"""The same form sent twice has one effect and one answer (R3)."""

from datetime import date, timedelta
from uuid import UUID

from flask import Response, current_app, g, redirect, request
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response as BaseResponse

from coprod.core.clock import today
from coprod.core.db import Root, db

KEPT = timedelta(7)


class Once(Root):
    """A form that has been acted on, by the random key it carried, and where its answer stands."""

    __tablename__ = "once"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    answer: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)


def answer_again() -> BaseResponse | None:
    """Before a form is acted on: claim its key, or lead to the answer it had the first time."""
    key = _key()
    if key is None:
        return None
    try:
        with db.session.begin_nested():
            db.session.execute(insert(Once).values(key=key, answer="", on=today()))
    except IntegrityError:
        return redirect(db.session.scalars(select(Once.answer).where(Once.key == key)).one() or request.path, 303)
    g.once = key
    return None


def remember(response: Response) -> None:
    """After a form was acted on: keep where its answer stands."""
    if "once" in g:
        db.session.get_one(Once, g.once).answer = response.location or request.path


def forget_old() -> None:
    """Let go of the keys of forms that nobody can still be sending again."""
    db.session.execute(delete(Once).where(Once.on < today() - KEPT))


def _key() -> UUID | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or getattr(view, "leaves_no_event", False):
        return None
    try:
        return UUID(request.form.get("once", ""))
    except ValueError:
        return None
