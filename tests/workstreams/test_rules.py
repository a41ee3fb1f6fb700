"""The lives of tables and places, tried from every state by everybody; the own-case check. No database."""

import itertools
from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.core.answers import Answer
from coprod.messages.rules import names_nothing
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind, Rate
from coprod.workstreams import rules
from coprod.workstreams.models import (
    LIVED_SEATS,
    CaseCheck,
    CheckAnswer,
    Kind,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeparationCheck,
    Step,
    Workstream,
)
from coprod.workstreams.models import WorkstreamState as W
from coprod.workstreams.rules import hello

M = MembershipState
MONDAY = date(2025, 11, 3)
TODAY = date(2025, 11, 17)

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
    ("taken up", W.PROPOSED, "the clock"),
    ("came together", W.PROPOSED, "the clock"),
    ("called off", W.PROPOSED, "the clock"),
    ("joined with another group", W.ACTIVE, "the clock"),
    ("joined with another group", W.PAUSED, "the clock"),
    ("ended with its day", W.ACTIVE, "the clock"),
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
    given = {"seat": chosen, "role": role, "state": state, "said_yes": False, "wants_a_call": False}
    return Membership(id=uuid4(), workstream=stream, person=who, person_id=who.id, asked_on=MONDAY, checks=[], **given)


def looked_at(place: Membership, on: date = MONDAY, answer: CheckAnswer = CheckAnswer.TOGETHER) -> Membership:
    """The separation check of this place is made."""
    place.separation = SeparationCheck(answer=answer, checked_on=on, checked_by_id=uuid4())
    return place


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


@pytest.mark.parametrize(
    ("name", "state", "who"), list(itertools.product(rules.LIFECYCLE.moves, W, (*WHO, "the clock")))
)
def test_every_move_of_a_table_from_every_state_by_everybody(name: str, state: W, who: str) -> None:
    stream = table(state)

    if who == "the clock" and (name, state, who) not in TABLE_ALLOWED:
        return  # It only ever makes its own moves.
    mover = None if who == "the clock" else somebody(who, stream)

    answer = rules.LIFECYCLE.may(mover, name, stream)

    assert bool(answer) == ((name, state, who) in TABLE_ALLOWED)
    assert bool(answer.reason) != bool(answer)


@pytest.mark.parametrize(
    ("name", "state", "who"), list(itertools.product(rules.MEMBERSHIP.moves, M, ("themself", *WHO)))
)
def test_every_move_of_a_place_from_every_state_by_everybody(name: str, state: M, who: str) -> None:
    stream, guest = table(), person("Robin", Side.LIVED)
    mover = guest if who == "themself" else somebody(who, stream)
    place = looked_at(sit(stream, guest, state=state))
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


def test_facilitator_joins_an_empty_table_without_an_own_case_check() -> None:
    stream, sam = table(), person("Sam")
    place = looked_at(sit(stream, sam, Role.FACILITATOR, M.INVITED))
    assert rules.MEMBERSHIP.may(sam, "joined", place)


def test_newcomer_waits_for_every_professional_already_in_rule_2() -> None:
    stream, robin = table(), person("Robin", Side.LIVED)
    first, second = sit(stream, person("Sam"), Role.FACILITATOR), sit(stream, person("Jo"), state=M.PAUSED)
    sit(stream, person("Kim"), state=M.INVITED)
    place = looked_at(sit(stream, robin, state=M.INVITED))

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
    place = looked_at(sit(stream, dana, Role.CHAIR, M.INVITED))

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
        (M.INVITED, "Invited", "What would you like?", "You are invited."),
        (M.THINKING, "Thinking about it", "What would you like?", "Take the time you need. No is fine too."),
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
    place = looked_at(sit(table(), person(), state=state))
    assert (rules.standing(place, TODAY, []), rules.question_to(place), rules.thanks(place)) == (said, question, thanks)


