"""Who is at the table and who is asked, by whose place it is: the picture beside each invitation (journey 13)."""

from collections import Counter
from dataclasses import dataclass

from coprod.people.models import Side
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream
from coprod.workstreams.rules.tables import COMING_OR_HERE

LEAST_PARENTS = 2
MOST_TO_ONE = 2


@dataclass(frozen=True)
class Places:
    """One kind of place: how many are taken, and how many people are asked."""

    name: str
    side: Side
    here: int
    asked: int

    @property
    def words(self) -> str:
        """Say both numbers."""
        told = [f"{self.here} here"] if self.here else []
        return ", ".join([*told, f"{self.asked} asked"] if self.asked else told)


@dataclass(frozen=True)
class Mix:
    """The whole picture, and what is to be looked at."""

    rows: list[Places]
    warnings: list[str]


def mix(stream: Workstream) -> Mix:
    """Draw the picture of the table with everybody here or asked; those who run it are not counted."""
    counted = [m for m in stream.memberships if m.role != Role.FACILITATOR and m.state in COMING_OR_HERE]
    here = Counter(m.seat for m in counted if m.state not in _ASKED)
    asked = Counter(m.seat for m in counted if m.state in _ASKED)
    rows = [
        Places(seat.value.capitalize(), seat.side, here[seat], asked[seat])
        for seat in Seat
        if here[seat] or asked[seat]
    ]
    return Mix(rows, _warnings(counted))


_ASKED = frozenset({MembershipState.INVITED, MembershipState.THINKING})


def _warnings(counted: list[Membership]) -> list[str]:
    lived = sum(m.side == Side.LIVED for m in counted)
    others = len(counted) - lived
    few = ["Fewer than 2 parents or carers are here or asked. Ask more."] if lived < LEAST_PARENTS else []
    parents = "1 parent or carer" if lived == 1 else f"{lived} parents or carers"
    many = f"{others} professionals to {parents}. That is more than {MOST_TO_ONE} to 1."
    return few + ([many] if others > MOST_TO_ONE * lived else [])
