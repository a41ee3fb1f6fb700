"""What people type about meetings, decisions and replies."""

from coprod.steering.forms.agenda import (
    NEEDS_WORDS,
    ChangeItemForm,
    DeclareForm,
    ItemForm,
    PlaceForm,
    SettleForm,
    a_time,
)
from coprod.steering.forms.answers import AnswerQuestionForm, AskForm, ContestForm
from coprod.steering.forms.deciding import FIRST_ACTION, OTHER_ANSWERS, DecisionForm, decision_of, words_of
from coprod.steering.forms.fields import SOME, TIMES, YEARS_AHEAD, ClockField, not_far
from coprod.steering.forms.meetings import CloseForm, MeetingForm, PresenceForm
from coprod.steering.forms.minutes import NotesForm, TermsForm, notes_of
from coprod.steering.forms.register import RegisterForm
from coprod.steering.forms.replies import ReplyForm

__all__ = [
    "FIRST_ACTION",
    "NEEDS_WORDS",
    "OTHER_ANSWERS",
    "SOME",
    "TIMES",
    "YEARS_AHEAD",
    "AnswerQuestionForm",
    "AskForm",
    "ChangeItemForm",
    "ClockField",
    "CloseForm",
    "ContestForm",
    "DecisionForm",
    "DeclareForm",
    "ItemForm",
    "MeetingForm",
    "NotesForm",
    "PlaceForm",
    "PresenceForm",
    "RegisterForm",
    "ReplyForm",
    "SettleForm",
    "TermsForm",
    "a_time",
    "decision_of",
    "not_far",
    "notes_of",
    "words_of",
]
