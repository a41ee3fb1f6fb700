"""The life of what a group makes, tried from every state by everybody, and what is said of it. No database."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.outputs import rules
from coprod.outputs.models import Output, OutputKind, OutputVersion, Trial, Use
from coprod.outputs.models import OutputState as S
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

TODAY = date(2025, 11, 17)
WHO = ("facilitator", "member", "admin", "stranger")
ALLOWED = {
    ("put to the test", S.IN_DEVELOPMENT),
    ("put to the test", S.IN_REFINEMENT),
    ("refined", S.IN_TEST),
    ("launched", S.IN_DEVELOPMENT),
    ("launched", S.IN_TEST),
    ("launched", S.IN_REFINEMENT),
    ("retired", S.LAUNCHED),
    ("worked on again", S.LAUNCHED),
    ("worked on again", S.RETIRED),
}
"""Each by the group's facilitator, and nobody else."""


def output(state=S.IN_DEVELOPMENT, *, version=True, trial=True, **fields) -> Output:
    stream = Workstream(id=uuid4(), name="Mapping", kind=Kind.STREAM, state=WorkstreamState.ACTIVE)
    made = Output(
        id=uuid4(), name="Map", kind=OutputKind.MAP, state=state, workstream=stream, versions=[], uses=[],
        **({"untried_because": "", "launch_planned": None, "launched_on": None} | fields),
    )  # fmt: skip
    if version:
        made.versions = [OutputVersion(number=1, on=date(2025, 11, 3), new="A sketch", trials=[])]
        made.versions[0].trials = [Trial(who="Five parents", found="Too small", on=TODAY)] if trial else []
    return made


def somebody(who, made) -> Person:
    person = Person(id=uuid4(), alias="Sam", side=Side.PROFESSIONAL, is_admin=who == "admin")
    if who in ("facilitator", "member"):
        seat = {"role": Role(who), "state": MembershipState.JOINED, "seat": Seat.TEAM, "id": uuid4()}
        made.workstream.memberships.append(Membership(person_id=person.id, person=person, **seat))
    return person


def test_every_move_from_every_state_by_everybody() -> None:
    found = set()
    for name in rules.LIFECYCLE.moves:
        for state in S:
            for who in WHO:
                made = output(state)
                if rules.LIFECYCLE.may(somebody(who, made), name, made):
                    found.add((name, state, who))
    assert found == {(*allowed, "facilitator") for allowed in ALLOWED}


def test_nothing_is_launched_untried_without_a_reason() -> None:
    bare, untried, told = (
        output(version=False),
        output(trial=False),
        output(trial=False, untried_because="It is a film"),
    )
    said = [rules.LIFECYCLE.may(somebody("facilitator", one), "launched", one).reason for one in (bare, untried, told)]
    assert said == [rules.NO_VERSION, rules.UNTRIED, ""]
    assert rules.LIFECYCLE.may(somebody("facilitator", bare), "put to the test", bare).reason == rules.NO_VERSION
    assert [bool(rules.may_launch(somebody("facilitator", one), one)) for one in (bare, untried)] == [False, True]
    gone = output(S.RETIRED)
    assert rules.may_launch(somebody("facilitator", gone), gone).reason == "It is no longer used."


def test_one_press_makes_every_move_but_the_launch() -> None:
    made = output(S.IN_DEVELOPMENT)
    sam = somebody("facilitator", made)
    assert [move.label for move in rules.buttons(sam, made)] == ["People try it now"]
    assert rules.buttons(somebody("member", made), made) == []
    assert rules.is_a_button("retired")
    assert rules.is_a_button("launched").reason == "Say on which day it went out."


def test_what_is_no_longer_used_gets_nothing_new() -> None:
    made, gone, bare = output(S.LAUNCHED), output(S.RETIRED), output(version=False)
    for one, adds, used, plans in ((made, True, True, False), (gone, False, False, False), (bare, True, False, True)):
        sam = somebody("facilitator", one)
        answers = rules.may_add_to(sam, one), rules.may_be_used(sam, one), rules.may_plan(sam, one)
        assert [bool(answer) for answer in answers] == [adds, used, plans]
        assert rules.may_change(sam, one)
        assert rules.may_change(somebody("member", one), one).reason == "Only a facilitator can do this."


