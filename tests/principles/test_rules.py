"""Who may word a principle, and which are untouched. No database."""

from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.principles import rules
from coprod.principles.models import Principle, Priority
from coprod.workstreams.models import Membership, Role, Seat, Workstream


@pytest.mark.parametrize(
    ("is_admin", "roles", "may"),
    [
        (True, [], True),
        (False, [Role.FACILITATOR], True),
        (False, [Role.MEMBER, Role.FACILITATOR], True),
        (False, [Role.MEMBER], False),
        (False, [Role.CHAIR], False),
        (False, [], False),
    ],
)
def test_wording_is_for_admins_and_facilitators_of_the_programme(is_admin: bool, roles: list[Role], may: bool) -> None:
    person = Person(id=uuid4(), alias="Sam", side=Side.PROFESSIONAL, is_admin=is_admin)
    here, elsewhere = uuid4(), uuid4()
    seats = [Membership(role=role, seat=Seat.TEAM, workstream=Workstream(programme_id=here)) for role in roles]
    answer = rules.may_word(person, seats, here)
    assert bool(answer) is may
    assert bool(answer.reason) is not may
    assert bool(rules.may_word(person, seats, elsewhere)) is is_admin


@pytest.mark.parametrize(
    ("thing", "untouched"),
    [
        (Principle(number=1, wording="Principle 1 (example wording)", is_example=True), True),
        (Priority(number=2, wording="Priority 2 (example wording)", is_example=True), True),
        (Principle(number=1, wording="Principle 1 (example wording)", is_example=False), False),
        (Priority(number=2, wording="Be kind", is_example=True), False),
    ],
)
def test_untouched_is_what_was_only_counted(thing: Principle | Priority, untouched: bool) -> None:
    assert rules.is_untouched(thing) is untouched
