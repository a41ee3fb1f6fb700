"""What somebody reads before she answers an invitation: plain, and neutral enough for a glance over her shoulder."""

from collections.abc import Iterable, Sequence

from coprod.programmes.models import Rate
from coprod.workstreams.models import LIVED_SEATS, Kind, MembershipState, Role, Seat, Step, Workstream
from coprod.workstreams.rules.tables import seated

PARENTS = "parents and carers"
NEUTRAL = {
    Seat.MIDWIFE: "people from health",
    Seat.MANAGER: "managers",
    Seat.PRACTITIONER: "workers",
    Seat.LEADER: "senior leaders",
    Seat.PUBLIC_HEALTH: "people from health",
    Seat.HEALTH: "people from health",
    Seat.THIRD_SECTOR: "people from charities",
    Seat.ACADEMIC: "researchers",
    Seat.JUDICIARY: "people who work in law",
    Seat.LEGAL: "people who work in law",
    Seat.TEAM: "people from the team",
}
"""Who sits there, in words that tell nobody what the group is about (domain rule 13)."""

STEPS = {
    Step.DECIDE: "You decide with us. Your voice counts as much as any.",
    Step.DESIGN: "You help us shape it. Others decide at the end.",
    Step.VIEW: "You give your view. Others decide what to do with it.",
}
TIME = {
    Kind.GROUP: "We meet once a week. Each time is about two hours, with a break.",
    Kind.STREAM: "We meet once a week for about ten weeks. Each time is about two hours, with a break.",
    Kind.STEERING: "We meet a few times a year. Each time is about two hours, with a break.",
    Kind.GATHERING: "Your group meets another group once. We tell you how long it is.",
    Kind.JOINED: "Your group and another become one. We meet once a week. Each time is about two hours, with a break.",
}


def neutral(seats: Iterable[Seat]) -> list[str]:
    """Say these seats in neutral words, parents first, each once."""
    wanted = set(seats)
    told = [PARENTS] if wanted & LIVED_SEATS else []
    return told + list(dict.fromkeys(words for seat, words in NEUTRAL.items() if seat in wanted))


def who_is_there(stream: Workstream) -> list[str]:
    """Say who would be there, by role and never by name; where nobody has joined yet, who is asked."""
    coming = {MembershipState.INVITED, MembershipState.THINKING}
    asked = [m for m in stream.memberships if m.state in coming and m.role == Role.MEMBER]
    return neutral(m.seat for m in [m for m in seated(stream) if m.role == Role.MEMBER] or asked)


def runs_it(stream: Workstream) -> list[str]:
    """Name those who run it, by the name they chose."""
    return sorted(m.person.alias for m in seated(stream) if m.role == Role.FACILITATOR)


def step(stream: Workstream) -> str:
    """Say which step of co-production it is (domain glossary)."""
    return STEPS[stream.step]


def time_it_takes(stream: Workstream) -> str:
    """Say how much time it takes."""
    return TIME[stream.kind]


def pay(rates: Sequence[Rate], ring: str) -> str:
    """Say what is paid, or who will say it; what somebody may keep of it is never worked out here (domain rule 27)."""
    if not rates:
        return f"You are paid for your time. {ring} will tell you how much."
    told = ", ".join(f"{pounds(rate.pence)} for {rate.what[:1].lower()}{rate.what[1:]}" for rate in rates)
    return f"You are paid for your time: {told}."


def pounds(pence: int) -> str:
    """Say a sum: £12.50, or £12."""
    return f"£{pence // 100}" if pence % 100 == 0 else f"£{pence / 100:.2f}"
