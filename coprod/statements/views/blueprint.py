"""The blueprint all these pages are on."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("statements", __name__)
Page = Response | str | tuple[str, int]
