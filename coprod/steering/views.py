"""Pages about the steering group: meetings, decisions, replies, the action log."""

from flask import Blueprint

bp = Blueprint("steering", __name__)
