"""How likely and how bad in words, what colour that makes, and who may say so.

Red, amber and green are for risks and for nothing that is measured (domain section 6); each has its word.
"""

from enum import StrEnum

from coprod.actions.rules import LEADS, leads
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_member, membership_of

LIKELIHOOD = {1: "hardly likely", 2: "unlikely", 3: "may well happen", 4: "likely", 5: "almost certain"}
IMPACT = {
    1: "would hardly matter",
    2: "would slow us a little",
    3: "would cost us weeks",
    4: "would hurt what we do",
    5: "would stop us",
}
RED_FROM, AMBER_FROM = 15, 8


class Level(StrEnum):
    """What likelihood times impact makes: the colour, always with its word."""

    RED = "Red: high"
    AMBER = "Amber: medium"
    GREEN = "Green: low"
    NONE = "Not rated"


KINDS = {
    RiskKind.RISK: "Something that may go wrong",
    RiskKind.ASSUMPTION: "Something we take for granted",
    RiskKind.ISSUE: "Something that is in the way now",
    RiskKind.DEPENDENCY: "Something others have to do",
}


def level(likelihood: int | None, impact: int | None) -> Level:
    """Answer what the two make together: 15 and more is high, 8 to 14 medium, less is low."""
    if likelihood is None or impact is None:
        return Level.NONE
    product = likelihood * impact
    if product >= RED_FROM:
        return Level.RED
    return Level.AMBER if product >= AMBER_FROM else Level.GREEN


def in_words(likelihood: int | None, impact: int | None) -> str:
    """Say how likely and how bad it is."""
    told = [LIKELIHOOD[likelihood]] if likelihood else []
    return ", ".join([*told, *([IMPACT[impact]] if impact else [])]).capitalize()


def is_rated_enough(kind: RiskKind, likelihood: int | None, impact: int | None) -> Answer:
    """A risk says how likely and how bad; for the others that is asked of nobody."""
    whole = kind != RiskKind.RISK or (likelihood is not None and impact is not None)
    return YES if whole else no("Say how likely it is and how bad it would be.")


def may_write(person: Person, table: Workstream) -> Answer:
    """The chair and the facilitators of a table write down what may come in its way."""
    return leads(person, table)


def may_own(person: Person, table: Workstream) -> Answer:
    """Somebody who sits at the table watches over it."""
    is_here = is_member(person, table)
    return YES if is_here else no(f"{person.alias} is not at this table, so this cannot be theirs to watch.")


def _watches(person: Person, risk: Risk) -> Answer:
    held = membership_of(person, risk.workstream)
    if held and (held.role in LEADS or risk.owner_id == person.id):
        return YES
    return no("Only the person who watches it, the chair or a facilitator can do this.")


def may_rate(person: Person, risk: Risk) -> Answer:
    """Who watches over it, the chair and the facilitators rate it anew while it is open."""
    return _watches(person, risk) & _is_open(risk)


def may_act(person: Person, risk: Risk) -> Answer:
    """The chair and the facilitators give somebody something to do about it, once."""
    has_none = YES if risk.action_id is None else no("There is an action for it already.")
    return may_write(person, risk.workstream) & _is_open(risk) & has_none


def _is_open(risk: Risk) -> Answer:
    return YES if risk.state == RiskState.OPEN else no("It is closed.")


def _leads_its_table(person: Person, risk: Risk) -> Answer:
    return may_write(person, risk.workstream)


LIFECYCLE = Lifecycle[Risk](
    [
        Move("closed", frozenset({RiskState.OPEN}), RiskState.CLOSED, _watches, "Close it"),
        Move("opened again", frozenset({RiskState.CLOSED}), RiskState.OPEN, _leads_its_table, "Open it again"),
    ]
)
