"""The blueprint all pages about tables and places hang on."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from coprod.workstreams.models import Workstream

bp = Blueprint("workstreams", __name__)


def to_table(stream: Workstream) -> Response:
    """Lead back to the page of this table."""
    return redirect(url_for("workstreams.show", key=stream.id), 303)
