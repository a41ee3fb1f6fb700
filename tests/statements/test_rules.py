"""What a statement may be, who may say, sort and ask, and how a vote's lines are laid out; without a database."""

from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.statements import rules
from coprod.statements.models import Asked, Statement, StatementState, Theme
from coprod.statements.rules import STATEMENTS, Wish
from coprod.voting.models import Poll, PollOption, ResultLine, Shown, Standing
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream, WorkstreamState
from tests.cycles.build import ROLES, a_table, people

ALLOWED = {
    *(("set aside", StatementState.HEARD, who) for who in ("facilitator", "member", "chair")),
    *(("brought back", StatementState.SET_ASIDE, who) for who in ("facilitator", "member", "chair")),
}


def test_every_move_from_every_state_by_everybody() -> None:
    folk = people(*ROLES)
    table, found = a_table(folk), set()
    for name in STATEMENTS.moves:
        for state in StatementState:
            statement = Statement(workstream=table, words="A smile helps.", state=state, why_set_aside="Said twice")
            found |= {(name, state, who) for who in ROLES if STATEMENTS.may(folk[who], name, statement)}
    assert found == ALLOWED


def test_statement_is_not_set_aside_without_a_reason() -> None:
    folk = people(*ROLES)
    statement = Statement(workstream=a_table(folk), state=StatementState.HEARD, why_set_aside="")
    assert STATEMENTS.may(folk["member"], "set aside", statement).reason == "Say why it is set aside."


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("One midwife who knows my name.", ""),
        ("Bring a book, e.g. the blue one, or a film etc. for the wait", ""),
        ("I waited... and nobody came!", ""),
        (" ".join(["word"] * 30), ""),
        (" ".join(["word"] * 31), "Use 30 words at most. This has 31."),
        ("I wait. Nobody rings.", "Write one sentence here. Send it, then write the next."),
        ("“Why me?” and then nothing", "Write one sentence here. Send it, then write the next."),
        ("a" * 241, "Use 240 letters at most."),
    ],
)
def test_statement_is_one_short_sentence(typed: str, fault: str) -> None:
    assert rules.fault_in(typed) == fault


def test_two_sentences_are_the_same_but_for_large_letters_spaces_and_full_stop() -> None:
    assert rules.is_same("One  midwife.", "one Midwife")
    assert not rules.is_same("One midwife", "Two midwives")


def test_lines_that_do_not_fit_say_which_and_why() -> None:
    typed = "One midwife\n\n  A smile.  And a name.\nMy number is 943 476 5919\nSee BB21C00123 \r\n" + "word " * 31
    lines = rules.lines_in(typed)
    assert len(lines) == 5
    number = "This line holds a number that we must not keep here. Please take it out."
    assert [(line.number, line.fault) for line in rules.faulty(lines)] == [
        (2, "Write one sentence a line."),
        (3, number),
        (4, number),
        (5, "Use 30 words at most. This has 31."),
    ]


def _stream(
    *kinds: tuple[str, Role], state: WorkstreamState = WorkstreamState.ACTIVE
) -> tuple[Workstream, list[Person]]:
    stream, folk = Workstream(name="Practice models", state=state), []
    for alias, role in kinds:
        person = Person(id=uuid4(), alias=alias, side=Side.LIVED)
        Membership(workstream=stream, person=person, person_id=person.id, role=role, state=MembershipState.JOINED)
        folk.append(person)
    return stream, folk


def test_everybody_there_says_and_sorts_and_facilitators_add_and_ask() -> None:
    stream, (sam, robin) = _stream(("Sam", Role.FACILITATOR), ("Robin", Role.MEMBER))
    stranger = Person(id=uuid4(), alias="Kit", side=Side.LIVED)
    for who, says, adds in ((sam, True, True), (robin, True, False), (stranger, False, False)):
        assert bool(rules.may_say(who, stream)) is bool(rules.may_sort(who, stream)) is says
        assert bool(rules.may_add(who, stream)) is adds
    assert rules.may_ask(robin, stream).reason == "Only a facilitator can do this."
    assert rules.may_ask(sam, stream).reason == "A private vote needs 5 people or more. Talk it round instead."


