"""What people type about money: pounds and pence as they write them, never a fraction of a penny."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from coprod.core.answers import Answer
from coprod.core.clock import today
from coprod.core.forms import DayField, Form, at_most_words
from coprod.core.words import day_short
from coprod.cycles.models import Session
from coprod.files.services import NotAPicture, made_anew
from coprod.payments import rules
from coprod.payments.models import PayWay
from coprod.payments.rules import BankDetails, Says
from coprod.people.models import Person
from coprod.programmes.forms import SUM, a_day
from coprod.programmes.models import Rate
from coprod.programmes.rules import pence, pounds
from coprod.workstreams.models import Workstream

ONE_OF_THESE = "Choose one of these."
EVERYBODY, ANOTHER_DAY = "everybody", "another day"
MOST_PENCE = 100_000


class SumField(StringField):
    """A sum of pounds as people write it."""

    @property
    def pence(self) -> int:
        """Answer the sum, once it is known to be one."""
        return pence(self.data or "") or 0

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no sum, and nothing at all."""
        read = pence(self.data or "")
        if read is None:
            raise ValidationError(SUM)
        if read == 0:
            raise ValidationError("Write more than nothing.")
        if read > MOST_PENCE:
            raise ValidationError("That is more than £1,000. Check it, or ask us.")


# --- The member's own pages.


class AnswerForm(Form):
    """What somebody says to an offer; none of it needs a reason."""

    answer = RadioField(
        "Pick one",
        [DataRequired(ONE_OF_THESE)],
        choices=[SelectChoice(says.value, words) for says, words in rules.ANSWERS.items()],
    )

    @property
    def says(self) -> Says:
        """Answer which."""
        return Says(self.answer.data)


class SomeForm(Form):
    """How much of it."""

    pounds = SumField("How much would you like?")

    def fits(self, most: int) -> bool:
        """Say so where it is all of it or more, and answer whether it is less."""
        if self.pounds.pence >= most:
            self.pounds.errors = [f"Write less than {pounds(most)}. Or go back, and say yes to all."]
        return self.pounds.pence < most


