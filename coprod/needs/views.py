"""Pages about what helps somebody to come, and times that never work."""

from flask import Blueprint

bp = Blueprint("needs", __name__)
