"""Who may bring groups together, when all checks are through, and what is said of it meanwhile (domain rule 3, P3)."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.rules import add_working_days
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Workstream, WorkstreamState

LEAST_GROUPS = 2
LIVES = frozenset({WorkstreamState.ACTIVE, WorkstreamState.PAUSED})


def _by_itself(person: Person | None, _: Gathering) -> Answer:
    """The groups come together by the clock, for everybody at one time."""
    return YES if person is None else no("This comes by itself, once every check is made.")


def _keeper(person: Person | None, gathering: Gathering) -> Answer:
    if person is None:
        return no("Only a facilitator or a programme admin can do this.")
    return workstreams.keeps(person, gathering.workstream)


LIFECYCLE = Lifecycle[Gathering](
    [
        Move("came together", frozenset({GatheringState.WAITING}), GatheringState.TOGETHER, _by_itself),
        Move("called off", frozenset({GatheringState.WAITING}), GatheringState.CALLED_OFF, _keeper, "Call it off"),
    ]
)


# --- Asking for it.


def may_ask(person: Person, groups: Sequence[Workstream]) -> Answer:
    """Programme admins may, and who runs at least two of the groups this could be about."""
    may = person.is_admin or len(groups) >= LEAST_GROUPS
    return YES if may else no("Only who runs the groups, or a programme admin, can bring them together.")


def may_bring_together(
    person: Person, groups: Sequence[Workstream], kind: GatheringKind, waiting: Collection[UUID]
) -> Answer:
    """Who runs every one of these groups may, or a programme admin; a group is joined with others once at a time."""
    runs_all = person.is_admin or all(workstreams.is_facilitator(person, group) for group in groups)
    return (
        (YES if runs_all else no("Only who runs every one of these groups, or a programme admin, can do this."))
        & (YES if len({group.id for group in groups}) >= LEAST_GROUPS else no("Choose two groups or more."))
        & _are_alive(groups)
        & (_can_be_one(groups, waiting) if kind == GatheringKind.MERGED else YES)
    )


def _are_alive(groups: Sequence[Workstream]) -> Answer:
    not_now = next((group for group in groups if group.state != WorkstreamState.ACTIVE), None)
    return no(f"{not_now.name} is {not_now.state}.") if not_now else YES


def _can_be_one(groups: Sequence[Workstream], waiting: Collection[UUID]) -> Answer:
    steering = next((group for group in groups if group.kind == Kind.STEERING), None)
    if steering:
        return no(f"{steering.name} decides on what groups ask for, so it stays a group of its own.")
    busy = next((group for group in groups if group.id in waiting), None)
    return no(f"{busy.name} waits to be joined with another group already.") if busy else YES


def hosts(groups: Sequence[Workstream]) -> set[UUID]:
    """Answer who runs every one of the groups: they were checked at each, and make the checks of all the others."""
    return set.intersection(
        *({m.person_id for m in workstreams.seated(group) if m.role == Role.FACILITATOR} for group in groups)
    )


def places(groups: Sequence[Workstream], kind: GatheringKind) -> list[tuple[Membership, Role]]:
    """List whose places there would be, each person once: in the same seat, and who runs a group runs it there too.

    Somebody who takes a break is left alone, unless her group is to be joined with another.
    """
    wanted = workstreams.HERE if kind == GatheringKind.MERGED else {MembershipState.JOINED}
    found: dict[UUID, Membership] = {}
    for group in groups:
        for place in group.memberships:
            before = found.get(place.person_id)
            if place.state in wanted and (before is None or place.role == Role.FACILITATOR):
                found[place.person_id] = place
    return [(place, _role_there(place)) for place in found.values()]


def _role_there(place: Membership) -> Role:
    return Role.FACILITATOR if place.role == Role.FACILITATOR else Role.MEMBER


def since_asked(gathering: Gathering) -> list[tuple[Membership, Role]]:
    """List who came to groups that become one since they were asked: each is asked and checked like everybody.

    Groups that meet once leave whoever came later in her group, where the evenings go on.
    """
    if gathering.kind != GatheringKind.MERGED:
        return []
    known = _at_the_table(gathering)
    return [
        (place, role)
        for place, role in places(alive(gathering), gathering.kind)
        if place.person_id not in known or _came_back(place, known[place.person_id])
    ]


def still_coming(gathering: Gathering) -> list[tuple[Membership, Role]]:
    """List who is asked to one of the groups and has not sat down: her offer goes over to what they become."""
    known = _at_the_table(gathering)
    asked = [place for group in alive(gathering) for place in group.memberships if place.state in workstreams.COMING]
    first = {place.person_id: place for place in reversed(asked) if place.person_id not in known}
    return [(place, _role_there(place)) for place in first.values()]


def alive(gathering: Gathering) -> list[Workstream]:
    """List the groups that were not closed meanwhile."""
    return [origin.workstream for origin in gathering.origins if origin.workstream.state in LIVES]


def _at_the_table(gathering: Gathering) -> dict[UUID, Membership]:
    return {place.person_id: place for place in gathering.workstream.memberships}


def _came_back(place: Membership, there: Membership) -> bool:
    """Answer whether somebody let go with her group came to it again; who said no herself is not asked twice."""
    return there.left_on is not None and place.asked_on > there.left_on


# --- Coming together.


def first_day(gathering: Gathering, holidays: Sequence[Holiday]) -> date:
    """Answer the morning before which nobody hears, fixed from the day it was asked (P3)."""
    return add_working_days(gathering.asked_on, workstreams.DAYS_TO_HEAR, holidays)


def is_through(gathering: Gathering, today: date, holidays: Sequence[Holiday]) -> bool:
    """Answer whether all are asked, every check is made and everybody's time to hear has come, whichever way."""
    table = gathering.workstream
    made = not (since_asked(gathering) or workstreams.to_separate(table) or workstreams.to_confirm(table))
    heard = [heard for _, heard in workstreams.looked_at(table, holidays)]
    return made and all(day <= today for day in [first_day(gathering, holidays), *heard])


