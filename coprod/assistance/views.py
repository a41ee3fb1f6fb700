"""Pages for doing a listed thing for a member who asks, and for taking it back."""

from flask import Blueprint

bp = Blueprint("assistance", __name__)
