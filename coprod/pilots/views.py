"""Pages about pilots and their test cycles."""

from flask import Blueprint

bp = Blueprint("pilots", __name__, url_prefix="/pilots")