class SendCodeForm(Form):
    """Where a code is sent."""

    to = RadioField("Where shall we send it?", [DataRequired(ONE_OF_THESE)])

    def __init__(self, places: dict[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = [SelectChoice(value, words) for value, words in places.items()]


class WayForm(Form):
    """How somebody wants to be paid."""

    way = RadioField(
        "Pick one",
        [DataRequired(ONE_OF_THESE)],
        choices=[SelectChoice(way.name, words) for way, words in rules.WAYS.items()],
    )

    @property
    def chosen(self) -> PayWay:
        """Answer which way."""
        return PayWay[self.way.data]


class NumbersField(StringField):
    """Numbers of a bank account, which are not searched for the numbers of families."""


class BankForm(Form):
    """Where the money goes."""

    name = StringField(
        "Name on the account",
        [DataRequired("Write the name on the account."), Length(max=80, message="Use 80 letters at most.")],
    )
    sort_code = NumbersField("Sort code", [InputRequired("Write the sort code.")])
    account = NumbersField("Account number", [InputRequired("Write the account number.")])

    def validate_sort_code(self, field: Any) -> None:
        """Say kindly what is odd about it."""
        if fault := rules.fault_of_sort_code(field.data or ""):
            raise ValidationError(fault)

    def validate_account(self, field: Any) -> None:
        """Say kindly what is odd about it."""
        if fault := rules.fault_of_account(field.data or ""):
            raise ValidationError(fault)

    @property
    def details(self) -> BankDetails:
        """Answer them as they are kept."""
        numbers = [rules.only_numbers(field.data or "") for field in (self.sort_code, self.account)]
        return BankDetails(self.name.data or "", *numbers)


def _past(_: Any, field: Any) -> None:
    if field.data is not None and field.data > today():
        raise ValidationError("That day is still to come. Give the day you paid.")


class SpentForm(Form):
    """What was spent, how much, and when."""

    what = SelectField(
        "What was it for?",
        [DataRequired(ONE_OF_THESE)],
        choices=[SelectChoice("", "Choose one"), *(SelectChoice(kind, kind) for kind in rules.KINDS)],
        invalid_choice_message=ONE_OF_THESE,
    )
    pounds = SumField("How many pounds?")
    on = DayField("On which day?", [a_day, _past])

    @property
    def day(self) -> date:
        """Answer the day, once it is known to be there."""
        return cast(date, self.on.data)


class ExpenseForm(SpentForm):
    """What a member spent to come, with a picture of the receipt or the receipt itself to follow."""

    group = SelectField("For which group?", invalid_choice_message=ONE_OF_THESE)
    receipt = FileField("A picture of the receipt")

    def __init__(self, groups: Sequence[Workstream], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groups = {str(group.id): group for group in groups}
        self.group.choices = [SelectChoice(key, group.neutral_name) for key, group in self.groups.items()]
        self.picture: bytes | None = None

    def validate_receipt(self, field: Any) -> None:
        """Draw the picture anew; what is no picture is handed in on paper."""
        if not field.data:
            return
        try:
            self.picture = made_anew(field.data.stream)
        except NotAPicture as error:
            fault = "We cannot read this picture. Try another photo, or hand the receipt in on paper."
            raise ValidationError(fault) from error

    @property
    def stream(self) -> Workstream:
        """Answer the group."""
        return self.groups[self.group.data]


# --- The facilitator's.


class PaperForm(SpentForm):
    """What a member handed in on paper."""

    who = SelectField("Who spent it?", invalid_choice_message=ONE_OF_THESE)

    def __init__(self, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        self.who.choices = [SelectChoice(key, person.alias) for key, person in self.people.items()]

    @property
    def person(self) -> Person:
        """Answer who."""
        return self.people[self.who.data]


class OfferForm(Form):
    """A payment to one member, or to all, before the task."""

    who = SelectField("To whom?", invalid_choice_message=ONE_OF_THESE)
    session = SelectField("For which task?", invalid_choice_message=ONE_OF_THESE)
    on = DayField("If it is something else: on which day?")
    what = StringField(
        "What is it for, in plain words?",
        [DataRequired("Say what it is for."), at_most_words(20), Length(max=160, message="Use 160 letters at most.")],
        description="The member reads this, and so may the Jobcentre: coming to the group, speaking at a meeting",
    )
    kind = SelectField("Which rate?", invalid_choice_message=ONE_OF_THESE)
    times = IntegerField(
        "How many times?",
        [InputRequired("Write a number."), NumberRange(1, 20, "Write a number from 1 to 20.")],
        default=1,
    )
    pay_on = DayField("When is the money there?", description="Leave it empty for five working days after")

    def __init__(
        self, people: Sequence[Person], sessions: Sequence[Session], rates: Sequence[Rate], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.people = {str(person.id): person for person in people}
        self.sessions = {str(session.id): session for session in sessions}
        everybody = SelectChoice(EVERYBODY, "Everybody here with lived experience")
        self.who.choices = [everybody, *(SelectChoice(key, one.alias) for key, one in self.people.items())]
        coming = [SelectChoice(key, f"Session {one.number}, {day_short(one.on)}") for key, one in self.sessions.items()]
        self.session.choices = [*coming, SelectChoice(ANOTHER_DAY, "Something else")]
        self.kind.choices = sorted({rate.what for rate in rates}, key=str.casefold)

    def validate_who(self, _: Any) -> None:
        """Say so where there is nobody."""
        if not self.people:
            raise ValidationError("Nobody with lived experience has joined this group yet.")

    def validate_on(self, field: Any) -> None:
        """Ask for the day where no session gives one."""
        if self.session.data == ANOTHER_DAY:
            a_day(self, field)

    @property
    def for_session(self) -> Session | None:
        """Answer the session it is for, if it is for one."""
        return self.sessions.get(self.session.data)

    @property
    def day(self) -> date:
        """Answer the day of the task."""
        return self.for_session.on if self.for_session else cast(date, self.on.data)

    @property
    def to(self) -> list[Person]:
        """Answer whom it is offered to."""
        return list(self.people.values()) if self.who.data == EVERYBODY else [self.people[self.who.data]]

    def takes(self, **answers: Answer) -> bool:
        """Say beside each of these fields what does not fit, and answer whether all does."""
        for name, answer in answers.items():
            if not answer:
                self[name].errors = [answer.reason]
        return all(answers.values())
