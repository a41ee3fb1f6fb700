"""Pages about concerns, for the one who raises one and for the leads alone."""

from flask import Blueprint

bp = Blueprint("safeguarding", __name__)
