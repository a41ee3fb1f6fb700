"""Pages about the golden thread."""

from flask import Blueprint

bp = Blueprint("threads", __name__)
