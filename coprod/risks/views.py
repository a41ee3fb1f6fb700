"""Pages about risks, assumptions, issues and dependencies."""

from flask import Blueprint

from coprod.risks import models as models

bp = Blueprint("risks", __name__)