def test_group_of_five_can_be_asked_b11() -> None:
    stream, (sam, *_) = _stream(("Sam", Role.FACILITATOR), *((f"Parent {n}", Role.MEMBER) for n in range(5)))
    assert rules.may_ask(sam, stream)


def test_group_that_rests_says_nothing_more() -> None:
    stream, (sam, robin) = _stream(("Sam", Role.FACILITATOR), ("Robin", Role.MEMBER), state=WorkstreamState.PAUSED)
    asked = [rules.may_say(robin, stream), rules.may_sort(robin, stream), rules.may_add(sam, stream)]
    assert {answer.reason for answer in (*asked, rules.may_ask(sam, stream))} == {"This group is paused now."}


def test_there_is_room_for_two_hundred_and_for_twenty_themes() -> None:
    stream, (sam, robin) = _stream(("Sam", Role.FACILITATOR), ("Robin", Role.MEMBER))
    assert rules.may_say(robin, stream, 199)
    assert "room for 200" in rules.may_say(robin, stream, 200).reason
    assert rules.may_add(sam, stream, 160, 40)
    assert not rules.may_add(sam, stream, 161, 40)
    assert rules.may_name(robin, stream, 19)
    assert rules.may_name(robin, stream, 20).reason == "20 themes are enough. Remove one first."


def test_two_to_twenty_statements_are_asked_about_and_none_that_is_set_aside() -> None:
    heard = [Statement(state=StatementState.HEARD) for _ in range(21)]
    assert [bool(rules.may_be_asked(heard[:n], heard)) for n in (1, 2, 20, 21)] == [False, True, True, False]
    aside = Statement(state=StatementState.SET_ASIDE)
    assert rules.may_be_asked([heard[0], aside], heard).reason == "One of these was set aside. Choose again."


def test_wish_is_overtaken_by_another_move_or_by_a_theme_that_went_r4() -> None:
    pay, time, other, key = uuid4(), uuid4(), uuid4(), uuid4()
    named = [pay, time, other]
    cases = [
        (Wish(key, None, pay), None, False),  # nobody touched it
        (Wish(key, None, pay), pay, False),  # both wanted the same
        (Wish(key, None, pay), time, True),  # somebody put it elsewhere
        (Wish(key, pay, None), time, True),
        (Wish(key, pay, None), pay, False),
        (Wish(key, None, uuid4()), None, True),  # the theme is gone
    ]
    assert [rules.is_overtaken(wish, stands, named) for wish, stands, _ in cases] == [late for _, _, late in cases]
    assert not Wish(key, pay, pay).moves
    assert Wish(key, pay, None).moves


def test_statements_are_laid_out_theme_by_theme_the_unsorted_first() -> None:
    pay, time = Theme(id=uuid4(), name="Pay"), Theme(id=uuid4(), name="Time")
    loose, paid = Statement(words="Hello", theme_id=None), Statement(words="Pay us", theme_id=pay.id)
    assert rules.by_theme([paid, loose], [pay, time]) == [(None, [loose]), (pay, [paid]), (time, [])]


def _asked(number: int, standing: Standing | None, theme: Theme | None) -> Asked:
    line = ResultLine(number=number, rank=1, standing=standing, reason="Most agree.") if standing else None
    return Asked(
        number=number, statement=Statement(theme=theme), option=PollOption(number=number, words="So", line=line)
    )


def test_common_ground_is_laid_out_by_standing_and_theme_b13() -> None:
    pay, time = Theme(name="Pay", number=1), Theme(name="About time", number=2)
    one, two, three = _asked(1, Standing.SHARED, time), _asked(2, Standing.SHARED, pay), _asked(3, Standing.OPEN, None)
    agree, part, still = rules.grounds([one, two, three, _asked(4, None, None)], apart=True)
    assert (agree.heading, agree.themes) == ("Where we agree", [("Pay", [two]), ("About time", [one])])
    assert (part.heading, part.themes) == ("Where we part", [])
    assert (still.heading, still.themes) == ("Still open", [("Not sorted", [three])])


def test_small_group_is_not_told_whether_its_sides_part_b13() -> None:
    assert [ground.heading for ground in rules.grounds([], apart=False)] == ["Where we agree", "Still open"]
    assert not rules.looks_at_sides(Poll(shown_of_lived=Shown.NOTHING))
    assert rules.looks_at_sides(Poll(shown_of_lived=Shown.WORD))
