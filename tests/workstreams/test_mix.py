"""The picture of the table beside each invitation, and its warnings (journey 13). No database."""

from coprod.people.models import Side
from coprod.workstreams import rules
from coprod.workstreams.models import MembershipState, Role, Seat
from tests.workstreams.test_rules import person, sit, table

M = MembershipState
FEW = "Fewer than 2 parents or carers are here or asked. Ask more."


def parent(alias: str = "Robin"):
    return person(alias, Side.LIVED)


def test_picture_counts_who_is_here_and_who_is_asked_by_seat() -> None:
    stream = table()
    sit(stream, person("Sam"), Role.FACILITATOR, seat=Seat.TEAM)
    sit(stream, parent(), seat=Seat.MOTHER)
    sit(stream, parent(), state=M.PAUSED, seat=Seat.MOTHER)
    sit(stream, parent(), state=M.THINKING, seat=Seat.MOTHER)
    sit(stream, parent(), state=M.LEFT, seat=Seat.FATHER)
    sit(stream, person(), state=M.INVITED, seat=Seat.MANAGER)

    found = rules.mix(stream)

    assert [(row.name, row.side, row.here, row.asked, row.words) for row in found.rows] == [
        ("Mother", Side.LIVED, 2, 1, "2 here, 1 asked"),
        ("Social care manager", Side.PROFESSIONAL, 0, 1, "1 asked"),
    ]
    assert found.warnings == []


def test_warnings_say_where_parents_are_few_or_outnumbered() -> None:
    stream = table()
    assert (rules.mix(stream).rows, rules.mix(stream).warnings) == ([], [FEW])
    sit(stream, parent())
    for _ in range(2):
        sit(stream, person())
    assert rules.mix(stream).warnings == [FEW]
    sit(stream, person(), state=M.INVITED)
    many = "3 professionals to 1 parent or carer. That is more than 2 to 1."
    assert rules.mix(stream).warnings == [FEW, many]
    sit(stream, parent("Kit"), state=M.INVITED)
    assert rules.mix(stream).warnings == []
    for _ in range(2):
        sit(stream, person())
    assert rules.mix(stream).warnings == ["5 professionals to 2 parents or carers. That is more than 2 to 1."]
