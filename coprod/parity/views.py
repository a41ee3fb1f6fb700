"""The parity board: who sits, comes, raises and holds what, by side."""

from flask import Blueprint

bp = Blueprint("parity", __name__)
