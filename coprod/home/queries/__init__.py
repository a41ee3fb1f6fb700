"""What needs somebody now, gathered for their first page in a fixed number of statements."""

from coprod.home.queries.facilitators import FacilitatorView, Matter, for_facilitator
from coprod.home.queries.members import MemberView, Table, for_member
from coprod.home.queries.office import OfficeView, for_office, what_they_do
from coprod.home.queries.votes import OpenVote
from coprod.home.queries.waiting import Waiting, waiting_for

__all__ = [
    "FacilitatorView",
    "Matter",
    "MemberView",
    "OfficeView",
    "OpenVote",
    "Table",
    "Waiting",
    "for_facilitator",
    "for_member",
    "for_office",
    "waiting_for",
    "what_they_do",
]
