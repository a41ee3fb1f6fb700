"""Pages about ten-week cycles and their sessions."""

from flask import Blueprint

bp = Blueprint("cycles", __name__)
