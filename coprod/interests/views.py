"""Pages for people who would like to join, and the list of those who wait."""

from flask import Blueprint

bp = Blueprint("interests", __name__)
