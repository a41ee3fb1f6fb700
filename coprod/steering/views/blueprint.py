"""The blueprint all pages about the steering group hang on."""

from flask import Blueprint

bp = Blueprint("steering", __name__)
