"""The lives of tables and places, tried from every state by everybody; the own-case check. No database."""

import itertools
from uuid import uuid4

import pytest

from coprod.core.answers import Answer
from coprod.people.models import Person, Side
from coprod.workstreams import rules
from coprod.workstreams.models import CaseCheck, Kind, Membership, MembershipState, Role, Seat, Workstream
from coprod.workstreams.models import WorkstreamState as W

M = MembershipState

TABLE_ALLOWED = {
    ("prioritised", W.PROPOSED, "admin"),
    ("prioritised", W.CLOSED, "admin"),
    ("started", W.PRIORITISED, "admin"),
    ("paused", W.ACTIVE, "admin"),
    ("paused", W.ACTIVE, "facilitator"),
    ("taken up again", W.PAUSED, "admin"),
    ("taken up again", W.PAUSED, "facilitator"),
    ("closed", W.ACTIVE, "admin"),
    ("closed", W.PAUSED, "admin"),
}
PLACE_ALLOWED = {
    ("thinking", M.INVITED, "themself"),
    ("joined", M.INVITED, "themself"),
    ("joined", M.THINKING, "themself"),
    ("joined", M.PAUSED, "themself"),
    ("paused", M.JOINED, "themself"),
    ("left", M.INVITED, "themself"),
    ("left", M.THINKING, "themself"),
    ("left", M.JOINED, "themself"),
    ("left", M.PAUSED, "themself"),
    ("invited again", M.LEFT, "facilitator"),
    ("invited again", M.LEFT, "admin"),
    ("taken back", M.INVITED, "facilitator"),
    ("taken back", M.INVITED, "admin"),
    ("taken back", M.THINKING, "facilitator"),
    ("taken back", M.THINKING, "admin"),
}
WHO = ("facilitator", "chair", "member", "paused facilitator", "admin", "stranger")


def person(alias: str = "Dana", side: Side = Side.PROFESSIONAL, *, is_admin: bool = False) -> Person:
    return Person(id=uuid4(), alias=alias, side=side, is_admin=is_admin, active=True)


def table(state: W = W.ACTIVE, kind: Kind = Kind.STREAM) -> Workstream:
    return Workstream(id=uuid4(), name="Practice models", state=state, kind=kind)


def sit(
    stream: Workstream, who: Person, role: Role = Role.MEMBER, state: M = M.JOINED, seat: Seat | None = None
) -> Membership:
    chosen = seat or (Seat.MOTHER if who.side == Side.LIVED else Seat.MIDWIFE)
    return Membership(
        id=uuid4(), workstream=stream, person=who, person_id=who.id, seat=chosen, role=role, state=state, checks=[]
    )


def somebody(who: str, stream: Workstream) -> Person:
    found = person(who, is_admin=who == "admin")
    if who in {"facilitator", "chair", "member"}:
        sit(stream, found, Role(who))
    if who == "paused facilitator":
        sit(stream, found, Role.FACILITATOR, M.PAUSED)
    return found


def checked(professional: Membership, lived: Membership) -> None:
    both = CaseCheck(professional_id=professional.person_id, lived_id=lived.person_id)
    for membership in (professional, lived):
        membership.checks = [*membership.checks, both]


@pytest.mark.parametrize(("name", "state", "who"), list(itertools.product(rules.LIFECYCLE.moves, W, WHO)))
def test_every_move_of_a_table_from_every_state_by_everybody(name: str, state: W, who: str) -> None:
    stream = table(state)

    answer = rules.LIFECYCLE.may(somebody(who, stream), name, stream)

    assert bool(answer) == ((name, state, who) in TABLE_ALLOWED)
    assert bool(answer.reason) != bool(answer)


@pytest.mark.parametrize(
    ("name", "state", "who"), list(itertools.product(rules.MEMBERSHIP.moves, M, ("themself", *WHO)))
)
def test_every_move_of_a_place_from_every_state_by_everybody(name: str, state: M, who: str) -> None:
    stream, guest = table(), person("Robin", Side.LIVED)
    mover = guest if who == "themself" else somebody(who, stream)
    place = sit(stream, guest, state=state)
    for other in stream.memberships:
        if other is not place:
            checked(other, place)

    answer = rules.MEMBERSHIP.may(mover, name, place)

    assert bool(answer) == ((name, state, who) in PLACE_ALLOWED)
    assert bool(answer.reason) != bool(answer)