def may_plan_day(person: Person, gathering: Gathering, *, planned: bool) -> Answer:
    """Who runs the table may put one evening or day on a date, once the groups are together."""
    if gathering.kind == GatheringKind.MERGED:
        return no("A joined group plans its weeks like any other.")
    together = YES if gathering.state == GatheringState.TOGETHER else no(f"It is {gathering.state}.")
    once = no("Its day is planned already.") if planned else YES
    return workstreams.is_facilitator(person, gathering.workstream) & together & once & _is_open(gathering)


def may_end(person: Person, gathering: Gathering, *, over: bool) -> Answer:
    """Who keeps the table may close it when its day is over; a joined group goes on."""
    if gathering.kind == GatheringKind.MERGED:
        return no("A joined group goes on.")
    done = YES if over else no("Its day is still to come. Hold it or cancel it first.")
    together = YES if gathering.state == GatheringState.TOGETHER else no(f"It is {gathering.state}.")
    return workstreams.keeps(person, gathering.workstream) & together & _is_open(gathering) & done


def _is_open(gathering: Gathering) -> Answer:
    return no("It is closed.") if gathering.workstream.state == WorkstreamState.CLOSED else YES


# --- In words.


def asks(person: Person, gathering: Gathering) -> bool:
    """Answer whether this person reads it as somebody who is asked, and not as one who looks after it."""
    runs = any(workstreams.is_facilitator(person, origin.workstream) for origin in gathering.origins)
    return not (runs or workstreams.keeps(person, gathering.workstream))


def names(gathering: Gathering) -> list[str]:
    """Name the groups, by the alphabet."""
    return sorted(origin.workstream.name for origin in gathering.origins)


WHAT = {
    GatheringKind.MERGED: "Your groups become one group.",
    GatheringKind.JOINT_SESSION: "Your groups meet once, for an evening.",
    GatheringKind.DEVELOPMENT_DAY: "Your groups meet once, for a day. There is food and there are breaks.",
}
"""What somebody who is asked reads of it."""
