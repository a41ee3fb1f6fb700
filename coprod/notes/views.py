"""Notes of a session: written, corrected, agreed; and what somebody missed."""

from flask import Blueprint

bp = Blueprint("notes", __name__)
