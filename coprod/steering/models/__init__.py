"""The steering group at work: meetings, decisions with their reasons, and the replies it owes."""

from coprod.steering.models.answers import Contest, ContestState, GroupAccepts, GroupQuestion
from coprod.steering.models.deciding import Decision, DecisionState, Verdict, decision_action, decision_taker
from coprod.steering.models.meetings import (
    Attended,
    ItemInterest,
    ItemKind,
    ItemState,
    Meeting,
    MeetingItem,
    MeetingState,
    MinutesState,
    Presence,
    Terms,
)
from coprod.steering.models.replies import Reply

__all__ = [
    "Attended",
    "Contest",
    "ContestState",
    "Decision",
    "DecisionState",
    "GroupAccepts",
    "GroupQuestion",
    "ItemInterest",
    "ItemKind",
    "ItemState",
    "Meeting",
    "MeetingItem",
    "MeetingState",
    "MinutesState",
    "Presence",
    "Reply",
    "Terms",
    "Verdict",
    "decision_action",
    "decision_taker",
]
