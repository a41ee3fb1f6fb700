"""Cycles, sessions and people in memory, for rules that need no database."""

from datetime import date, time, timedelta
from uuid import uuid4

from coprod.cycles.models import AgendaItem, Cycle, CycleState, Part, Purpose, Session, SessionState, SkippedWeek
from coprod.cycles.rules import schedule, template
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind, Phase, Programme
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

TUESDAY = date(2025, 11, 25)
ROLES = ("facilitator", "member", "chair", "admin", "paused facilitator", "stranger")


def a_holiday(first: date, last: date | None = None, what: str = "Half term", kind: str = "school") -> Holiday:
    return Holiday(kind=HolidayKind(f"{kind} holiday"), first=first, last=last or first, what=what)


def people(*roles: str) -> dict[str, Person]:
    return {
        role: Person(id=uuid4(), alias=role.title(), side=Side.PROFESSIONAL, is_admin=role == "admin") for role in roles
    }


def a_table(folk: dict[str, Person]) -> Workstream:
    """A stream at which those with a role of the table sit."""
    programme = Programme(name="Born into Care", phases=[Phase(position=n, name=f"Phase {n}") for n in (1, 2, 3)])
    stream = Workstream(id=uuid4(), name="Practice models", state=WorkstreamState.ACTIVE, programme=programme)
    for name, person in folk.items():
        role = name.split()[-1]
        if role in list(Role):
            state = MembershipState.PAUSED if name.startswith("paused") else MembershipState.JOINED
            stream.memberships.append(
                Membership(person_id=person.id, person=person, seat=Seat.TEAM, role=Role(role), state=state)
            )
    return stream


def a_cycle(stream: Workstream | None = None, start: date = date(2025, 10, 14), **fields: object) -> Cycle:
    """A scheduled cycle with its ten sessions, each with the evening of its phase."""
    chosen = {"number": 1, "state": CycleState.SCHEDULED, "starts_on": start, "starts_at": time(18), "minutes": 115}
    cycle = Cycle(id=uuid4(), workstream=stream or a_table({}), **(chosen | fields))
    placed = schedule.place(start, [], skip_school=False)
    cycle.skipped = [SkippedWeek(on=skip.on, why=skip.why) for skip in placed.skipped]
    phases = cycle.workstream.programme.phases
    for number, on in enumerate(placed.days, 1):
        session = a_session(number=number, on=on, phase=phases[0])
        session.cycle = cycle
    return cycle


def a_session(
    number: int = 7, on: date = TUESDAY, state: SessionState = SessionState.DRAFT, **fields: object
) -> Session:
    """A session with the evening its phase offers."""
    chosen = {"starts_at": time(18), "minutes": 115, "place": "Sea Room", "zone": "Europe/London"} | fields
    items = chosen.pop("items", None)
    if items is None:
        items = template.evening(number)
    chosen.setdefault("cycle", Cycle(id=uuid4(), number=1, workstream=a_table({})))
    return Session(id=uuid4(), number=number, on=on, state=state, items=items, **chosen)


def items(*told: tuple[str, int] | tuple[str, int, str]) -> list[AgendaItem]:
    """An evening from short words: ("work", 20, "decide"), ("work", 20, "hard"), ("break", 15)."""
    made = []
    for position, (part, minutes, *more) in enumerate(told, 1):
        what = more[0] if more else ""
        made.append(
            AgendaItem(
                position=position,
                part=Part(part),
                title=part.capitalize(),
                minutes=minutes,
                purpose=Purpose(what) if what in list(Purpose) else None,
                is_hard=what.startswith("hard"),
                content_note="We talk about the ward." if what == "hard" else "",
            )
        )
    return made


def day_after(on: date, days: int) -> date:
    return on + timedelta(days)
