"""What people type when they suggest other words, settle what was suggested, or say something about a paragraph."""

from typing import Any

from wtforms import HiddenField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form
from coprod.recommendations.models import Suggestion
from coprod.recommendations.rules import Part, fits

LONGEST = 1000
MOST_DIGITS = 9
_LENGTH = Length(max=LONGEST, message=f"Use {LONGEST} letters at most.")


def number_in(typed: str | None) -> int:
    """Answer the number that was sent, or zero for what is none."""
    sent = typed or ""
    return int(sent) if len(sent) <= MOST_DIGITS and sent.isascii() and sent.isdigit() else 0


class _Read(Form):
    """A form about words that may be others by the time it is sent."""

    version = HiddenField()

    def read(self) -> int:
        """Answer the number of the version that was read."""
        return number_in(self.version.data)


class WordsForm(_Read):
    """Ask for the words of one part, as the whole part would read."""

    words = TextAreaField()

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part

    def text(self) -> str:
        """Answer what was typed; a part that is a line stays one."""
        typed = self.words.data or ""
        return " ".join(typed.split()) if self.part.is_short else typed

    def validate_words(self, _: TextAreaField) -> None:
        """Refuse what does not fit into its part."""
        answer = fits(self.part, self.text())
        if not answer:
            raise ValidationError(answer.reason)


class SuggestForm(WordsForm):
    """Ask for other words, and why."""

    why = TextAreaField("Why? You can leave this empty.", [_LENGTH])

    def __init__(self, *args: Any, before: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words.label.text = "How should it read?"
        self.before = before

    def validate_words(self, field: TextAreaField) -> None:
        """Refuse what reads as it does already."""
        super().validate_words(field)
        if self.text() == self.before:
            raise ValidationError("These are the words as they are. Change them first.")


class SettleForm(WordsForm):
    """Ask what becomes of a suggested change, alone or with others that touch the same words."""

    together = SelectMultipleField("Which of these do the joint words settle?", coerce=str)
    reason = TextAreaField("Why? Everybody in the group can read this.", [_LENGTH])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words.label.text = "The joint words"
        self.is_joint = True

    def choose_from(self, others: list[tuple[Suggestion, str]]) -> None:
        """Offer these others, each with what it is called."""
        self.together.choices = [(str(one.id), called) for one, called in others]

    def validate_words(self, field: TextAreaField) -> None:
        """The joint words have to fit, where it is them that are sent."""
        if self.is_joint:
            super().validate_words(field)

    def check(self, name: str) -> bool:
        """Check what this answer needs: joint words that fit, or a reason."""
        self.is_joint = name == "together"
        fine = self.validate_on_submit()
        if name == "not taken" and not self.reason.data:
            self.reason.errors = ["Say why not. Whoever suggested it reads this."]
            return False
        return fine


class CommentForm(_Read):
    """Ask what somebody has to say about one paragraph."""

    words = TextAreaField("What do you want to say?", [DataRequired("Write what you want to say."), _LENGTH])
