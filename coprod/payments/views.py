"""Thank-you payments and expenses, for the member, the facilitator and the payments officer."""

from flask import Blueprint

bp = Blueprint("payments", __name__)
