"""Coming or not, and what is arranged so that people can."""

from flask import Blueprint

bp = Blueprint("rsvp", __name__)
