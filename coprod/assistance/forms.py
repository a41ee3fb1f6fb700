"""What a facilitator types for a member: the member's own questions."""

from coprod.contacts import forms as contacts
from coprod.messages.models import Reach


class ReachForm(contacts.ReachForm, contacts.SafeForm):
    """How this member may be reached."""


def of_reach(reach: Reach) -> ReachForm:
    """Show what stands, ready to be changed."""
    way, safe = contacts.reach_form(reach), contacts.safe_form(reach)
    said = {"safe": safe.safe.data, "shared": safe.shared.data, "hours": safe.hours.data}
    return ReachForm(data={"way": way.way.data, **said})
