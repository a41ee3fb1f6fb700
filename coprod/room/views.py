"""A session as it happens: the run sheet, the wall, and following on a phone."""

from flask import Blueprint

bp = Blueprint("room", __name__)