def test_everybody_who_waits_is_spoken_of_in_the_same_words_whatever_waits_p3() -> None:
    """Nobody looked, looked but not yet heard, kept apart, or the own-case check is due: one wording."""
    stream, said = table(), set()
    sit(stream, person("Sam"))
    sit(stream, person("Robin", Side.LIVED))
    for state, side in itertools.product((M.INVITED, M.THINKING), (Side.LIVED, Side.PROFESSIONAL)):
        for answer in (None, *CheckAnswer):
            place = sit(stream, person("New", side), state=state)
            if answer:
                looked_at(place, TODAY, answer)
            said.add(rules.standing(place, TODAY, []))
    assert said == {"Waiting for a check"}


def test_places_of_a_table_put_those_who_left_last() -> None:
    stream = table()
    sit(stream, person("Sam"))
    sit(stream, person("Ash"), state=M.LEFT)
    sit(stream, person("Kim"), state=M.PAUSED)
    assert [(said, m.person.alias) for said, m in rules.places(stream, TODAY, [])] == [
        ("Taking a break", "Kim"),
        ("Not in the group now", "Ash"),
    ]


# --- The separation check and its clock (domain rule 3, P3).


def test_everybody_hears_on_the_second_working_day_whichever_way_it_went_p3() -> None:
    """Asked on a Thursday before a bank holiday Monday: Tuesday, not sooner; looked at late: the morning after."""
    off = [Holiday(kind=HolidayKind.BANK, first=date(2025, 8, 25), last=date(2025, 8, 25), what="Summer")]
    stream, asked = table(), date(2025, 8, 21)
    heard = {}
    for looked, answer in itertools.product((21, 22, 26, 27), CheckAnswer):
        place = looked_at(sit(stream, person(), state=M.INVITED), date(2025, 8, looked), answer)
        place.asked_on = asked
        heard.setdefault(looked, set()).add(rules.hears_on(place, off))
        assert rules.answer_by(place, off) == date(2025, 8, 26)
    assert heard == {day: {date(2025, 8, max(26, day + 1))} for day in (21, 22, 26, 27)}
    assert rules.hears_on(sit(stream, person(), state=M.INVITED), off) is None


def test_nobody_is_ready_before_both_checks_and_the_time_to_hear_p3() -> None:
    stream = table()
    sam = sit(stream, person("Sam"), Role.FACILITATOR)
    place = sit(stream, person("Robin", Side.LIVED), state=M.INVITED)
    said = []

    def ready(day: date = TODAY) -> str:
        said.append(rules.is_ready(place, day, []).reason)
        return said[-1]

    assert ready() == "Waiting for a check."
    looked_at(place)
    assert ready() == "Waiting for a check."
    checked(sam, place)
    hears = MONDAY + timedelta(2)
    assert [bool(rules.is_ready(place, hears - timedelta(n), [])) for n in (0, 1)] == [True, False]
    assert ready() == ""
    looked_at(place, answer=CheckAnswer.APART)
    assert ready() == "Waiting for a check."
    assert set(said) == {"Waiting for a check.", ""}


def test_apart_takes_effect_when_together_would_and_only_on_who_is_still_coming_p3() -> None:
    hears = MONDAY + timedelta(2)
    found = {}
    for state, answer in itertools.product(M, CheckAnswer):
        place = looked_at(sit(table(), person(), state=state), answer=answer)
        found[state, answer] = [rules.is_kept_apart(place, hears - timedelta(n), []) for n in (0, 1)]
    coming = {M.INVITED, M.THINKING}
    wanted = {
        (state, answer): [state in coming and answer == CheckAnswer.APART, False]
        for state, answer in itertools.product(M, CheckAnswer)
    }
    assert found == wanted


def test_who_takes_a_break_comes_back_without_a_new_separation_check() -> None:
    place = sit(table(), person(), state=M.PAUSED)
    assert rules.is_ready(place, TODAY, [])


