"""What people type about risks, assumptions, issues and dependencies."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from coprod.actions.forms import FEW, choices_of, not_past
from coprod.core.forms import DayField, Form
from coprod.risks.models import RiskKind
from coprod.risks.rules import IMPACT, KINDS, LIKELIHOOD, is_rated_enough
from coprod.risks.services import Rated
from coprod.workstreams.models import Membership


def _choices(words: Mapping[int, str]) -> list[SelectChoice]:
    return [SelectChoice("", "Not said"), *(SelectChoice(str(one), said.capitalize()) for one, said in words.items())]


class RatingForm(Form):
    """How likely it is, how bad it would be, what is done about it, and when to look again."""

    likelihood = SelectField("How likely is it?", choices=_choices(LIKELIHOOD), validate_choice=False)
    impact = SelectField("How bad would it be?", choices=_choices(IMPACT), validate_choice=False)
    response = TextAreaField("What do we do about it?", [FEW], description="You can leave this empty")
    look_again_on: Any = DayField("When do we look at it again?", [not_past], description="You can leave this empty")

    @property
    def rated(self) -> Rated:
        """Answer the two numbers behind the words."""
        return Rated(_number(self.likelihood.data), _number(self.impact.data))

    @property
    @abstractmethod
    def about(self) -> RiskKind | None:
        """Answer what kind of thing is rated, as far as that is known."""

    def validate_impact(self, _: Any) -> None:
        """Ask for both where it is a risk."""
        answer = is_rated_enough(self.about, *vars(self.rated).values()) if self.about else None
        if answer is not None and not answer:
            raise ValidationError(answer.reason)


def _number(typed: str | None) -> int | None:
    return int(typed) if typed in {"1", "2", "3", "4", "5"} else None


class NewRiskForm(RatingForm):
    """Something that may come in the way, and who watches over it."""

    kind = RadioField(
        "What is it?",
        default=RiskKind.RISK.value,
        choices=[SelectChoice(str(kind), words) for kind, words in KINDS.items()],
        validate_choice=False,
    )
    what = StringField("What is it about?", [DataRequired("Say what it is about."), FEW])
    owner = SelectField("Who watches over it?", validate_choice=False)

    def __init__(self, people: Sequence[Membership], **given: Any) -> None:
        super().__init__(**given)
        self.people = {str(held.person_id): held.person for held in people}
        self.owner.choices = choices_of(people)

    @property
    def about(self) -> RiskKind | None:
        """Answer what kind was chosen."""
        return RiskKind(self.kind.data) if self.kind.data in set(RiskKind) else None

    def validate_kind(self, _: Any) -> None:
        """Ask for one of the four."""
        if self.about is None:
            raise ValidationError("Choose what it is.")

    def validate_owner(self, field: Any) -> None:
        """Ask for somebody at the table."""
        if field.data not in self.people:
            raise ValidationError("Choose who watches over it.")


class AnewForm(RatingForm):
    """A new rating, and why."""

    why = TextAreaField("What has changed?", [DataRequired("Say what has changed."), FEW])

    def __init__(self, kind: RiskKind, **given: Any) -> None:
        super().__init__(**given)
        self._kind = kind

    @property
    def about(self) -> RiskKind | None:
        """Answer what kind it is."""
        return self._kind


class CloseForm(Form):
    """How it came that it need not be watched any more."""

    how = TextAreaField("How was it settled?", [DataRequired("Say how it was settled."), FEW])


class OpenAgainForm(Form):
    """Why it is to be watched again."""

    why = TextAreaField("Why do we watch it again?", [DataRequired("Say why."), FEW])
