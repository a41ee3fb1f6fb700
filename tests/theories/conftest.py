"""A programme with a steering group and two tables, and a theory of change with four parts and three arrows."""

from types import SimpleNamespace

import pytest

from coprod.theories import services
from coprod.theories.models import PartKind, Theory
from coprod.theories.services import Claim
from tests import factories as make

SAID = {
    PartKind.INPUT: ["Parents’ time"],
    PartKind.ACTIVITY: ["Ten weeks"],
    PartKind.OUTCOME: ["Parents know who is with them"],
    PartKind.IMPACT: ["Fewer start again"],
}


@pytest.fixture
def there(database: None) -> SimpleNamespace:
    """Sam runs the mothers' table where Robin sits, Lou the fathers' with Kim; Alex chairs; Ada is an admin."""
    return people_there()


def people_there() -> SimpleNamespace:
    programme = make.a_programme()
    people = {name.lower(): make.a_professional(name) for name in ("Alex", "Sam", "Lou", "Pat")}
    robin, kim, jo, out = (make.a_person(name) for name in ("Robin", "Kim", "Jo", "Out"))
    steering = make.a_steering_group(programme, chair=people["alex"], members=[])
    mothers = make.a_stream(programme, "Mothers", facilitator=people["sam"], members=[robin, jo])
    fathers = make.a_stream(programme, "Fathers", facilitator=people["lou"], members=[kim])
    return SimpleNamespace(
        programme=programme, steering=steering, mothers=mothers, fathers=fathers, ada=make.an_admin(),
        robin=robin, kim=kim, jo=jo, out=out, **people,
    )  # fmt: skip


def a_theory(there: SimpleNamespace) -> Theory:
    """A version in its second workshop."""
    theory = services.start(there.programme, by=there.sam)
    services.add_parts(theory, SAID, by=there.sam)
    services.find_parts(theory, by=there.sam)
    time, weeks, know, fewer = theory.parts
    for number, (start, end) in enumerate(((time, weeks), (weeks, know), (know, fewer)), 1):
        services.add_arrow(theory, Claim(start, end, f"Reason {number}"), by=there.sam)
    return theory


def agreed(there: SimpleNamespace) -> Theory:
    """A version that is agreed."""
    theory = a_theory(there)
    services.give_to_read(theory, by=there.sam)
    services.agree(theory, by=there.ada)
    return theory
