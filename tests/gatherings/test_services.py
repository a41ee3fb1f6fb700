"""Groups asked to come together, checked, together for everybody at one time, called off, planned, closed."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.cycles.models import Part, SessionState
from coprod.cycles.rules.moves import may_plan
from coprod.gatherings import queries, services
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState
from coprod.workstreams import queries as tables
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import CheckAnswer, Kind, MembershipState, Role, Seat, Words, WorkstreamState
from coprod.workstreams.rules import meets_once, membership_of
from tests.factories import a_membership, a_person, a_professional, a_stream
from tests.gatherings.conftest import Groups, check_all, place_of

M = MembershipState


def _standing(gathering: object) -> dict[str, tuple[M, bool]]:
    return {m.person.alias: (m.state, m.said_yes) for m in gathering.workstream.memberships}  # type: ignore[attr-defined]


def test_everybody_of_both_groups_has_a_place_that_waits_rule_3(groups: Groups) -> None:
    gathering = groups.ask()

    assert (gathering.state, gathering.workstream.kind) == (GatheringState.WAITING, Kind.JOINED)
    assert gathering.workstream.state == WorkstreamState.PROPOSED
    assert {m.person.alias: (m.seat, m.role, m.state) for m in gathering.workstream.memberships} == {
        "Sam": (Seat.TEAM, Role.FACILITATOR, M.JOINED),
        "Max": (Seat.MANAGER, Role.MEMBER, M.INVITED),
        "Robin": (Seat.MOTHER, Role.MEMBER, M.INVITED),
        "Kit": (Seat.MOTHER, Role.MEMBER, M.INVITED),
        "Joe": (Seat.FATHER, Role.MEMBER, M.INVITED),
        "Lou": (Seat.FATHER, Role.MEMBER, M.INVITED),
    }


def test_who_runs_one_group_alone_waits_like_everybody_rule_3(groups: Groups) -> None:
    pat = a_professional("Pat")
    a_membership(groups.fathers, pat, Role.FACILITATOR, Seat.TEAM)
    place = place_of(pat, groups.ask())
    assert (place.role, place.state) == (Role.FACILITATOR, M.INVITED)


def test_professional_cannot_sit_down_with_the_own_case_check_undone_rule_2(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    place = place_of(groups.max, gathering)
    noa = a_membership(gathering.workstream, a_professional("Noa"), state=M.INVITED)
    workstreams.move(place, "joined", by=groups.max)
    wednesday()

    assert services.come_together() == 0
    assert (place.state, place.said_yes) == (M.INVITED, True)
    workstreams.move(noa, "taken back", by=groups.sam)
    assert services.come_together() == 1
    assert place.state == M.JOINED


def test_nobody_hears_before_all_checks_are_made_and_the_time_is_over_p3(
    groups: Groups, clock: Callable[..., None]
) -> None:
    gathering = groups.ask()
    robin = place_of(groups.people["Robin"], gathering)
    workstreams.move(robin, "joined", by=groups.people["Robin"])
    waiting = []
    waiting.append((services.come_together(), workstreams.settle_places()))
    clock(2025, 11, 19, 8, 0)
    waiting.append((services.come_together(), workstreams.settle_places()))
    check_all(gathering, by=groups.sam, apart="Joe")
    waiting.append((services.come_together(), workstreams.settle_places()))
    assert waiting == [(0, 0)] * 3
    assert {state for state, _ in _standing(gathering).values()} == {M.JOINED, M.INVITED}
    assert robin.state == M.INVITED

    clock(2025, 11, 20, 8, 0)

    assert services.come_together() == 1
    assert _standing(gathering) == {
        "Sam": (M.JOINED, False),
        "Robin": (M.JOINED, False),
        "Max": (M.INVITED, False),
        "Kit": (M.INVITED, False),
        "Joe": (M.LEFT, False),
        "Lou": (M.INVITED, False),
    }
    assert services.come_together() == 0


def test_groups_that_are_one_now_are_closed_and_keep_what_is_theirs(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    groups.fathers.state = WorkstreamState.CLOSED
    wednesday()
    services.come_together()

    assert (gathering.state, gathering.workstream.state) == (GatheringState.TOGETHER, WorkstreamState.ACTIVE)
    assert (groups.mothers.state, groups.fathers.state) == (WorkstreamState.CLOSED, WorkstreamState.CLOSED)
    assert {m.state for m in groups.mothers.memberships} == {M.JOINED}


def test_joined_group_plans_weeks_like_any_other_and_groups_that_meet_once_do_not(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    asked = [services.bring_together(groups.both, kind, kind, "Group", by=groups.sam) for kind in GatheringKind]
    for gathering in asked:
        check_all(gathering, by=groups.sam)
    wednesday()
    assert services.come_together() == len(asked)
    made = {gathering.kind: gathering.workstream for gathering in asked}
    assert [kind for kind, table in made.items() if meets_once(table)] == [
        GatheringKind.JOINT_SESSION,
        GatheringKind.DEVELOPMENT_DAY,
    ]
    assert may_plan(groups.sam, made[GatheringKind.MERGED])
    named = {group.name for group in queries.groups_for(groups.ada)}
    assert named == {made[GatheringKind.MERGED].name}


def test_a_member_who_answers_later_joins_at_once_and_one_who_breaks_is_kept_a_place(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    kit = groups.people["Kit"]
    workstreams.move(next(m for m in groups.mothers.memberships if m.person_id == kit.id), "paused", by=kit)
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    wednesday()
    services.come_together()
    workstreams.move(place_of(kit, gathering), "joined", by=kit)
    assert place_of(kit, gathering).state == M.JOINED


def test_joint_session_leaves_the_groups_and_whoever_breaks_alone(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    kit = groups.people["Kit"]
    workstreams.move(next(m for m in groups.mothers.memberships if m.person_id == kit.id), "paused", by=kit)
    gathering = groups.ask(GatheringKind.JOINT_SESSION)
    assert "Kit" not in _standing(gathering)
    check_all(gathering, by=groups.sam)
    wednesday()
    services.come_together()
    assert (groups.mothers.state, groups.fathers.state) == (WorkstreamState.ACTIVE, WorkstreamState.ACTIVE)


def test_journal_says_who_checked_and_when_and_not_what_was_said_p3(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    gathering = groups.ask()
    workstreams.ask_apart(groups.people["Robin"], "Joe from the other group", by=groups.people["Robin"])
    check_all(gathering, by=groups.sam, apart="Joe")
    made = db.session.scalars(select(Entry).where(Entry.verb == "check made")).all()

    places = {m.id for m in gathering.workstream.memberships if m.person_id != groups.sam.id}
    assert {(entry.by_id, entry.subject_id in places) for entry in made} == {(groups.sam.id, True)}
    assert {(entry.before, entry.after) for entry in made} == {("", "")}
    assert len(made) == len(places)


def test_called_off_takes_every_offer_back_and_opens_nothing(groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    services.call_off(gathering, by=groups.sam)
    wednesday()

    assert services.come_together() == 0
    assert (gathering.state, gathering.workstream.state) == (GatheringState.CALLED_OFF, WorkstreamState.CLOSED)
    assert {alias: state for alias, (state, _) in _standing(gathering).items() if alias != "Sam"} == dict.fromkeys(
        ["Max", "Robin", "Kit", "Joe", "Lou"], M.LEFT
    )
    assert groups.mothers.state == WorkstreamState.ACTIVE
    with pytest.raises(Refused, match="It is called off"):
        services.call_off(gathering, by=groups.sam)


def test_bringing_together_is_refused_with_its_reason(groups: Groups) -> None:
    legal = a_stream(groups.mothers.programme, "Legal", facilitator=a_professional("Kim"))
    waits = groups.ask()
    asked = (
        ([groups.mothers, legal], GatheringKind.JOINT_SESSION, groups.sam, "Only who runs every one"),
        ([groups.mothers, groups.mothers], GatheringKind.JOINT_SESSION, groups.sam, "two groups or more"),
        (groups.both, GatheringKind.MERGED, groups.sam, "waits to be joined with another group already"),
    )
    for chosen, kind, by, reason in asked:
        with pytest.raises(Refused, match=reason):
            services.bring_together(chosen, kind, "Again", "Tuesday group", by=by)
    legal.state = WorkstreamState.PAUSED
    with pytest.raises(Refused, match="Legal is paused"):
        services.bring_together([groups.mothers, legal], GatheringKind.MERGED, "Again", "Group", by=groups.ada)
    assert waits.state == GatheringState.WAITING


# --- Who came to the groups, was asked to them, or left them while they waited.


def test_who_came_to_a_group_meanwhile_is_asked_and_checked_before_groups_are_one_rule_3(
    groups: Groups, clock: Callable[..., None]
) -> None:
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    noa = a_person("Noa")
    a_membership(groups.fathers, noa, seat=Seat.FATHER)
    clock(2025, 11, 19, 8, 0)

    assert services.come_together() == 0
    assert _standing(gathering)["Noa"] == (M.INVITED, False)
    assert (gathering.state, groups.fathers.state) == (GatheringState.WAITING, WorkstreamState.ACTIVE)
    for professional, by in ((groups.max, groups.sam), (groups.sam, groups.ada)):
        workstreams.confirm_no_family_case(gathering.workstream, professional, by=by)
    workstreams.check_separation(place_of(noa, gathering), CheckAnswer.TOGETHER, by=groups.sam)
    clock(2025, 11, 24, 8, 0)
    assert services.come_together() == 1
    assert _standing(gathering)["Noa"] == (M.INVITED, False)


def test_who_leaves_her_group_meanwhile_is_not_asked_any_more(groups: Groups, clock: Callable[..., None]) -> None:
    gathering = groups.ask()
    robin, lou = groups.people["Robin"], groups.people["Lou"]
    a_membership(groups.fathers, robin)
    for person, group in ((robin, groups.mothers), (lou, groups.fathers)):
        workstreams.leave(membership_of(person, group), Words.KEEP, by=person)  # type: ignore[arg-type]
    assert {alias: _standing(gathering)[alias][0] for alias in ("Robin", "Lou")} == {"Robin": M.INVITED, "Lou": M.LEFT}

    workstreams.leave(membership_of(groups.sam, groups.mothers), Words.KEEP, by=groups.sam)  # type: ignore[arg-type]
    assert _standing(gathering)["Sam"] == (M.JOINED, False)
    workstreams.leave(membership_of(groups.sam, groups.fathers), Words.KEEP, by=groups.sam)  # type: ignore[arg-type]
    assert _standing(gathering)["Sam"] == (M.LEFT, False)


def test_leaving_everywhere_ends_each_place_once_whichever_comes_first(groups: Groups) -> None:
    """With her group she leaves the table it waits at: whoever is removed, or erases herself, is not held up by it."""
    gathering = groups.ask()
    for person in groups.people.values():
        workstreams.leave_everywhere(person)
    assert {_standing(gathering)[alias] for alias in groups.people} == {(M.LEFT, False)}


def test_who_left_and_came_back_is_asked_again_and_who_said_no_is_not(
    groups: Groups, clock: Callable[..., None]
) -> None:
    gathering = groups.ask()
    joe, lou = groups.people["Joe"], groups.people["Lou"]
    workstreams.move(place_of(joe, gathering), "left", by=joe)
    seat = membership_of(lou, groups.fathers)
    workstreams.leave(seat, Words.KEEP, by=lou)  # type: ignore[arg-type]
    clock(2025, 11, 18, 9, 0)
    seat.state, seat.asked_on, seat.left_on = M.JOINED, date(2025, 11, 18), None  # type: ignore[union-attr]
    services.come_together()
    assert {alias: _standing(gathering)[alias][0] for alias in ("Joe", "Lou")} == {"Joe": M.LEFT, "Lou": M.INVITED}


def test_offer_of_a_group_that_became_part_of_one_goes_over_to_the_one(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    noa, max_ = a_person("Noa"), groups.max
    offered = a_membership(groups.fathers, noa, seat=Seat.FATHER, state=M.INVITED)
    also = a_membership(groups.fathers, max_, seat=Seat.MANAGER, state=M.INVITED)
    workstreams.move(offered, "thinking", by=noa)
    workstreams.ask_apart(noa, "Joe from the other group", by=noa)
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    wednesday()

    assert services.come_together() == 1
    assert (offered.state, also.state) == (M.LEFT, M.LEFT)
    there = place_of(noa, gathering)
    assert (there.state, there.seat, there.wants_a_call, there.asked_on) == (
        M.INVITED,
        Seat.FATHER,
        True,
        date(2025, 11, 19),
    )
    assert [asked.words for asked in tables.own_requests(noa)] == ["Joe from the other group"]
    assert place_of(max_, gathering).asked_on == gathering.asked_on


def test_groups_that_meet_once_leave_whoever_came_later_in_her_group(
    groups: Groups, wednesday: Callable[[], None]
) -> None:
    gathering = groups.ask(GatheringKind.JOINT_SESSION)
    a_membership(groups.fathers, a_person("Noa"), seat=Seat.FATHER)
    check_all(gathering, by=groups.sam)
    wednesday()
    assert services.come_together() == 1
    assert "Noa" not in _standing(gathering)


def test_looking_every_minute_holds_nothing_and_asks_as_much_for_three_as_for_one(
    groups: Groups, query_count: list[str]
) -> None:
    counts = []
    for number in (1, 3):
        for each in range(number):
            services.bring_together(
                groups.both, GatheringKind.JOINT_SESSION, f"Evening {number} {each}", "Group", by=groups.sam
            )
        db.session.commit()
        query_count.clear()
        assert services.come_together() == 0
        counts.append(len([one for one in query_count if one.startswith("SELECT")]))
        assert not [one for one in query_count if "FOR UPDATE" in one]
    assert counts[0] == counts[1]


def test_what_was_called_off_meanwhile_does_not_come_together(
    groups: Groups, wednesday: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering = groups.ask()
    check_all(gathering, by=groups.sam)
    wednesday()
    hold = workstreams.hold

    def called_off_first(table: object) -> None:
        hold(table)  # type: ignore[arg-type]
        if gathering.state == GatheringState.WAITING:
            services.call_off(gathering, by=groups.sam)

    monkeypatch.setattr(workstreams, "hold", called_off_first)
    assert services.come_together() == 0
    assert gathering.state == GatheringState.CALLED_OFF


# --- The one evening or day.


def _together(groups: Groups, kind: GatheringKind, wednesday: Callable[[], None]) -> Gathering:
    gathering = groups.ask(kind)
    check_all(gathering, by=groups.sam)
    wednesday()
    services.come_together()
    return gathering


def test_development_day_has_five_hours_with_breaks_and_lunch(groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = _together(groups, GatheringKind.DEVELOPMENT_DAY, wednesday)
    cycle = services.plan_day(gathering, date(2025, 12, 2), time(10), by=groups.sam, minutes=300, place="The hall")

    (session,) = cycle.sessions
    assert (session.on, session.minutes, session.place, session.state) == (
        date(2025, 12, 2),
        300,
        "The hall",
        SessionState.DRAFT,
    )
    assert [item.title for item in session.items if item.part == Part.BREAK] == ["Break", "Lunch", "Break"]
    with pytest.raises(Refused, match="planned already"):
        services.plan_day(gathering, date(2025, 12, 9), time(10), by=groups.sam, minutes=300)


def test_day_is_refused_while_it_waits_and_where_it_does_not_fit(groups: Groups, wednesday: Callable[[], None]) -> None:
    waiting = groups.ask(GatheringKind.DEVELOPMENT_DAY)
    with pytest.raises(Refused, match="waiting for a check"):
        services.plan_day(waiting, date(2025, 12, 2), time(10), by=groups.sam, minutes=300)
    services.call_off(waiting, by=groups.sam)
    gathering = services.bring_together(groups.both, GatheringKind.JOINT_SESSION, "An evening", "Group", by=groups.sam)
    check_all(gathering, by=groups.sam)
    wednesday()
    services.come_together()
    refused = (
        (date(2025, 12, 2), 300, "from 90 to 120 minutes"),
        (date(2025, 11, 18), 115, "That day is over"),
        (date(2025, 12, 25), 115, "is free: Christmas Day"),
    )
    for on, minutes, reason in refused:
        with pytest.raises(Refused, match=reason):
            services.plan_day(gathering, on, time(18), by=groups.sam, minutes=minutes)


def test_table_of_an_evening_is_closed_once_that_is_over(groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = _together(groups, GatheringKind.JOINT_SESSION, wednesday)
    with pytest.raises(Refused, match="still to come"):
        services.end(gathering, by=groups.sam)
    cycle = services.plan_day(gathering, date(2025, 12, 2), time(18), by=groups.sam, minutes=115)
    cycles.cancel(cycle.sessions[0], by=groups.sam)
    services.end(gathering, by=groups.sam)
    assert gathering.workstream.state == WorkstreamState.CLOSED
    with pytest.raises(Refused, match="It is closed"):
        services.end(gathering, by=groups.sam)
