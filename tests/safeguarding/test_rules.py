"""Every move of a concern by everybody, and who is told when. No database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from coprod.people.models import Person, Side
from coprod.programmes.models import Programme
from coprod.safeguarding import rules
from coprod.safeguarding.models import Concern, ConcernState
from coprod.workstreams.models import Membership

S = ConcernState
ALLOWED = {
    (move, state, role)
    for move, state in (("received", S.RAISED), ("passed on", S.RECEIVED), ("closed", S.RECEIVED))
    for role in ("lead", "deputy")
}
NOON = datetime(2025, 11, 17, 12, tzinfo=UTC)


def _person(alias: str, side: Side = Side.PROFESSIONAL, **fields: bool) -> Person:
    return Person(**{"id": uuid4(), "alias": alias, "side": side, "active": True, "is_admin": False} | fields)


def _people() -> dict[str, Person]:
    return {
        "lead": _person("Lena"),
        "deputy": _person("Dale"),
        "raiser": _person("Sam"),
        "admin": _person("Ada", is_admin=True),
        "member": _person("Robin", Side.LIVED),
        "supporter": _person("Jo", Side.SUPPORTER),
        "another professional": _person("Mia"),
    }


def _programme(people: dict[str, Person]) -> Programme:
    return Programme(name="X", partnership="Y", safeguarding_lead=people["lead"], deputy_lead=people["deputy"])


def test_every_move_of_a_concern_from_every_state_by_everybody() -> None:
    """P7: the one who raised it and programme admins have no hand in it."""
    people = _people()
    programme = _programme(people)
    odd = []
    for move in rules.LIFECYCLE.moves:
        for state in ConcernState:
            for role, person in people.items():
                concern = Concern(programme=programme, raised_by=people["raiser"], state=state)
                answer = rules.LIFECYCLE.may(person, move, concern)
                if bool(answer) != ((move, state, role) in ALLOWED) or bool(answer.reason) == bool(answer):
                    odd.append((move, state, role))
    assert odd == []


def test_professionals_who_sit_at_a_table_raise_concerns() -> None:
    people = _people()
    seated = {role for role, person in people.items() if rules.may_raise(person, [Membership()])}
    assert seated == set(people) - {"member", "supporter"}
    assert not any(rules.may_raise(person, []) for person in people.values())


def test_deputy_is_told_second_or_at_once_where_there_is_no_lead() -> None:
    people = _people()
    programme = _programme(people)
    assert (rules.first_told(programme), rules.second_told(programme)) == (people["lead"], people["deputy"])
    people["lead"].active = False
    assert (rules.first_told(programme), rules.second_told(programme)) == (people["deputy"], None)
    people["deputy"].active = False
    assert (rules.first_told(programme), rules.second_told(programme)) == (None, None)
    assert not rules.can_be_received(programme)


def test_concern_is_unanswered_after_thirty_minutes() -> None:
    for state in ConcernState:
        concern = Concern(state=state, raised_at=NOON)
        late = [rules.is_unanswered(concern, NOON + timedelta(minutes=n)) for n in (0, 29, 30, 300)]
        assert late == ([False, False, True, True] if state == S.RAISED else [False] * 4)
