"""What likelihood and impact make together, and every move from every state by everybody. No database."""

import itertools
from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.risks.rules import LIFECYCLE, Level, in_words, is_rated_enough, level, may_act, may_own, may_rate, may_write
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream

ALLOWED = {
    ("closed", RiskState.OPEN, "chair"),
    ("closed", RiskState.OPEN, "facilitator"),
    ("closed", RiskState.OPEN, "member who watches"),
    ("opened again", RiskState.CLOSED, "chair"),
    ("opened again", RiskState.CLOSED, "facilitator"),
}
EVERYBODY = ("chair", "facilitator", "member", "member who watches", "left, and watched", "stranger")


def a_risk(who: str = "stranger", state: RiskState = RiskState.OPEN) -> tuple[Person, Risk]:
    ada = Person(id=uuid4(), alias="Ada", side=Side.PROFESSIONAL)
    table = Workstream(name="Steering group")
    if who != "stranger":
        role = next((role for role in (Role.CHAIR, Role.FACILITATOR) if role == who), Role.MEMBER)
        here = MembershipState.LEFT if who.startswith("left") else MembershipState.JOINED
        Membership(id=uuid4(), workstream=table, person=ada, person_id=ada.id, role=role, state=here)
    watches = ada.id if "watche" in who else uuid4()
    return ada, Risk(workstream=table, owner_id=watches, state=state, kind=RiskKind.RISK)


def test_every_move_from_every_state_by_everybody() -> None:
    allowed = set()
    for name, state, who in itertools.product(LIFECYCLE.moves, RiskState, EVERYBODY):
        ada, risk = a_risk(who, state)
        if LIFECYCLE.may(ada, name, risk):
            allowed.add((name, state, who))
    assert allowed == ALLOWED


def test_red_amber_and_green_always_have_their_word() -> None:
    """Domain section 6: 15 and more is high, 8 to 14 medium, less is low."""
    made = {product: set() for product in range(1, 26)}
    for likelihood, impact in itertools.product(range(1, 6), range(1, 6)):
        made[likelihood * impact].add(level(likelihood, impact))
    expected = {n: {Level.RED} if n >= 15 else {Level.AMBER} if n >= 8 else {Level.GREEN} for n in made}
    assert {n: levels for n, levels in made.items() if levels} == {n: expected[n] for n in made if made[n]}
    assert level(None, 5) == level(5, None) == Level.NONE
    assert [str(one) for one in Level] == ["Red: high", "Amber: medium", "Green: low", "Not rated"]


@pytest.mark.parametrize(
    ("likelihood", "impact", "words"),
    [(4, 5, "Likely, would stop us"), (None, 3, "Would cost us weeks"), (1, None, "Hardly likely"), (None, None, "")],
)
def test_ratings_are_told_in_words(likelihood: int | None, impact: int | None, words: str) -> None:
    assert in_words(likelihood, impact) == words


def test_only_a_risk_has_to_be_rated() -> None:
    asked = {kind: bool(is_rated_enough(kind, None, 3)) for kind in RiskKind}
    assert asked == {kind: kind != RiskKind.RISK for kind in RiskKind}
    assert is_rated_enough(RiskKind.RISK, 1, 1)


def test_who_may_write_rate_own_and_act() -> None:
    found = {}
    for who in EVERYBODY:
        ada, risk = a_risk(who)
        table = risk.workstream
        found[who] = [
            bool(a) for a in (may_write(ada, table), may_rate(ada, risk), may_own(ada, table), may_act(ada, risk))
        ]
    assert found == {
        "chair": [True, True, True, True],
        "facilitator": [True, True, True, True],
        "member": [False, False, True, False],
        "member who watches": [False, True, True, False],
        "left, and watched": [False, False, False, False],
        "stranger": [False, False, False, False],
    }


def test_a_closed_one_and_one_with_an_action_stay_as_they_are() -> None:
    ada, risk = a_risk("chair", RiskState.CLOSED)
    assert may_rate(ada, risk).reason == may_act(ada, risk).reason == "It is closed."
    ada, risk = a_risk("chair")
    risk.action_id = uuid4()
    assert may_act(ada, risk).reason == "There is an action for it already."
