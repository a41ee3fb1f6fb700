"""What a facilitator types for a member: the member's own questions."""

from wtforms import StringField
from wtforms.validators import Optional

from coprod.contacts import forms as contacts
from coprod.messages.models import Reach
from coprod.payments import forms as payments
from coprod.payments.rules import Says
from coprod.programmes.rules import pence, pounds


class ReachForm(contacts.ReachForm, contacts.SafeForm):
    """How this member may be reached."""


def of_reach(reach: Reach) -> ReachForm:
    """Show what stands, ready to be changed."""
    way, safe = contacts.reach_form(reach), contacts.safe_form(reach)
    said = {"safe": safe.safe.data, "shared": safe.shared.data, "hours": safe.hours.data}
    return ReachForm(data={"way": way.way.data, **said})


class OfferForm(payments.AnswerForm):
    """What this member says to an offer of pay, and how much of it where it is only some."""

    some = StringField("How much, if it is only some of it", [Optional()])

    @property
    def pence(self) -> int | None:
        """Answer how much of it, where it is only some."""
        return pence(self.some.data or "") if self.says == Says.SOME else None

    def fits(self, most: int) -> bool:
        """Ask again where only some is wanted and it is not said how much, or not less than all."""
        fine = self.says != Says.SOME or 0 < (self.pence or 0) < most
        if not fine:
            self.some.errors = [f"Write how much, less than {pounds(most)}."]
        return fine
