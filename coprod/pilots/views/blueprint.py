"""The blueprint both kinds of page hang on."""

from flask import Blueprint

bp = Blueprint("pilots", __name__, url_prefix="/pilots")
