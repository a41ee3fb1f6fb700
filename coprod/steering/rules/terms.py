"""Who says what a steering group is for."""

from coprod.actions.rules import leads
from coprod.core.answers import Answer
from coprod.people.models import Person
from coprod.workstreams.models import Workstream


def may_set_terms(person: Person, steering: Workstream) -> Answer:
    """The chair or a facilitator writes down the terms the group has agreed."""
    return leads(person, steering)
