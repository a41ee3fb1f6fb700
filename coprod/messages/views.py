"""Pages about messages: the words an installation sends, and links that open one thing."""

from flask import Blueprint

bp = Blueprint("messages", __name__)