def test_looking_is_for_who_keeps_the_table_once_and_never_while_one_waits_oneself() -> None:
    stream, sam, ada = table(), person("Sam"), person("Ada", is_admin=True)
    dana, kim = person("Dana"), person("Kim")
    sit(stream, sam, Role.FACILITATOR)
    sit(stream, dana)
    place = sit(stream, kim, state=M.INVITED)

    assert (bool(rules.may_check(sam, place)), bool(rules.may_check(ada, place))) == (True, True)
    assert rules.may_check(dana, place).reason == "Only a facilitator or a programme admin can do this."
    own = sit(stream, ada, state=M.THINKING)
    for waiting in (place, own):
        assert rules.may_check(ada, waiting).reason == "Somebody else makes the checks while you wait for one."
    assert rules.to_separate(stream) == [place, own]
    looked_at(place)
    assert rules.may_check(sam, place).reason == "This check is made."
    assert rules.to_separate(stream) == [own]
    assert rules.looked_at(stream, []) == [(place, MONDAY + timedelta(2))]


def test_those_asked_in_private_are_the_members_here_or_coming() -> None:
    stream = table()
    wanted = [sit(stream, person(state, Side.LIVED), state=state) for state in (M.INVITED, M.JOINED, M.PAUSED)]
    sit(stream, person("Gone", Side.LIVED), state=M.LEFT)
    sit(stream, person("Sam"))
    assert rules.asked_in_private(stream) == wanted
    assert (bool(rules.may_ask_apart(wanted[0].person)), bool(rules.may_ask_apart(person()))) == (True, False)


def test_what_was_kept_apart_is_ended_by_who_made_the_check_even_if_they_run_nothing_now() -> None:
    place = looked_at(sit(table(), person(), state=M.INVITED), answer=CheckAnswer.APART)
    checker = person("Sam")
    place.separation.checked_by_id = checker.id
    assert rules.MEMBERSHIP.may(checker, "taken back", place)
    assert not rules.MEMBERSHIP.may(person("Dana"), "taken back", place)


# --- What somebody may answer.


def test_answers_to_ones_own_place_in_each_state() -> None:
    stream, robin = table(), person("Robin", Side.LIVED)
    sit(stream, person("Sam"))

    def answers(state: M, *, said_yes: bool = False) -> list[str]:
        place = sit(stream, robin, state=state)
        place.said_yes = said_yes
        found = [move.name for move in rules.answers_to(robin, place)]
        stream.memberships.remove(place)
        return found

    assert {state: answers(state) for state in M} == {
        M.INVITED: ["thinking", "joined", "left"],
        M.THINKING: ["joined", "left"],
        M.JOINED: ["paused", "left"],
        M.PAUSED: ["joined", "left"],
        M.LEFT: [],
    }
    assert answers(M.INVITED, said_yes=True) == ["left"]


def test_yes_is_for_oneself_while_the_table_is_open_and_something_is_asked() -> None:
    stream, robin = table(), person("Robin", Side.LIVED)
    place = sit(stream, robin, state=M.INVITED)
    assert rules.may_say_yes(robin, place)
    assert rules.may_say_yes(person(), place).reason == "Only the person themself can say this."
    place.state = M.JOINED
    assert rules.may_say_yes(robin, place).reason == "There is nothing to answer here now."
    stream.state = W.CLOSED
    assert rules.may_say_yes(robin, place).reason == "It is closed."


def test_pressing_twice_is_known() -> None:
    place = sit(table(), person("Robin", Side.LIVED), state=M.INVITED)
    assert [rules.is_answered(place, name) for name in ("joined", "thinking")] == [False, False]
    place.said_yes = True
    assert rules.is_answered(place, "joined")
    assert rules.thanks(place) == "You said yes. You need not say it again."
    place.state, place.said_yes = M.THINKING, False
    assert rules.is_answered(place, "thinking")


def test_leaving_is_for_who_is_here_and_the_link_for_who_is_coming() -> None:
    stream, sam, robin = table(), person("Sam"), person("Robin", Side.LIVED)
    sit(stream, sam, Role.FACILITATOR)
    place = sit(stream, robin)
    assert (bool(rules.may_leave(robin, place)), bool(rules.may_leave(sam, place))) == (True, False)
    assert rules.may_send_link(sam, place).reason == "Robin has answered."
    place.state = M.LEFT
    assert rules.may_leave(robin, place).reason == "You are not in this group now."
    place.state = M.INVITED
    assert (bool(rules.may_send_link(sam, place)), bool(rules.may_send_link(robin, place))) == (True, False)


