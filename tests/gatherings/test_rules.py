"""Who may bring groups together, whose places there are, and the moves of it. No database."""

from datetime import date
from uuid import uuid4

from coprod.gatherings import rules
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState, Origin
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState
from tests.cycles.build import ROLES, people

G = GatheringState
ALLOWED = {
    ("came together", G.WAITING, "the clock"),
    ("called off", G.WAITING, "facilitator"),
    ("called off", G.WAITING, "admin"),
}


def a_group(
    name: str = "Mothers", kind: Kind = Kind.GROUP, state: WorkstreamState = WorkstreamState.ACTIVE
) -> Workstream:
    return Workstream(id=uuid4(), name=name, kind=kind, state=state)


def sit(
    group: Workstream, person: Person, role: Role = Role.MEMBER, state: MembershipState = MembershipState.JOINED
) -> Membership:
    seat = Seat.MOTHER if person.side == Side.LIVED else Seat.TEAM
    given = {"seat": seat, "role": role, "state": state, "checks": [], "asked_on": date(2025, 11, 17)}
    return Membership(id=uuid4(), workstream=group, person=person, person_id=person.id, **given)


def a_parent(alias: str) -> Person:
    return Person(id=uuid4(), alias=alias, side=Side.LIVED, is_admin=False)


def put(thing: object, state: object) -> None:
    setattr(thing, "state", state)  # noqa: B010 - the house's promise is about the code, not about what tests prepare


def test_every_move_from_every_state_by_everybody() -> None:
    folk: dict[str, Person | None] = {**people(*ROLES), "the clock": None}
    table = a_group("Together", Kind.GATHERING, WorkstreamState.PROPOSED)
    for role, person in folk.items():
        if person and role.split()[-1] in list(Role):
            state = MembershipState.PAUSED if role.startswith("paused") else MembershipState.JOINED
            sit(table, person, Role(role.split()[-1]), state)
    gathering = Gathering(workstream=table, kind=GatheringKind.MERGED)
    found = set()
    for state in G:
        put(gathering, state)
        found |= {
            (name, state, role)
            for role, person in folk.items()
            for name in rules.LIFECYCLE.moves
            if rules.LIFECYCLE.may(person, name, gathering)
        }
    assert found == ALLOWED


def test_asking_is_for_admins_and_who_runs_two_groups() -> None:
    sam, ada = people("facilitator", "admin").values()
    one, two = a_group(), a_group("Fathers")
    assert [bool(rules.may_ask(sam, groups)) for groups in ([], [one], [one, two])] == [False, False, True]
    assert rules.may_ask(ada, [])


def test_steering_group_meets_others_and_is_never_joined_with_them() -> None:
    (ada,) = people("admin").values()
    groups = [a_group(), a_group("Steering group", Kind.STEERING)]
    merged = rules.may_bring_together(ada, groups, GatheringKind.MERGED, ())
    assert merged.reason == "Steering group decides on what groups ask for, so it stays a group of its own."
    assert rules.may_bring_together(ada, groups, GatheringKind.DEVELOPMENT_DAY, ())


def test_everybody_has_one_place_and_who_runs_a_group_runs_the_table() -> None:
    sam, alex = people("facilitator", "chair").values()
    kit, robin = a_parent("Kit"), a_parent("Robin")
    one, two = a_group(), a_group("Fathers")
    sit(one, sam)
    sit(one, kit)
    sit(one, robin, state=MembershipState.PAUSED)
    sit(two, sam, Role.FACILITATOR)
    sit(two, kit)
    sit(two, alex, Role.CHAIR)
    sit(two, a_parent("Gone"), state=MembershipState.LEFT)

    def told(kind: GatheringKind) -> set[tuple[str, Role]]:
        return {(place.person.alias, role) for place, role in rules.places([one, two], kind)}

    here = {("Facilitator", Role.FACILITATOR), ("Kit", Role.MEMBER), ("Chair", Role.MEMBER)}
    assert told(GatheringKind.JOINT_SESSION) == here
    assert told(GatheringKind.MERGED) == here | {("Robin", Role.MEMBER)}
    assert rules.hosts([one, two]) == set()
    assert rules.hosts([two]) == {sam.id}


def test_planning_and_ending_are_for_evenings_and_days() -> None:
    (sam,) = people("facilitator").values()
    table = a_group("Together", Kind.GATHERING)
    sit(table, sam, Role.FACILITATOR)
    merged = Gathering(workstream=table, kind=GatheringKind.MERGED, state=G.TOGETHER)
    assert rules.may_plan_day(sam, merged, planned=False).reason == "A joined group plans its weeks like any other."
    assert rules.may_end(sam, merged, over=True).reason == "A joined group goes on."
    waits = Gathering(workstream=table, kind=GatheringKind.JOINT_SESSION, state=G.WAITING)
    assert rules.may_end(sam, waits, over=True).reason == "It is waiting for a check."


def test_who_looks_after_it_reads_more_than_who_is_asked() -> None:
    sam, ada, max_ = people("facilitator", "admin", "member").values()
    one, table = a_group(), a_group("Together", Kind.GATHERING)
    sit(one, sam, Role.FACILITATOR)
    gathering = Gathering(workstream=table, kind=GatheringKind.MERGED, origins=[Origin(workstream=one)])
    assert [rules.asks(person, gathering) for person in (sam, ada, max_)] == [False, False, True]
