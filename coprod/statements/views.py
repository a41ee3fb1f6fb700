"""Pages about statements and themes."""

from flask import Blueprint

from coprod.statements import models as models

bp = Blueprint("statements", __name__)
