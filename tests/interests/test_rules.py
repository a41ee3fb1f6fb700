"""The life of somebody's wish to join, tried from every state by everybody; which seats it is about. No database."""

import itertools
from uuid import uuid4

from coprod.interests import rules
from coprod.interests.models import Interest, InterestState, Whose
from coprod.messages.rules import names_nothing
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

S = InterestState
ALLOWED = {("invited", S.WAITING, "admin"), ("closed", S.WAITING, "admin"), ("closed", S.WAITING, "facilitator")}


def person(alias: str = "Dana", *, is_admin: bool = False) -> Person:
    return Person(id=uuid4(), alias=alias, side=Side.PROFESSIONAL, is_admin=is_admin, active=alias != "Gone")


def table(state: WorkstreamState = WorkstreamState.ACTIVE, **seats: int) -> Workstream:
    given = {"name": "Legal", "kind": Kind.STREAM, "state": state}
    return Workstream(id=uuid4(), open_seats={Seat[name].value: number for name, number in seats.items()}, **given)


def sit(stream: Workstream, who: Person, role: Role = Role.FACILITATOR) -> Membership:
    given = {"seat": Seat.TEAM, "role": role, "state": MembershipState.JOINED}
    return Membership(workstream=stream, person=who, person_id=who.id, **given)


def interest(state: S = S.WAITING, whose: Whose = Whose.PARENT) -> Interest:
    return Interest(id=uuid4(), name="Bird", contact="07700 900123", whose=whose, state=state)


def test_every_move_from_every_state_by_everybody() -> None:
    people = {"admin": person(is_admin=True), "facilitator": person("Sam"), "turned away": person("Gone")}
    found = {
        (name, state, who)
        for name, state, who in itertools.product(rules.LIFECYCLE.moves, S, people)
        if rules.LIFECYCLE.may(people[who], name, interest(state))
    }
    assert found == ALLOWED


def test_list_is_for_admins_and_facilitators() -> None:
    stream, sam, dana = table(), person("Sam"), person("Dana")
    runs, sits = sit(stream, sam), sit(stream, dana, Role.MEMBER)
    assert rules.may_read(sam, [runs])
    assert rules.may_read(person(is_admin=True), [])
    assert not rules.may_read(dana, [sits])


def test_account_is_made_by_an_admin_on_the_side_they_named() -> None:
    ada, sam, stream = person("Ada", is_admin=True), person("Sam"), table()
    sit(stream, sam)
    assert rules.may_place(ada, interest(), stream, Seat.MOTHER)
    assert rules.may_place(ada, interest(), stream, Seat.HEALTH).reason == (
        "The seat “health” is on the other side of the table."
    )
    assert rules.may_place(sam, interest(), stream, Seat.MOTHER).reason == "Only a programme admin can make accounts."
    assert rules.may_mark(sam, interest(), stream)
    assert rules.may_mark(sam, interest(S.CLOSED), stream).reason == "This is answered."
    assert not rules.may_mark(person(), interest(), stream)


def test_list_is_by_seat_and_keeps_its_order() -> None:
    first, second, worker = interest(), interest(), interest(whose=Whose.CHARITY)
    assert rules.by_seat([first, worker, second]) == [(Whose.PARENT, [first, second]), (Whose.CHARITY, [worker])]


def test_open_seats_are_said_in_words_that_name_nothing() -> None:
    looking = [table(MOTHER=1, MIDWIFE=2), table(FATHER=1, MANAGER=0), table()]
    assert rules.looked_for(looking) == ["parents and carers", "people from health"]
    assert rules.looked_for([]) == []
    every = table(**{seat.name: 1 for seat in Seat})
    assert [words for words in rules.looked_for([every]) if not names_nothing(words)] == []
    assert rules.open_for(Whose.PARENT, looking) == looking[:2]
    assert rules.open_for(Whose.LAW, looking) == []


def test_every_seat_can_be_taken_by_somebody() -> None:
    assert frozenset().union(*rules.SEATS.values()) == set(Seat)
    assert {whose: {seat.side for seat in seats} for whose, seats in rules.SEATS.items()} == {
        whose: {rules.side_of(whose)} for whose in Whose
    }
