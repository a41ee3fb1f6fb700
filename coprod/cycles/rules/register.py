"""Who came: ticked by a facilitator on the day or after, with no reason anywhere (domain rule 20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import How, Session, SessionState
from coprod.cycles.rules.moves import runs
from coprod.people.models import Person
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import voters

HERE = frozenset({How.ARRIVED, How.WITH_SUPPORTER, How.DIALLED_IN})
BUTTONS = {
    How.ARRIVED: "Arrived",
    How.WITH_SUPPORTER: "With a supporter",
    How.DIALLED_IN: "Dialled in",
    How.NOT_HERE: "Not here",
}


@dataclass(frozen=True)
class Line:
    """One person's line of the register, and how they are here, once that is ticked."""

    place: Membership
    how: How | None

    @property
    def answers(self) -> list[tuple[How, str]]:
        """List the four buttons; nobody but a parent or carer brings a supporter."""
        return [(how, name) for how, name in BUTTONS.items() if fits(how, self.place.person)]


def fits(how: How, person: Person) -> Answer:
    """A supporter sits beside somebody with lived experience."""
    alone = how == How.WITH_SUPPORTER and not person.is_lived
    return no("Only a parent or carer brings a supporter.") if alone else YES


def may_register(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may, from the session's day on, unless it was called off."""
    off = no("This session was cancelled.") if session.state == SessionState.CANCELLED else YES
    early = no(f"It is on {day(session.on)}. Tick who came on the day or after.") if today < session.on else YES
    return runs(person, session) & off & early


def may_tick(person: Person, session: Session, guest: Person, how: How, today: date) -> Answer:
    """Facilitators may tick those who sit at the table and do not run it."""
    sits = any(place.person_id == guest.id for place in voters(session.cycle.workstream))
    at_table = YES if sits else no("Only people in the group are on its register.")
    return may_register(person, session, today) & at_table & fits(how, guest)


def lines(session: Session, ticked: Mapping[UUID, How]) -> list[Line]:
    """List everybody at the table but those who run it, by name, never by when they came (P4)."""
    places = sorted(voters(session.cycle.workstream), key=lambda m: (m.person.alias.lower(), str(m.id)))
    return [Line(place, ticked.get(place.person_id)) for place in places]


def tally(told: list[Line]) -> str:
    """Say in one line how many are here, and for how many nothing is ticked."""
    here = sum(line.how in HERE for line in told)
    left = sum(line.how is None for line in told)
    return f"{here} here. {left} to tick." if left else f"{here} here. Everybody is ticked."
