"""What people type to change a definition sheet."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from coprod.outcomes.forms.measure import WORDS, IndicatorForm
from coprod.outcomes.models import Indicator
from coprod.outcomes.rules import defining


class DefinitionForm(IndicatorForm):
    """Ask how a definition sheet should be put, and why; the first reading fixes what gives readings their meaning."""

    why = StringField("Why do you change it?", [DataRequired("Say why."), Length(max=200)])
    afresh = BooleanField("It is counted in another way from now on. Begin the limits afresh with the next reading.")
    read = HiddenField()

    def __init__(self, indicator: Indicator, taken: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(taken, **kwargs)
        self.indicator, self.is_fixed = indicator, defining.is_read(indicator)
        for name in (*defining.MEANING, "told") if self.is_fixed else ("afresh",):
            del self[name]

    @property
    def meaning(self) -> tuple[Any, Any]:
        """Answer unit and how often, as they are fixed, or else as they were chosen."""
        return (self.indicator.unit, self.indicator.how_often) if self.is_fixed else super().meaning

    @property
    def given(self) -> dict[str, Any]:
        """Answer every line, those that are fixed as they are."""
        if not self.is_fixed:
            return super().given | self._unsaid
        words = {name: self[name].data or "" for name in WORDS if name in self}
        typed = words | {name: self[name].data for name in defining.LEVELS}
        return {name: getattr(self.indicator, name) for name in (*defining.MEANING, "told")} | typed | self._unsaid

    @property
    def _unsaid(self) -> dict[str, Any]:
        """Answer the baseline that is too small to be shown in its box, and stays where that is left empty."""
        stays = self.baseline.data is None and defining.hides_baseline(self.indicator)
        return {"baseline": self.indicator.baseline} if stays else {}

    @property
    def was_read(self) -> int | None:
        """Answer how many changes there were when the sheet was opened."""
        return int(self.read.data) if (self.read.data or "").isdecimal() else None
