"""Pages about principles and priorities."""

from flask import Blueprint

bp = Blueprint("principles", __name__)
