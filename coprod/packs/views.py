"""What is printed for a session, on A4 in black and white."""

from flask import Blueprint

bp = Blueprint("packs", __name__)
