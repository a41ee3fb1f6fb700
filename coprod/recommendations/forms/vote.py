"""What people type about a vote on a recommendation."""

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

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
