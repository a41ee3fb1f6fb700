"""Items, interests and minutes: who may do what, and in which order an agenda stands (domain rule 22)."""

from datetime import date, time
from uuid import uuid4

from coprod.people.models import Person, Side
from coprod.steering import rules
from coprod.steering.models import (
    ItemInterest,
    ItemKind,
    ItemState,
    Meeting,
    MeetingItem,
    MeetingState,
    MinutesState,
    Presence,
)
from coprod.steering.rules import Waits
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

K, S, M = ItemKind, ItemState, MeetingState
EVERYBODY = ("chair", "facilitator", "member", "left", "stranger")
TALKED_OF = {K.PILOT, K.REVIEW, K.OVERDUE_REPLY, K.OTHER}


def allowed(name: str, state: ItemState, when: MeetingState, kind: ItemKind, who: str, enough: bool) -> bool:
    """The hand-written list: the chair alone; what is asked for gets an answer, where enough people are there."""
    if who != "chair" or when == M.CLOSED:
        return False
    before = {
        "put back": {S.TALKED_ABOUT, S.CARRIED_OVER, S.TAKEN_OFF},
        "decided": {S.WAITING, S.CARRIED_OVER},
    }.get(name, {S.WAITING})
    open_now = when == M.OPEN
    return (
        state in before
        and {
            "decided": open_now and enough and kind in {K.MINUTES, K.RECOMMENDATION, K.PUT_OFF, K.CONTESTED, K.REVIEW},
            "talked about": open_now and kind in TALKED_OF,
            "carried over": open_now and (kind in TALKED_OF | {K.MINUTES} or not enough),
            "taken off": kind in TALKED_OF,
            "put back": True,
        }[name]
    )


def a_seat(table: Workstream, role: Role = Role.MEMBER, seat: Seat = Seat.MANAGER, alias: str = "Ada") -> Membership:
    person = Person(id=uuid4(), alias=alias, side=Side.LIVED if seat == Seat.MOTHER else Side.PROFESSIONAL)
    return Membership(
        id=uuid4(),
        workstream=table,
        person=person,
        person_id=person.id,
        role=role,
        seat=seat,
        state=MembershipState.JOINED,
    )


def a_meeting(state: MeetingState = M.OPEN, parents: int = 2) -> Meeting:
    """A chair, a facilitator, a manager and these parents, all of them there."""
    table = Workstream(id=uuid4(), name="Steering group")
    places = [a_seat(table, seat=Seat.MOTHER, alias=f"Parent {n}") for n in range(parents)]
    places += [a_seat(table, Role.CHAIR, alias="Alex"), a_seat(table, Role.FACILITATOR, alias="Sam"), a_seat(table)]
    meeting = Meeting(workstream=table, workstream_id=table.id, state=state, on=date(2025, 12, 11), starts_at=time(10))
    meeting.present = [Presence(membership_id=held.id) for held in places]
    meeting.minutes_state = MinutesState.DRAFT
    return meeting


def an_item(meeting: Meeting, kind: ItemKind = K.OTHER, state: ItemState = S.WAITING, **said) -> MeetingItem:
    chosen = {"title": "Money", "minutes": 10, "thing_id": uuid4(), "outcome": ""} | said
    return MeetingItem(id=uuid4(), meeting=meeting, kind=kind, state=state, **chosen)


def somebody(meeting: Meeting, who: str) -> Person:
    if who == "stranger":
        return Person(id=uuid4(), alias="Zoe", side=Side.PROFESSIONAL)
    if who == "left":
        held = a_seat(meeting.workstream)
        held.state = MembershipState.LEFT
        return held.person
    return next(
        held.person for held in meeting.workstream.memberships if held.role == who and held.seat == Seat.MANAGER
    )


def test_every_move_of_an_item_from_every_state_by_everybody() -> None:
    assert list(rules.ITEMS.moves) == ["decided", "talked about", "carried over", "taken off", "put back"]
    wrong = []
    for parents in (1, 2):
        for when in M:
            for kind in K:
                for state in S:
                    for who in EVERYBODY:
                        meeting = a_meeting(when, parents)
                        item, person = an_item(meeting, kind, state), somebody(meeting, who)
                        enough = bool(rules.quorum(meeting, item).answer)
                        for name in rules.ITEMS.moves:
                            given = bool(rules.ITEMS.may(person, name, item))
                            if given != allowed(name, state, when, kind, who, enough):
                                wrong.append((name, state, when, kind, who, enough, given))
    assert wrong == []


def test_who_leaves_for_an_item_does_not_count_for_it() -> None:
    meeting = a_meeting()
    item, other = an_item(meeting), an_item(meeting)
    parent, chair = meeting.workstream.memberships[0], meeting.workstream.memberships[2]
    item.interests = [
        ItemInterest(membership_id=parent.id, membership=parent, words="Mine.", leaves=True),
        ItemInterest(membership_id=chair.id, membership=chair, words="I stay.", leaves=False),
    ]
    assert (rules.quorum(meeting, item).present, rules.quorum(meeting, item).lived) == (4, 1)
    assert rules.quorum(meeting, other) == rules.quorum(meeting)
    assert rules.leaving(item) == ["Parent 0"]
    assert parent not in rules.staying(meeting, item)


