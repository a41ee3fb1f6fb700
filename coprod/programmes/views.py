"""Pages about the programme."""

from flask import Blueprint

bp = Blueprint("programmes", __name__, url_prefix="/programmes")
