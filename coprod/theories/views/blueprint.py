"""The blueprint all pages about theories of change hang on, and what all of them need."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.theories import queries, rules
from coprod.theories.models import Theory

bp = Blueprint("theories", __name__)
Page = Response | str | tuple[str, int]


def written(key: UUID) -> Theory:
    """Find a version that this person may write."""
    theory = queries.one_seen_by(me(), key)
    require(rules.may_write(me(), theory))
    return theory


def drawn(key: UUID) -> Theory:
    """Find a version on which this person may draw arrows."""
    theory = queries.one_seen_by(me(), key)
    require(rules.may_draw(me(), theory))
    return theory


def home(theory: Theory) -> Response:
    """Go back to the page of the version."""
    return redirect(url_for(".show", key=theory.id), 303)
