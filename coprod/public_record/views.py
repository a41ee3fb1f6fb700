"""Pages about the public record."""

from flask import Blueprint

bp = Blueprint("public_record", __name__, url_prefix="/public-record")