def test_an_extra_move_turns_the_table_of_moves_red() -> None:
    names = {name for name, _, _ in TABLE_ALLOWED}, {name for name, _, _ in PLACE_ALLOWED}
    assert names == (set(rules.LIFECYCLE.moves), set(rules.MEMBERSHIP.moves))


# --- The own-case check.


def test_facilitator_joins_an_empty_table_without_a_check() -> None:
    stream, sam = table(), person("Sam")
    place = sit(stream, sam, Role.FACILITATOR, M.INVITED)
    assert rules.MEMBERSHIP.may(sam, "joined", place)


def test_newcomer_waits_for_every_professional_already_in_rule_2() -> None:
    stream, robin = table(), person("Robin", Side.LIVED)
    first, second = sit(stream, person("Sam"), Role.FACILITATOR), sit(stream, person("Jo"), state=M.PAUSED)
    sit(stream, person("Kim"), state=M.INVITED)
    place = sit(stream, robin, state=M.INVITED)

    assert rules.unchecked(place) == [first, second]
    checked(first, place)
    assert rules.MEMBERSHIP.may(robin, "joined", place).reason == "Waiting for a check."
    checked(second, place)
    assert rules.MEMBERSHIP.may(robin, "joined", place)


@pytest.mark.parametrize("state", [M.INVITED, M.THINKING, M.JOINED, M.PAUSED])
def test_professional_waits_for_every_member_here_or_coming_rule_2(state: M) -> None:
    stream, dana = table(), person()
    lived = sit(stream, person("Robin", Side.LIVED), state=state)
    sit(stream, person("Kit", Side.LIVED), state=M.LEFT)
    place = sit(stream, dana, Role.CHAIR, M.INVITED)

    assert rules.unchecked(place) == [lived]
    assert rules.MEMBERSHIP.may(dana, "joined", place).reason == "Waiting for a check."
    checked(place, lived)
    assert rules.MEMBERSHIP.may(dana, "joined", place)


def test_check_with_somebody_else_does_not_count() -> None:
    stream = table()
    lived, place = sit(stream, person("Robin", Side.LIVED)), sit(stream, person(), state=M.INVITED)
    elsewhere = table()
    checked(place, sit(elsewhere, person("Kit", Side.LIVED)))
    assert rules.unchecked(place) == [lived]


def test_list_to_confirm_has_each_professional_here_or_coming_once() -> None:
    stream = table()
    here, coming = sit(stream, person("Sam")), sit(stream, person("Jo"), state=M.THINKING)
    sit(stream, person("Kim"), state=M.LEFT)
    done = sit(stream, person("Max"))
    for alias in ("Robin", "Kit"):
        checked(done, sit(stream, person(alias, Side.LIVED), state=M.INVITED))
    assert rules.to_confirm(stream) == [here, coming]


def test_nobody_joins_a_closed_table() -> None:
    stream, sam = table(W.CLOSED), person("Sam")
    place = sit(stream, sam, state=M.INVITED)
    assert rules.MEMBERSHIP.may(sam, "joined", place).reason == "It is closed."


def test_confirming_is_for_others_than_oneself_and_for_who_keeps_the_table() -> None:
    stream = table()
    sam, dana, ada = person("Sam"), person(), person("Ada", is_admin=True)
    sit(stream, sam, Role.FACILITATOR)
    place, own = sit(stream, dana), rules.membership_of(sam, stream)
    assert own is not None

    assert rules.may_confirm(sam, place)
    assert rules.may_confirm(ada, own)
    assert rules.may_confirm(sam, own).reason == "Somebody else confirms this for you."
    assert rules.may_confirm(dana, own).reason == "Only a facilitator or a programme admin can do this."


# --- Who is who, and who may be asked.


