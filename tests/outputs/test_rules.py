"""The life of what a group makes, tried from every state by everybody, and what is said of it. No database."""

from datetime import date
from uuid import uuid4

import pytest

from coprod.outputs import rules
from coprod.outputs.models import Launch, Output, OutputKind, OutputVersion, Trial, Use
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
        **({"launch_planned": None, "launches": []} | fields),
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


def out(*days: date, planned: date | None = None, because: str = "") -> list[Launch]:
    return [Launch(number=number, on=day, planned=planned, because=because) for number, day in enumerate(days, 1)]


def test_nothing_is_launched_untried_without_a_reason() -> None:
    bare, untried, tried = output(version=False), output(trial=False), output()
    sams = [somebody("facilitator", one) for one in (bare, untried, tried)]
    for one in (bare, untried):
        assert rules.says_why_untried(one, "").reason == rules.UNTRIED
    assert rules.says_why_untried(untried, "It is a film")
    assert rules.says_why_untried(tried, "")
    for name in ("put to the test", "launched"):
        assert rules.LIFECYCLE.may(sams[0], name, bare).reason == rules.NO_VERSION
    assert [bool(rules.may_launch(sam, one)) for sam, one in zip(sams, (bare, untried, tried), strict=True)] == [
        False,
        True,
        True,
    ]
    gone = output(S.RETIRED)
    assert rules.may_launch(somebody("facilitator", gone), gone).reason == "It is no longer used."


def test_it_goes_out_after_its_first_version_and_after_it_went_out_before() -> None:
    made = output()
    for day, why in (
        (date(2025, 11, 2), "There was no version yet on that day."),
        (date(2025, 11, 3), ""),
        (TODAY, ""),
        (date(2025, 11, 18), rules.STILL_TO_COME),
    ):
        assert rules.can_go_out(made, day, TODAY).reason == why
    made.launches = out(date(2025, 11, 12))
    assert rules.can_go_out(made, date(2025, 11, 11), TODAY).reason == "It went out later than that."
    assert rules.can_go_out(made, date(2025, 11, 12), TODAY)


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

    def words(*days: date, state=S.LAUNCHED, planned=None, then=None) -> str:
        made = output(state, launch_planned=then, launches=out(*days, planned=planned))
        return rules.launch_words(made, TODAY)

    assert words(may) == words(may, planned=may) == words(may, state=S.RETIRED) == "3 May 2024."
    assert words(may, planned=april) == "3 May 2024. It was planned for 10 April 2024."
    assert words(april, may) == "10 April 2024. Again on 3 May 2024."


def test_what_is_out_and_worked_on_again_stays_out() -> None:
    """It is out, and in use: no word says that it is not."""
    april, soon = date(2024, 4, 10), date(2026, 1, 2)
    for state, then, words in (
        (S.IN_REFINEMENT, None, "10 April 2024. It is being refined."),
        (S.IN_TEST, None, "10 April 2024. It is being tested."),
        (S.IN_REFINEMENT, soon, "10 April 2024. It is being refined. The next one is planned for 2 January 2026."),
        (
            S.IN_REFINEMENT,
            date(2025, 1, 2),
            "10 April 2024. It is being refined. The next one is planned for 2 January 2025. That day has passed.",
        ),
    ):
        made = output(state, launch_planned=then, launches=out(april))
        assert rules.launch_words(made, TODAY) == words
    assert [step.standing for step in rules.steps(made)] == ["done", "done", "now", "done"]


def test_why_it_went_out_untried_stands_with_its_day_where_it_went_out_twice() -> None:
    april, may = date(2024, 4, 10), date(2024, 5, 3)
    assert rules.untried_words(output()) == ""
    assert rules.untried_words(output(launches=out(april))) == ""
    assert rules.untried_words(output(launches=out(april, because="It is a film."))) == "It is a film."
    twice = [*out(april, because="It is a film."), Launch(number=2, on=may, because="")]
    assert rules.untried_words(output(launches=twice)) == "10 April 2024: It is a film."


def test_where_it_is_used_is_said_with_its_days() -> None:
    made = output(S.LAUNCHED)
    made.uses = [
        Use(place="At the booking visit", since=date(2024, 5, 3), until=None),
        Use(place="NHS desk", since=date(2024, 5, 3), until=date(2025, 1, 2)),
        Use(place="NHS pages", since=date(2025, 1, 2), until=None),
    ]
    assert [rules.use_words(use) for use in made.uses[:2]] == [
        "Since 3 May 2024",
        "From 3 May 2024 to 2 January 2025",
    ]
    assert rules.list_words(made, TODAY) == "A map. Used at the booking visit and NHS pages."
    assert rules.list_words(output(), TODAY) == "A map. Launch: no day yet."
    assert set(rules.KINDS) == set(OutputKind)
