"""The monthly access review, and removing the demonstration."""

from flask import Blueprint

bp = Blueprint("administration", __name__)
