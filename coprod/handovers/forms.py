"""What is asked when a group is handed over."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from coprod.core.forms import Form, at_most_words
from coprod.people.models import Person
from coprod.workstreams.models import Membership

STAYS, LEAVES = "stays", "leaves"


class OfferForm(Form):
    """Who hands over, who takes it, and a few words."""

    giver = SelectField("Who hands over", invalid_choice_message="Choose who hands over.")
    taker = SelectField(
        "Who takes it",
        [DataRequired("Choose who takes it.")],
        invalid_choice_message="Choose who takes it.",
        description="Somebody at the table already, so that every check is done. Invite others first",
    )
    then = RadioField(
        "Once it is taken",
        [DataRequired("Say whether you stay.")],
        choices=[SelectChoice(STAYS, "I stay in the group as a member"), SelectChoice(LEAVES, "I leave the group")],
        invalid_choice_message="Choose one of these.",
    )
    words = TextAreaField(
        "A few words for the next one",
        [at_most_words(120), Length(max=1000, message="Use fewer letters.")],
        description="What no list can say. Nothing about anybody’s family, needs or contact",
    )

    def __init__(
        self, givers: Sequence[Membership], takers: Sequence[Membership], *, for_herself: bool, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if not for_herself:
            del self.then
        self.people = {str(place.person_id): place.person for place in (*givers, *takers)}
        self.giver.choices = [_choice(place) for place in givers]
        self.taker.choices = [SelectChoice("", "Choose"), *map(_choice, takers)]

    @property
    def chosen(self) -> tuple[Person, Person]:
        """Answer who gives and who takes, once both have been checked."""
        return self.people[self.giver.data], self.people[self.taker.data]

    @property
    def leaves(self) -> bool:
        """Answer whether the giver leaves the group then."""
        return bool(self.then is not None and self.then.data == LEAVES)


def _choice(place: Membership) -> SelectChoice:
    return SelectChoice(str(place.person_id), place.person.alias)
