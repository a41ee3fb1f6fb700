"""What people type about pilots and test cycles."""

from coprod.pilots.forms.money import AskForm, BoardAnswerForm, SpendForm
from coprod.pilots.forms.parts import key_of
from coprod.pilots.forms.pilot import (
    PLAIN_MOVES,
    AdaptForm,
    AdoptAllTheSameForm,
    AdoptForm,
    DecisionForm,
    DoneForm,
    GrantForm,
    MoveForm,
    OverrideForm,
    ProposeForm,
    StepForm,
    StopForm,
)
from coprod.pilots.forms.testing import ACTS, LATER, FeedbackForm, NoteForm, NumberForm, PlanForm, StudyForm

__all__ = [
    "ACTS",
    "LATER",
    "PLAIN_MOVES",
    "AdaptForm",
    "AdoptAllTheSameForm",
    "AdoptForm",
    "AskForm",
    "BoardAnswerForm",
    "DecisionForm",
    "DoneForm",
    "FeedbackForm",
    "GrantForm",
    "MoveForm",
    "NoteForm",
    "NumberForm",
    "OverrideForm",
    "PlanForm",
    "ProposeForm",
    "SpendForm",
    "StepForm",
    "StopForm",
    "StudyForm",
    "key_of",
]
