"""Pages about principles and priorities."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.principles import queries, rules, services
from coprod.principles.forms import PriorityForm, WordingForm
from coprod.principles.models import Principle, Priority
from coprod.programmes import queries as programmes
from coprod.workstreams.queries import memberships_of

bp = Blueprint("principles", __name__)


@bp.get("/programmes/<uuid:key>/principles")
def index(key: UUID) -> str:
    """List both, numbered, with the links between them."""
    programme = programmes.one_seen_by(me(), key)
    return render_template(
        "principles/index.html",
        programme=programme,
        principles=queries.principles_of(programme),
        priorities=queries.priorities_of(programme),
        may_word=rules.may_word(me(), memberships_of(me())),
    )


@bp.get("/principles/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask for the words of one principle."""
    principle = queries.one_principle(key)
    _require_may_word()
    return _asked("principles/edit.html", principle, WordingForm(formdata=None, data=_words_of(principle)))


@bp.post("/principles/<uuid:key>/edit")
def save(key: UUID) -> Response | tuple[str, int]:
    """Keep them."""
    principle, form = queries.one_principle(key), WordingForm()
    _require_may_word()
    if not form.validate():
        return _asked("principles/edit.html", principle, form), 422
    services.word(principle, form.wording.data, is_example=not form.is_agreed.data, by=me())
    return _kept(principle, "Principle")


@bp.get("/priorities/<uuid:key>/edit")
def edit_priority(key: UUID) -> str:
    """Ask for the words of one priority, and which principles it comes from."""
    priority = queries.one_priority(key)
    _require_may_word()
    linked = [str(principle.id) for principle in priority.principles]
    return _asked(
        "principles/edit_priority.html",
        priority,
        PriorityForm(_principles(priority), formdata=None, data=_words_of(priority) | {"principles": linked}),
    )


@bp.post("/priorities/<uuid:key>/edit")
def save_priority(key: UUID) -> Response | tuple[str, int]:
    """Keep both."""
    priority = queries.one_priority(key)
    _require_may_word()
    form = PriorityForm(_principles(priority))
    if not form.validate():
        return _asked("principles/edit_priority.html", priority, form), 422
    services.word(priority, form.wording.data, is_example=not form.is_agreed.data, by=me())
    services.link(priority, [form.known[chosen] for chosen in form.principles.data], by=me())
    return _kept(priority, "Priority")


def _require_may_word() -> None:
    require(rules.may_word(me(), memberships_of(me())))


def _principles(priority: Priority) -> list[Principle]:
    return queries.principles_of(priority.programme)


def _words_of(thing: Principle | Priority) -> dict[str, Any]:
    return {"wording": thing.wording, "is_agreed": not thing.is_example}


def _asked(template: str, thing: Principle | Priority, form: WordingForm) -> str:
    return render_template(template, thing=thing, form=form)


def _kept(thing: Principle | Priority, kind: str) -> Response:
    flash(f"{kind} {thing.number} is kept.")
    return redirect(url_for(".index", key=thing.programme_id), 303)
