"""Pages about votes: the ballot, by sign-in or by a link, what is asked after it, and what a member reads."""

from coprod.voting.views import afterwards, ballot, by_link, passing_on, results, statement_ballot
from coprod.voting.views.blueprint import bp

__all__ = ["afterwards", "ballot", "bp", "by_link", "passing_on", "results", "statement_ballot"]
