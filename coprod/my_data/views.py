"""My data: see it, take it away, put it right, have it erased."""

from flask import Blueprint

bp = Blueprint("my_data", __name__)
