"""What waits for one person's own word, whatever else they do here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from config import HERE
from coprod.agreements import queries as agreements
from coprod.agreements.models import Agreement
from coprod.handovers import queries as handovers
from coprod.handovers.models import Handover
from coprod.home.queries import learning
from coprod.outcomes.models import Indicator
from coprod.payments import queries as payments
from coprod.payments.models import Payment
from coprod.people.models import Person
from coprod.safeguarding import queries as safeguarding
from coprod.safeguarding.models import Concern
from coprod.theories import queries as theories
from coprod.theories.models import Theory
from coprod.voting import queries as voting
from coprod.voting.models import Poll
from coprod.wellbeing import queries as wellbeing
from coprod.wellbeing.models import CallBack
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Membership


@dataclass(frozen=True)
class Waiting:
    """A place, a vote, a thank-you, the agreement, how we think change happens, numbers to look over.

    And a concern to receive, a group to take over, a call to make.
    """

    invitations: Sequence[Membership]
    questions: Sequence[Poll]
    offers: Sequence[Payment] = ()
    agreements: Sequence[Agreement] = ()
    concerns: Sequence[Concern] = ()
    handovers: Sequence[Handover] = ()
    calls: Sequence[tuple[CallBack, bool]] = ()
    """Whom to ring, and whether it is late."""
    theories: Sequence[Theory] = ()
    """What can wait: a parent is asked for it once nothing else is asked of her."""
    readings: Sequence[Indicator] = ()
    """Measures with a reading that waits for a second person."""


def waiting_for(person: Person, now: datetime) -> Waiting:
    """Gather what waits for one person's own word; who runs a group agreed to nothing but what the group did."""
    works = person.is_professional
    invitations, questions = workstreams.invitations_of(person), voting.open_to(person, now)
    offers = [one for one in payments.to_answer(person, now) if not one.asks_first] if person.is_lived else []
    yeses = agreements.to_answer(person)
    to_read = theories.to_answer(person)
    asked_already = bool(invitations or questions or offers or yeses)
    return Waiting(
        invitations=invitations,
        questions=questions,
        offers=offers,
        agreements=yeses,
        concerns=safeguarding.waiting_for(person) if works else (),
        handovers=handovers.offered_to(person) if works else (),
        calls=wellbeing.to_ring_back(person, now.astimezone(HERE).date()),
        theories=() if asked_already and not works else to_read,
        readings=learning.to_look_at(person),
    )
