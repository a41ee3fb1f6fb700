"""Where somebody agrees to a version, and takes it back."""

from uuid import UUID

from flask import flash, request
from werkzeug.wrappers import Response

from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.theories import queries, services
from coprod.theories.views.blueprint import bp, home


@bp.post("/theories/<uuid:key>/yes")
def say_yes(key: UUID) -> Response:
    """Agree; the people in one's groups may see one's name."""
    return _said_yes(key, named=True)


@bp.post("/theories/<uuid:key>/yes-without-a-name")
def say_yes_unnamed(key: UUID) -> Response:
    """Agree, and let one's name stand nowhere."""
    return _said_yes(key, named=False)


def _said_yes(key: UUID, *, named: bool) -> Response:
    theory = queries.one_seen_by(me(), key)
    try:
        services.say_yes(theory, named=named, by=me(), read=request.form.get("read", ""))
        flash("Thank you. You agree to this version.")
    except Overtaken:
        flash("Its words have changed. Please read them again.")
    return home(theory)


@bp.post("/theories/<uuid:key>/yes-taken-back")
def take_back_yes(key: UUID) -> Response:
    """Take one's yes back."""
    theory = queries.one_seen_by(me(), key)
    services.take_back_yes(theory, by=me())
    flash("Your yes is gone. That is fine.")
    return home(theory)
