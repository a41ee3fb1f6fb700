"""Pages about people: signing in and out, and who is here."""

from flask import Blueprint

bp = Blueprint("people", __name__)