def test_days_must_have_come_and_fit_each_other() -> None:
    early, late = date(2025, 11, 1), date(2025, 11, 18)
    version, use = output().versions[0], Use(place="At the desk", since=date(2025, 11, 3), until=None)
    assert [bool(rules.has_come(day, TODAY)) for day in (early, TODAY, late)] == [True, True, False]
    assert [bool(rules.can_be_planned(day, TODAY)) for day in (None, early, TODAY, late)] == [True, False, True, True]
    assert [bool(rules.can_be_tried(version, day, TODAY)) for day in (early, TODAY, late)] == [False, True, False]
    assert [bool(rules.can_end(use, day, TODAY)) for day in (early, TODAY, late)] == [False, True, False]
    use.until = TODAY
    assert rules.can_end(use, TODAY, TODAY).reason == "This has ended already."


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("", True),
        ("https://example.org/map", True),
        ("http://example.org/map", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://me@example.org", False),
        ("https://example.org/a b", False),
    ],
)
def test_an_address_leads_to_a_page_nobody_can_read_along_o8(address, fine) -> None:
    assert bool(rules.can_lead_to(address)) is fine


def test_it_comes_of_a_recommendation_of_its_own_group() -> None:
    made = output()
    own, other = Recommendation(workstream_id=made.workstream.id), Recommendation(workstream_id=uuid4())
    assert [bool(rules.can_come_from(one, made.workstream)) for one in (None, own, other)] == [True, True, False]


def test_what_was_not_sent_is_shown_to_its_own_group_alone_p1() -> None:
    made = output()
    sits, not_there = somebody("member", made), somebody("stranger", made)
    assert not rules.shows_what_it_came_of(sits, made)
    made.recommendation = Recommendation(submitted_on=None)
    assert [rules.shows_what_it_came_of(one, made) for one in (sits, not_there)] == [True, False]
    made.recommendation.submitted_on = TODAY
    assert rules.shows_what_it_came_of(not_there, made)


# --- In words.


def test_how_far_it_is_stands_in_four_steps() -> None:
    assert [[step.standing for step in rules.steps(output(state))] for state in S] == [
        ["now", "to come", "to come", "to come"],
        ["done", "now", "to come", "to come"],
        ["done", "done", "now", "to come"],
        ["done"] * 4,
        ["done"] * 4,
    ]
    assert [step.word for step in rules.steps(output())] == ["Developed", "Tested", "Refined", "Launched"]


def test_a_launch_that_did_not_come_is_said_plainly() -> None:
    april, may = date(2024, 4, 10), date(2024, 5, 3)
    assert rules.launch_words(output(), TODAY) == "No day yet."
    assert rules.launch_words(output(launch_planned=date(2026, 1, 2)), TODAY) == "Planned for 2 January 2026."
    assert rules.launch_words(output(launch_planned=april), TODAY) == "Planned for 10 April 2024. It is not out yet."
    out = {"state": S.LAUNCHED, "launched_on": may}
    assert rules.launch_words(output(**out), TODAY) == "3 May 2024."
    assert rules.launch_words(output(**out, launch_planned=may), TODAY) == "3 May 2024."
    assert rules.launch_words(output(**out, launch_planned=april), TODAY) == (
        "3 May 2024. It was planned for 10 April 2024."
    )
    again = output(S.IN_REFINEMENT, launched_on=may)
    assert rules.launch_words(again, TODAY) == "No day yet."


def test_where_it_is_used_is_a_sentence_for_those_who_asked() -> None:
    made = output(S.LAUNCHED)
    made.uses = [
        Use(place="At the booking visit", since=date(2024, 5, 3), until=None),
        Use(place="NHS desk", since=date(2024, 5, 3), until=date(2025, 1, 2)),
        Use(place="NHS pages", since=date(2025, 1, 2), until=None),
    ]
    assert rules.changed_in_the_world([made]) == ["Map is now used at the booking visit", "Map is now used NHS pages"]
    assert [rules.use_words(use) for use in made.uses[:2]] == [
        "Since 3 May 2024",
        "From 3 May 2024 to 2 January 2025",
    ]
    assert rules.list_words(made, TODAY) == "A map. Used at the booking visit and NHS pages."
    assert rules.list_words(output(), TODAY) == "A map. Launch: no day yet."
    assert set(rules.KINDS) == set(OutputKind)
