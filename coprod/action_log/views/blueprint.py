"""The pages' blueprint."""

from flask import Blueprint

bp = Blueprint("action_log", __name__)
