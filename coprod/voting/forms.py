"""What people answer, and what they may add."""

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from coprod.core.forms import Form
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


class BallotForm(Form):
    """Ask for one of five answers, or a skip; nothing is chosen beforehand (B8, B9)."""

    once = None
    choice = RadioField("Your answer", [InputRequired("Pick one of the answers, or skip.")], choices=CHOICES)


class SayMoreForm(Form):
    """Ask, after every answer alike, whether there is more to say (B10)."""

    once = None
    words = TextAreaField(
        "What should the group know?",
        [DataRequired("Write something, or press “Leave this”."), Length(max=500, message="Use 500 letters at most.")],
    )
    do = RadioField(
        "What should we do with it?",
        [InputRequired("Say what we should do with it.")],
        choices=[
            SelectChoice("share", "Share it without my name"),
            SelectChoice("drop", "Nothing. Don’t keep it"),
        ],
    )
