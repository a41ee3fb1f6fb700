"""What people type about indicators and their readings."""

from coprod.outcomes.forms.bringing import BringForm
from coprod.outcomes.forms.chart import EventForm, PhaseForm
from coprod.outcomes.forms.definition import DefinitionForm
from coprod.outcomes.forms.fields import NumberField, WholeNumberField
from coprod.outcomes.forms.measure import OFTEN, WAYS, IndicatorForm
from coprod.outcomes.forms.reading import CorrectionForm, ReadingForm, SendBackForm, correction_form, reading_form

__all__ = [
    "OFTEN",
    "WAYS",
    "BringForm",
    "CorrectionForm",
    "DefinitionForm",
    "EventForm",
    "IndicatorForm",
    "NumberField",
    "PhaseForm",
    "ReadingForm",
    "SendBackForm",
    "WholeNumberField",
    "correction_form",
    "reading_form",
]
