"""Groups that come together: joined, for a joint session, for a development day."""

from flask import Blueprint

bp = Blueprint("gatherings", __name__)
