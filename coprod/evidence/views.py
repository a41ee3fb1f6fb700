"""Pages about evidence."""

from flask import Blueprint

from coprod.evidence import models as models

bp = Blueprint("evidence", __name__)
