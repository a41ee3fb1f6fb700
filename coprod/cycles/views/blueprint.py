"""The blueprint all pages about cycles hang on."""

from flask import Blueprint

bp = Blueprint("cycles", __name__)
