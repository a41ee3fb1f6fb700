"""Pages about what helps somebody to come, and times that never work."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.needs import forms, queries, rules, services

bp = Blueprint("needs", __name__)


@bp.get("/what-helps-me")
def helps() -> str:
    """Ask a member what would help her to come."""
    return _asked("needs/helps.html", lambda: forms.of(rules.wanted(queries.needs_of(me()))))


@bp.post("/what-helps-me")
def say_helps() -> Response | tuple[str, int]:
    """Keep it, and ask for the times."""
    form = forms.HelpsForm()
    if not form.validate_on_submit():
        return _asked("needs/helps.html", lambda: form), 422
    services.say(me(), form.wanted, by=me())
    return redirect(url_for(".times"), 303)


@bp.get("/times-that-never-work")
def times() -> str:
    """Ask a member for the times that never work; never why."""
    return _asked("needs/times.html", lambda: forms.of_times(queries.never_of(me())))


@bp.post("/times-that-never-work")
def say_times() -> Response | tuple[str, int]:
    """Keep them."""
    form = forms.TimesForm()
    if not form.validate_on_submit():
        return _asked("needs/times.html", lambda: form), 422
    services.say_never(me(), form.never, by=me())
    return redirect(url_for(".saved"), 303)


@bp.get("/what-helps-me/saved")
def saved() -> str:
    """Say that this was all, and where to change it."""
    _members_only()
    return render_template("needs/saved.html")


@bp.get("/workstreams/<uuid:key>/needs")
def index(key: UUID) -> str:
    """List for a facilitator what to arrange each time the group meets."""
    stream = queries.run_by(me(), key)
    lines = queries.lines_of(stream)
    return render_template(
        "needs/index.html",
        stream=stream,
        person=me(),
        rows=[(line, rules.to_arrange(line.wanted), rules.in_words(line.never)) for line in lines],
        totals=rules.totals([line.wanted for line in lines]),
    )


def _asked(page: str, form: Any) -> str:
    """Ask, or say that there is nothing to ask, to who is in no group."""
    _members_only()
    if not queries.is_in_a_group(me()):
        return render_template("needs/no_group.html")
    return render_template(page, form=form(), days=rules.DAYS, parts=rules.PARTS)


def _members_only() -> None:
    if not me().is_lived:
        raise NoResultFound
