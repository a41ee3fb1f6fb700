"""Pages about outcomes and their indicators."""

from flask import Blueprint

bp = Blueprint("outcomes", __name__, url_prefix="/indicators")
