"""Handing out a file, to whoever may read what it belongs to."""

from flask import Blueprint

bp = Blueprint("files", __name__, url_prefix="/files")
