"""The journal, in words, for those who may see what it speaks of."""

from flask import Blueprint

bp = Blueprint("history", __name__)
