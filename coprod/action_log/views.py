"""Pages of the action log."""

from flask import Blueprint

from coprod.action_log import models as models

bp = Blueprint("action_log", __name__)
