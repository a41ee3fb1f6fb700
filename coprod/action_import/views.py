"""Pages that bring in an action log from elsewhere."""

from flask import Blueprint

from coprod.action_import import models as models

bp = Blueprint("action_import", __name__)
