"""Every move of a handover by everybody, and what the next one is told. No database."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from coprod.actions.models import Action, ActionState
from coprod.agreements.models import Agreement, AgreementState
from coprod.cycles.models import Session, SessionState
from coprod.handovers import rules
from coprod.handovers.models import Handover, HandoverState
from coprod.handovers.rules import Gathered, Owed
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation, State
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

S = HandoverState
ALLOWED = {("taken", S.OFFERED, "taker"), ("taken back", S.OFFERED, "giver"), ("taken back", S.OFFERED, "admin")}
ROLES = ("giver", "taker", "admin", "another facilitator", "member", "stranger")
TODAY = date(2025, 11, 17)


def _people() -> dict[str, Person]:
    return {
        role: Person(id=uuid4(), alias=role.title(), side=Side.PROFESSIONAL, is_admin=role == "admin") for role in ROLES
    }


def _stream(people: dict[str, Person]) -> Workstream:
    stream = Workstream(id=uuid4(), name="Practice models")
    for role, person in people.items():
        if role not in ("admin", "stranger"):
            runs = role in ("giver", "another facilitator")
            _seat(stream, person, Role.FACILITATOR if runs else Role.MEMBER)
    return stream


def _seat(stream: Workstream, person: Person, role: Role = Role.MEMBER, **fields: object) -> Membership:
    given = {"seat": Seat.TEAM, "state": MembershipState.JOINED, "asked_on": date(2025, 9, 1)} | fields
    place = Membership(id=uuid4(), person=person, person_id=person.id, role=role, **given)
    place.workstream = stream
    return place


def _handover(people: dict[str, Person], stream: Workstream, state: HandoverState = S.OFFERED) -> Handover:
    given = {"giver": people["giver"], "taker": people["taker"]}
    keys = {"from_id": people["giver"].id, "to_id": people["taker"].id}
    return Handover(id=uuid4(), workstream=stream, state=state, **given, **keys)


def test_every_move_of_a_handover_from_every_state_by_everybody() -> None:
    people = _people()
    stream, odd = _stream(people), []
    for move in rules.LIFECYCLE.moves:
        for state in HandoverState:
            for role, person in people.items():
                answer = rules.LIFECYCLE.may(person, move, _handover(people, stream, state))
                if bool(answer) != ((move, state, role) in ALLOWED) or bool(answer.reason) == bool(answer):
                    odd.append((move, state, role))
    assert odd == []


def test_taking_needs_a_giver_who_still_runs_it_and_a_taker_who_still_sits_there() -> None:
    for who in ("giver", "taker"):
        people = _people()
        stream = _stream(people)
        place = next(m for m in stream.memberships if m.person is people[who])
        place.state = MembershipState.LEFT  # type: ignore[misc]
        assert not rules.LIFECYCLE.may(people["taker"], "taken", _handover(people, stream))


def test_facilitators_hand_over_what_is_theirs_and_admins_for_any_of_them() -> None:
    people = _people()
    stream = _stream(people)
    named = {
        role: [place.person.alias for place in rules.givers(person, stream)]
        for role, person in people.items()
        if rules.may_hand_over(person, stream)
    }
    assert named == {
        "giver": ["Giver"],
        "admin": ["Another Facilitator", "Giver"],
        "another facilitator": ["Another Facilitator"],
    }
    assert rules.givers(people["member"], stream) == []
    assert [m.person.alias for m in rules.takers(stream)] == ["Another Facilitator", "Giver", "Member", "Taker"]


@pytest.mark.parametrize(
    ("by", "giver", "taker", "leaves", "reason"),
    [
        ("giver", "giver", "taker", True, ""),
        ("admin", "giver", "taker", False, ""),
        ("admin", "giver", "taker", True, "Only the person themself can say that they leave."),
        ("member", "giver", "taker", False, "Only a facilitator or a programme admin can do this."),
        ("giver", "giver", "giver", False, "Name somebody else to take it."),
        ("giver", "member", "taker", False, "Member does not run this group."),
        ("giver", "giver", "stranger", False, "Stranger is not in the group. Invite them first."),
    ],
)
def test_offer_is_between_two_who_are_there(by: str, giver: str, taker: str, leaves: bool, reason: str) -> None:
    people = _people()
    answer = rules.may_offer(people[by], _stream(people), people[giver], people[taker], leaves=leaves)
    assert answer.reason == reason


def test_what_is_open_is_shown_to_who_sits_there_and_to_who_runs_it_no_more_not() -> None:
    """P1, P6."""
    people = _people()
    stream = _stream(people)
    taken = _handover(people, stream, S.TAKEN)
    offered = _handover(people, stream)
    unseen = [role for role, person in people.items() if not rules.sees_what_is_open(person, offered)]
    assert unseen == ["admin", "stranger"]
    assert not any(rules.sees_what_is_open(person, taken) for person in people.values())
    next(m for m in stream.memberships if m.person is people["taker"]).role = Role.FACILITATOR
    assert [role for role, person in people.items() if rules.sees_what_is_open(person, taken)] == ["taker"]


# --- What the next one is told.


def _gathered(stream: Workstream, **known: object) -> Gathered:
    nothing = dict.fromkeys(("sessions", "actions", "polls", "unfinished", "owed", "agreements", "holidays"), ())
    return Gathered(stream=stream, **nothing | known)  # type: ignore[arg-type]


def _told(gathered: Gathered) -> dict[str, list[tuple[str, str]]]:
    return {part.heading: [(line.title, line.more) for line in part.lines] for part in rules.parts(gathered, TODAY)}


def _key() -> UUID:
    return uuid4()


def test_next_one_is_told_everything_that_is_open() -> None:
    people = _people()
    stream = _stream(people)
    fran = Person(id=uuid4(), alias="Fran", side=Side.LIVED)
    asked = MembershipState.THINKING
    _seat(stream, fran, seat=Seat.MOTHER, state=asked, wants_a_call=True, asked_on=TODAY)
    late, soon = (
        Action(id=_key(), number=1, what=what, owner=people["taker"], due=due, state=ActionState.OPEN)
        for what, due in (("Find a room", date(2025, 11, 10)), ("Ring the library", date(2025, 11, 3)))
    )
    late.state = ActionState.SAID_DONE  # type: ignore[misc]
    told = _told(
        _gathered(
            stream,
            sessions=[Session(id=_key(), number=7, on=date(2025, 11, 25), state=SessionState.DRAFT)],
            actions=[late, soon],
            polls=[
                Poll(question="One midwife", closes_at=datetime(2025, 11, 21, 17, tzinfo=UTC)),
                Poll(question="On paper", closes_at=None),
            ],
            unfinished=[Recommendation(id=_key(), title="A map", state=State.NEEDS_TALK)],
            owed=[Owed("A name on the wall", _key(), "late", date(2025, 11, 14))],
            agreements=[Agreement(number=2, state=AgreementState.AGREED, agreed_on=date(2025, 8, 30))],
        )
    )
    places = told.pop("Places")
    assert [name for name, _ in places] == ["Fran"]
    assert told == {
        "Next sessions": [("Session 7, 25 November 2025", "Draft")],
        "Actions": [
            ("Ring the library", "Late. Taker, by 3 November 2025"),
            ("Find a room", "Waiting for a second person. Taker, by 10 November 2025"),
        ],
        "Calls": [("Fran", "Wants a call before they answer")],
        "Votes open": [("One midwife", "Until 21 November 2025"), ("On paper", "On paper, in the room")],
        "Recommendations": [("A map", "Needs more talk")],
        "Replies owed to the group": [("A name on the wall", "Late. By 14 November 2025")],
        "How we work together": [("Version 2: look at it again", "Somebody has joined since")],
    }


def test_where_nothing_is_open_each_part_says_so() -> None:
    stream = _stream(_people())
    agreed = Agreement(number=1, state=AgreementState.AGREED, agreed_on=TODAY)
    parts = rules.parts(_gathered(stream, agreements=[agreed]), TODAY)
    assert [part.lines for part in parts] == [[]] * 8
    assert all(part.nothing for part in parts)
    none_yet = _told(_gathered(stream, agreements=[Agreement(number=1, state=AgreementState.DRAFT)]))
    assert none_yet["How we work together"] == [("No version is agreed yet", "Agree one before the first session")]
