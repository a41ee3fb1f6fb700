"""One short page that hands a group from one facilitator to the next."""

from flask import Blueprint

bp = Blueprint("handovers", __name__)
