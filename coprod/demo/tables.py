"""Who sits where: three groups, the steering group, and the own-case checks before anybody joins."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from coprod.demo.people import LEADS
from coprod.demo.stage import Stage, at
from coprod.programmes import services as programmes
from coprod.workstreams import queries, services
from coprod.workstreams.models import CheckAnswer, Kind, Role, Seat, Workstream, WorkstreamState

MADE_READY = date(2022, 9, 5)
TO_ANSWER = timedelta(14)


@dataclass(frozen=True)
class Table:
    """One group of the public record, what its pages call it, and who sits there as what."""

    key: str
    name: str
    neutral_name: str
    since: date
    seats: dict[str, Seat]
    facilitator: str = "Sam"


TUESDAY = Table(
    "tuesday",
    "Relationships and transitions",
    "Tuesday group",
    date(2022, 9, 6),
    {
        "Robin": Seat.MOTHER,
        "Kit": Seat.MOTHER,
        "Dee": Seat.MOTHER,
        "Ash": Seat.FATHER,
        "Bo": Seat.FATHER,
        "Lou": Seat.CARER,
        "Clinic Example": Seat.MIDWIFE,
        "Health Example": Seat.HEALTH,
        "Manager Example": Seat.MANAGER,
        "Midwife Example": Seat.MIDWIFE,
        "Practitioner Example": Seat.PRACTITIONER,
        "Public Health Example": Seat.PUBLIC_HEALTH,
        "Voluntary Example": Seat.THIRD_SECTOR,
    },
)
THURSDAY = Table(
    "thursday",
    "Systems and process mapping",
    "Thursday group",
    date(2025, 4, 10),
    {
        "Max": Seat.FATHER,
        "Pat": Seat.MOTHER,
        "Health Example": Seat.HEALTH,
        "Manager Example": Seat.MANAGER,
        "Practitioner Example": Seat.PRACTITIONER,
        "Voluntary Example": Seat.THIRD_SECTOR,
    },
)
LEGAL = Table(
    "legal",
    "Legal",
    "Wednesday group",
    date(2025, 9, 3),
    {
        "Judge Example": Seat.JUDICIARY,
        "Lawyer Example": Seat.LEGAL,
        "Health Example": Seat.HEALTH,
        "Researcher Example": Seat.ACADEMIC,
        "Voluntary Example": Seat.THIRD_SECTOR,
    },
)
STEERING_SEATS = {
    "Val": Seat.MOTHER,
    "Eden": Seat.FATHER,
    "Jude": Seat.CARER,
    "Director Example": Seat.LEADER,
    "Finance Example": Seat.LEADER,
    "Commissioner Example": Seat.PUBLIC_HEALTH,
    "Lawyer Example": Seat.LEGAL,
    "Manager Example": Seat.MANAGER,
    "Midwife Example": Seat.MIDWIFE,
    "Nurse Example": Seat.HEALTH,
    "Researcher Example": Seat.ACADEMIC,
    "Schools Example": Seat.LEADER,
    "Third Sector Example": Seat.THIRD_SECTOR,
}


def seat_steering_group(stage: Stage) -> None:
    """Let the steering group come together, with Alex in the chair."""
    group = queries.steering_group_of(stage.programme)
    if group is None:
        raise LookupError("The public record names no steering group.")
    stage.tables["steering"] = group
    with at(MADE_READY):
        programmes.set_lead(stage.programme, *(stage.people[alias] for alias in LEADS), by=stage.admin)
        programmes.sign_off(stage.programme, date(2022, 8, 30), date(2022, 9, 2), by=stage.admin)
        programmes.move(stage.programme, "started", by=stage.admin)
    with at(MADE_READY - TO_ANSWER):
        services.invite(group, stage.chair, Seat.LEADER, Role.CHAIR, by=stage.admin)
        _ask(stage, group, STEERING_SEATS)
    with at(MADE_READY):
        _join(group)


def gather(stage: Stage, table: Table) -> None:
    """Start a group of the public record again, and seat its people."""
    group = next(one for one in queries.named_to(stage.admin) if one.name == table.name and one.kind == Kind.STREAM)
    stage.tables[table.key] = group
    with at(table.since - TO_ANSWER):
        for name in ("prioritised", "started") if group.state == WorkstreamState.CLOSED else ():
            services.move_stream(group, name, by=stage.admin)
        services.call(group, table.neutral_name, by=stage.admin)
        services.invite(group, stage.people[table.facilitator], Seat.TEAM, Role.FACILITATOR, by=stage.admin)
        _ask(stage, group, table.seats)
    with at(table.since):
        _join(group)


def _ask(stage: Stage, group: Workstream, seats: dict[str, Seat]) -> None:
    for alias, seat in seats.items():
        services.invite(group, stage.people[alias], seat, by=stage.admin)
    for membership in [m for m in group.memberships if not m.person.is_lived]:
        services.confirm_no_family_case(group, membership.person, by=stage.admin)
    for membership in list(group.memberships):
        services.check_separation(membership, CheckAnswer.TOGETHER, by=stage.admin)


def _join(group: Workstream) -> None:
    for membership in list(group.memberships):
        services.move(membership, "joined", by=membership.person)


def ask_one_more(stage: Stage) -> None:
    """Ask Fran to the Tuesday group: her place waits for the check, in the words everybody gets."""
    with at(date(2025, 11, 14), time(15)):
        services.invite(stage.tables["tuesday"], stage.people["Fran"], Seat.MOTHER, by=stage.facilitator)
