"""Pages about what groups make."""

from flask import Blueprint

from coprod.outputs import models as models

bp = Blueprint("outputs", __name__)
