"""The library of templates: outlines of whole cycles and of single sessions."""

from flask import Blueprint

bp = Blueprint("library", __name__)
