"""Pages about the person a member chose to help her, and that person’s own page."""

from flask import Blueprint

bp = Blueprint("supporters", __name__)
