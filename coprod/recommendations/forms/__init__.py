"""What people type about recommendations."""

from coprod.recommendations.forms.sending import SubmitForm
from coprod.recommendations.forms.vote import RoomForm, VoteForm, WorryForm
from coprod.recommendations.forms.writing import EditForm, NewForm

__all__ = [
    "EditForm",
    "NewForm",
    "RoomForm",
    "SubmitForm",
    "VoteForm",
    "WorryForm",
]
