"""The blueprint all pages about measures hang on."""

from flask import Blueprint

bp = Blueprint("outcomes", __name__, url_prefix="/indicators")
