"""What somebody thinks of several statements, one a page; what she said so far is carried there, sealed (B8, B9)."""

from collections.abc import Mapping
from uuid import UUID

from nacl.exceptions import CryptoError
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import Optional

from coprod.core.forms import Form
from coprod.people.sealing import seal, unseal
from coprod.voting.rules import View

NOT_YET = "-"
VIEWS = {
    View.AGREE: ("Agree", "I see it the same way"),
    View.DISAGREE: ("Disagree", "I see it another way"),
    View.PASS: ("Pass", "I don’t know, or I don’t want to say"),
}
HINTS = {str(int(view)): hint for view, (_, hint) in VIEWS.items()}
PASS = str(int(View.PASS))


class BeginForm(Form):
    """Nothing is asked before the first statement."""

    once = None

    def show_nothing(self) -> None:
        """There is nothing to show."""


class ViewForm(Form):
    """Ask what somebody thinks of one statement; nothing is chosen beforehand, also where she was before (B8)."""

    once = None
    at = HiddenField()
    carried = HiddenField()
    view = RadioField(
        "What do you think?",
        [Optional()],
        choices=[SelectChoice(str(int(view)), words) for view, (words, _) in VIEWS.items()],
        invalid_choice_message="Pick one of the three.",
    )

    def number(self, statements: int) -> int:
        """Answer which statement this is about: the first, where the page does not tell."""
        typed = self.at.data or ""
        return min(max(int(typed), 1), statements) if typed.isascii() and typed.isdigit() else 1


class Said:
    """What one person said so far of each statement: in the page alone, of one length, and for nobody to read (B9)."""

    def __init__(self, poll: UUID, person: UUID, statements: int, carried: str = "") -> None:
        self._purpose = f"views of {person} in {poll}"
        self._codes = list(self._read(carried) or NOT_YET * statements)

    def _read(self, carried: str) -> str:
        try:
            return unseal(self._purpose, bytes.fromhex(carried)) if carried else ""
        except (CryptoError, ValueError):
            return ""

    def note(self, number: int, code: str) -> None:
        """Note what she thinks of this one."""
        self._codes[number - 1] = code

    def has(self, number: int) -> bool:
        """Answer whether she said what she thinks of this one; never what."""
        return self._codes[number - 1] != NOT_YET

    @property
    def first_without(self) -> int | None:
        """Answer the first statement she has not answered yet, if there is one."""
        return self._codes.index(NOT_YET) + 1 if NOT_YET in self._codes else None

    @property
    def sealed(self) -> str:
        """Answer what the page carries: as long whatever was said, and never the same twice."""
        return seal(self._purpose, "".join(self._codes)).hex()

    @property
    def views(self) -> Mapping[int, View]:
        """Answer what she thinks of each, once all are answered."""
        return {number: View(int(code)) for number, code in enumerate(self._codes, 1)}
