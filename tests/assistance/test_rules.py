"""Who may do what for whom; the answers that are open; and putting an answer back."""

import ast
import itertools
from datetime import date
from pathlib import Path
from uuid import uuid4

from coprod.assistance import rules
from coprod.assistance.models import Act, Assisted
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

M = MembershipState
ALLOWED = {
    ("put back to invited", M.THINKING, "herself"),
    ("put back to invited", M.JOINED, "herself"),
    ("put back to invited", M.LEFT, "herself"),
    ("put back to thinking", M.JOINED, "herself"),
    ("put back to thinking", M.LEFT, "herself"),
}


def _person(alias: str, side: Side = Side.PROFESSIONAL, *, is_admin: bool = False) -> Person:
    return Person(id=uuid4(), alias=alias, side=side, is_admin=is_admin)


SAM, PAT, MIA, ADA = (_person(alias, is_admin=alias == "Ada") for alias in ("Sam", "Pat", "Mia", "Ada"))
ROBIN = _person("Robin", Side.LIVED)


def _sit(stream: Workstream, who: Person, state: M = M.JOINED, role: Role = Role.MEMBER) -> Membership:
    seat = Seat.MOTHER if who.is_lived else Seat.TEAM
    given = {"seat": seat, "role": role, "state": state, "said_yes": False, "checks": []}
    return Membership(id=uuid4(), workstream=stream, person=who, person_id=who.id, **given)


def _table(state: M = M.JOINED) -> tuple[Workstream, Membership]:
    stream = Workstream(id=uuid4(), name="Practice models")
    _sit(stream, SAM, role=Role.FACILITATOR)
    _sit(stream, PAT, M.PAUSED, Role.FACILITATOR)
    _sit(stream, MIA)
    return stream, _sit(stream, ROBIN, state)


def test_only_a_facilitator_of_her_group_helps_a_member_who_is_expected_there() -> None:
    allowed = set()
    for state in M:
        _, place = _table(state)
        allowed |= {(state, who.alias) for who in (SAM, PAT, MIA, ADA, ROBIN) if rules.may_help(who, place)}
    assert allowed == {(state, "Sam") for state in M if state != M.LEFT}


def test_nothing_is_done_for_professionals_or_for_oneself() -> None:
    stream, _ = _table()
    mias = next(m for m in stream.memberships if m.person is MIA)
    assert rules.may_help(SAM, mias).reason == "Only members are helped like this."
    lived = _person("Lou", Side.LIVED)
    own = _sit(stream, lived, role=Role.FACILITATOR)
    assert rules.may_help(lived, own).reason == "Do this on your own page."


def test_answers_are_those_of_an_invitation_or_a_break_and_never_leaving() -> None:
    """Domain rule 9: nobody else says that somebody leaves."""
    open_, acts = {}, {}
    for state in M:
        _, place = _table(state)
        open_[state] = {move.name for move in rules.open_answers(place)}
        acts[state] = {rules.act_of(place, name) for name in open_[state]}
    asked = {"thinking", "joined", "left"}
    assert open_ == {
        M.INVITED: asked,
        M.THINKING: {"joined", "left"},
        M.JOINED: {"paused"},
        M.PAUSED: {"joined"},
        M.LEFT: set(),
    }
    assert acts[M.INVITED] == acts[M.THINKING] == {Act.ANSWER_INVITATION}
    assert (acts[M.JOINED], acts[M.PAUSED]) == ({Act.TAKE_A_BREAK}, {Act.COME_BACK})
    _, place = _table(M.JOINED)
    assert rules.may_answer(place, "left").reason == "This is not open now."
    assert rules.may_answer(place, "paused")


def test_every_putting_back_from_every_state_by_everybody() -> None:
    found = set()
    for name, state in itertools.product(rules.PUT_BACK.moves, M):
        _, place = _table(state)
        for who, word in ((ROBIN, "herself"), (SAM, "facilitator"), (ADA, "admin"), (MIA, "member")):
            if rules.PUT_BACK.may(who, name, place):
                found.add((name, state, word))
    assert found == ALLOWED


def test_she_takes_it_back_herself_and_once() -> None:
    done = Assisted(member_id=ROBIN.id, undone_on=None)
    assert rules.may_take_back(ROBIN, done)
    assert rules.may_take_back(SAM, done).reason == "Only the member herself can take it back."
    done.undone_on = date(2025, 11, 17)
    assert rules.may_take_back(ROBIN, done).reason == "You took this back already."


def test_what_is_newer_stays_and_is_named() -> None:
    done = Assisted(after={"state": "thinking", "said_yes": ""})
    assert rules.is_latest(done, {"state": "thinking", "said_yes": ""}, rules.said)
    assert rules.is_latest(done, {"state": "joined", "said_yes": ""}, rules.said).reason == (
        "Something newer stands there, so it stays. It says: You are in the group."
    )
    assert rules.said({"state": "invited", "said_yes": "yes"}) == "You said yes."
    assert all(rules.said({"state": state.value, "said_yes": ""}).startswith("You are ") for state in M)


def test_no_act_can_reach_a_vote() -> None:
    """Domain rule 15, B16: there is no such act, and nothing here knows of votes."""
    assert {act.name for act in Act} == {
        "ANSWER_INVITATION",
        "TAKE_A_BREAK",
        "COME_BACK",
        "CHANGE_NEEDS",
        "CHANGE_NEVER_TIMES",
        "CHANGE_REACH",
        "STOP_TEXTS",
        "SAY_COMING",
        "SAY_YES",
        "ANSWER_OFFER",
    }
    assert not any("vot" in act.value or "ballot" in act.value for act in Act)
    known = set()
    for file in Path(rules.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                known.add(node.module or "")
            elif isinstance(node, ast.Import):
                known |= {name.name for name in node.names}
    assert [name for name in known if "voting" in name or "recommendations" in name] == []
