"""The blueprint all these pages are on; a picture of a receipt may be larger than any other form."""

from typing import Any

from flask import Blueprint, request
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.files.services.pictures import MOST_BYTES_IN
from coprod.payments import queries

bp = Blueprint("payments", __name__)
Page = Response | str | tuple[str, int]
WITH_A_PICTURE = "payments.claim"
ROOM_FOR_THE_REST = 64 * 1024


@bp.url_value_preprocessor
def _room_for_a_picture(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before anything reads the form: let a photo of today's phones through, to this one page."""
    if endpoint == WITH_A_PICTURE:
        request.max_content_length = MOST_BYTES_IN + ROOM_FOR_THE_REST


def members_only() -> None:
    """Whoever is not paid here has no such page."""
    if not queries.may_be_paid(me()):
        raise NoResultFound
