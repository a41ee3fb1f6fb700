"""What people answer, each answer a code of the same length (B9), and what they may add."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from coprod.core.forms import Form
from coprod.voting.forms.statements import BeginForm
from coprod.voting.models import Kind, Poll
from coprod.voting.rules import Choice

CHOICES = [
    SelectChoice(str(int(Choice.LOVE)), "Love it"),
    SelectChoice(str(int(Choice.YES)), "Yes"),
    SelectChoice(str(int(Choice.LIVE_WITH)), "I can live with it"),
    SelectChoice(str(int(Choice.NOT_SURE)), "Not sure"),
    SelectChoice(str(int(Choice.WORRIED)), "I’m worried"),
    SelectChoice(str(int(Choice.SKIP)), "Skip this one"),
]
HINTS = {
    "5": "I would be glad to see this",
    "4": "I am for it",
    "3": "Not my first pick, but it is OK",
    "2": "I need to know more",
    "1": "I think this could do harm",
    "0": "I do not want to answer",
}
CONSENT = [
    SelectChoice(str(int(Choice.YES)), "I agree"),
    SelectChoice(str(int(Choice.LIVE_WITH)), "I can live with it"),
    SelectChoice(str(int(Choice.WORRIED)), "I cannot live with it"),
    SelectChoice(str(int(Choice.SKIP)), "Skip this one"),
]
CONSENT_HINTS = {
    "4": "I am for it",
    "3": "Not my first pick, but it is OK",
    "1": "I think this could do harm",
    "0": "I do not want to answer",
}
LEFT, PICKED = "0", "1"
SEND, SKIP = "send", "skip"
SHARE, RING, LEAVE = "share", "ring", "leave"
"""What is done with what somebody adds; with the place in the list of whom to ring, all of one length (B9)."""
MOST_TO_RING = 10


def answers_of(kind: Kind) -> tuple[list[SelectChoice], dict[str, str]]:
    """Answer the answers of this kind of vote in their order, and the line beneath each."""
    return (CONSENT, CONSENT_HINTS) if kind == Kind.CONSENT else (CHOICES, HINTS)


class BallotForm(Form):
    """Ask for one of a few answers, or a skip; nothing is chosen beforehand (B8, B9)."""

    once = None
    choice = RadioField("Your answer", [InputRequired("Pick one of the answers, or skip.")], choices=CHOICES)

    @property
    def answer(self) -> Choice:
        """Answer what was chosen, once the form was found to be right."""
        return Choice(int(self.choice.data))

    def show_nothing(self) -> None:
        """Let the page show nothing that was chosen, also where it has to ask again (B8)."""
        self.choice.data = None


class PickForm(Form):
    """Ask of each thing whether she picks it: every browser sends as much, whatever and however much is picked (B9).

    On everybody's page each stands at "Leave it", whatever she sent before (B8); two buttons send it, or skip.
    """

    once = None
    picks = SelectMultipleField("Your picks", choices=[])
    do = StringField(default=SEND)

    def __init__(self, poll: Poll, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most, self.things = poll.most, poll.options
        self.picks.description = f"Pick up to {poll.most}." if poll.most > 1 else "Pick one."
        self.picks.choices = [choice for option in poll.options for choice in self.either(option.number)]

    def either(self, number: int) -> tuple[SelectChoice, SelectChoice]:
        """Answer what can be said of one thing: to leave it, where every page begins, or to pick it."""
        return SelectChoice(f"{number:02}{LEFT}", "Leave it"), SelectChoice(f"{number:02}{PICKED}", "Pick it")

    def validate_picks(self, field: SelectMultipleField) -> None:
        """Say in words what does not fit; which ones were picked, the page that asks again does not say."""
        if self.do.data == SKIP:
            return
        if not self.numbers:
            raise ValidationError(f"{field.description[:-1]}, or press “Skip this one”.")
        if len(self.numbers) > self.most:
            raise ValidationError(f"That was more than {self.most}. Pick {self.most} at most, please.")

    @property
    def numbers(self) -> frozenset[int]:
        """Answer the numbers of what was picked; none after a skip."""
        picked = (code for code in self.picks.data if code.endswith(PICKED) and self.do.data != SKIP)
        return frozenset(int(code.removesuffix(PICKED)) for code in picked)

    def show_nothing(self) -> None:
        """Let the page show nothing that was picked, also where it has to ask again (B8)."""
        self.picks.data = []


def ballot_form(poll: Poll) -> BallotForm | PickForm | BeginForm:
    """Answer the form of this vote's ballot; statements are asked about one by one, after its first page."""
    if poll.kind == Kind.STATEMENTS:
        return BeginForm()
    if poll.kind == Kind.PICK:
        return PickForm(poll)
    form = BallotForm()
    form.choice.choices = answers_of(poll.kind)[0]
    return form


def as_a_member_sees_it(poll: Poll, sent: MultiDict[str, str]) -> dict[str, Any]:
    """Answer what a preview of this ballot shows; what was `sent` to open the vote with comes along, to be sent on."""
    typed = [(name, value) for name, values in sent.lists() if name != "csrf_token" for value in values]
    hints = answers_of(poll.kind)[1]
    return {"poll": poll, "form": ballot_form(poll), "hints": hints, "is_in": False, "meets": None, "typed": typed}


class SayMoreForm(Form):
    """Ask, after every answer alike, whether there is more to say (B10)."""

    once = None
    words = TextAreaField(
        "What should the group know?", [Length(max=500, message="Use 500 letters at most.")], filters=[]
    )
    do = RadioField("What should we do?", [InputRequired("Say what we should do with it.")])

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for words only where the words are what goes on."""
        if self.do.data == SHARE and not field.data:
            raise ValidationError("Write something, or press “Leave this”.")

    @property
    def to_ring(self) -> int | None:
        """Answer the place in the list of whoever should ring, if somebody should."""
        return int(self.do.data.removeprefix(RING)) if self.do.data.startswith(RING) else None


def say_more_form(to_ring: Sequence[str]) -> SayMoreForm:
    """Make the form with those who could ring, by what the page calls them."""
    form = SayMoreForm()
    talks = [SelectChoice(f"{RING}{n}", f"Talk to {called}") for n, called in enumerate(to_ring[:MOST_TO_RING])]
    share, leave = SelectChoice(SHARE, "Share it without my name"), SelectChoice(LEAVE, "Nothing. Don’t keep it")
    form.do.choices = [share, *talks, leave]
    return form
