"""The five stages of a cycle, and closing each."""

from flask import Blueprint

bp = Blueprint("stages", __name__)
