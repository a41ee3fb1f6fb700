"""Pages about workstreams and who sits at them."""

from flask import Blueprint

bp = Blueprint("workstreams", __name__, url_prefix="/workstreams")
