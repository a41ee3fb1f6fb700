"""Pages about the priority areas in order."""

from flask import Blueprint

from coprod.areas import models as models

bp = Blueprint("areas", __name__)