def test_who_is_who_counts_only_those_who_have_joined() -> None:
    stream = table(kind=Kind.STEERING)
    people = {who: somebody(who, stream) for who in WHO}

    def yes(rule: object) -> list[str]:
        return [who for who in WHO if rule(people[who], stream)]  # type: ignore[operator]

    assert yes(rules.is_member) == ["facilitator", "chair", "member"]
    assert yes(rules.is_facilitator) == ["facilitator"]
    assert yes(rules.is_chair) == ["chair"]
    assert yes(rules.keeps) == ["facilitator", "admin"]
    assert [m.role for m in rules.voters(stream)] == [Role.CHAIR, Role.MEMBER]
    assert len(rules.on_side(rules.seated(stream), Side.PROFESSIONAL)) == 3
    assert rules.on_side(rules.seated(stream), Side.LIVED) == []


def reason(answer: Answer) -> str:
    return answer.reason


def test_seat_is_given_on_the_guests_own_side_once_and_while_open() -> None:
    stream, sam, robin = table(), person("Sam"), person("Robin", Side.LIVED)
    sit(stream, sam, Role.FACILITATOR)

    assert rules.may_seat(sam, stream, robin, Seat.MOTHER, Role.MEMBER)
    assert reason(rules.may_seat(sam, stream, robin, Seat.LEADER, Role.MEMBER)) == (
        "The seat “senior leader” is not on Robin’s side of the table."
    )
    sit(stream, robin, state=M.LEFT)
    assert reason(rules.may_seat(sam, stream, robin, Seat.MOTHER, Role.MEMBER)) == "Robin has a place here already."
    assert reason(rules.may_invite(person(), stream)) == "Only a facilitator or a programme admin can do this."
    stream.state = W.CLOSED
    assert reason(rules.may_invite(sam, stream)) == "It is closed."


@pytest.mark.parametrize(
    ("kind", "role", "who", "said"),
    [
        (Kind.STREAM, Role.MEMBER, "facilitator", ""),
        (Kind.STREAM, Role.FACILITATOR, "admin", ""),
        (Kind.STEERING, Role.CHAIR, "admin", ""),
        (Kind.STREAM, Role.CHAIR, "admin", "Only a steering group has a chair."),
        (
            Kind.STREAM,
            Role.FACILITATOR,
            "facilitator",
            "Only a programme admin can choose who runs or chairs a group.",
        ),
    ],
)
def test_role_is_given_by_who_may_give_it(kind: Kind, role: Role, who: str, said: str) -> None:
    stream = table(kind=kind)
    assert rules.role_fits(somebody(who, stream), stream, role).reason == said


# --- What is said of a place.


@pytest.mark.parametrize(
    ("state", "said", "question", "thanks"),
    [
        (M.INVITED, "Invited", "Do you want to join this group?", "You are invited."),
        (M.THINKING, "Thinking about it", "Do you want to join this group?", "Take the time you need. No is fine too."),
        (M.JOINED, "In the group", "Do you want a break, or to leave?", "You are in the group."),
        (M.PAUSED, "Taking a break", "Do you want to come back?", "You are taking a break. Come back when you like."),
        (
            M.LEFT,
            "Not in the group now",
            "You are not in this group now.",
            "You are not in the group now. That is fine.",
        ),
    ],
)
def test_place_is_spoken_of_in_plain_words(state: M, said: str, question: str, thanks: str) -> None:
    place = sit(table(), person(), state=state)
    assert (rules.standing(place), rules.question_to(place), rules.thanks(place)) == (said, question, thanks)


@pytest.mark.parametrize("state", [M.INVITED, M.THINKING])
@pytest.mark.parametrize("side", Side)
def test_everybody_who_waits_is_spoken_of_in_the_same_words_p3(state: M, side: Side) -> None:
    stream = table()
    sit(stream, person("Sam"))
    sit(stream, person("Robin", Side.LIVED))
    assert rules.standing(sit(stream, person("New", side), state=state)) == "Waiting for a check"


def test_places_of_a_table_put_those_who_left_last() -> None:
    stream = table()
    sit(stream, person("Sam"))
    sit(stream, person("Ash"), state=M.LEFT)
    sit(stream, person("Kim"), state=M.PAUSED)
    assert [(said, m.person.alias) for said, m in rules.places(stream)] == [
        ("Taking a break", "Kim"),
        ("Not in the group now", "Ash"),
    ]