def test_agenda_is_set_by_the_chair_or_a_facilitator_until_the_end() -> None:
    wrong = [
        (who, when)
        for when in M
        for who in EVERYBODY
        for meeting in [a_meeting(when)]
        if bool(rules.may_arrange(somebody(meeting, who), meeting))
        != (who in ("chair", "facilitator") and when != M.CLOSED)
    ]
    assert wrong == []


def test_minutes_are_written_by_the_chair_or_a_facilitator_until_they_are_approved() -> None:
    wrong = []
    for when in M:
        for state in MinutesState:
            for who in EVERYBODY:
                meeting = a_meeting(when)
                meeting.minutes_state = state
                may = who in ("chair", "facilitator") and when != M.PLANNED and state == MinutesState.DRAFT
                if bool(rules.may_write(somebody(meeting, who), meeting)) != may:
                    wrong.append((when, state, who))
    assert wrong == []


def test_minutes_are_approved_by_an_open_meeting_of_the_same_table() -> None:
    at, over = a_meeting(), a_meeting(M.CLOSED)
    over.id, over.workstream_id = uuid4(), at.workstream_id
    chair = somebody(at, "chair")
    assert rules.may_approve(chair, over, at)
    over.workstream_id = uuid4()
    assert rules.may_approve(chair, over, at).reason == "These are the minutes of another table."
    few = a_meeting(parents=1)
    assert "1 with lived experience here" in rules.may_approve(somebody(few, "chair"), over, few).reason
    at.state = M.CLOSED
    assert rules.may_approve_now(somebody(over, "chair"), over, None).reason.startswith(
        "Minutes are approved at the next"
    )
    assert rules.may_approve_now(somebody(over, "member"), over, None).reason == "Only the chair can do this."


def test_terms_are_set_by_the_chair_or_a_facilitator() -> None:
    meeting = a_meeting()
    may = {who for who in EVERYBODY if rules.may_set_terms(somebody(meeting, who), meeting.workstream)}
    assert may == {"chair", "facilitator"}


def test_order_of_an_agenda_and_where_a_new_item_goes() -> None:
    meeting = a_meeting()
    for kind in (K.MINUTES, K.OTHER, K.RECOMMENDATION):
        an_item(meeting, kind)
    assert rules.place_for(K.CONTESTED, meeting.items) == 1
    assert rules.place_for(K.RECOMMENDATION, meeting.items) == 3
    assert rules.place_for(K.OTHER, meeting.items) == 3
    assert rules.place_for(K.MINUTES, []) == 0


def test_what_is_missing_and_what_is_gone() -> None:
    meeting, asked, other = a_meeting(), uuid4(), uuid4()
    kept = an_item(meeting, K.RECOMMENDATION, thing_id=asked, recommendation_id=asked)
    gone = an_item(meeting, K.REVIEW)
    settled = an_item(meeting, K.PILOT, S.TAKEN_OFF)
    own = an_item(meeting, K.OTHER, thing_id=None, title="Tea")
    waits = [
        Waits(K.OVERDUE_REPLY, other, "Late"),
        Waits(K.CONTESTED, asked, "The same again", recommendation_id=asked),
        Waits(K.RECOMMENDATION, asked, "A call", recommendation_id=asked),
        Waits(K.RECOMMENDATION, other, "Letters", recommendation_id=other),
        Waits(K.OTHER, None, "Tea"),
        Waits(K.OTHER, None, "Cake"),
    ]
    assert [one.title for one in rules.missing(meeting.items, waits)] == ["Letters", "Late", "Cake"]
    assert rules.gone(meeting.items, waits) == [gone]
    assert {kept, settled, own} == set(meeting.items) - {gone}


def test_running_order_tells_when_each_item_begins() -> None:
    meeting = a_meeting()
    an_item(meeting, minutes=15)
    an_item(meeting, state=S.TAKEN_OFF, minutes=90)
    an_item(meeting, minutes=50)
    rows = rules.running_order(meeting)
    assert [(row.number, row.starts) for row in rows] == [(1, time(10)), (2, time(10, 15))]
    assert rules.ends_at(meeting) == time(11, 5)
    assert len(rules.taken_off(meeting)) == 1


def test_meeting_ends_for_the_chair_alone_and_only_while_it_is_open() -> None:
    meeting = a_meeting(M.PLANNED)
    assert rules.can_end(somebody(meeting, "chair"), meeting).reason == "The meeting is planned."
    assert rules.can_end(somebody(meeting, "member"), meeting).reason == "Only the chair can do this."
