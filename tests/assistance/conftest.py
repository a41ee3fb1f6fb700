"""A group with its facilitator, a member who sits there, one who is asked, and a professional."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import (
    CaseCheck,
    CheckAnswer,
    Membership,
    MembershipState,
    SeparationCheck,
    Workstream,
)
from coprod.workstreams.rules import membership_of
from tests.factories import a_membership, a_person, a_professional, a_stream, keep

LONG_AGO = date(2025, 11, 3)


@dataclass
class Table:
    """The people of one group."""

    stream: Workstream
    sam: Person
    robin: Person
    kit: Person
    mia: Person
    here: Membership
    asked: Membership


@pytest.fixture
def table(database: None) -> Table:
    sam, robin, kit, mia = a_professional("Sam"), a_person("Robin"), a_person("Kit"), a_professional("Mia")
    stream = a_stream(facilitator=sam, members=[robin], neutral_name="Tuesday group")
    a_membership(stream, mia, state=MembershipState.PAUSED)
    asked = a_membership(stream, kit, state=MembershipState.INVITED)
    asked.asked_on = LONG_AGO
    here = membership_of(robin, stream)
    assert here is not None
    return Table(stream, sam, robin, kit, mia, here, asked)


@pytest.fixture
def checked(table: Table) -> Callable[[Membership], None]:
    """Have both checks of a place answered, long enough ago."""

    def check(place: Membership) -> None:
        keep(
            SeparationCheck(
                membership_id=place.id,
                answer=CheckAnswer.TOGETHER,
                checked_on=LONG_AGO,
                checked_by_id=table.sam.id,
            ),
            *(
                CaseCheck(
                    professional_id=other.id,
                    lived_id=place.person_id,
                    confirmed_on=LONG_AGO,
                    confirmed_by_id=table.sam.id,
                )
                for other in (table.sam, table.mia)
            ),
        )
        db.session.expire(place)

    return check
