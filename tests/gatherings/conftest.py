"""A mothers' group and a fathers' group, both run by one facilitator."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from coprod.gatherings import services
from coprod.gatherings.models import Gathering, GatheringKind
from coprod.people.models import Person
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import CheckAnswer, Kind, Membership, MembershipState, Seat, Workstream
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin


@dataclass
class Groups:
    """Two groups and their people."""

    sam: Person
    ada: Person
    max: Person
    mothers: Workstream
    fathers: Workstream
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def both(self) -> list[Workstream]:
        return [self.mothers, self.fathers]

    def ask(self, kind: GatheringKind = GatheringKind.MERGED, *, by: Person | None = None) -> Gathering:
        return services.bring_together(self.both, kind, "Everybody together", "Tuesday group", by=by or self.sam)


@pytest.fixture
def groups(database: None) -> Groups:
    """Two groups in an empty database."""
    return two_groups()


def two_groups() -> Groups:
    """Sam runs both; Max, a manager, sits with the mothers alone."""
    programme = a_programme()
    sam, ada, manager = a_professional("Sam"), an_admin("Ada"), a_professional("Max")
    people = {alias: a_person(alias) for alias in ("Robin", "Kit", "Joe", "Lou")}
    mothers = a_stream(programme, "Mothers’ group", facilitator=sam, members=[people["Robin"], people["Kit"]])
    fathers = a_stream(programme, "Fathers’ group", facilitator=sam)
    mothers.kind = fathers.kind = Kind.GROUP
    a_membership(mothers, manager, seat=Seat.MANAGER)
    for alias in ("Joe", "Lou"):
        a_membership(fathers, people[alias], seat=Seat.FATHER)
    for group in (mothers, fathers):
        workstreams.confirm_no_family_case(group, sam, by=ada)
    workstreams.confirm_no_family_case(mothers, manager, by=sam)
    return Groups(sam, ada, manager, mothers, fathers, people)


def place_of(person: Person, gathering: Gathering) -> Membership:
    """The place somebody has at the table the groups come to."""
    return next(m for m in gathering.workstream.memberships if m.person_id == person.id)


def check_all(gathering: Gathering, *, by: Person, apart: str = "") -> None:
    """Make every check that is due; one person may be kept apart."""
    for place in list(gathering.workstream.memberships):
        if place.side == "professional" and place.person_id != by.id:
            workstreams.confirm_no_family_case(gathering.workstream, place.person, by=by)
        if place.state == MembershipState.INVITED:
            answer = CheckAnswer.APART if place.person.alias == apart else CheckAnswer.TOGETHER
            workstreams.check_separation(place, answer, by=by)


@pytest.fixture
def wednesday(clock: Callable[..., None]) -> Callable[[], None]:
    """Let the second working day after the tests' Monday come."""

    def comes() -> None:
        clock(2025, 11, 19, 8, 0)

    return comes


MONDAY, WEDNESDAY = date(2025, 11, 17), date(2025, 11, 19)
