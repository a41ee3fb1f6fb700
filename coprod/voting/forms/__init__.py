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
    as_a_member_sees_it,
    ballot_form,
    say_more_form,
)
from coprod.voting.forms.new_vote import NewVoteForm, as_asked_before, offer_priorities
from coprod.voting.forms.opening import HINTS_OF_KINDS, KINDS, OpeningForm, opening_form
from coprod.voting.forms.paper import PilesForm, piles_form
from coprod.voting.forms.running import HandsForm, MinorityForm, RoomForm, TabletForm, WorryForm

__all__ = [
    "CHOICES",
    "HINTS",
    "HINTS_OF_KINDS",
    "KINDS",
    "MOST_TO_RING",
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
    "as_a_member_sees_it",
    "as_asked_before",
    "ballot_form",
    "offer_priorities",
    "opening_form",
    "piles_form",
    "say_more_form",
]
