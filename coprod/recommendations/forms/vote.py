"""What people type about a vote on a recommendation."""

from typing import Any

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from coprod.voting.forms import KINDS, OpeningForm
from coprod.voting.models import Kind

WAYS = (Kind.TEMPERATURE, Kind.CONSENT, Kind.HANDS)


class VoteForm(OpeningForm):
    """Ask how people answer; the question is what the recommendation asks for, and the rest has its defaults."""

    kind = RadioField(
        "How do people answer?",
        [InputRequired("Say how people answer.")],
        choices=[SelectChoice(str(kind), KINDS[kind][0]) for kind in WAYS],
    )

    @property
    def is_private(self) -> bool:
        """Answer whether this is to be a vote: a show of hands is none."""
        return bool(self.kind.data != Kind.HANDS)

    def validate(self, extra_validators: Any = None) -> bool:
        """For a show of hands nothing else counts."""
        if not self.is_private:
            for field in (self.closes_on, self.closes_at, self.voters, self.quorum, self.rule, self.where):
                field.validators, field.process_errors, field.validate_choice = [Optional()], [], False
        return super().validate(extra_validators)
