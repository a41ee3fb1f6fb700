"""The blueprint all these pages are on, and how one who answers finds her vote."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.people import doors
from coprod.voting import queries
from coprod.voting.models import Poll

bp = Blueprint("voting", __name__)
Page = Response | str | tuple[str, int]


def answerable(key: UUID) -> Poll:
    """Find this vote; a session that was opened for one thing finds no other (A3)."""
    doors.stay_with(f"vote {key}")
    return queries.one_answerable_by(me(), key)


def has_a_page() -> bool:
    """Answer whether this visitor may go on to a page of her own: who came for one thing may not."""
    return not doors.is_for_one_task()
