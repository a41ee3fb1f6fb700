"""What moves a version on, and what it says it changes."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.theories import forms, queries, services
from coprod.theories.views.blueprint import Page, bp, home, written


def _moved(key: UUID, move: Callable[..., None], words: str) -> Response:
    theory = queries.one_seen_by(me(), key)
    move(theory, by=me())
    flash(words)
    return home(theory)


@bp.post("/theories/<uuid:key>/parts-found")
def find_parts(key: UUID) -> Response:
    """Go on to the arrows."""
    return _moved(key, services.find_parts, "The parts are there. Now the arrows.")


@bp.post("/theories/<uuid:key>/back-to-parts")
def go_back(key: UUID) -> Response:
    """Go back to the parts."""
    return _moved(key, services.go_back, "Back to the parts. The arrows stay.")


@bp.post("/theories/<uuid:key>/given-to-read")
def give_to_read(key: UUID) -> Response:
    """Ask everybody to agree."""
    return _moved(key, services.give_to_read, "Everybody at the tables can read it now, and agree.")


@bp.post("/theories/<uuid:key>/taken-back")
def take_back(key: UUID) -> Response:
    """Change it again."""
    return _moved(key, services.take_back, "You can change it again. Whoever agreed is asked again.")


@bp.post("/theories/<uuid:key>/agreed")
def agree(key: UUID) -> Response:
    """Note that it is agreed."""
    return _moved(key, services.agree, "It is agreed. It stays as it is from now on.")


@bp.get("/theories/<uuid:key>/changed")
def changed(key: UUID) -> str:
    """Ask what this version changes."""
    theory = written(key)
    form = forms.ChangedForm(formdata=None, data={"words": theory.changed})
    return render_template("theories/changed.html", theory=theory, form=form)


@bp.post("/theories/<uuid:key>/changed")
def say_changed(key: UUID) -> Page:
    """Keep what it changes."""
    theory, form = written(key), forms.ChangedForm()
    if not form.validate():
        return render_template("theories/changed.html", theory=theory, form=form), 422
    services.say_what_changed(theory, form.words.data or "", by=me())
    flash("It is kept.")
    return home(theory)
