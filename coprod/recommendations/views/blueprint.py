"""The blueprint all pages about recommendations hang on."""

from flask import Blueprint

bp = Blueprint("recommendations", __name__, url_prefix="/recommendations")
