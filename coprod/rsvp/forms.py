"""What people answer when they are asked whether they come, and what is written to who comes. Nothing asks why."""

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from coprod.core.forms import Form
from coprod.rsvp.models import Coming, ComingAnswer

CHOICES = {ComingAnswer.YES: "Yes", ComingAnswer.NO: "No", ComingAnswer.NOT_SURE: "Not sure"}


class ComingForm(Form):
    """Coming or not."""

    answer = RadioField(
        "Your answer",
        [InputRequired("Pick one. All three are fine.")],
        choices=[SelectChoice(answer.value, words) for answer, words in CHOICES.items()],
    )
    needs_lift = BooleanField("I need a lift")
    ring_me = BooleanField("Ring me")

    @property
    def said(self) -> dict[str, bool]:
        """Answer what was ticked beside the answer."""
        return {"needs_lift": self.needs_lift.data, "ring_me": self.ring_me.data}

    @property
    def chosen(self) -> ComingAnswer:
        """Answer which."""
        return ComingAnswer(self.answer.data)


def of(said: Coming | None) -> ComingForm:
    """Show somebody signed in what they said before; a link shows nothing of it to whoever holds the phone."""
    if said is None:
        return ComingForm()
    before = {"answer": said.answer.value, "needs_lift": said.needs_lift, "ring_me": said.ring_me and not said.rung}
    return ComingForm(data=before)


class ArrangeForm(Form):
    """Words for one thing that is arranged."""

    words = StringField("Words she reads", [Length(max=100, message="Use 100 letters at most.")])
