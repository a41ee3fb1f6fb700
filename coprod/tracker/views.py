"""The page on which every recommendation can be followed."""

from flask import Blueprint

bp = Blueprint("tracker", __name__)
