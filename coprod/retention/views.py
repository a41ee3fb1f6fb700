"""What is kept how long, and how the last daily run went."""

from flask import Blueprint

bp = Blueprint("retention", __name__)
