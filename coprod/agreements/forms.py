"""What people type about agreements."""

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from coprod.agreements.models import Agreement
from coprod.agreements.rules import HEADINGS
from coprod.core.forms import Form, at_most_words

MOST_WORDS = 60


class AgreementForm(Form):
    """Ask for a few words under each heading, and what changed."""

    changed = TextAreaField(
        "What changed, if anything",
        [Length(max=500, message="Use 500 letters at most."), at_most_words(MOST_WORDS)],
        description="Never say who asked",
    )

    @property
    def texts(self) -> list[Any]:
        """List the fields of the headings, in their order."""
        return [self[heading.key] for heading in HEADINGS]

    @property
    def words(self) -> dict[str, str]:
        """Answer what was typed under each heading."""
        return {heading.key: self[heading.key].data for heading in HEADINGS}


for _heading in HEADINGS:
    setattr(
        AgreementForm,
        _heading.key,
        TextAreaField(
            _heading.title,
            [
                DataRequired(f"Write a few words under “{_heading.title}”."),
                Length(max=600, message="Use 600 letters at most."),
                at_most_words(MOST_WORDS),
            ],
        ),
    )


def of(agreement: Agreement) -> AgreementForm:
    """Show a version's words, ready to be changed."""
    return AgreementForm(data={**agreement.words, "changed": agreement.changed})
