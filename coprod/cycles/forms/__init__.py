"""What people type about cycles, sessions and agendas."""

from coprod.cycles.forms.evenings import DialInForm, OutlineForm, SettleForm, outline_form, settle_form
from coprod.cycles.forms.items import ItemForm, MinutesForm, TickForm
from coprod.cycles.forms.suggestions import AnswerForm, SuggestForm, answer_form
from coprod.cycles.forms.weeks import CycleForm, DayForm, MoveForm, NewStepForm, ShiftForm, StepForm
from coprod.library.forms import PlaceForm

__all__ = [
    "AnswerForm",
    "CycleForm",
    "DayForm",
    "DialInForm",
    "ItemForm",
    "MinutesForm",
    "MoveForm",
    "NewStepForm",
    "OutlineForm",
    "PlaceForm",
    "SettleForm",
    "ShiftForm",
    "StepForm",
    "SuggestForm",
    "TickForm",
    "answer_form",
    "outline_form",
    "settle_form",
]
