"""Get support, calls back, a private word before or after, the call on the next day."""

from flask import Blueprint

bp = Blueprint("wellbeing", __name__)