def test_who_wants_a_call_is_listed_until_she_answers() -> None:
    stream = table()
    for alias, state, wants in (("Zoe", M.THINKING, True), ("Kit", M.INVITED, True), ("Ash", M.THINKING, False)):
        sit(stream, person(alias, Side.LIVED), state=state).wants_a_call = wants
    sit(stream, person("Gone", Side.LIVED), state=M.LEFT).wants_a_call = True
    assert [place.person.alias for place in rules.to_ring(stream)] == ["Kit", "Zoe"]


# --- Another seat or role.


def test_another_seat_stays_on_ones_side_and_roles_are_for_admins() -> None:
    stream, sam, ada, dana = table(kind=Kind.STEERING), person("Sam"), person("Ada", is_admin=True), person()
    runs, place = sit(stream, sam, Role.FACILITATOR), sit(stream, dana)

    def said(by: Person, of: Membership, seat: Seat, role: Role) -> str:
        return rules.may_reseat(by, of, seat, role).reason

    assert said(sam, place, Seat.HEALTH, Role.MEMBER) == ""
    assert said(ada, place, Seat.MIDWIFE, Role.CHAIR) == ""
    assert said(sam, runs, Seat.HEALTH, Role.FACILITATOR) == ""
    only_admins = "Only a programme admin can choose who runs or chairs a group."
    assert said(sam, place, Seat.MIDWIFE, Role.CHAIR) == only_admins
    assert said(sam, runs, Seat.MIDWIFE, Role.MEMBER) == only_admins
    assert said(sam, place, Seat.MIDWIFE, Role.MEMBER) == "That is what they have now."
    assert said(ada, place, Seat.MOTHER, Role.MEMBER) == "The seat “mother” is not on Dana’s side of the table."
    assert said(dana, place, Seat.HEALTH, Role.MEMBER) == "Only a facilitator or a programme admin can do this."
    place.state = M.LEFT
    assert said(ada, place, Seat.HEALTH, Role.MEMBER) == "Dana does not sit here now."


# --- The first hello (journey 1).


def test_hello_says_who_is_there_by_role_in_words_that_tell_nothing() -> None:
    stream = table()
    assert hello.who_is_there(stream) == []
    sit(stream, person("Kit", Side.LIVED), state=M.INVITED)
    assert hello.who_is_there(stream) == ["parents and carers"]
    sit(stream, person("Sam"), Role.FACILITATOR, seat=Seat.TEAM)
    for seat in (Seat.MIDWIFE, Seat.HEALTH, Seat.MANAGER, Seat.FATHER):
        sit(stream, person(seat, seat.side), seat=seat)
    assert hello.who_is_there(stream) == ["parents and carers", "people from health", "managers"]
    assert hello.runs_it(stream) == ["Sam"]
    words = [*hello.NEUTRAL.values(), *hello.STEPS.values(), *hello.TIME.values(), hello.PARENTS]
    assert [one for one in words if not names_nothing(one)] == []
    assert set(hello.NEUTRAL) | LIVED_SEATS == set(Seat)


def test_hello_says_which_step_how_much_time_and_what_is_paid() -> None:
    stream = table()
    stream.step = Step.DESIGN
    assert hello.step(stream) == "You help us shape it. Others decide at the end."
    assert hello.time_it_takes(stream).startswith("We meet once a week for about ten weeks.")
    assert hello.pay([], "Sam") == "You are paid for your time. Sam will tell you how much."
    paid = [Rate(what="A meeting", pence=2500), Rate(what="an hour of work", pence=1250)]
    assert hello.pay(paid, "Sam") == "You are paid for your time: £25 for a meeting, £12.50 for an hour of work."
