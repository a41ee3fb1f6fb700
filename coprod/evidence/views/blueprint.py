"""The blueprint all these pages are on; a file may be larger than any other form."""

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from coprod.files.rules import MOST_BYTES

bp = Blueprint("evidence", __name__)
Page = Response | str | tuple[str, int]
WITH_A_FILE = ("evidence.add", "evidence.save")
ROOM = 3 * MOST_BYTES
"""More than is ever kept, so that whoever brings too much is told so beside what she typed."""


@bp.url_value_preprocessor
def _room_for_a_file(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before anything reads the form: let a file through, to these pages alone."""
    if endpoint in WITH_A_FILE:
        request.max_content_length = ROOM
