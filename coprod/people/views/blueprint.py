"""The blueprint all pages about people hang on."""

from flask import Blueprint

bp = Blueprint("people", __name__)
