"""What people answer, what they may add, and what a vote is opened and run with."""

from coprod.voting.forms.ballots import (
    CHOICES,
    HINTS,
    MOST_TO_RING,
    SHARE,
    BallotForm,
    PickForm,
    SayMoreForm,
    answers_of,
    ballot_form,
    say_more_form,
)
from coprod.voting.forms.opening import KINDS, PAPER, NewVoteForm, OpeningForm, offer_priorities, opening_form
from coprod.voting.forms.paper import PilesForm, piles_form
from coprod.voting.forms.running import HandsForm, MinorityForm, RoomForm, TabletForm, WorryForm

__all__ = [
    "CHOICES",
    "HINTS",
    "KINDS",
    "MOST_TO_RING",
    "PAPER",
    "SHARE",
    "BallotForm",
    "HandsForm",
    "MinorityForm",
    "NewVoteForm",
    "OpeningForm",
    "PickForm",
    "PilesForm",
    "RoomForm",
    "SayMoreForm",
    "TabletForm",
    "WorryForm",
    "answers_of",
    "ballot_form",
    "offer_priorities",
    "opening_form",
    "piles_form",
    "say_more_form",
]
