"""Pages about how somebody may be reached, and changing a phone number or an e-mail address."""

from flask import Blueprint

bp = Blueprint("contacts", __name__)
