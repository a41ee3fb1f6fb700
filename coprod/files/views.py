"""Handing out a file, to whoever may read what it belongs to at that moment (O5)."""

from uuid import UUID

from flask import Blueprint, Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.files import queries, rules

bp = Blueprint("files", __name__, url_prefix="/files")


@bp.get("/<uuid:key>")
def show(key: UUID) -> Response:
    """Hand it out to be kept, never to be shown inside a page, as the one type its kind has."""
    file = queries.one_seen_by(me(), key, today())
    require(rules.may_hand_out(file))
    answer = Response(file.content, content_type=rules.MIME_TYPES[file.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
